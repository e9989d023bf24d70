/* SPDX-License-Identifier: LGPL-2.1-or-later */

// answers.vtt, beside answers.jsonl.
//
// test_cues: spans that are not in it, or at other times; a file that is not there, or not valid,
//   where a model sees nothing.
// test_torn: what a killed process left, which spoils the cues after it; a cue of before that goes
//   with it.
// test_full_disk: half a cue, where there is no room for it.
// test_other_file: a file of the user's written to.

#include <sys/resource.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/lib/timelinewindows.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;
namespace fs = std::filesystem;

namespace {

using BundleDirPtr = OwnedBy<GstNumproBundleDir, gst_numpro_bundle_dir_unref>;

constexpr char kFirstCues[] =
    "WEBVTT\n"
    "\n"
    "00:00:03.000 --> 00:00:06.000\n"
    "a &lt;red&gt; car\n"
    "\n"
    "00:00:07.000 --> 00:00:09.000\n"
    "a &lt;red&gt; car\n";
constexpr char kNextCue[] =
    "\n"
    "00:00:01.000 --> 00:00:02.000\n"
    "a &lt;red&gt; car\n";

std::string contents (const fs::path &path)
{
  std::ostringstream text;
  text << std::ifstream (path, std::ios::binary).rdbuf ();
  return text.str ();
}

class Answers
{
 public:
  Answers () : dir_ (gst_numpro_bundle_dir_new (directory_.path ().c_str ()))
  {
    fail_unless (gst_numpro_bundle_dir_prepare (dir_.get (), nullptr));
  }

  fs::path cues () const { return directory_.path () / "answers.vtt"; }
  fs::path lines () const { return directory_.path () / "answers.jsonl"; }

  // What cannot be written; empty where it is.
  std::string add (const char *words, const Stream &stream = {})
  {
    const LedgerPtr ledger = ledger_of (stream, 0, 9);
    const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a <red>\ncar"));
    const AnswerPtr answer (gst_numpro_answer_new (prompt.get (), ledger.get (), words));
    GError *error = nullptr;
    const bool is_written =
        gst_numpro_bundle_dir_write_answer (dir_.get (), nullptr, 0, "{}", answer.get (), &error);
    const ErrorPtr owned (error);
    fail_unless (is_written == !error);
    return error ? error->message : "";
  }

 private:
  TemporaryDirectory directory_;
  BundleDirPtr dir_;
};

}  // namespace

GST_START_TEST (test_cues)
{
  Answers answers;
  Stream untimed;
  untimed.is_timed = false;
  // Nothing seen, nothing understood, and numbers whose times are not known.
  fail_unless (answers.add ("Not visible") == "" && answers.add ("Frame who?") == "" &&
               answers.add ("From 3 to 5", untimed) == "");
  fail_unless (contents (answers.cues ()) == "WEBVTT\n");
  fail_unless (answers.add ("From 3 to 5, and from 7 to 8") == "");
  fail_unless (contents (answers.cues ()) == kFirstCues, "%s", contents (answers.cues ()).c_str ());
  // In the order in which answers come.
  fail_unless (answers.add ("From 1 to 1") == "");
  fail_unless (contents (answers.cues ()) == std::string (kFirstCues) + kNextCue);
}
GST_END_TEST

GST_START_TEST (test_torn)
{
  const std::string whole = std::string (kFirstCues) + kNextCue;
  for (std::size_t size = 0; size < whole.size (); ++size) {
    Answers answers;
    std::ofstream (answers.cues ()) << whole.substr (0, size);
    fail_unless (answers.add ("From 1 to 1") == "");
    const std::string text = contents (answers.cues ());
    GError *error = nullptr;
    const TimelinePtr timeline (gst_numpro_timeline_new_from_text (
        GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, text.c_str (), -1, 0, 0, &error));
    fail_unless (timeline != nullptr, "%s: %s", error ? error->message : "", text.c_str ());
    // What stands here: the cues that are whole in the first bytes, then the new one.
    const std::string kept = text.substr (0, text.size () - std::strlen (kNextCue));
    fail_unless (text.ends_with (kNextCue) && whole.starts_with (kept), "%s", text.c_str ());
    const std::size_t first_cue = whole.find ("\n\n", 10), second_cue = std::strlen (kFirstCues);
    for (const std::size_t cue : {first_cue + 1, second_cue})
      fail_unless (size < cue || kept.size () >= cue, "%d: %s", static_cast<int> (size),
                   text.c_str ());
    fail_unless (text.find ("ca\n") == std::string::npos, "%s", text.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_full_disk)
{
  Answers answers;
  // Longer than a line of answers.jsonl.
  for (int i = 0; i < 50; ++i)
    fail_unless (answers.add ("From 3 to 5, and from 7 to 8") == "");
  const std::string before = contents (answers.cues ());
  fs::remove (answers.lines ());
  rlimit limit;
  getrlimit (RLIMIT_FSIZE, &limit);
  const rlimit full = {before.size () + 50, limit.rlim_max};
  std::signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &full);
  const std::string why = answers.add ("From 3 to 5, and from 7 to 8");
  setrlimit (RLIMIT_FSIZE, &limit);
  fail_unless (why.find ("answers.vtt: ") != std::string::npos, "%s", why.c_str ());
  fail_unless (contents (answers.cues ()) == before);
  fail_unless (answers.add ("From 1 to 1") == "");
  fail_unless (contents (answers.cues ()) == before + kNextCue);
}
GST_END_TEST

GST_START_TEST (test_other_file)
{
  Answers answers;
  for (const char *text : {"my notes\n", "WEBVTT - by hand\n\nNOTE mine"}) {
    std::ofstream (answers.cues ()) << text;
    const std::string why = answers.add ("From 1 to 1");
    fail_unless (why.find ("answers.vtt: ") != std::string::npos &&
                     why.find ("move it elsewhere") != std::string::npos,
                 "%s", why.c_str ());
    fail_unless (contents (answers.cues ()) == text);
  }
}
GST_END_TEST

static Suite *answer_cues_suite ()
{
  Suite *suite = suite_create ("answer_cues");
  TCase *tcase = tcase_create ("answer_cues");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_cues);
  tcase_add_test (tcase, test_torn);
  tcase_add_test (tcase, test_full_disk);
  tcase_add_test (tcase, test_other_file);
  return suite;
}

GST_CHECK_MAIN (answer_cues)
