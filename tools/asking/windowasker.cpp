/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "windowasker.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace numpro::asking {

namespace {

std::string message_of (GError *error)
{
  return ErrorPtr (error)->message;
}

LedgerPtr read_ledger (GstNumproBundle *bundle, GError **error)
{
  char *json = nullptr;
  gsize length = 0;
  const std::string path = std::string (gst_numpro_bundle_get_path (bundle)) + "/ledger.json";
  if (!g_file_get_contents (path.c_str (), &json, &length, error))
    return nullptr;
  const TextPtr owned (json);
  return LedgerPtr (gst_numpro_ledger_new_from_json (json, static_cast<gssize> (length), error));
}

// Where a bundle has the question in the same words.
std::optional<guint> place_of (GstNumproBundle *bundle, GstNumproPrompt *prompt)
{
  const TextPtr wanted (gst_numpro_prompt_to_json (prompt));
  for (guint i = 0; i < gst_numpro_bundle_get_n_questions (bundle); ++i) {
    const PromptPtr found (gst_numpro_bundle_read_prompt (bundle, i, nullptr));
    if (found &&
        g_str_equal (TextPtr (gst_numpro_prompt_to_json (found.get ())).get (), wanted.get ()))
      return i;
  }
  return std::nullopt;
}

}  // namespace

guint count_unanswered (GstNumproBundleDir *dir, guint64 window,
                        const std::vector<PromptPtr> &prompts)
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir, window));
  return static_cast<guint> (
      std::count_if (prompts.begin (), prompts.end (), [&] (const PromptPtr &prompt) {
        const auto place = place_of (bundle.get (), prompt.get ());
        return !place || !gst_numpro_bundle_is_answered (bundle.get (), *place);
      }));
}

std::vector<PromptPtr> window_prompts (const AskSettings &settings,
                                       const std::vector<std::string> &questions)
{
  std::vector<PromptPtr> prompts;
  for (const std::string &question : questions)
    prompts.push_back (settings.make_prompt (GST_NUMPRO_TASK_MOMENT, question));
  return prompts;
}

WindowAsker::WindowAsker (const AskSettings &settings, BundleDirPtr dir,
                          const std::vector<std::string> &questions)
    : max_in_flight_ (settings.max_in_flight),
      dir_ (std::move (dir)),
      prompts_ (window_prompts (settings, questions)),
      client_ (settings.model_options ())
{
}

WindowAsker::~WindowAsker () = default;

bool WindowAsker::wait_for_room (std::chrono::milliseconds patience)
{
  std::unique_lock lock (mutex_);
  return changed_.wait_for (lock, patience, [this] { return in_flight_ < max_in_flight_; });
}

bool WindowAsker::wait_until_settled (std::chrono::milliseconds patience)
{
  std::unique_lock lock (mutex_);
  return changed_.wait_for (lock, patience, [this] { return in_flight_ == 0; });
}

void WindowAsker::cancel ()
{
  client_.cancel_all ();
}

void WindowAsker::ask (guint64 window)
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_.get (), window));
  GError *error = nullptr;
  const LedgerPtr ledger = read_ledger (bundle.get (), &error);
  if (!ledger) {
    std::lock_guard lock (mutex_);
    news_.push_back (std::string (gst_numpro_bundle_get_path (bundle.get ())) +
                     " cannot be asked about: " + message_of (error));
    return;
  }
  BatchPtr batch;
  for (std::size_t i = 0; i < prompts_.size (); ++i) {
    Asked asked{window, i, 0};
    const auto place = place_of (bundle.get (), prompts_[i].get ());
    asked.place = place.value_or (0);
    if (!place && !gst_numpro_bundle_dir_add_question (dir_.get (), bundle.get (),
                                                       prompts_[i].get (), &asked.place, &error))
      fail (asked, ledger.get (), message_of (std::exchange (error, nullptr)));
    else if (!take_answer_on_disk (asked, bundle.get (), ledger.get ()))
      ask_question (asked, bundle.get (), ledger.get (), batch);
  }
}

// One that cannot be read is asked for again.
bool WindowAsker::take_answer_on_disk (const Asked &asked, GstNumproBundle *bundle,
                                       GstNumproLedger *ledger)
{
  if (!gst_numpro_bundle_is_answered (bundle, asked.place))
    return false;
  AnswerPtr answer (gst_numpro_bundle_read_answer (bundle, asked.place, nullptr));
  if (!answer)
    return false;
  settle (asked, {LedgerPtr (gst_numpro_ledger_ref (ledger)), std::move (answer), {}});
  return true;
}

void WindowAsker::ask_question (const Asked &asked, GstNumproBundle *bundle,
                                GstNumproLedger *ledger, BatchPtr &batch)
{
  GError *error = nullptr;
  if (!batch)
    batch.reset (gst_numpro_bundle_read_batch (bundle, &error));
  if (!batch) {
    fail (asked, ledger, message_of (error));
    return;
  }
  // It would be the same for this question.
  if (const std::string away = absence (); !away.empty ()) {
    fail (asked, ledger, away);
    return;
  }
  std::unique_lock lock (mutex_);
  ++in_flight_;
  lock.unlock ();
  const std::shared_ptr<GstNumproLedger> kept (gst_numpro_ledger_ref (ledger),
                                               gst_numpro_ledger_unref);
  client_.ask (prompts_[asked.question].get (), batch.get (),
               [this, asked, kept] (AskResult result) {
                 finish (asked, kept.get (), std::move (result));
                 std::unique_lock done (mutex_);
                 --in_flight_;
                 done.unlock ();
                 changed_.notify_all ();
               });
}

// On the client's thread
void WindowAsker::finish (const Asked &asked, GstNumproLedger *ledger, AskResult result)
{
  std::unique_lock lock (mutex_);
  for (const Adaptation &news : result.news)
    news_.push_back (news.sentence ());
  if (result.is_server_away && absence_.empty ())
    absence_ = result.problem;
  lock.unlock ();
  if (!result.answer) {
    fail (asked, ledger, result.problem);
    return;
  }
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_.get (), asked.window));
  GError *error = nullptr;
  if (!gst_numpro_bundle_dir_write_answer (dir_.get (), bundle.get (), asked.place,
                                           result.request.c_str (), result.answer.get (), &error)) {
    lock.lock ();
    news_.push_back ("An answer could not be written and will be asked for again: " +
                     message_of (error));
    lock.unlock ();
  }
  settle (asked, {LedgerPtr (gst_numpro_ledger_ref (ledger)), std::move (result.answer), {}});
}

void WindowAsker::fail (const Asked &asked, GstNumproLedger *ledger, const std::string &why)
{
  settle (asked, {LedgerPtr (gst_numpro_ledger_ref (ledger)), nullptr, why});
}

void WindowAsker::settle (const Asked &asked, Outcome outcome)
{
  std::lock_guard lock (mutex_);
  outcomes_.insert_or_assign ({asked.window, asked.question}, std::move (outcome));
}

AskCounts WindowAsker::counts () const
{
  AskCounts counts;
  std::lock_guard lock (mutex_);
  for (const auto &[asked, outcome] : outcomes_)
    ++(!outcome.answer                                       ? counts.failed
       : gst_numpro_answer_get_valid (outcome.answer.get ()) ? counts.answered
                                                             : counts.unread);
  return counts;
}

GstClockTime WindowAsker::answered_until () const
{
  std::lock_guard lock (mutex_);
  for (auto last = outcomes_.rbegin (); last != outcomes_.rend (); ++last) {
    GstNumproLedger *ledger = last->second.ledger.get ();
    const guint length = gst_numpro_ledger_get_length (ledger);
    const GstNumproSample *sample =
        length > 0 ? gst_numpro_ledger_get_sample (ledger, length - 1) : nullptr;
    if (sample && GST_CLOCK_TIME_IS_VALID (sample->stream_time))
      return sample->stream_time;
  }
  return 0;
}

std::string WindowAsker::absence () const
{
  std::lock_guard lock (mutex_);
  return absence_;
}

std::vector<std::string> WindowAsker::take_news ()
{
  std::lock_guard lock (mutex_);
  return std::exchange (news_, {});
}

TimelinePtr WindowAsker::timeline () const
{
  TimelinePtr timeline (gst_numpro_timeline_new ());
  std::lock_guard lock (mutex_);
  for (const auto &[asked, outcome] : outcomes_) {
    const char *question = gst_numpro_prompt_get_question (prompts_[asked.second].get ());
    GError *error = nullptr;
    if (!outcome.answer)
      gst_numpro_timeline_add_failure (timeline.get (), outcome.ledger.get (), question,
                                       outcome.failure.c_str ());
    else if (!gst_numpro_timeline_add (timeline.get (), outcome.ledger.get (),
                                       outcome.answer.get (), &error))
      gst_numpro_timeline_add_failure (timeline.get (), outcome.ledger.get (), question,
                                       message_of (error).c_str ());
  }
  return timeline;
}

std::size_t WindowAsker::add_answered_to (GstNumproTimeline *timeline) const
{
  std::size_t added = 0;
  std::lock_guard lock (mutex_);
  for (const auto &[asked, outcome] : outcomes_) {
    const bool is_understood =
        outcome.answer && gst_numpro_answer_get_valid (outcome.answer.get ());
    added += is_understood && gst_numpro_timeline_add (timeline, outcome.ledger.get (),
                                                       outcome.answer.get (), nullptr);
  }
  return added;
}

}  // namespace numpro::asking
