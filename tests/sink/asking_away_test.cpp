/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A server that goes away and comes back.
//
// test_night: a message for every batch; a question that is not asked again, or twice, or counted
//   as another; what waits on the disk asked before what is seen now.
// test_lost: losses that are not counted where nothing waits on the disk.
// test_for_ever: a server that is away for as long as a question is retried, and nobody told.
// test_several: a server told as away again for what was found out before it was back.
// test_loading: questions lost for want of room before it is known why they are not answered.
// test_slow: a server that is merely slow, and nobody told, or for every batch.
// test_failures: a question that the server always fails at, asked for ever.
// test_removed, test_removed_meanwhile: a warning for every question whose bundle max-bundles has
//   removed, at once when the server is back, or one by one before; a count without them.
// test_there: a server that is busy, loads, or refuses what it is asked, taken for away.
// test_end: an end of the stream that waits for a server that is away; an end before what was
//   postponed is asked, once it is back.
// test_end_for_ever: the same, where a question is retried as long as it is away; frames of a
//   recording that wait for room at its end, lost.
// test_flush: a question that was postponed lost to a flush.
// test_stop: a question that was postponed, and is not told when the element stops.
// test_message: a message that is read as another than it is written.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "switchedserver.h"
#include "tests/support/askingpipeline.h"
#include "tests/support/loopcheck.h"
#include "tests/support/temporarydirectory.h"

namespace fs = std::filesystem;

namespace {

// A batch for each frame. A camera's give way where they are not taken in time, but they come so
// slowly that the disk takes them; a recording waits.
enum class Source { kCamera, kRecording };
using enum Source;

std::string line_for (const SwitchedServer &server, Source source, const std::string &more,
                      int frames = -1)
{
  const bool is_live = source == kCamera;
  return "videotestsrc pattern=blue num-buffers=" + std::to_string (frames) +
         (is_live ? " is-live=true" : "") +
         " ! video/x-raw,format=I420,width=96,height=64,framerate=10/1 ! "
         "numproverlay reference-height=0 font-size=24 ! "
         "numprosink name=sink batch-size=1 retry-backoff-factor=0.001 retry-backoff-max=0.05 retries=1 "
         "question=anything model=m max-batches=" +
         (is_live ? "12" : "4") + " endpoint=" + server.endpoint () + " " + more;
}

std::string waiting_at (const TemporaryDirectory &directory)
{
  return "resume=true location=" + directory.path ().string () + " ";
}

guint64 unanswered_under (const fs::path &path)
{
  guint64 unanswered = 0;
  for (const fs::directory_entry &entry : fs::directory_iterator (path))
    unanswered += entry.is_directory () && !fs::exists (entry.path () / "answer-1.json");
  return unanswered;
}

void require_away_and_back (const AskingPipeline &pipeline)
{
  fail_unless_equals_int (static_cast<int> (pipeline.servers ().size ()), 2);
  const ToldServer &away = pipeline.servers ()[0], &back = pipeline.servers ()[1];
  fail_unless (away.state == "away" && away.reason == "network" && !away.message.empty ());
  fail_unless (back.state == "back" && back.duration > 0);
  fail_unless (pipeline.warnings ().size () == 1, "%s", pipeline.warnings ().back ().c_str ());
  fail_unless (pipeline.warnings ()[0].starts_with ("The server is away: " + away.message), "%s",
               pipeline.warnings ()[0].c_str ());
}

// What is under way when a stream ends is waited for, not so when the element stops.
void end (AskingPipeline &pipeline)
{
  gst_element_send_event (pipeline.get (), gst_event_new_eos ());
  pipeline.wait_for_end ();
  pipeline.stop ();
}

// What was seen before the server came back waits for what is seen then; the oldest comes first.
void require_order (const AskingPipeline &pipeline, guint64 first_new)
{
  std::vector<guint64> old;
  std::size_t asked_before_old = 0;
  for (const ToldAnswer &answer : pipeline.answers ()) {
    if (answer.batch < first_new - 8)
      old.push_back (answer.batch);
    asked_before_old += answer.batch >= first_new && old.size () < 100;
  }
  fail_unless (asked_before_old >= 10, "%d", static_cast<int> (asked_before_old));
  // What was under way when the server came back may be any of them.
  fail_unless (std::is_sorted (old.begin () + 1, old.end ()));
}

}  // namespace

GST_START_TEST (test_night)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (server, kRecording, waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_for_server (1);
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 200; });
  fail_unless (pipeline.losses ().empty (), "%s", pipeline.losses ()[0].message.c_str ());
  const AskingCounts then = pipeline.counts ();
  server.come_back ();
  pipeline.wait_until ([] (const AskingCounts &now) { return now.answered >= 20; });
  end (pipeline);
  pipeline.require_exact ();
  require_away_and_back (pipeline);
  const ToldServer &back = pipeline.servers ()[1];
  fail_unless_equals_uint64 (back.lost, 0);
  // All but those that are in the queue, or under way, just then.
  fail_unless (back.postponed + 8 >= then.pending, "%d of %d", static_cast<int> (back.postponed),
               static_cast<int> (then.pending));
  fail_unless (pipeline.losses ().empty ());
  fail_unless_equals_uint64 (unanswered_under (directory.path ()), 0);
  require_order (pipeline, then.questions);
}
GST_END_TEST

GST_START_TEST (test_lost)
{
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (server, kCamera, ""));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.failed >= 15; });
  server.come_back ();
  pipeline.wait_for_server (2);
  pipeline.wait_until ([] (const AskingCounts &now) { return now.answered >= 5; });
  end (pipeline);
  pipeline.require_exact ();
  require_away_and_back (pipeline);
  const ToldServer &back = pipeline.servers ()[1];
  fail_unless_equals_uint64 (back.postponed, 0);
  fail_unless_equals_uint64 (back.lost, pipeline.counts ().failed);
}
GST_END_TEST

GST_START_TEST (test_for_ever)
{
  const TemporaryDirectory directory;
  for (const bool waits : {true, false}) {
    SwitchedServer server;
    server.go ();
    AskingPipeline pipeline (line_for (
        server, kCamera, "retries=-1 " + (waits ? waiting_at (directory) : std::string ())));
    fail_unless (pipeline.play ());
    pipeline.wait_for_server (1);
    pipeline.wait_until ([] (const AskingCounts &now) { return now.questions >= 25; });
    server.come_back ();
    pipeline.wait_until ([] (const AskingCounts &now) { return now.answered >= 5; });
    end (pipeline);
    pipeline.require_exact ();
    require_away_and_back (pipeline);
    const AskingCounts now = pipeline.counts ();
    fail_unless (waits ? now.dropped == 0 : now.dropped > 0);
    fail_unless_equals_uint64 (pipeline.servers ()[1].lost, now.dropped);
  }
}
GST_END_TEST

GST_START_TEST (test_several)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  // Each of those under way has failed often, and tries again at another time.
  AskingPipeline pipeline (line_for (server, kCamera,
                                     "retries=-1 max-in-flight=4 retry-backoff-factor=0.1 "
                                     "retry-backoff-max=1 " +
                                         waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_for_server (1);
  pipeline.wait_until ([] (const AskingCounts &now) { return now.retries >= 30; });
  server.come_back ();
  // Those that were under way come last.
  pipeline.wait_until (
      [] (const AskingCounts &now) { return now.answered >= 30 && now.pending <= 1; });
  end (pipeline);
  pipeline.require_exact ();
  require_away_and_back (pipeline);
}
GST_END_TEST

GST_START_TEST (test_loading)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.switch_to (
      HttpReply{"503 Service Unavailable", R"({"error":{"code":503,"message":"Loading model"}})"});
  AskingPipeline pipeline (line_for (server, kCamera, waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 20; });
  server.come_back ();
  pipeline.wait_until ([] (const AskingCounts &now) { return now.answered >= 20; });
  end (pipeline);
  pipeline.require_exact ();
  fail_unless (pipeline.losses ().empty (), "%s", pipeline.losses ()[0].message.c_str ());
  fail_unless (pipeline.warnings ().empty (), "%s", pipeline.warnings ()[0].c_str ());
  fail_unless_equals_uint64 (unanswered_under (directory.path ()), 0);
}
GST_END_TEST

GST_START_TEST (test_slow)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.answer_after (std::chrono::milliseconds (300));
  AskingPipeline pipeline (line_for (server, kCamera, waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 40; });
  fail_unless (pipeline.losses ().empty (), "%s", pipeline.losses ()[0].message.c_str ());
  server.answer_after (std::chrono::milliseconds (0));
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending <= 1; });
  end (pipeline);
  pipeline.require_exact ();
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
  fail_unless (pipeline.warnings ()[0].starts_with ("Questions come faster than they are answered"),
               "%s", pipeline.warnings ()[0].c_str ());
}
GST_END_TEST

GST_START_TEST (test_failures)
{
  const bool is_alone = __i__ == 0;
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  {
    AskingPipeline earlier (
        "videotestsrc pattern=snow num-buffers=1 ! "
        "video/x-raw,format=I420,width=320,height=240 ! numproverlay ! "
        "numprosink name=sink batch-size=1 retries=0 question=anything model=m "
        "endpoint=" +
        server.endpoint () + " location=" + directory.path ().string ());
    earlier.run ();
  }
  server.come_back ();
  server.fail_at_bodies_of (20000);
  AskingPipeline pipeline (
      line_for (server, kCamera, (is_alone ? "" : "max-in-flight=3 ") + waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.failed == 1; });
  const guint64 answered = pipeline.counts ().answered;
  pipeline.wait_until ([&] (const AskingCounts &now) { return now.answered >= answered + 5; });
  end (pipeline);
  // Taken for away three times, and no more; not at all where others are answered meanwhile.
  fail_unless_equals_int (static_cast<int> (pipeline.servers ().size ()), is_alone ? 6 : 0);
  fail_unless (!is_alone || pipeline.servers ()[5].lost == 1);
  const auto lost = pipeline.lost_questions ();
  fail_unless (lost.size () == 1 && lost[0].batch == 0 && lost[0].reason == "http");
  fail_unless_equals_uint64 (unanswered_under (directory.path ()), 1);
}
GST_END_TEST

GST_START_TEST (test_removed)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (
      line_for (server, kRecording, waiting_at (directory) + "max-bundles=10"));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 60; });
  server.come_back ();
  pipeline.wait_for_server (2);
  end (pipeline);
  pipeline.require_exact ();
  fail_unless (pipeline.counts ().failed >= 40 && pipeline.lost_questions ()[0].reason == "disk");
  // That the server is away, and that a bundle is gone.
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 2);
}
GST_END_TEST

GST_START_TEST (test_removed_meanwhile)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (
      server, kCamera, waiting_at (directory) + "max-bundles=3 retries=0 sample-rate=2/1"));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.failed >= 5; });
  server.come_back ();
  pipeline.wait_for_server (2);
  end (pipeline);
  pipeline.require_exact ();
  fail_unless_equals_uint64 (pipeline.servers ()[1].lost, pipeline.counts ().failed);
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 2);
}
GST_END_TEST

GST_START_TEST (test_there)
{
  const struct {
    const char *status, *body;
  } kReplies[] = {
      {"429 Too Many Requests", R"({"error":{"message":"slow down"}})"},
      {"400 Bad Request", R"({"error":{"message":"no"}})"},
      {"404 Not Found", R"({"error":{"message":"no such model"}})"},
      {"200 OK", R"({"object":"page"})"},
      {"200 OK", R"({"choices":[{"message":{"content":"From 0"},"finish_reason":"abort"}]})"},
  };
  for (const auto &reply : kReplies) {
    SwitchedServer server;
    server.switch_to (HttpReply{reply.status, reply.body});
    AskingPipeline pipeline (line_for (server, kRecording, "", 3));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless_equals_uint64 (pipeline.counts ().failed, 3);
    fail_unless (pipeline.servers ().empty (), "%s", reply.body);
    fail_unless (pipeline.warnings ().size () == 3, "%s", reply.body);
  }
}
GST_END_TEST

GST_START_TEST (test_end)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  {
    AskingPipeline pipeline (line_for (server, kRecording, waiting_at (directory), 20));
    pipeline.run ();
    pipeline.require_exact ();
    fail_unless (pipeline.servers ().size () == 1 && pipeline.errors ().empty ());
    fail_unless_equals_uint64 (pipeline.counts ().dropped, 20);
    fail_unless (
        pipeline.warnings ().size () == 1 &&
        pipeline.warnings ()[0].ends_with ("; questions wait on the disk until it is back."));
  }
  fail_unless_equals_uint64 (unanswered_under (directory.path ()), 20);
  server.come_back ();
  AskingPipeline pipeline (line_for (server, kRecording, waiting_at (directory), 1));
  pipeline.run ();
  fail_unless_equals_uint64 (pipeline.counts ().answered, 21);
  fail_unless (pipeline.servers ().empty ());
}
GST_END_TEST

GST_START_TEST (test_end_for_ever)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (server, kCamera, "retries=-1 " + waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_for_server (1);
  pipeline.wait_until ([] (const AskingCounts &now) { return now.questions >= 20; });
  gst_element_send_event (pipeline.get (), gst_event_new_eos ());
  pipeline.wait_for_end (std::chrono::seconds (10));
  pipeline.stop ();
  pipeline.require_exact ();
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
  fail_unless_equals_uint64 (unanswered_under (directory.path ()), pipeline.counts ().questions);

  // A recording, which waits for room until its end.
  const TemporaryDirectory other;
  AskingPipeline recording (
      line_for (server, kRecording, "retries=-1 max-batches=2 " + waiting_at (other), 8));
  recording.run ();
  recording.require_exact ();
  fail_unless_equals_uint64 (recording.counts ().samples_dropped, 0);
  fail_unless_equals_uint64 (unanswered_under (other.path ()), 8);
}
GST_END_TEST

GST_START_TEST (test_flush)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (server, kRecording, waiting_at (directory), 400));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 20; });
  pipeline.flush ();
  const guint64 dropped = pipeline.counts ().dropped;
  server.come_back ();
  pipeline.wait_for_end ();
  pipeline.stop ();
  // What waited in the queue, or was under way for the first time: no more is lost.
  fail_unless (dropped <= 10, "%d", static_cast<int> (dropped));
  const AskingCounts now = pipeline.counts ();
  fail_unless_equals_uint64 (now.dropped, dropped);
  fail_unless_equals_uint64 (now.dropped, pipeline.lost_questions ().size ());
  fail_unless_equals_uint64 (now.answered, now.questions - dropped);
  fail_unless_equals_uint64 (now.answered, pipeline.answers ().size ());
}
GST_END_TEST

GST_START_TEST (test_stop)
{
  const TemporaryDirectory directory;
  SwitchedServer server;
  server.go ();
  AskingPipeline pipeline (line_for (server, kCamera, waiting_at (directory)));
  fail_unless (pipeline.play ());
  pipeline.wait_until ([] (const AskingCounts &now) { return now.pending >= 20; });
  pipeline.stop ();
  // Of the last batches a bundle may never have been written, or told.
  const auto lost = pipeline.lost_questions ();
  std::set<guint64> batches;
  for (const ToldLoss &loss : lost) {
    fail_unless (loss.reason == "flush", "%s", loss.reason.c_str ());
    batches.insert (loss.batch);
  }
  const AskingCounts now = pipeline.counts ();
  fail_unless (now.pending == 0 && now.questions >= 20 && now.questions == now.dropped);
  fail_unless (lost.size () == now.dropped && batches.size () == now.dropped);
  fail_unless_equals_int (static_cast<int> (pipeline.warnings ().size ()), 1);
}
GST_END_TEST

GST_START_TEST (test_message)
{
  GstMessage *away = gst_message_new_numpro_server (nullptr, GST_NUMPRO_SERVER_STATE_AWAY,
                                                    GST_NUMPRO_LOSS_REASON_TIMEOUT, "why", 1, 2, 3);
  GstNumproServerState state = GST_NUMPRO_SERVER_STATE_BACK;
  GstNumproLossReason reason = GST_NUMPRO_LOSS_REASON_DISK;
  gchar *text = nullptr;
  guint64 lost = 7, postponed = 7, duration = 7;
  fail_unless (
      gst_message_parse_numpro_server (away, &state, &reason, &text, &lost, &postponed, &duration));
  fail_unless (state == GST_NUMPRO_SERVER_STATE_AWAY && reason == GST_NUMPRO_LOSS_REASON_TIMEOUT &&
               lost == 0 && postponed == 0 && duration == 0);
  fail_unless_equals_string (text, "why");
  g_free (text);
  gst_message_unref (away);

  GstMessage *back = gst_message_new_numpro_server (nullptr, GST_NUMPRO_SERVER_STATE_BACK,
                                                    GST_NUMPRO_LOSS_REASON_TIMEOUT, "why", 1, 2, 3);
  fail_unless (
      gst_message_parse_numpro_server (back, &state, &reason, &text, &lost, &postponed, &duration));
  fail_unless (state == GST_NUMPRO_SERVER_STATE_BACK && lost == 1 && postponed == 2 &&
               duration == 3 && text == nullptr);
  fail_unless (!gst_message_parse_numpro_failure (back, nullptr, nullptr, nullptr, nullptr, nullptr,
                                                  nullptr));
  gst_message_unref (back);
}
GST_END_TEST

static Suite *asking_away_suite ()
{
  Suite *suite = suite_create ("asking away");
  TCase *tcase = tcase_create ("asking away");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_night);
  tcase_add_test (tcase, test_lost);
  tcase_add_test (tcase, test_for_ever);
  tcase_add_test (tcase, test_several);
  tcase_add_test (tcase, test_loading);
  tcase_add_test (tcase, test_slow);
  tcase_add_loop_test (tcase, test_failures, 0, 2);
  tcase_add_test (tcase, test_removed);
  tcase_add_test (tcase, test_removed_meanwhile);
  tcase_add_test (tcase, test_there);
  tcase_add_test (tcase, test_end);
  tcase_add_test (tcase, test_end_for_ever);
  tcase_add_test (tcase, test_flush);
  tcase_add_test (tcase, test_stop);
  tcase_add_test (tcase, test_message);
  return suite;
}

GST_CHECK_MAIN (asking_away)
