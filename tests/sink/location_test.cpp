/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Whose a directory of bundles is.
//
// test_two_elements: two sinks of a process that take each other's bundles away, by whatever path
//   they know the directory.
// test_two_processes: the same for two processes; an owner that is not named; a directory that
//   nobody can have any more once its owner was killed.
// test_waits: a start that does not wait for an owner that is about to end.
// test_child: one that waits in vain for a child of the owner that has ended.
// test_again: a directory that an element keeps when it stops, or a file that it leaves there.
// test_stale: a directory refused because of what an earlier owner left.
// test_link: a lock that leads elsewhere, where a file is written over.
// test_made_again: a directory that is removed and made again without an owner, or with two.
//
// The other processes are this program, called with "write" and a directory.

#include <fstream>
#include <future>

// Before the system's struct stat is known.
#include "tests/support/watchedpipeline.h"

#include "tests/support/temporarydirectory.h"
#include "tests/support/victim.h"
#include "tests/support/watchdog.h"
#include "tests/support/wholebundle.h"

namespace fs = std::filesystem;

namespace {

// Until the test ends the stream.
constexpr const char *kFrames =
    "videotestsrc is-live=true ! video/x-raw,format=I420,width=32,height=32,framerate=100/1";
constexpr const char *kLock = ".lock";

std::string properties (const fs::path &location)
{
  return "batch-size=4 leaky-type=none location=" + location.string ();
}

// Writes bundles for ever; says when the first is there.
int write_bundles (const char *directory)
{
  WatchedPipeline pipeline (kFrames, properties (directory));
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_ELEMENT);
  return Victim::wait_for_death ();
}

bool starts (SinkPipeline &pipeline)
{
  return gst_element_set_state (pipeline.get (), GST_STATE_PAUSED) != GST_STATE_CHANGE_FAILURE;
}

void wait_for_bundles (SinkPipeline &pipeline)
{
  const guint64 before = pipeline.counts ().delivered;
  pipeline.wait_until ([&] (const SinkCounts &now) { return now.delivered >= before + 12; });
}

void end_stream (SinkPipeline &pipeline)
{
  gst_element_send_event (pipeline.get (), gst_event_new_eos ());
  pipeline.wait_for (GST_MESSAGE_EOS);
  pipeline.stop ();
}

// Fails unless one sentence says all of this.
void require_says (const std::vector<std::string> &sentences, const std::vector<std::string> &parts)
{
  fail_unless_equals_int (static_cast<int> (sentences.size ()), 1);
  for (const std::string &part : parts)
    fail_unless_in_loop (sentences[0].find (part) != std::string::npos, "no \"%s\" in: %s",
                         part.c_str (), sentences[0].c_str ());
}

std::set<guint64> numbers_under (const std::vector<fs::path> &directories)
{
  std::set<guint64> numbers;
  for (const fs::path &directory : directories) {
    for (const fs::path &bundle : bundles_in (directory)) {
      for (guint64 number : numbers_of_whole_bundle (bundle))
        fail_unless_in_loop (numbers.insert (number).second, "a number is there twice");
    }
  }
  return numbers;
}

std::string name_of (pid_t process)
{
  std::string name;
  std::getline (std::ifstream ("/proc/" + std::to_string (process) + "/comm"), name);
  return name;
}

}  // namespace

GST_START_TEST (test_two_elements)
{
  const TemporaryDirectory directory;
  const fs::path bundles = directory.path () / "bundles", link = directory.path () / "link";
  fs::create_directory (bundles);
  fs::create_directory_symlink (bundles, link);
  WatchedPipeline owner (kFrames, properties (bundles)), other (kFrames, properties (link));
  owner.play ();
  other.play ();
  owner.wait_until ([] (const SinkCounts &now) { return now.samples >= 200; });
  end_stream (owner);
  other.stop ();
  fail_unless (owner.reasons ().empty () && other.reasons ().empty (), "%d of %d numbers are lost",
               static_cast<int> (owner.told ().size () + other.told ().size ()),
               static_cast<int> (owner.counts ().samples + other.counts ().samples));
  owner.require_exact (numbers_under ({bundles}));
  require_says (other.errors (), {link.string (), "this process", "Set location to another"});
  fail_unless_equals_uint64 (other.counts ().samples, 0);
}
GST_END_TEST

GST_START_TEST (test_two_processes)
{
  const TemporaryDirectory directory;
  Victim owner ({"write", directory.path ().string ()});
  WatchedPipeline pipeline (kFrames, properties (directory.path ()));
  fail_if (starts (pipeline));
  pipeline.stop ();
  require_says (pipeline.errors (),
                {directory.path ().string (), "process " + std::to_string (owner.id ()),
                 "(" + name_of (owner.id ()) + ")", "stop"});
  owner.kill_it ();
  // Nobody has removed it.
  fail_unless (fs::exists (directory.path () / kLock));
  pipeline.play ();
  wait_for_bundles (pipeline);
  end_stream (pipeline);
  fail_unless (pipeline.reasons ().empty ());
}
GST_END_TEST

GST_START_TEST (test_waits)
{
  const TemporaryDirectory directory;
  Victim owner ({"write", directory.path ().string ()});
  WatchedPipeline pipeline (kFrames, properties (directory.path ()));
  auto is_started = std::async (std::launch::async, [&] { return starts (pipeline); });
  g_usleep (G_USEC_PER_SEC);
  fail_unless (is_started.wait_for (std::chrono::seconds (0)) == std::future_status::timeout);
  owner.kill_it ();
  fail_unless (is_started.get ());
  pipeline.stop ();
  fail_unless (pipeline.errors ().empty () && pipeline.warnings ().empty ());
}
GST_END_TEST

GST_START_TEST (test_child)
{
  const TemporaryDirectory directory;
  WatchedPipeline owner (kFrames, properties (directory.path ()));
  fail_unless (starts (owner));
  // It has all that is open here.
  const pid_t child = fork ();
  if (child == 0) {
    while (true)
      pause ();
  }
  owner.stop ();
  WatchedPipeline next (kFrames, properties (directory.path ()));
  const bool is_started = starts (next);
  kill (child, SIGKILL);
  waitpid (child, nullptr, 0);
  fail_unless (is_started);
  next.stop ();
}
GST_END_TEST

GST_START_TEST (test_again)
{
  const TemporaryDirectory directory;
  WatchedPipeline pipeline (kFrames, properties (directory.path ()));
  const gint64 begin = g_get_monotonic_time ();
  for (int i = 0; i < 10; ++i) {
    fail_unless (starts (pipeline));
    fail_unless (fs::exists (directory.path () / kLock));
    gst_element_set_state (pipeline.get (), GST_STATE_READY);
    fail_unless (fs::is_empty (directory.path ()));
  }
  fail_unless (g_get_monotonic_time () - begin < 2 * G_USEC_PER_SEC, "it waited for itself");
  pipeline.stop ();
  fail_unless (pipeline.errors ().empty () && pipeline.warnings ().empty ());
}
GST_END_TEST

GST_START_TEST (test_stale)
{
  const TemporaryDirectory directory;
  // One that lives, and has nothing to do with it.
  std::ofstream (directory.path () / kLock) << getppid () << " elsewhere and more than that\n";
  WatchedPipeline pipeline (kFrames, properties (directory.path ()));
  fail_unless (starts (pipeline));
  WatchedPipeline other (kFrames, properties (directory.path ()));
  fail_if (starts (other));
  other.stop ();
  require_says (other.errors (), {"this process"});
  pipeline.stop ();
  fail_unless (fs::is_empty (directory.path ()));
}
GST_END_TEST

GST_START_TEST (test_link)
{
  const TemporaryDirectory directory;
  const fs::path bundles = directory.path () / "bundles", file = directory.path () / "file";
  fs::create_directory (bundles);
  std::ofstream (file) << "of somebody else";
  fs::create_symlink (file, bundles / kLock);
  WatchedPipeline pipeline (kFrames, properties (bundles));
  fail_if (starts (pipeline));
  pipeline.stop ();
  require_says (pipeline.errors (), {bundles.string (), kLock, "link"});
  std::string text;
  std::getline (std::ifstream (file), text);
  fail_unless_equals_string (text.c_str (), "of somebody else");
}
GST_END_TEST

GST_START_TEST (test_made_again)
{
  const TemporaryDirectory directory;
  const fs::path bundles = directory.path () / "bundles", before = directory.path () / "before";
  WatchedPipeline owner (kFrames, properties (bundles));
  owner.play ();
  wait_for_bundles (owner);
  fs::rename (bundles, before);
  wait_for_bundles (owner);
  WatchedPipeline other (kFrames, properties (bundles));
  fail_if (starts (other));

  // By somebody else, while nothing is written.
  gst_element_set_state (owner.get (), GST_STATE_PAUSED);
  owner.wait_until ([] (const SinkCounts &now) { return now.waiting < 4; });
  fs::rename (bundles, directory.path () / "between");
  other.play ();
  wait_for_bundles (other);
  owner.play ();
  owner.wait_until ([] (const SinkCounts &now) { return now.dropped >= 12; });
  end_stream (other);
  fail_unless (other.reasons ().empty ());
  other.require_exact (numbers_under ({bundles}));

  // That one is gone.
  fs::rename (bundles, directory.path () / "others");
  wait_for_bundles (owner);
  end_stream (owner);
  fail_unless (owner.reasons () == std::set<std::string>{"disk"});
  fail_unless (std::any_of (owner.warnings ().begin (), owner.warnings ().end (),
                            [] (const std::string &warning) {
                              return warning.find ("this process writes") != std::string::npos;
                            }));
  owner.require_exact (numbers_under ({bundles, before, directory.path () / "between"}));
}
GST_END_TEST

static Suite *location_suite ()
{
  Suite *suite = suite_create ("location");
  TCase *tcase = tcase_create ("location");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 30);
  tcase_add_test (tcase, test_two_elements);
  tcase_add_test (tcase, test_two_processes);
  tcase_add_test (tcase, test_waits);
  tcase_add_test (tcase, test_child);
  tcase_add_test (tcase, test_again);
  tcase_add_test (tcase, test_stale);
  tcase_add_test (tcase, test_link);
  tcase_add_test (tcase, test_made_again);
  return suite;
}

int main (int argc, char **argv)
{
  if (argc == 3 && std::string (argv[1]) == "write") {
    gst_init (nullptr, nullptr);
    return write_bundles (argv[2]);
  }
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (location_suite (), "location", __FILE__);
}
