/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Keys and headers are shown to the server and to nobody else.
//
// test_property, test_environment: a key in a log of any level, in what gst-launch-1.0 prints, in
//   messages, in dot files, in bundles; one that does not get to the server.
// test_headers: a header's value in any of these, where the server repeats it in complaints, in
// what
//   it sees in a probe, and in answers; of the environment, of a launch line, or set by a program.
// test_reads: a key or a header that can be read from the element, or that gst-inspect-1.0 shows.
// test_precedence: a key of the environment before that of the property, or the general one before
//   that for numprosink.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/support/askingpipeline.h"
#include "tests/support/localserver.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"
#include "tests/support/temporarydirectory.h"

namespace fs = std::filesystem;

namespace {

constexpr char kKey[] = "canary-7f3b09";
// As it would be in a header of another kind.
constexpr char kKeyInBase64[] = "Y2FuYXJ5LTdmM2IwO";

std::string text_of (const fs::path &file)
{
  std::ifstream stream (file, std::ios::binary);
  return {std::istreambuf_iterator<char> (stream), {}};
}

void require_no_key (const std::string &text, const std::string &where)
{
  for (const char *secret : {kKey, kKeyInBase64})
    fail_unless_in_loop (text.find (secret) == std::string::npos, "%s shows the key",
                         where.c_str ());
}

// What GStreamer's parser logs of a launch line is the line as the user wrote it; a program that
// sets the property shows nothing.
std::string without_parser (const std::string &log)
{
  std::istringstream lines (log);
  std::string rest;
  for (std::string line; std::getline (lines, line);) {
    const bool is_parser = line.find (" gstparse.c:") != std::string::npos ||
                           line.find (" parse.l:") != std::string::npos ||
                           line.find (" types.h:") != std::string::npos;
    rest += is_parser ? "" : line + "\n";
  }
  return rest;
}

// Returns the bytes looked at.
std::size_t require_no_key_below (const fs::path &directory)
{
  std::size_t bytes = 0;
  for (const auto &entry : fs::recursive_directory_iterator (directory)) {
    if (!entry.is_regular_file ())
      continue;
    const bool is_log = entry.path ().filename () == "log";
    const std::string whole = text_of (entry.path ());
    const std::string text = is_log ? without_parser (whole) : whole;
    require_no_key (text, entry.path ().filename ().string ());
    bytes += text.size ();
  }
  return bytes;
}

std::string quoted (const std::string &text)
{
  gchar *shell = g_shell_quote (text.c_str ());
  const std::string result = shell;
  g_free (shell);
  return result;
}

// Runs gst-launch-1.0 with a line that asks, everything logged to files in the directory. None of
// the variables can be the test's own: they are for others than the plugin.
void launch (const fs::path &directory, const std::string &variables, const std::string &endpoint,
             const std::string &properties)
{
  fs::create_directories (directory / "dots");
  const std::string line =
      variables +
      " GST_DEBUG=*:9 GST_DEBUG_NO_COLOR=1 GST_DEBUG_FILE=" + quoted (directory / "log") +
      " GST_DEBUG_DUMP_DOT_DIR=" + quoted (directory / "dots") +
      " gst-launch-1.0 -v -m videotestsrc pattern=blue num-buffers=4 ! "
      "video/x-raw,format=I420,width=640,height=360 ! numproverlay ! numprosink max-edge=336 "
      "retries=1 retry-backoff-factor=0.01 question=blue model=numpro-reader location=" +
      quoted (directory / "bundles") + " endpoint=" + endpoint + " " + properties + " > " +
      quoted (directory / "output") + " 2>&1";
  fail_unless_equals_int (std::system (line.c_str ()), 0);
}

void require_secret (const std::string &variables, const std::string &properties)
{
  const TemporaryDirectory directory;
  // A connection that breaks, so that there is something to complain about; then an answer.
  ReaderProcess reader ({std::string ("--api-key=") + kKey, "--script=reset"});
  launch (directory.path (), variables, reader.endpoint (), properties);

  const std::string output = text_of (directory.path () / "output");
  fail_unless (output.find ("numpro/answer") != std::string::npos, "%s", output.c_str ());
  fail_unless (text_of (directory.path () / "log").find ("numprosink") != std::string::npos);
  fail_unless (fs::exists (directory.path () / "bundles/000000/answer-1.json"));
  fail_if (fs::is_empty (directory.path () / "dots"));
  fail_unless (require_no_key_below (directory.path ()) > 1'000'000);
}

// Repeats its request's head wherever it can: in a probe, a complaint that passes, an answer that
// is asked back about, and what that is to mean.
class RepeatingServer
{
 public:
  std::string endpoint () const
  {
    const std::string url = server_.url ();
    return url.substr (0, url.find ("/chat"));
  }

  int count () const { return count_; }
  bool was_shown_all () const { return was_shown_all_; }

 private:
  std::string answer (const std::string &request)
  {
    std::string head = request.substr (0, request.find ("\r\n\r\n"));
    for (const char *line :
         {"\r\napi-key: canary-7f3b09", "\r\nAuthorization: Bearer canary-7f3b09-b",
          "\r\nX-Team: canary-7f3b09-team", "\r\nX-Team: canary-7f3b09 more"})
      was_shown_all_ = was_shown_all_ && head.find (line) != std::string::npos;
    for (std::size_t at = 0; (at = head.find ("\r\n", at)) != std::string::npos;)
      head.replace (at, 2, "; ");
    return ++count_ == 2 ? LocalServer::error (503, head) : LocalServer::completion (head);
  }

  std::atomic<int> count_ = 0;
  std::atomic<bool> was_shown_all_ = true;
  LocalServer server_{[this] (const std::string &request) { return answer (request); }};
};

// @param headers without Authorization
void require_secret_headers (const std::string &variables, const std::string &headers)
{
  const TemporaryDirectory directory;
  RepeatingServer server;
  launch (directory.path (),
          variables + " NUMPRO_TEST_BEARER=\"Bearer " + kKey + "-b\" NUMPRO_TEST_MORE=\"" + kKey +
              " more\"",
          server.endpoint (),
          "probe-on-start=true batch-size=4 max-edge=96 "
          "request-headers='headers,Authorization=\"$NUMPRO_TEST_BEARER\"," +
              headers + "'");
  const std::string output = text_of (directory.path () / "output");
  fail_unless (output.find ("numpro/answer") != std::string::npos, "%s", output.c_str ());
  // It was repeated.
  fail_unless (output.find ("api-key: ***") != std::string::npos ||
                   output.find ("api-key:\\ \\*\\*\\*") != std::string::npos,
               "%s", output.c_str ());
  fail_unless_equals_int (server.count (), 4);
  fail_unless (server.was_shown_all ());
  fail_unless (fs::exists (directory.path () / "bundles/000000/answer-1.json"));
  fail_if (fs::is_empty (directory.path () / "dots"));
  fail_unless (require_no_key_below (directory.path ()) > 1'000'000);
}

void require_wrong (const std::string &variables, const std::string &properties)
{
  const TemporaryDirectory directory;
  ReaderProcess reader ({"--api-key=another"});
  launch (directory.path (), variables, reader.endpoint (), properties);
  const std::string output = text_of (directory.path () / "output");
  fail_unless (output.find ("NUMPRO_API_KEY") != std::string::npos, "%s", output.c_str ());
  require_no_key_below (directory.path ());
}

}  // namespace

GST_START_TEST (test_property)
{
  require_secret ("", std::string ("api-key=") + kKey);
  require_wrong ("", std::string ("api-key=") + kKey);
}
GST_END_TEST

GST_START_TEST (test_environment)
{
  require_secret (std::string ("NUMPRO_API_KEY=") + kKey, "");
  require_secret (std::string ("OPENAI_API_KEY=") + kKey, "");
  require_wrong (std::string ("NUMPRO_API_KEY=") + kKey, "");
}
GST_END_TEST

GST_START_TEST (test_headers)
{
  const std::string key = kKey;
  require_secret_headers (
      "NUMPRO_TEST_KEY=" + key + " NUMPRO_TEST_TEAM=" + key + "-team",
      "api-key=\"$NUMPRO_TEST_KEY\",X-Team=<\"$NUMPRO_TEST_TEAM\",\"$NUMPRO_TEST_MORE\">");
  require_secret_headers (
      "", "api-key=(string)" + key + ",X-Team=<" + key + "-team,\"$NUMPRO_TEST_MORE\">");
}
GST_END_TEST

GST_START_TEST (test_precedence)
{
  require_secret ("NUMPRO_API_KEY=wrong", std::string ("api-key=") + kKey);
  require_secret (std::string ("OPENAI_API_KEY=wrong NUMPRO_API_KEY=") + kKey, "");
}
GST_END_TEST

GST_START_TEST (test_reads)
{
  GstElement *sink = gst_element_factory_make ("numprosink", nullptr);
  GstStructure *headers = gst_structure_new ("headers", "X-Key", G_TYPE_STRING, kKey, nullptr);
  g_object_set (sink, "api-key", kKey, "request-headers", headers, nullptr);
  gst_structure_free (headers);
  guint count = 0;
  GParamSpec **properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (sink), &count);
  for (guint i = 0; i < count; ++i) {
    if (!(properties[i]->flags & G_PARAM_READABLE))
      continue;
    GValue value = G_VALUE_INIT;
    g_value_init (&value, properties[i]->value_type);
    g_object_get_property (G_OBJECT (sink), properties[i]->name, &value);
    gchar *text = g_strdup_value_contents (&value);
    require_no_key (text, properties[i]->name);
    g_free (text);
    g_value_unset (&value);
  }
  g_free (properties);
  for (const char *name : {"api-key", "request-headers"}) {
    GParamSpec *key = g_object_class_find_property (G_OBJECT_GET_CLASS (sink), name);
    fail_unless (key && !(key->flags & G_PARAM_READABLE));
  }
  gst_object_unref (sink);

  const TemporaryDirectory directory;
  const fs::path output = directory.path () / "output";
  const std::string line = std::string ("NUMPRO_API_KEY=") + kKey + " OPENAI_API_KEY=" + kKey +
                           " gst-inspect-1.0 numprosink > " + quoted (output) + " 2>&1";
  fail_unless_equals_int (std::system (line.c_str ()), 0);
  fail_unless (text_of (output).find ("api-key") != std::string::npos);
  require_no_key (text_of (output), "gst-inspect-1.0");
}
GST_END_TEST

static Suite *secrets_suite ()
{
  Suite *suite = suite_create ("secrets");
  TCase *tcase = tcase_create ("secrets");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_property);
  tcase_add_test (tcase, test_environment);
  tcase_add_test (tcase, test_headers);
  tcase_add_test (tcase, test_precedence);
  tcase_add_test (tcase, test_reads);
  return suite;
}

GST_CHECK_MAIN (secrets)
