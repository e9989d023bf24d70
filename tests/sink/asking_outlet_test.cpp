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

#include "plugin/sink/batching/distributor.h"
#include "plugin/sink/outlets/disk.h"
#include "plugin/sink/outlets/model.h"
#include "tests/support/loopcheck.h"
#include "tests/support/moodyserver.h"
#include "tests/support/temporarydirectory.h"

using namespace numpro;

namespace {

constexpr guint64 kSpooled = 20, kBatches = 150;
constexpr guint64 kFirstOfPast = 100000;

// About as long as a question takes.
constexpr gulong kPause = 4000;

class NotingReporter final : public Reporter
{
 public:
  void batch_ready (GstNumproBatch *, const std::string &) override {}
  void lost (const Loss &) override {}
  void emit_batch (GstNumproBatch *) override {}
  void answered (GstNumproAnswer *answer, const std::string &) override
  {
    fail_unless_in_loop (gst_numpro_answer_get_valid (answer), "%s",
                         gst_numpro_answer_get_text (answer));
    note (gst_numpro_answer_get_batch (answer), gst_numpro_answer_get_question (answer));
  }
  void question_lost (const QuestionLoss &loss) override
  {
    note (gst_numpro_ledger_get_batch (loss.ledger), gst_numpro_prompt_get_question (loss.prompt));
  }

  // While nothing is under way any more.
  std::size_t told () const { return told_.size (); }

 private:
  void note (guint64 batch, const char *question)
  {
    std::lock_guard lock (mutex_);
    const int times = ++told_[{batch, question}];
    fail_unless_in_loop (times == 1, "a question is told %d times", times);
  }

  std::mutex mutex_;
  std::map<std::pair<guint64, std::string>, int> told_;
};

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

DossierPtr make_dossier (guint64 number)
{
  return std::make_shared<Dossier> (make_batch (number), make_prompts ());
}

AskRule rule_for (const MoodyServer &server)
{
  AskRule rule;
  rule.http.url = server.url ();
  rule.retry = {.retries = 1, .backoff_factor = 0.001, .backoff_max = 0.01};
  rule.chat.model = "moody";
  return rule;
}

// The ways out, with questions of an earlier process, and threads that use all of it.
class Station
{
 public:
  Station ()
  {
    BundleStore store (directory_.path ());
    fail_unless (store.open ().empty ());
    for (guint64 number = 0; number < kSpooled; ++number)
      fail_unless_in_loop (
          store.write (make_batch (number).get (), make_prompts (), [] { return false; }).empty (),
          "no bundle");
    std::vector<std::unique_ptr<Outlet>> outlets;
    outlets.push_back (std::make_unique<DiskOutlet> (4, store, 0, reporter_));
    outlets.push_back (
        std::make_unique<ModelOutlet> (4, rule_for (server_), 3, fate_, store, true, reporter_));
    distributor_ = std::make_unique<Distributor> (std::move (outlets), fate_, reporter_);
  }

  void work (Leak leak)
  {
    distributor_->set_leak (leak);
    threads_.emplace_back ([this] {
      for (guint64 i = 0; i < kBatches && !stopped_; ++i) {
        distributor_->hand_out (
            distributor_->make_tickets (make_dossier (kSpooled + i), Stakes ()));
        g_usleep (kPause);
      }
      ++done_;
    });
    threads_.emplace_back ([this] {
      for (guint64 i = 0; i < kBatches && !stopped_; ++i) {
        distributor_->ask (make_dossier (kFirstOfPast + i));
        g_usleep (kPause);
      }
      ++done_;
    });
    flusher_ = std::thread ([this] {
      for (int i = 0; i < 8 && !stopped_; ++i) {
        g_usleep (20000);
        distributor_->set_flushing (true);
        distributor_->set_flushing (false);
      }
      ++done_;
    });
    threads_.emplace_back ([this] {
      while (done_ < 3) {
        const Fate::Counts now = fate_->counts ();
        unbalanced_ += now.questions != now.answered + now.failed + now.dropped + now.pending;
        g_usleep (100);
      }
    });
  }

  bool drain ()
  {
    return distributor_->drain ([] { return false; });
  }

  void stop ()
  {
    stopped_ = true;
    // As the dispatcher does: where the element is stopped nobody flushes any more.
    if (flusher_.joinable ())
      flusher_.join ();
    distributor_->set_flushing (true);
    distributor_->stop ();
  }

  void join ()
  {
    for (std::thread &one : threads_)
      one.join ();
    if (flusher_.joinable ())
      flusher_.join ();
  }

  // Fails unless every question was told, once.
  Fate::Counts require_exact () const
  {
    const Fate::Counts now = fate_->counts ();
    fail_unless_equals_int (unbalanced_, 0);
    fail_unless_equals_uint64 (now.pending, 0);
    fail_unless_equals_uint64 (now.questions, now.answered + now.failed + now.dropped);
    fail_unless_equals_uint64 (now.questions, reporter_.told ());
    return now;
  }

 private:
  const TemporaryDirectory directory_;
  MoodyServer server_;  // outlives its clients
  NotingReporter reporter_;
  std::shared_ptr<Fate> fate_ = std::make_shared<Fate> ();
  std::unique_ptr<Distributor> distributor_;
  std::vector<std::thread> threads_;
  std::thread flusher_;
  std::atomic<bool> stopped_ = false;
  std::atomic<int> done_ = 0, unbalanced_ = 0;
};

}  // namespace

GST_START_TEST (test_under_load)
{
  for (const Leak leak : {Leak::kDownstream, Leak::kNone}) {
    Station station;
    station.work (leak);
    station.join ();
    fail_unless (station.drain ());
    station.stop ();
    const Fate::Counts now = station.require_exact ();
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
    station.work (Leak::kNone);
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
