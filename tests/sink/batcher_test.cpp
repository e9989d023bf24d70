/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The sink without an element: samples submitted, batches taken, every loss reported.
//
// test_overruns: a loss told on its own for every sample that a burst costs, or told twice or not.
// test_clock_room: a sample that is lost because somebody said that the clock runs: a live pipeline
//   that begins to play has as many samples at once as there is room for.
// test_under_load: races between the streaming thread, a flushing one, readers and the outlets'
//   threads; numbers told twice or not at all. With the thread sanitizer, which is what it is for.
// test_stop_under_load: the same for a stop while everybody is at work.

#include <atomic>
#include <map>
#include <mutex>

#include "plugin/sink/batching/batcher.h"
#include "plugin/sink/outlets/diskoutlet.h"
#include "plugin/sink/outlets/pulloutlet.h"
#include "plugin/sink/outlets/signaloutlet.h"
#include "tests/support/loopcheck.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;

namespace {

using Numbers = std::map<guint64, int>;  // and how often

// What was delivered and lost.
class Notes
{
 public:
  void note_lost (const Lost &event)
  {
    std::lock_guard lock (mutex_);
    ++messages_[event.reason];
    for (guint64 number : event.numbers)
      ++lost_[number];
  }

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
  int messages (LossReason reason) { return messages_[reason]; }

 private:
  std::mutex mutex_;
  Numbers lost_, delivered_;
  std::map<LossReason, int> messages_;
};

class NotingListener final : public Listener
{
 public:
  explicit NotingListener (Notes &notes) : notes_ (notes) {}

  void on_batch_ready (const BatchReady &event) override
  {
    if (!event.location.empty ())
      notes_.note_delivered (event.batch);
  }
  void on_lost (const Lost &event) override { notes_.note_lost (event); }

 private:
  Notes &notes_;
};

EventsPtr make_events (Notes &notes)
{
  std::vector<std::unique_ptr<Listener>> listeners;
  listeners.push_back (std::make_unique<NotingListener> (notes));
  return std::make_shared<Events> ("test", std::move (listeners));
}

// Longer than any test: where a clock ends batches it is one that is far ahead.
constexpr GstClockTime kBatchTime = 3600 * GST_SECOND;

BatcherOptions options (guint size, guint overlap)
{
  return {{.size = size, .time = kBatchTime, .overlap = overlap}, 50, std::nullopt};
}

// A batcher with outlets of all kinds, or with one to pull from.
struct Station {
  Station (const BatcherOptions &options, guint max_batches, bool all_outlets)
      : outlets (make_outlets (max_batches, all_outlets), events),
        batcher (options, {builder, history, pictures, outlets, events, accounting,
                           [] { return std::vector<PromptPtr> (); }, [] { return 2 * kBatchTime; }})
  {
  }

  std::vector<std::unique_ptr<Outlet>> make_outlets (guint max_batches, bool all_outlets)
  {
    std::vector<std::unique_ptr<Outlet>> made;
    if (all_outlets) {
      const BundleDirPtr dir (gst_numpro_bundle_dir_new (directory.path ().c_str ()));
      fail_unless (gst_numpro_bundle_dir_prepare (dir.get (), nullptr));
      made.push_back (std::make_unique<DiskOutlet> (max_batches, dir.get (), 3, events));
      made.push_back (std::make_unique<SignalOutlet> (
          max_batches, [this] (GstNumproBatch *batch) { notes.note_delivered (batch); }, events));
    }
    auto pull = std::make_unique<PullOutlet> (max_batches, true, events);
    puller = pull.get ();
    made.push_back (std::move (pull));
    return made;
  }

  std::unique_ptr<SampledFrame> make_frame (guint64 number, int edge)
  {
    auto made = std::make_unique<SampledFrame> ();
    made->sample.reset (gst_numpro_sample_new (number));
    made->sample->running_time = made->sample->stream_time = number * GST_MSECOND;
    made->sample->source = g_strdup ("stream");
    made->picture = pictures.take ();
    made->picture->resize (edge, edge);
    std::fill (made->picture->samples.begin (), made->picture->samples.end (), 100);
    made->picture->colorimetry = jfif_colorimetry ();
    return made;
  }

  // As the element does on the streaming thread.
  void submit (std::unique_ptr<SampledFrame> frame)
  {
    frame->account = std::make_shared<SampleAccount> (accounting, frame->sample->number);
    if (const auto refused = batcher.submit (std::move (frame)))
      drop_samples ({std::move (refused->account)}, events, GST_NUMPRO_LOSS_REASON_FLUSH,
                    "refused");
  }

  bool pull_one ()
  {
    const BatchPtr batch (puller->pull (std::chrono::milliseconds (1)));
    if (batch)
      notes.note_delivered (batch.get ());
    return batch != nullptr;
  }

  bool balanced () const
  {
    const Counts now = accounting->counts ();
    return now.samples == now.delivered + now.samples_dropped + now.waiting;
  }

  // Fails unless every number was either delivered, or told as lost once.
  void require_exact (guint64 samples)
  {
    const Counts now = accounting->counts ();
    fail_unless_equals_uint64 (now.samples, samples);
    fail_unless_equals_uint64 (now.waiting, 0);
    fail_unless_equals_uint64 (now.samples_dropped, notes.lost_numbers ().size ());
    fail_unless_equals_uint64 (now.delivered, notes.delivered_numbers ().size ());
    fail_unless_equals_uint64 (now.delivered + now.samples_dropped, samples);
    for (const auto &[number, times] : notes.lost_numbers ()) {
      fail_unless_in_loop (times == 1, "%d was told %d times", static_cast<int> (number), times);
      fail_unless_in_loop (!notes.delivered_numbers ().contains (number), "%d is said to be lost",
                           static_cast<int> (number));
    }
  }

  const TemporaryDirectory directory;
  Notes notes;
  const EventsPtr events = make_events (notes);
  const std::shared_ptr<Accounting> accounting = std::make_shared<Accounting> ();
  PicturePool pictures;
  BatchBuilder builder{0};
  History history{20 * GST_MSECOND, GST_CLOCK_TIME_NONE};
  PullOutlet *puller = nullptr;
  OutletSet outlets;
  Batcher batcher;
};

constexpr auto kNever = [] { return false; };

// One thread submits and ends batches now and then, two pull, one looks, and one says that the
// clock runs, which in a live stream ends the batch; until this goes away.
class Load
{
 public:
  explicit Load (Station &station)
  {
    add ([&station, this] {
      station.submit (station.make_frame (submitted_, 16));
      if (++submitted_ % 50 == 0)
        station.batcher.begin_segment ({}, [this] { return done_.load (); });
      if (submitted_ % 170 == 0)
        station.batcher.drain ({}, std::chrono::milliseconds (5), [this] { return done_.load (); });
    });
    for (int i = 0; i < 2; ++i)
      add ([&station] { station.pull_one (); });
    add ([&station] {
      const auto frames = station.history.find (0, GST_CLOCK_TIME_NONE);
      const BatchPtr past = frames.empty () ? nullptr : station.builder.build_with_frames (frames);
      fail_unless_in_loop (
          !past || gst_numpro_batch_get_n_images (past.get ()) ==
                       gst_numpro_ledger_get_length (gst_numpro_batch_get_ledger (past.get ())),
          "images are missing");
    });
    add ([&station] { fail_unless_in_loop (station.balanced (), "the counts do not add up"); });
    add ([&station] {
      station.batcher.look_at_clock ();
      std::this_thread::sleep_for (std::chrono::milliseconds (1));
    });
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

constexpr LeakyType kLeaky[] = {LeakyType::kNone, LeakyType::kUpstream, LeakyType::kDownstream};

}  // namespace

GST_START_TEST (test_overruns)
{
  constexpr guint64 kSamples = 60;
  Station station (options (5, 2), 100, false);
  station.batcher.set_leaky (LeakyType::kDownstream);
  std::vector<std::unique_ptr<SampledFrame>> frames;
  for (guint64 n = 0; n < kSamples; ++n)
    frames.push_back (station.make_frame (n, 1000));
  const auto start = std::chrono::steady_clock::now ();
  for (std::unique_ptr<SampledFrame> &frame : frames)
    station.submit (std::move (frame));
  fail_unless (station.batcher.drain ({}, std::chrono::seconds (60), kNever));
  // They are told before the end of the stream.
  const Counts now = station.accounting->counts ();
  fail_unless (now.samples_dropped > 0, "there was no overrun");
  fail_unless_equals_uint64 (station.notes.lost_numbers ().size (), now.samples_dropped);
  // Once a second, and at the end.
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds> (std::chrono::steady_clock::now () - start);
  fail_unless (station.notes.messages (GST_NUMPRO_LOSS_REASON_OVERRUN) <= 2 + seconds.count (),
               "%d messages for %d losses", station.notes.messages (GST_NUMPRO_LOSS_REASON_OVERRUN),
               static_cast<int> (now.samples_dropped));
  while (station.pull_one ()) {
  }
  station.batcher.stop ();
  station.require_exact (kSamples);
}
GST_END_TEST

GST_START_TEST (test_clock_room)
{
  constexpr guint64 kSamples = PicturePool::kCapacity;
  Station station (options (100, 0), 100, false);
  station.batcher.set_leaky (LeakyType::kDownstream);
  station.batcher.set_live (0);
  // Something to do for the worker, so that it takes nothing meanwhile.
  station.submit (station.make_frame (0, 3000));
  for (guint64 n = 1; n < kSamples; ++n)
    station.batcher.look_at_clock ();
  for (guint64 n = 1; n < kSamples; ++n)
    station.submit (station.make_frame (n, 16));
  fail_unless (station.batcher.drain ({}, std::chrono::seconds (60), kNever));
  fail_unless_equals_uint64 (station.accounting->counts ().samples_dropped, 0);
  station.batcher.stop ();
}
GST_END_TEST

GST_START_TEST (test_under_load)
{
  Station station (options (4, static_cast<guint> (__i__ % 3)), 2, true);
  station.batcher.set_leaky (kLeaky[__i__]);
  station.batcher.set_live (0);
  Load load (station);
  for (int i = 0; i < 40; ++i) {
    std::this_thread::sleep_for (std::chrono::milliseconds (10));
    switch (i % 4) {
      case 0:
        station.batcher.flush ();
        break;
      case 1:
        station.batcher.set_interrupted (true);
        break;
      case 2:
        station.batcher.set_interrupted (false);
        break;
      case 3:
        station.batcher.set_leaky (kLeaky[(__i__ + i / 4) % 3]);
        break;
    }
  }
  station.batcher.set_interrupted (true);
  const guint64 submitted = load.stop ();
  station.batcher.stop ();
  station.require_exact (submitted);
  fail_unless (station.accounting->counts ().delivered > 0);
}
GST_END_TEST

GST_START_TEST (test_stop_under_load)
{
  for (int i = 0; i < 10; ++i) {
    Station station (options (3, 1), 1, true);
    station.batcher.set_leaky (kLeaky[i % 3]);
    station.batcher.set_live (0);
    Load load (station);
    std::this_thread::sleep_for (std::chrono::milliseconds (5 * i));
    station.batcher.stop ();
    const guint64 submitted = load.stop ();
    station.require_exact (submitted);
  }
}
GST_END_TEST

static Suite *batcher_suite ()
{
  Suite *suite = suite_create ("batcher");
  TCase *tcase = tcase_create ("batcher");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_overruns);
  tcase_add_test (tcase, test_clock_room);
  tcase_add_loop_test (tcase, test_under_load, 0, 3);
  tcase_add_test (tcase, test_stop_under_load);
  return suite;
}

GST_CHECK_MAIN (batcher)
