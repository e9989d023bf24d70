/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "askingpipeline.h"

#include <set>

#include "loopcheck.h"

namespace {

std::string text_in (const GstStructure *structure, const char *name)
{
  const char *text = gst_structure_get_string (structure, name);
  return text ? text : "";
}

std::vector<guint64> numbers_in (const GstStructure *structure, const char *name = "numbers")
{
  const GValue *array = gst_structure_get_value (structure, name);
  std::vector<guint64> numbers;
  for (guint i = 0; array && i < gst_value_array_get_size (array); ++i)
    numbers.push_back (g_value_get_uint64 (gst_value_array_get_value (array, i)));
  return numbers;
}

ToldAnswer answer_from (const GstStructure *structure)
{
  ToldAnswer answer;
  gboolean found = FALSE, valid = FALSE, restated = FALSE;
  fail_unless_in_loop (
      gst_structure_get (structure, "batch", G_TYPE_UINT64, &answer.batch, "found", G_TYPE_BOOLEAN,
                         &found, "valid", G_TYPE_BOOLEAN, &valid, "restated", G_TYPE_BOOLEAN,
                         &restated, "attempts", G_TYPE_UINT, &answer.attempts, nullptr),
      "an answer is not told whole");
  answer.found = found;
  answer.valid = valid;
  answer.restated = restated;
  answer.obstacle = text_in (structure, "obstacle");
  answer.question = text_in (structure, "question");
  answer.text = text_in (structure, "text");
  const GValue *problems = gst_structure_get_value (structure, "problems");
  for (guint i = 0; i < gst_value_array_get_size (problems); ++i)
    answer.problems += std::string (i > 0 ? " " : "") +
                       g_value_get_string (gst_value_array_get_value (problems, i));
  const GValue *spans = gst_structure_get_value (structure, "spans");
  for (guint i = 0; i < gst_value_array_get_size (spans); ++i) {
    auto &[first, last] = answer.spans.emplace_back ();
    gst_structure_get (gst_value_get_structure (gst_value_array_get_value (spans, i)), "first",
                       G_TYPE_UINT64, &first, "last", G_TYPE_UINT64, &last, nullptr);
  }
  return answer;
}

ToldLoss loss_from (const GstStructure *structure)
{
  ToldLoss loss;
  gst_structure_get_uint64 (structure, "batch", &loss.batch);
  loss.question = text_in (structure, "question");
  loss.reason = text_in (structure, "reason");
  loss.message = text_in (structure, "message");
  loss.numbers = numbers_in (structure);
  return loss;
}

ToldProbe probe_from (const GstStructure *structure)
{
  ToldProbe probe;
  fail_unless_in_loop (
      gst_structure_get (structure, "parts", G_TYPE_UINT, &probe.parts, "image-limit", G_TYPE_UINT,
                         &probe.image_limit, "width", G_TYPE_UINT, &probe.width, "height",
                         G_TYPE_UINT, &probe.height, "prompt-tokens", G_TYPE_UINT64,
                         &probe.prompt_tokens, nullptr),
      "a probe is not told whole");
  probe.finding = text_in (structure, "finding");
  probe.message = text_in (structure, "message");
  probe.cure = text_in (structure, "cure");
  probe.schema = text_in (structure, "schema");
  probe.sent = numbers_in (structure, "sent");
  probe.seen = numbers_in (structure, "seen");
  return probe;
}

ToldServer server_from (const GstStructure *structure)
{
  ToldServer server = {.state = text_in (structure, "state"),
                       .reason = text_in (structure, "reason"),
                       .message = text_in (structure, "message")};
  if (server.state == "back")
    fail_unless_in_loop (gst_structure_get (structure, "lost", G_TYPE_UINT64, &server.lost,
                                            "postponed", G_TYPE_UINT64, &server.postponed,
                                            "duration", G_TYPE_UINT64, &server.duration, nullptr),
                         "a server's return is not told whole");
  return server;
}

}  // namespace

AskingPipeline::AskingPipeline (const std::string &line)
{
  GError *error = nullptr;
  pipeline_ = gst_parse_launch (line.c_str (), &error);
  fail_unless_in_loop (error == nullptr, "%s: %s", line.c_str (), error ? error->message : "");
  sink_ = gst_bin_get_by_name (GST_BIN (pipeline_), "sink");
  GstBus *bus = gst_element_get_bus (pipeline_);
  gst_bus_set_sync_handler (bus, on_message, this, nullptr);
  gst_object_unref (bus);
  watcher_ = std::thread ([this] { watch (); });
}

AskingPipeline::~AskingPipeline ()
{
  done_ = true;
  watcher_.join ();
  gst_element_set_state (pipeline_, GST_STATE_NULL);
  gst_object_unref (sink_);
  gst_object_unref (pipeline_);
}

AskingCounts AskingPipeline::counts () const
{
  GstStructure *stats = nullptr;
  g_object_get (sink_, "stats", &stats, nullptr);
  AskingCounts now;
  const bool whole = gst_structure_get (
      stats, "samples", G_TYPE_UINT64, &now.samples, "delivered", G_TYPE_UINT64, &now.delivered,
      "samples-dropped", G_TYPE_UINT64, &now.samples_dropped, "waiting", G_TYPE_UINT64,
      &now.waiting, "questions", G_TYPE_UINT64, &now.questions, "answered", G_TYPE_UINT64,
      &now.answered, "failed", G_TYPE_UINT64, &now.failed, "dropped", G_TYPE_UINT64, &now.dropped,
      "pending", G_TYPE_UINT64, &now.pending, "retries", G_TYPE_UINT64, &now.retries, "parts",
      G_TYPE_UINT64, &now.parts, "restatements", G_TYPE_UINT64, &now.restatements, "bytes-sent",
      G_TYPE_UINT64, &now.bytes_sent, nullptr);
  fail_unless_in_loop (whole, "a count is missing");
  gst_structure_free (stats);
  return now;
}

bool AskingPipeline::play ()
{
  return gst_element_set_state (pipeline_, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

std::chrono::duration<double> AskingPipeline::stop ()
{
  const auto start = std::chrono::steady_clock::now ();
  gst_element_set_state (pipeline_, GST_STATE_NULL);
  return std::chrono::steady_clock::now () - start;
}

void AskingPipeline::wait_for_end (std::chrono::seconds patience)
{
  std::unique_lock lock (mutex_);
  fail_unless_in_loop (changed_.wait_for (lock, patience, [&] { return has_ended_; }),
                       "the stream does not end");
}

void AskingPipeline::run ()
{
  fail_unless_in_loop (play (), "it does not start");
  wait_for_end ();
  stop ();
}

void AskingPipeline::wait_for_probe ()
{
  std::unique_lock lock (mutex_);
  fail_unless_in_loop (changed_.wait_for (lock, kPatience, [&] { return !probes_.empty (); }),
                       "no probe is told");
}

void AskingPipeline::wait_for_server (std::size_t count)
{
  std::unique_lock lock (mutex_);
  fail_unless_in_loop (
      changed_.wait_for (lock, kPatience, [&] { return servers_.size () >= count; }),
      "nothing is told of the server");
}

void AskingPipeline::wait_until (const std::function<bool (const AskingCounts &)> &is_so) const
{
  const auto end = std::chrono::steady_clock::now () + kPatience;
  while (!is_so (counts ())) {
    fail_unless_in_loop (std::chrono::steady_clock::now () < end, "the counts stay as they are");
    g_usleep (1000);
  }
}

void AskingPipeline::flush ()
{
  fail_unless_in_loop (gst_element_seek_simple (pipeline_, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, 0),
                       "it cannot be sought");
}

std::vector<ToldLoss> AskingPipeline::lost_questions () const
{
  std::vector<ToldLoss> lost;
  for (const ToldLoss &loss : losses_) {
    if (!loss.question.empty ())
      lost.push_back (loss);
  }
  return lost;
}

void AskingPipeline::require_exact () const
{
  const AskingCounts now = counts ();
  fail_unless_equals_int (unbalanced_, 0);
  fail_unless_equals_uint64 (now.pending, 0);
  fail_unless_equals_uint64 (now.waiting, 0);

  guint64 failed = 0, dropped = 0, lost_samples = 0;
  std::set<std::pair<guint64, std::string>> told;
  for (const ToldAnswer &answer : answers_)
    fail_unless_in_loop (told.emplace (answer.batch, answer.question).second, "answered twice");
  for (const ToldLoss &loss : losses_) {
    if (loss.question.empty ()) {
      lost_samples += loss.numbers.size ();
      continue;
    }
    ++(loss.reason == "flush" || loss.reason == "overrun" ? dropped : failed);
    fail_unless_in_loop (told.emplace (loss.batch, loss.question).second, "told twice");
    require_numbers (loss);
  }
  fail_unless_equals_uint64 (now.questions, told.size ());
  fail_unless_equals_uint64 (now.answered, answers_.size ());
  fail_unless_equals_uint64 (now.failed, failed);
  fail_unless_equals_uint64 (now.dropped, dropped);
  fail_unless_equals_uint64 (now.samples_dropped, lost_samples);
}

void AskingPipeline::require_numbers (const ToldLoss &loss) const
{
  const auto batch = batches_.find (loss.batch);
  fail_unless_in_loop (batch != batches_.end (), "a question about no batch is lost");
  const BatchTold &told = batch->second;
  fail_unless_in_loop (loss.numbers.size () == told.count && loss.numbers.front () == told.first &&
                           loss.numbers.back () == told.last,
                       "a question is lost with numbers of another batch");
}

GstBusSyncReply AskingPipeline::on_message (GstBus *, GstMessage *message, gpointer self)
{
  static_cast<AskingPipeline *> (self)->note (message);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

void AskingPipeline::note (GstMessage *message)
{
  std::lock_guard lock (mutex_);
  const GstMessageType type = GST_MESSAGE_TYPE (message);
  const GstStructure *structure = gst_message_get_structure (message);
  if (structure) {
    gchar *text = gst_structure_to_string (structure);
    transcript_ += std::string (text) + "\n";
    g_free (text);
  }
  if (type == GST_MESSAGE_ELEMENT)
    note_element (structure);
  if (type == GST_MESSAGE_WARNING || type == GST_MESSAGE_ERROR)
    note_complaint (message);
  has_ended_ = has_ended_ || type == GST_MESSAGE_EOS || type == GST_MESSAGE_ERROR;
  changed_.notify_all ();
}

void AskingPipeline::note_element (const GstStructure *structure)
{
  if (gst_structure_has_name (structure, "numpro/answer"))
    answers_.push_back (answer_from (structure));
  if (gst_structure_has_name (structure, "numpro/failure"))
    losses_.push_back (loss_from (structure));
  if (gst_structure_has_name (structure, "numpro/probe"))
    probes_.push_back (probe_from (structure));
  if (gst_structure_has_name (structure, "numpro/server"))
    servers_.push_back (server_from (structure));
  guint64 number = 0;
  BatchTold batch;
  if (gst_structure_has_name (structure, "numpro/batch") &&
      gst_structure_get (structure, "batch", G_TYPE_UINT64, &number, "first", G_TYPE_UINT64,
                         &batch.first, "last", G_TYPE_UINT64, &batch.last, "count", G_TYPE_UINT,
                         &batch.count, nullptr))
    batches_[number] = batch;
}

void AskingPipeline::note_complaint (GstMessage *message)
{
  const bool is_error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
  GError *error = nullptr;
  gchar *debug = nullptr;
  (is_error ? gst_message_parse_error : gst_message_parse_warning) (message, &error, &debug);
  transcript_ += std::string (error->message) + " " + (debug ? debug : "") + "\n";
  (is_error ? errors_ : warnings_).push_back (error->message);
  g_error_free (error);
  g_free (debug);
}

void AskingPipeline::watch ()
{
  while (!done_) {
    unbalanced_ += !counts ().balanced ();
    ++looks_;
    g_usleep (1000);
  }
}
