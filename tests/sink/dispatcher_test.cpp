/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The sink without an element: samples submitted, batches taken, every loss reported.
//
// test_overruns: a loss told on its own for every sample that a burst costs, or told twice or not.
// test_under_load: races between the streaming thread, a flushing one, readers and the outlets'
//   threads; numbers told twice or not at all. With the thread sanitizer, which is what it is for.
// test_stop_under_load: the same for a stop while everybody is at work.

#include <atomic>
#include <map>
#include <mutex>

#include "plugin/sink/batching/dispatcher.h"
#include "plugin/sink/outlets/disk.h"
#include "tests/support/loopcheck.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;

namespace {

using Numbers = std::map<guint64, int>;  // and how often

class NotingReporter final : public Reporter
{
 public:
  void batch_ready (GstNumproBatch *batch, const std::string &bundle) override
  {
    if (!bundle.empty ())
      note_delivered (batch);
  }
  void lost (const Loss &loss) override
  {
    std::lock_guard lock (mutex_);
    ++messages_[loss.reason];
    for (guint64 number : loss.numbers)
      ++lost_[number];
  }
  void emit_batch (GstNumproBatch *batch) override { note_delivered (batch); }
  void answered (GstNumproAnswer *, const std::string &) override {}
  void question_lost (const QuestionLoss &) override {}

  void note_delivered (GstNumproBatch *batch)
  {
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
    std::lock_guard lock (mutex_);
    for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
      ++delivered_[gst_numpro_ledger_get_sample (ledger, i)->number];
  }

  // While nothing is under way any more.
  const Numbers &lost_numbers () const { return lost_; }
  const Numbers &delivered_numbers () const { return delivered_; }
  int messages (const std::string &reason) { return messages_[reason]; }

 private:
  std::mutex mutex_;
  Numbers lost_, delivered_;
  std::map<std::string, int> messages_;
};

SinkSettings settings (guint size, guint overlap, guint max_batches)
{
  SinkSettings made;
  made.window = {.size = size, .time = 0, .overlap = overlap};
  made.jpeg_quality = 50;
  made.max_batches = max_batches;
  made.history = 20 * GST_MSECOND;
  return made;
}

// A dispatcher with outlets of all kinds.
struct Station {
  Station (const SinkSettings &given, bool all_outlets)
  {
    std::vector<std::unique_ptr<Outlet>> outlets;
    SinkSettings mine = given;
    if (all_outlets) {
      mine.location = directory.path ().string ();
      BundleStore store (directory.path ());
      fail_unless (store.open ().empty ());
      outlets.push_back (
          std::make_unique<DiskOutlet> (mine.max_batches, std::move (store), 3, reporter));
      outlets.push_back (std::make_unique<SignalOutlet> (mine.max_batches, reporter));
    }
    auto pull = std::make_unique<PullOutlet> (mine.max_batches, true);
    puller = pull.get ();
    outlets.push_back (std::move (pull));
    dispatcher = std::make_unique<Dispatcher> (mine, 0, std::move (outlets), fate, reporter);
  }

  std::unique_ptr<Exposure> expose (guint64 number, int edge)
  {
    auto made = std::make_unique<Exposure> ();
    made->sample.reset (gst_numpro_sample_new (number));
    made->sample->running_time = made->sample->stream_time = number * GST_MSECOND;
    made->sample->source = g_strdup ("stream");
    made->picture = dispatcher->take_picture ();
    made->picture->resize (edge, edge);
    std::fill (made->picture->samples.begin (), made->picture->samples.end (), 100);
    made->picture->colorimetry = jfif_colorimetry ();
    return made;
  }

  // As the element does on the streaming thread.
  void submit (std::unique_ptr<Exposure> exposure)
  {
    fate->sample ();
    if (const auto refused = dispatcher->submit (std::move (exposure))) {
      fate->dropped (1);
      reporter.lost ({"flush", "refused", {refused->sample->number}});
    }
  }

  bool pull_one ()
  {
    const BatchPtr batch (puller->pull (std::chrono::milliseconds (1)));
    if (batch)
      reporter.note_delivered (batch.get ());
    return batch != nullptr;
  }

  bool balanced () const
  {
    const Fate::Counts now = fate->counts ();
    return now.samples == now.delivered + now.samples_dropped + now.waiting;
  }

  // Fails unless every number was either delivered, or told as lost once.
  void require_exact (guint64 samples)
  {
    const Fate::Counts now = fate->counts ();
    fail_unless_equals_uint64 (now.samples, samples);
    fail_unless_equals_uint64 (now.waiting, 0);
    fail_unless_equals_uint64 (now.samples_dropped, reporter.lost_numbers ().size ());
    fail_unless_equals_uint64 (now.delivered, reporter.delivered_numbers ().size ());
    fail_unless_equals_uint64 (now.delivered + now.samples_dropped, samples);
    for (const auto &[number, times] : reporter.lost_numbers ()) {
      fail_unless_in_loop (times == 1, "%d was told %d times", static_cast<int> (number), times);
      fail_unless_in_loop (!reporter.delivered_numbers ().contains (number),
                           "%d is said to be lost", static_cast<int> (number));
    }
  }

  const TemporaryDirectory directory;
  NotingReporter reporter;
  std::shared_ptr<Fate> fate = std::make_shared<Fate> ();
  PullOutlet *puller = nullptr;
  std::unique_ptr<Dispatcher> dispatcher;
};

constexpr auto kNever = [] { return false; };

// One thread submits and ends batches now and then, two pull, one looks; until this goes away.
class Load
{
 public:
  explicit Load (Station &station)
  {
    add ([&station, this] {
      station.submit (station.expose (submitted_, 16));
      if (++submitted_ % 50 == 0)
        station.dispatcher->begin_segment ([this] { return done_.load (); });
      if (submitted_ % 170 == 0)
        station.dispatcher->drain (std::chrono::milliseconds (5), [this] { return done_.load (); });
    });
    for (int i = 0; i < 2; ++i)
      add ([&station] { station.pull_one (); });
    add ([&station] {
      const BatchPtr past = station.dispatcher->recall (0, GST_CLOCK_TIME_NONE);
      fail_unless_in_loop (
          !past || gst_numpro_batch_get_n_images (past.get ()) ==
                       gst_numpro_ledger_get_length (gst_numpro_batch_get_ledger (past.get ())),
          "images are missing");
    });
    add ([&station] { fail_unless_in_loop (station.balanced (), "the counts do not add up"); });
  }

  guint64 stop ()
  {
    done_ = true;
    for (std::thread &thread : threads_)
      thread.join ();
    return submitted_;
  }

 private:
  template <typename Work>
  void add (Work work)
  {
    threads_.emplace_back ([this, work] {
      while (!done_) {
        work ();
        std::this_thread::yield ();
      }
    });
  }

  std::atomic<bool> done_ = false;
  std::atomic<guint64> submitted_ = 0;
  std::vector<std::thread> threads_;
};

constexpr Leak kLeaks[] = {Leak::kNone, Leak::kUpstream, Leak::kDownstream};

}  // namespace

GST_START_TEST (test_overruns)
{
  constexpr guint64 kSamples = 60;
  Station station (settings (5, 2, 100), false);
  station.dispatcher->set_leak (Leak::kDownstream);
  std::vector<std::unique_ptr<Exposure>> exposures;
  for (guint64 n = 0; n < kSamples; ++n)
    exposures.push_back (station.expose (n, 1000));
  const auto start = std::chrono::steady_clock::now ();
  for (std::unique_ptr<Exposure> &exposure : exposures)
    station.submit (std::move (exposure));
  fail_unless (station.dispatcher->drain (std::chrono::seconds (60), kNever));
  // They are told before the end of the stream.
  const Fate::Counts now = station.fate->counts ();
  fail_unless (now.samples_dropped > 0, "there was no overrun");
  fail_unless_equals_uint64 (station.reporter.lost_numbers ().size (), now.samples_dropped);
  // Once a second, and at the end.
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds> (std::chrono::steady_clock::now () - start);
  fail_unless (station.reporter.messages ("overrun") <= 2 + seconds.count (),
               "%d messages for %d losses", station.reporter.messages ("overrun"),
               static_cast<int> (now.samples_dropped));
  while (station.pull_one ()) {
  }
  station.dispatcher->stop ();
  station.require_exact (kSamples);
}
GST_END_TEST

GST_START_TEST (test_under_load)
{
  Station station (settings (4, static_cast<guint> (__i__ % 3), 2), true);
  station.dispatcher->set_leak (kLeaks[__i__]);
  Load load (station);
  for (int i = 0; i < 40; ++i) {
    std::this_thread::sleep_for (std::chrono::milliseconds (10));
    switch (i % 4) {
      case 0:
        station.dispatcher->flush ();
        break;
      case 1:
        station.dispatcher->set_interrupted (true);
        break;
      case 2:
        station.dispatcher->set_interrupted (false);
        break;
      case 3:
        station.dispatcher->set_leak (kLeaks[(__i__ + i / 4) % 3]);
        break;
    }
  }
  station.dispatcher->set_interrupted (true);
  const guint64 submitted = load.stop ();
  station.dispatcher->stop ();
  station.require_exact (submitted);
  fail_unless (station.fate->counts ().delivered > 0);
}
GST_END_TEST

GST_START_TEST (test_stop_under_load)
{
  for (int i = 0; i < 10; ++i) {
    Station station (settings (3, 1, 1), true);
    station.dispatcher->set_leak (kLeaks[i % 3]);
    Load load (station);
    std::this_thread::sleep_for (std::chrono::milliseconds (5 * i));
    station.dispatcher->stop ();
    const guint64 submitted = load.stop ();
    station.require_exact (submitted);
  }
}
GST_END_TEST

static Suite *dispatcher_suite ()
{
  Suite *suite = suite_create ("dispatcher");
  TCase *tcase = tcase_create ("dispatcher");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_overruns);
  tcase_add_loop_test (tcase, test_under_load, 0, 3);
  tcase_add_test (tcase, test_stop_under_load);
  return suite;
}

GST_CHECK_MAIN (dispatcher)
