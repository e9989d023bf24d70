/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A random walk over the JSON of ledgers and prompts. What is valid reads back equal. What
// was mutilated is refused with a reason, or gives an object that itself reads back equal; GLib has
// nothing to complain about. The same seed walks the same way.
//
//   json-walk [SEED [STEPS]]

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "mutilation.h"
#include "randomwalk.h"
#include "tests/support/handles.h"

namespace {

using namespace numpro;

// Lets go of either.
struct Unref {
  template <typename Object>
  void operator() (Object *object) const
  {
    gst_mini_object_unref (GST_MINI_OBJECT_CAST (object));
  }
};
template <typename Object>
using Owned = std::unique_ptr<Object, Unref>;

std::string json_of (GstNumproLedger *ledger)
{
  return TextPtr (gst_numpro_ledger_to_json (ledger)).get ();
}

std::string json_of (GstNumproPrompt *prompt)
{
  return TextPtr (gst_numpro_prompt_to_json (prompt)).get ();
}

GstNumproLedger *read (const std::string &json, GError **error, GstNumproLedger *)
{
  return gst_numpro_ledger_new_from_json (json.data (), static_cast<gssize> (json.size ()), error);
}

GstNumproPrompt *read (const std::string &json, GError **error, GstNumproPrompt *)
{
  return gst_numpro_prompt_new_from_json (json.data (), static_cast<gssize> (json.size ()), error);
}

class Walk
{
 public:
  explicit Walk (guint32 seed) : random_ (seed) {}

  void step ()
  {
    const LedgerPtr ledger = make_ledger ();
    walk_from (ledger.get ());
    if (pick (4) == 0)
      walk_from (make_prompt ().get ());
  }

  bool report () const
  {
    std::printf ("%d texts mutilated, %d of them refused\n", static_cast<int> (texts_),
                 static_cast<int> (refused_));
    return refused_ > 0 && refused_ < texts_;
  }

 private:
  static constexpr int kMutilationsOfEach = 20;

  guint32 pick (guint32 below) { return static_cast<guint32> (random_ () % below); }

  template <typename Object>
  void walk_from (Object *object)
  {
    const std::string json = json_of (object);
    text_ = &json;
    require (reads_back_equal<Object> (json), "what is valid does not read back equal");
    for (int i = 0; i < kMutilationsOfEach; ++i) {
      std::string mutilated = json;
      for (guint32 n = 1 + pick (3); n > 0; --n)
        mutilate (mutilated);
      text_ = &mutilated;
      read_mutilated<Object> (mutilated);
    }
  }

  template <typename Object>
  static bool reads_back_equal (const std::string &json)
  {
    const Owned<Object> back (read (json, nullptr, static_cast<Object *> (nullptr)));
    return back && json_of (back.get ()) == json;
  }

  template <typename Object>
  void read_mutilated (const std::string &json)
  {
    ++texts_;
    GError *raw = nullptr;
    const Owned<Object> object (read (json, &raw, static_cast<Object *> (nullptr)));
    const Error error (raw);
    require ((object == nullptr) == (error != nullptr), "neither an object nor a reason, or both");
    if (object) {
      require (reads_back_equal<Object> (json_of (object.get ())),
               "what was taken does not read back equal");
    } else {
      ++refused_;
      require (error->domain == GST_NUMPRO_ERROR && std::strlen (error->message) > 0 &&
                   g_utf8_validate (error->message, -1, nullptr),
               "refused without a reason");
    }
  }

  // What is valid

  guint64 any_number ()
  {
    const guint64 all = (static_cast<guint64> (random_ ()) << 32) ^ random_ ();
    return pick (4) ? all >> pick (64) : G_MAXUINT64 - pick (3);
  }

  GstClockTime any_time () { return pick (5) ? any_number () : GST_CLOCK_TIME_NONE; }

  gchar *any_text ()
  {
    static const char *const kPieces[] = {
        "a", "camera 1",         "\"", "\\",   "\n",          "\x01", "\xc3\xa4",
        "/", "\xf0\x9f\x98\x80", "%s", "\x7f", "\xe2\x80\xa8"};
    std::string text;
    for (guint32 n = pick (6); n > 0; --n)
      text += kPieces[pick (G_N_ELEMENTS (kPieces))];
    return g_strdup (text.c_str ());
  }

  LedgerPtr make_ledger ()
  {
    LedgerPtr ledger (gst_numpro_ledger_new (any_number ()));
    const GstNumproLook look = {static_cast<guint32> (random_ ()),
                                static_cast<GstNumproHAlign> (pick (3)),
                                static_cast<GstNumproVAlign> (pick (3)),
                                static_cast<GstNumproStamp> (pick (4)),
                                {}};
    gst_numpro_ledger_set_look (ledger.get (), &look);
    for (guint32 n = pick (5); n > 0; --n) {
      const SamplePtr sample (gst_numpro_sample_new (any_number ()));
      sample->slot = any_number ();
      sample->source = pick (3) ? any_text () : nullptr;
      sample->pts = any_time ();
      sample->stream_time = any_time ();
      sample->running_time = any_time ();
      sample->duration = any_time ();
      sample->utc = pick (3) ? any_time () : GST_CLOCK_TIME_NONE;
      sample->utc_source = pick (3) ? any_text () : nullptr;
      sample->image = pick (5) ? any_text () : nullptr;
      sample->width = static_cast<guint> (any_number ());
      sample->height = static_cast<guint> (any_number ());
      sample->cell = pick (2) ? static_cast<gint> (pick (G_MAXINT)) : GST_NUMPRO_NO_CELL;
      gst_numpro_ledger_append (ledger.get (), sample.get ());
    }
    return ledger;
  }

  PromptPtr make_prompt ()
  {
    const TextPtr question (any_text ()), own_words (any_text ());
    PromptPtr prompt (
        gst_numpro_prompt_new (static_cast<GstNumproTask> (pick (3)), question.get ()));
    gst_numpro_prompt_set_answer_format (prompt.get (),
                                         static_cast<GstNumproAnswerFormat> (pick (2)));
    gst_numpro_prompt_set_check_frames (prompt.get (), pick (2) == 0);
    if (pick (2) == 0)
      gst_numpro_prompt_set_template (prompt.get (), own_words.get (), nullptr);
    return prompt;
  }

  // What is not

  void mutilate (std::string &text)
  {
    if (text.empty ())
      return;
    const std::size_t at = random_ () % text.size ();
    switch (pick (10)) {
      case 0:
        text.insert (at, strange_value ());
        break;
      case 1:
      case 2:
        replace_value (text, at);
        break;
      default:
        mutilate_anywhere (random_, text);
        break;
    }
  }

  std::string strange_value ()
  {
    static const char *const kValues[] = {"null",
                                          "true",
                                          "{}",
                                          "[]",
                                          "[[]]",
                                          "\"\"",
                                          "\"\\u0000\"",
                                          "\"a\\u0000b\"",
                                          "\"\\ud800\"",
                                          "\"\\ud800x\"",
                                          "\"\\u12\"",
                                          "\"\\udc00\\ud800\"",
                                          "\"\xff\"",
                                          "\"\xc0\x80\"",
                                          "\"=\"",
                                          "\"AAA\"",
                                          "-1",
                                          "-0",
                                          "1.5",
                                          "1e400",
                                          "-9223372036854775808",
                                          "9223372036854775808",
                                          "18446744073709551615",
                                          "18446744073709551616",
                                          "\"18446744073709551615\"",
                                          "\"18446744073709551616\"",
                                          "\"-1\"",
                                          "4294967296",
                                          "2147483648",
                                          "0x10",
                                          "010",
                                          "NaN",
                                          "Infinity",
                                          "//",
                                          "/*",
                                          "\"2026-11-22T15:13:00Z\"",
                                          "\"2026-02-30T15:13:00Z\"",
                                          "\"0000-00-00T00:00:00Z\"",
                                          "\"#ff0000\"",
                                          "\"top-left\""};
    if (pick (40) == 0)
      return nesting ();
    return kValues[pick (G_N_ELEMENTS (kValues))];
  }

  std::string nesting ()
  {
    static const char *const kOpenings[] = {"[", "{\"a\":", "[[{\"frames\":"};
    const char *opening = kOpenings[pick (G_N_ELEMENTS (kOpenings))];
    std::string text;
    for (guint32 n = pick (2) ? 100 : 100000; n > 0; --n)
      text += opening;
    return text;
  }

  // Puts something else in place of a member's value: it is what stands between ": " and the end
  // of the line, where it is no object or array.
  void replace_value (std::string &text, std::size_t near)
  {
    const std::size_t colon = text.find ("\": ", near);
    if (colon == std::string::npos)
      return;
    const std::size_t start = colon + 3;
    const std::size_t end = std::min (text.find_first_of (",\n", start), text.size ());
    text.replace (start, end - start, strange_value ());
  }

  void require (bool condition, const char *otherwise)
  {
    if (condition)
      return;
    std::fprintf (stderr, "text %d: %s\n%s\n", static_cast<int> (texts_), otherwise,
                  text_->c_str ());
    std::abort ();
  }

  std::minstd_rand random_;
  const std::string *text_ = nullptr;
  guint64 texts_ = 0, refused_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  return run_random_walk<Walk> (argc, argv, 1000);
}
