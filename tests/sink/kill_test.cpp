/* SPDX-License-Identifier: LGPL-2.1-or-later */

// test_kill: kill -9 in mid-write that leaves half a bundle under its final name, a ledger that
//   does not parse or names images that are not there; a restart that overwrites, leaves numbers
//   out, or does not clean up.
//
// The processes that are killed are this program, called with "write" and a directory.

#include <random>
#include <set>

#include "tests/support/temporarydirectory.h"
#include "tests/support/victim.h"
#include "tests/support/wholebundle.h"

namespace fs = std::filesystem;

namespace {

constexpr int kKills = 100;

// Writes bundles as fast as it can, for ever; says when the first is there.
int write_bundles (const char *directory)
{
  const std::string line =
      std::string (
          "videotestsrc ! video/x-raw,format=I420,width=64,height=48 ! numproverlay ! "
          "numprosink batch-size=6 location=") +
      directory;
  GstElement *pipeline = gst_parse_launch (line.c_str (), nullptr);
  GstBus *bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_message_unref (gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ELEMENT));
  // What comes now is not looked at.
  gst_bus_set_flushing (bus, TRUE);
  return Victim::wait_for_death ();
}

// How many bundles are being written.
int unfinished_in (const fs::path &directory)
{
  int count = 0;
  for (const auto &entry : fs::directory_iterator (directory))
    count += entry.path ().filename ().string ().starts_with (".unfinished-");
  return count;
}

}  // namespace

GST_START_TEST (test_kill)
{
  const TemporaryDirectory directory;
  std::minstd_rand random (1);
  std::size_t known = 0;
  int in_mid_write = 0;
  for (int i = 0; i < kKills; ++i) {
    Victim writer ({"write", directory.path ().string ()});
    g_usleep (random () % 20000);
    writer.kill_it ();

    const std::vector<fs::path> bundles = bundles_in (directory.path ());
    fail_unless_in_loop (bundles.size () > known, "nothing was written");
    // Numbers go on without a gap; what was there is still there.
    fail_unless_in_loop (std::stoul (bundles.back ().filename ().string ()) == bundles.size () - 1,
                         "%s is the last of %d", bundles.back ().c_str (),
                         static_cast<int> (bundles.size ()));
    for (; known < bundles.size (); ++known)
      fail_unless_in_loop (numbers_of_whole_bundle (bundles[known]).size () == 6, "%s is not whole",
                           bundles[known].c_str ());
    // A writer leaves one at most, and takes away what the one before left.
    const int unfinished = unfinished_in (directory.path ());
    fail_unless_in_loop (unfinished <= 1, "%d are unfinished", unfinished);
    in_mid_write += unfinished;
  }
  fail_unless (in_mid_write > kKills / 10, "only %d of %d were writing", in_mid_write, kKills);
}
GST_END_TEST

static Suite *kill_suite ()
{
  Suite *suite = suite_create ("kill");
  TCase *tcase = tcase_create ("kill");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_kill);
  return suite;
}

int main (int argc, char **argv)
{
  if (argc == 3 && std::string (argv[1]) == "write") {
    gst_init (nullptr, nullptr);
    return write_bundles (argv[2]);
  }
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (kill_suite (), "kill", __FILE__);
}
