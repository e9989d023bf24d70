/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Ends of streams, and flushes, while a model is asked.
//
// test_stop: a stop that waits for a server, for the time to try again, for a connection or for a
//   name; a question under way then that is not told.
// test_no_request_after_stop: a request that is sent when nobody is there any more.
// test_flush: a flush that waits for the server, that loses a question without a word, or after
//   which nothing is asked any more.
// test_flush_in_a_loop: the same at any moment.
// test_restart: questions of one run in the counts of the next, a client that stays cancelled.

#include <unistd.h>

#include <algorithm>

#include "tests/support/askingpipeline.h"
#include "tests/support/fullsocket.h"
#include "tests/support/listeningsocket.h"
#include "tests/support/loopcheck.h"
#include "tests/support/readerprocess.h"
#include "tests/support/slowname.h"
#include "tests/support/watchdog.h"

namespace {

// A stop has 200 ms. A machine that has other things to do may be late once, not every time.
constexpr double kStopSeconds = 0.2;
constexpr int kTries = 5;

// The same sixteen pictures again and again: reading them is not what this is about.
std::string line_for (const std::string &properties, int frames = 100000)
{
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames) +
         " ! video/x-raw,format=I420,width=640,height=360 ! numproverlay wrap=16 ! numprosink name=sink "
         "max-edge=336 leaky-type=none batch-size=4 question=\"the screen is blue\" "
         "model=numpro-reader max-in-flight=2 max-batches=2 " +
         properties;
}

bool is_sent (const AskingCounts &now)
{
  return now.bytes_sent > 0 && now.pending >= 4;
}

// Once the server has answered a question two more are asked at the same time.
bool is_answered_once (const AskingCounts &now)
{
  return now.answered == 1 && now.pending >= 3;
}

// Stops when requests have got as far as they get, and nothing more happens by itself: libcurl
// wakes up for its own ends in the first 200 ms.
double time_of_stop (const std::string &properties)
{
  AskingPipeline pipeline (line_for (properties));
  fail_unless (pipeline.play ());
  pipeline.wait_until (is_sent);
  g_usleep (400'000);
  const double seconds = pipeline.stop ().count ();
  pipeline.require_exact ();
  fail_unless (pipeline.answers ().empty () && pipeline.warnings ().empty ());
  fail_unless_equals_uint64 (pipeline.counts ().dropped, pipeline.counts ().questions);
  return seconds;
}

void require_prompt_stop (const std::string &name, const std::string &properties)
{
  double best = G_MAXDOUBLE;
  for (int i = 0; i < kTries && best > kStopSeconds; ++i)
    best = std::min (best, time_of_stop (properties));
  GST_INFO ("%s: %.0f ms", name.c_str (), best * 1e3);
  fail_unless (best <= kStopSeconds, "%s: %.0f ms", name.c_str (), best * 1e3);
}

// Turns away all connections that wait. Returns how many.
int turn_away (const ListeningSocket &server)
{
  int count = 0;
  for (int guest; (guest = accept (server.socket (), nullptr, nullptr)) >= 0; ++count)
    close (guest);
  return count;
}

}  // namespace

GST_START_TEST (test_stop)
{
  ReaderProcess reader;
  const std::string asked = "endpoint=" + reader.endpoint () + " model=numpro-reader+";
  require_prompt_stop ("hang", asked + "hang");
  require_prompt_stop ("drip", asked + "drip:1000");
  require_prompt_stop ("backoff", asked + "503 retry-backoff-factor=30");
  require_prompt_stop ("Retry-After", asked + "retry-after:20");
  require_prompt_stop ("blackhole",
                       "connect-timeout=60000000000 endpoint=http://192.0.2.1/v1 "
                       "retry-backoff-factor=30");
  const FullSocket full;
  require_prompt_stop ("connect", "connect-timeout=60000000000 endpoint=" + full.endpoint ());

  hold_names = true;
  require_prompt_stop (
      "name", std::string ("connect-timeout=60000000000 endpoint=http://") + kSlowName + "/v1");
  fail_unless (held_names > 0, "the name was not looked up");
  hold_names = false;
  while (held_names > 0)
    g_usleep (1000);
}
GST_END_TEST

GST_START_TEST (test_no_request_after_stop)
{
  // Connections end as soon as they are there, and the next attempt comes at once.
  const ListeningSocket server (SOMAXCONN, SOCK_NONBLOCK);
  AskingPipeline pipeline (
      line_for ("retries=-1 retry-backoff-factor=0.01 retry-backoff-max=0.01 endpoint=" +
                server.endpoint ()));
  fail_unless (pipeline.play ());
  for (int count = 0; count < 20; count += turn_away (server))
    g_usleep (1000);
  pipeline.stop ();
  turn_away (server);
  g_usleep (300'000);
  fail_unless_equals_int (turn_away (server), 0);
  pipeline.require_exact ();
}
GST_END_TEST

GST_START_TEST (test_flush)
{
  for (const char *first :
       {"--script=none,hang,hang", "--script=none,retry-after:6,retry-after:6"}) {
    ReaderProcess process ({first});
    AskingPipeline pipeline (line_for ("endpoint=" + process.endpoint (), 60));
    fail_unless (pipeline.play ());
    pipeline.wait_until (is_answered_once);
    g_usleep (50'000);
    const auto start = std::chrono::steady_clock::now ();
    pipeline.flush ();
    // Far less than the server would take.
    fail_unless (std::chrono::steady_clock::now () - start < std::chrono::seconds (5));
    const AskingCounts flushed = pipeline.counts ();
    fail_unless (flushed.dropped >= 4);
    pipeline.wait_for_end ();
    pipeline.stop ();
    pipeline.require_exact ();
    // The source makes no more frames than it would have.
    fail_unless (pipeline.answers ().size () >= 5, "%d answers",
                 static_cast<int> (pipeline.answers ().size ()));
    for (const ToldLoss &loss : pipeline.lost_questions ())
      fail_unless (loss.reason == "flush", "%s", loss.message.c_str ());
    fail_unless (pipeline.warnings ().empty ());
  }
}
GST_END_TEST

GST_START_TEST (test_flush_in_a_loop)
{
  ReaderProcess process ({"--faults=none=4,503,reset,retry-after-ms:20,drip:20", "--seed=3"});
  AskingPipeline pipeline (line_for ("retry-backoff-factor=0.01 endpoint=" + process.endpoint ()));
  fail_unless (pipeline.play ());
  for (int i = 0; i < 40; ++i) {
    // Now and then until it has got somewhere.
    const guint64 answered = pipeline.counts ().answered;
    if (i % 10 == 0)
      pipeline.wait_until ([&] (const AskingCounts &now) { return now.answered > answered; });
    else
      g_usleep (static_cast<gulong> (i % 7) * 5'000);
    pipeline.flush ();
  }
  pipeline.stop ();
  pipeline.require_exact ();
  fail_unless (pipeline.answers ().size () >= 4 && pipeline.counts ().dropped > 10);
}
GST_END_TEST

GST_START_TEST (test_restart)
{
  ReaderProcess process ({"--script=none,hang,hang"});
  AskingPipeline pipeline (line_for ("endpoint=" + process.endpoint (), 16));
  fail_unless (pipeline.play ());
  pipeline.wait_until (is_answered_once);
  g_usleep (50'000);
  pipeline.stop ();
  fail_unless_equals_uint64 (pipeline.counts ().answered, 1);
  pipeline.run ();
  fail_unless_equals_uint64 (pipeline.counts ().questions, 4);
  fail_unless_equals_uint64 (pipeline.counts ().answered, 4);
}
GST_END_TEST

static Suite *stops_suite ()
{
  Suite *suite = suite_create ("stops");
  TCase *tcase = tcase_create ("stops");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 60);
  tcase_add_test (tcase, test_stop);
  tcase_add_test (tcase, test_no_request_after_stop);
  tcase_add_test (tcase, test_flush);
  tcase_add_test (tcase, test_flush_in_a_loop);
  tcase_add_test (tcase, test_restart);
  return suite;
}

GST_CHECK_MAIN (stops)
