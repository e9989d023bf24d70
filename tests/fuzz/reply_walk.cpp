/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A random walk over the replies of servers. What is cut short or mutilated is read, or is refused
// with a reason, in one line of bounded length in UTF-8; an answer that is cut short is never a
// whole one; a secret is nowhere in what is told; GLib has nothing to complain about. The same seed
// walks the same way.
//
//   reply-walk [SEED [STEPS]]

#include <random>
#include <string>
#include <vector>

#include "lib/model/chatreply.h"
#include "lib/model/replystatus.h"
#include "randomwalk.h"

namespace {

using namespace numpro;

constexpr char kText[] = "From 1 to 17.";
constexpr char kSecret[] = "canary 7f/b09";
constexpr char kUrl[] = "http://localhost:8000/v1/chat/completions";

const std::vector<std::string> kAnswers = {
    R"({"model":"m","choices":[{"message":{"content":"From 1 to 17."},"finish_reason":"stop"}]})",
    "data: {\"choices\":[{\"delta\":{\"content\":\"From 1 \"}}]}\n\n: ping\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"to 1\"}}]}\r\n\r\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"7.\"},\"finish_reason\":\"stop\"}]}\n\n"
    "data: [DONE]\n\n",
};

const std::vector<std::string> kErrors = {
    R"({"error":{"code":"429","message":"Please try again in 1m2.5s.","type":"rate_limit"}})",
    R"({"detail":[{"loc":["body"],"msg":"At most 4 image(s) may be provided"}]})",
    R"({"error":{"message":"Provider returned error","metadata":{"raw":"{\"message\":\"too many)"
    R"( images and documents: 120 + 0 > 100\"}"}}})",
    R"([{"error":{"details":[{"retryDelay":"37s"}],"status":"RESOURCE_EXHAUSTED"}}])",
    "<!DOCTYPE html><html><head><style>a</style><title>502 Bad\nGateway</title></head></html>",
    "event: error\ndata: {\"message\":\"prompt is too long\"}\n\n",
};

class Walk
{
 public:
  explicit Walk (guint32 seed) : random_ (seed) {}

  void step ()
  {
    cut (kAnswers[pick (kAnswers.size ())]);
    const auto &some = pick (2) ? kAnswers : kErrors;
    std::string body = some[pick (some.size ())];
    for (std::size_t i = pick (5); i > 0; --i)
      mutilate (body);
    constexpr long kStatuses[] = {200, 200, 201, 400, 403, 404, 413, 429, 500, 503};
    require_sound (read (kStatuses[pick (std::size (kStatuses))], body));
  }

  bool report () const
  {
    std::printf ("%d replies mutilated, %d of them read as answers\n", replies_, answers_);
    return answers_ > 0 && answers_ < replies_;
  }

 private:
  std::size_t pick (std::size_t below) { return random_ () % below; }

  static HttpReply read (long status, const std::string &body)
  {
    HttpReply reply;
    reply.outcome = HttpReply::Outcome::kReply;
    reply.status = status;
    reply.body = body;
    return read_status (reply, kUrl);
  }

  // The whole text, or nothing that passes for it.
  void cut (const std::string &answer)
  {
    const HttpReply reply = read (200, answer.substr (0, pick (answer.size () + 1)));
    if (!reply.is_success ())
      return;
    const ChatReply said = read_chat_reply (reply.body);
    if (said.problem.empty () && said.ending == Ending::kWhole && said.text != kText)
      g_error ("'%s' passes for an answer in %s", said.text.c_str (), reply.body.c_str ());
  }

  void mutilate (std::string &body)
  {
    if (body.empty ())
      return;
    const std::size_t at = pick (body.size ());
    switch (pick (5)) {
      case 0:
        body[at] = static_cast<char> (random_ ());
        break;
      case 1:
        body.erase (at, pick (20));
        break;
      case 2:
        body.insert (at, body.substr (pick (body.size ()), pick (40)));
        break;
      case 3:
        body.insert (at, kSecret);
        break;
      default:
        body.insert (at, kErrors[pick (kErrors.size ())]);
    }
  }

  void require_sound (const HttpReply &reply)
  {
    ++replies_;
    std::string words = error_message (reply, {kSecret});
    require_no_secret (words);
    if (reply.is_success ()) {
      const ChatReply said = read_chat_reply (reply.body, {kSecret});
      answers_ += said.problem.empty ();
      words = said.problem;
      for (const std::string &told : {words, said.text, said.model, said.usage, said.finish_reason})
        require_no_secret (told);
    }
    if (words.size () > 400 || words.find ('\n') != std::string::npos ||
        !g_utf8_validate (words.data (), static_cast<gssize> (words.size ()), nullptr))
      g_error ("'%s' is told of %s", words.c_str (), reply.body.c_str ());
    if (reply.asked_wait && !(reply.asked_wait->count () >= 0))
      g_error ("a wait of %f s", reply.asked_wait->count ());
  }

  static void require_no_secret (const std::string &told)
  {
    if (told.find (kSecret) != std::string::npos)
      g_error ("'%s' is told", told.c_str ());
  }

  std::mt19937 random_;
  int replies_ = 0, answers_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  return run_random_walk<Walk> (argc, argv, 20000);
}
