/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The outlet that asks, without an element.
//
// test_under_load: races between what hands batches out, what asks about the past, a flush, what
//   reads the counts, the disk and requests under way; a question that is told twice or not at all.
//   With the thread sanitizer, which is what it is for.
// test_stop_under_load: the same for a stop while everybody is at work.

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "plugin/sink/batching/outletset.h"
#include "plugin/sink/outlets/diskoutlet.h"
#include "plugin/sink/outlets/modeloutlet.h"
#include "tests/support/loopcheck.h"
#include "tests/support/moodyserver.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;

namespace {

constexpr guint64 kSpooled = 20, kBatches = 150;
constexpr guint64 kFirstOfPast = 100000;

// About as long as a question takes.
constexpr gulong kPause = 4000;

// Which questions were told, and how often.
class Notes
{
 public:
  void note (guint64 batch, const std::string &question)
  {
    std::lock_guard lock (mutex_);
    const int times = ++told_[{batch, question}];
    fail_unless_in_loop (times == 1, "a question is told %d times", times);
  }

  // While nothing is under way any more.
  std::size_t told () const { return told_.size (); }

 private:
  std::mutex mutex_;
  std::map<std::pair<guint64, std::string>, int> told_;
};

class NotingListener final : public Listener
{
 public:
  explicit NotingListener (Notes &notes) : notes_ (notes) {}

  void on_answered (const Answered &event) override
  {
    fail_unless_in_loop (gst_numpro_answer_get_valid (event.answer), "%s",
                         gst_numpro_answer_get_text (event.answer));
    notes_.note (gst_numpro_answer_get_batch (event.answer),
                 gst_numpro_answer_get_question (event.answer));
  }
  void on_lost (const Lost &event) override
  {
    if (event.question)
      notes_.note (*event.batch, *event.question);
  }

 private:
  Notes &notes_;
};

EventsPtr make_events (Notes &notes)
{
  std::vector<std::unique_ptr<Listener>> listeners;
  listeners.push_back (std::make_unique<NotingListener> (notes));
  return std::make_shared<Events> ("test", std::move (listeners));
}

BatchPtr make_batch (guint64 number)
{
  const LedgerPtr ledger (gst_numpro_ledger_new (number));
  for (guint64 i = 0; i < 4; ++i) {
    const SamplePtr sample (gst_numpro_sample_new (i));
    sample->stream_time = sample->running_time = i * GST_SECOND;
    sample->duration = GST_SECOND;
    sample->image = g_strdup_printf ("%d.jpg", static_cast<int> (i));
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  const BytesPtr jpeg (g_bytes_new_static ("not really", 10));
  for (guint64 i = 0; i < 4; ++i)
    gst_numpro_batch_add_image (
        batch.get (), gst_numpro_ledger_get_sample (ledger.get (), static_cast<guint> (i))->image,
        jpeg.get ());
  return batch;
}

std::vector<PromptPtr> make_prompts ()
{
  std::vector<PromptPtr> prompts;
  for (const char *question : {"something red", "something blue"})
    prompts.emplace_back (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, question));
  return prompts;
}

ModelOptions options_for (const MoodyServer &server)
{
  ModelOptions options = {};
  options.http = {.url = server.url (),
                  .request_timeout = std::chrono::seconds (60),
                  .connect_timeout = std::chrono::seconds (5),
                  .ssl_strict = true};
  options.retry = {.retries = 1, .backoff_factor = 0.001, .backoff_max = 0.01};
  options.chat.model = "moody";
  options.max_in_flight = 3;
  return options;
}

// The ways out, with questions of an earlier process, and threads that use all of it.
class Station
{
 public:
  Station ()
  {
    const BundleDirPtr dir (gst_numpro_bundle_dir_new (directory_.path ().c_str ()));
    fail_unless (gst_numpro_bundle_dir_prepare (dir.get (), nullptr));
    const std::vector<PromptPtr> prompts = make_prompts ();
    GstNumproPrompt *asked[] = {prompts[0].get (), prompts[1].get ()};
    for (guint64 number = 0; number < kSpooled; ++number)
      fail_unless_in_loop (gst_numpro_bundle_dir_write (dir.get (), make_batch (number).get (),
                                                        asked, 2, nullptr, nullptr),
                           "no bundle");
    std::vector<std::unique_ptr<Outlet>> outlets;
    outlets.push_back (std::make_unique<DiskOutlet> (4, dir.get (), 0, events_));
    outlets.push_back (std::make_unique<ModelOutlet> (4, options_for (server_), accounting_,
                                                      dir.get (), true, events_));
    outlets_ = std::make_unique<OutletSet> (std::move (outlets), events_);
  }

  void work (LeakyType leaky)
  {
    threads_.emplace_back ([this, leaky] {
      for (guint64 i = 0; i < kBatches && !stopped_; ++i) {
        outlets_->hand_out (make_outgoing (kSpooled + i), leaky);
        g_usleep (kPause);
      }
      ++done_;
    });
    threads_.emplace_back ([this] {
      for (guint64 i = 0; i < kBatches && !stopped_; ++i) {
        outlets_->hand_out (make_outgoing (kFirstOfPast + i), LeakyType::kUpstream);
        g_usleep (kPause);
      }
      ++done_;
    });
    flusher_ = std::thread ([this] {
      for (int i = 0; i < 8 && !stopped_; ++i) {
        g_usleep (20000);
        outlets_->start_flush ();
        outlets_->stop_flush ();
      }
      ++done_;
    });
    threads_.emplace_back ([this] {
      while (done_ < 3) {
        const Counts now = accounting_->counts ();
        unbalanced_ += now.questions != now.answered + now.failed + now.dropped + now.pending;
        g_usleep (100);
      }
    });
  }

  OutgoingBatchPtr make_outgoing (guint64 number) const
  {
    return std::make_shared<OutgoingBatch> (accounting_, make_batch (number), make_prompts ());
  }

  bool drain ()
  {
    return outlets_->drain ([] { return false; });
  }

  void stop ()
  {
    stopped_ = true;
    // As the dispatcher does: where the element is stopped nobody flushes any more.
    if (flusher_.joinable ())
      flusher_.join ();
    outlets_->start_flush ();
    outlets_->stop ();
  }

  void join ()
  {
    for (std::thread &one : threads_)
      one.join ();
    if (flusher_.joinable ())
      flusher_.join ();
  }

  // Fails unless every question was told, once.
  Counts require_exact () const
  {
    const Counts now = accounting_->counts ();
    fail_unless_equals_int (unbalanced_, 0);
    fail_unless_equals_uint64 (now.pending, 0);
    fail_unless_equals_uint64 (now.questions, now.answered + now.failed + now.dropped);
    fail_unless_equals_uint64 (now.questions, notes_.told ());
    return now;
  }

 private:
  const TemporaryDirectory directory_;
  MoodyServer server_;  // outlives its clients
  Notes notes_;
  const EventsPtr events_ = make_events (notes_);
  std::shared_ptr<Accounting> accounting_ = std::make_shared<Accounting> ();
  std::unique_ptr<OutletSet> outlets_;
  std::vector<std::thread> threads_;
  std::thread flusher_;
  std::atomic<bool> stopped_ = false;
  std::atomic<int> done_ = 0, unbalanced_ = 0;
};

}  // namespace

GST_START_TEST (test_under_load)
{
  for (const LeakyType leaky : {LeakyType::kDownstream, LeakyType::kNone}) {
    Station station;
    station.work (leaky);
    station.join ();
    fail_unless (station.drain ());
    station.stop ();
    const Counts now = station.require_exact ();
    fail_unless (now.answered > 0 && now.failed > 0 && now.dropped > 0 && now.retries > 0,
                 "%d answered, %d failed, %d dropped, %d retries", static_cast<int> (now.answered),
                 static_cast<int> (now.failed), static_cast<int> (now.dropped),
                 static_cast<int> (now.retries));
    // Whatever was flushed, the spool was worked off.
    fail_unless (now.questions >= 2 * kSpooled + 2 * kBatches);
  }
}
GST_END_TEST

GST_START_TEST (test_stop_under_load)
{
  for (int i = 0; i < 8; ++i) {
    Station station;
    station.work (LeakyType::kNone);
    g_usleep (static_cast<gulong> (i) * 10000);
    station.stop ();
    station.join ();
    station.require_exact ();
  }
}
GST_END_TEST

static Suite *outlet_suite ()
{
  Suite *suite = suite_create ("outlet");
  TCase *tcase = tcase_create ("outlet");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_under_load);
  tcase_add_test (tcase, test_stop_under_load);
  return suite;
}

GST_CHECK_MAIN (outlet)
