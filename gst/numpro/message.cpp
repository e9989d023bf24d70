/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "message.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "batchnumbers.h"
#include "enumnick.h"
#include "messagetext.h"
#include "owned.h"
#include "span.h"
#include "utc.h"

using namespace numpro;

namespace {

constexpr const char *kBatchMessage = "numpro/batch";
constexpr const char *kAnswerMessage = "numpro/answer";
constexpr const char *kFailureMessage = "numpro/failure";
constexpr const char *kProbeMessage = "numpro/probe";
constexpr const char *kServerMessage = "numpro/server";

constexpr const char *kAnswer = "answer";
constexpr const char *kBatch = "batch";
constexpr const char *kDuration = "duration";
constexpr const char *kLedger = "ledger";
constexpr const char *kLocation = "location";
constexpr const char *kLost = "lost";
constexpr const char *kNumbers = "numbers";
constexpr const char *kPostponed = "postponed";
constexpr const char *kProbe = "probe";
constexpr const char *kQuestion = "question";
constexpr const char *kReason = "reason";
constexpr const char *kState = "state";
constexpr const char *kText = "message";
constexpr const char *kUtcSource = "utc-source";

using SpanPtr = OwnedBy<GstNumproSpan, gst_numpro_span_free>;

template <typename Items, typename Set>
void set_array (GstStructure *structure, const char *field, GType type, const Items &items, Set set)
{
  GValue array = G_VALUE_INIT;
  gst_value_array_init (&array, static_cast<guint> (std::size (items)));
  for (const auto &item : items) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, type);
    set (&value, item);
    gst_value_array_append_and_take_value (&array, &value);
  }
  gst_structure_take_value (structure, field, &array);
}

void set_text_if_any (GstStructure *structure, const char *field, const gchar *text)
{
  if (text)
    gst_structure_set (structure, field, G_TYPE_STRING, text, nullptr);
}

void set_span (GstStructure *structure, const GstNumproSpan &span)
{
  const TextPtr utc_start (gst_numpro_utc_to_string (span.utc_start));
  const TextPtr utc_end (gst_numpro_utc_to_string (span.utc_end));
  gst_structure_set (structure, "first", G_TYPE_UINT64, span.first, "last", G_TYPE_UINT64,
                     span.last, "start", G_TYPE_UINT64, span.start, "end", G_TYPE_UINT64, span.end,
                     "utc-start", G_TYPE_STRING, utc_start.get (), "utc-end", G_TYPE_STRING,
                     utc_end.get (), nullptr);
}

void set_spans (GstStructure *structure, GstNumproAnswer *answer)
{
  std::vector<GstStructure *> spans;
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (answer); ++i) {
    spans.push_back (gst_structure_new_empty ("span"));
    set_span (spans.back (), *gst_numpro_answer_get_span (answer, i));
  }
  set_array (structure, "spans", GST_TYPE_STRUCTURE, spans, g_value_take_boxed);
}

void set_problems (GstStructure *structure, GstNumproAnswer *answer)
{
  const OwnedBy<gchar *, g_strfreev> problems (gst_numpro_answer_get_problems (answer));
  set_array (structure, "problems", G_TYPE_STRING,
             std::span (problems.get (), g_strv_length (problems.get ())), g_value_set_string);
}

// The streams that samples are from, each once.
void set_sources (GstStructure *structure, GstNumproLedger *ledger)
{
  std::vector<std::string> sources;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const gchar *source = gst_numpro_ledger_get_sample (ledger, i)->source;
    if (source && std::find (sources.begin (), sources.end (), source) == sources.end ())
      sources.emplace_back (source);
  }
  set_array (structure, "sources", G_TYPE_STRING, sources,
             [] (GValue *value, const std::string &source) {
               g_value_set_string (value, source.c_str ());
             });
}

// Where a message of the element kind has this name its structure, else null.
const GstStructure *structure_of (GstMessage *message, const char *name)
{
  const bool is_element = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT;
  return is_element && gst_message_has_name (message, name) ? gst_message_get_structure (message)
                                                            : nullptr;
}

gchar *copy_of_string (const GstStructure *structure, const char *field)
{
  return g_strdup (gst_structure_get_string (structure, field));
}

template <typename Enum>
std::optional<Enum> enum_in (const GstStructure *structure, const char *field, GType type)
{
  const gchar *nick = gst_structure_get_string (structure, field);
  return nick ? enum_from_nick<Enum> (type, nick) : std::nullopt;
}

// Reads the object that a message is about, and where it is on disk.
template <typename Object>
gboolean parse (GstMessage *message, const char *name, const char *field, GType type,
                Object **object, gchar **location)
{
  g_return_val_if_fail (GST_IS_MESSAGE (message), FALSE);

  const GstStructure *structure = structure_of (message, name);
  const GValue *value = structure ? gst_structure_get_value (structure, field) : nullptr;
  if (!value || !G_VALUE_HOLDS (value, type))
    return FALSE;
  if (object)
    *object = static_cast<Object *> (g_value_dup_boxed (value));
  if (location)
    *location = copy_of_string (structure, kLocation);
  return TRUE;
}

}  // namespace

/**
 * gst_message_new_numpro_batch:
 * @src: (transfer none) (nullable): who posts it
 * @ledger: of the batch; not empty
 * @location: (nullable): directory of its bundle
 *
 * Makes the message `numpro/batch`: a batch is there. Besides the ledger it has fields that can be
 * read without this library.
 *
 * Returns: (transfer full): the message
 * Since: 0.1
 */
GstMessage *gst_message_new_numpro_batch (GstObject *src, GstNumproLedger *ledger,
                                          const gchar *location)
{
  g_return_val_if_fail (ledger && gst_numpro_ledger_get_length (ledger) > 0, nullptr);

  register_message_texts ();
  const guint count = gst_numpro_ledger_get_length (ledger);
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, count - 1);
  GstStructure *structure =
      gst_structure_new (kBatchMessage, kBatch, G_TYPE_UINT64, gst_numpro_ledger_get_batch (ledger),
                         "count", G_TYPE_UINT, count, nullptr);
  set_sources (structure, ledger);
  if (const SpanPtr span (gst_numpro_span_new (ledger, first->number, last->number, nullptr)); span)
    set_span (structure, *span);
  set_text_if_any (structure, kUtcSource, utc_source_of (ledger));
  set_text_if_any (structure, kLocation, location);
  gst_structure_set (structure, kLedger, GST_TYPE_NUMPRO_LEDGER, ledger, nullptr);
  return gst_message_new_element (src, structure);
}

/**
 * gst_message_new_numpro_answer:
 * @src: (transfer none) (nullable): who posts it
 * @answer: the answer; nobody may change it any more
 * @location: (nullable): directory of the bundle that it is in
 *
 * Makes the message `numpro/answer`: a question is answered. Besides the answer it has fields that
 * can be read without this library.
 *
 * Returns: (transfer full): the message
 * Since: 0.1
 */
GstMessage *gst_message_new_numpro_answer (GstObject *src, GstNumproAnswer *answer,
                                           const gchar *location)
{
  g_return_val_if_fail (answer, nullptr);

  register_message_texts ();
  GstStructure *structure = gst_structure_new (
      kAnswerMessage, kBatch, G_TYPE_UINT64, gst_numpro_answer_get_batch (answer), kQuestion,
      G_TYPE_STRING, gst_numpro_answer_get_question (answer), "text", G_TYPE_STRING,
      gst_numpro_answer_get_text (answer), "found", G_TYPE_BOOLEAN,
      gst_numpro_answer_get_found (answer), "valid", G_TYPE_BOOLEAN,
      gst_numpro_answer_get_valid (answer), "obstacle", G_TYPE_STRING,
      enum_nick (GST_TYPE_NUMPRO_OBSTACLE, gst_numpro_answer_get_obstacle (answer)), "restated",
      G_TYPE_BOOLEAN, gst_numpro_answer_get_restatement (answer) != nullptr, "model", G_TYPE_STRING,
      gst_numpro_answer_get_model (answer), "latency", G_TYPE_DOUBLE,
      gst_numpro_answer_get_latency (answer), "attempts", G_TYPE_UINT,
      gst_numpro_answer_get_attempts (answer), nullptr);
  set_problems (structure, answer);
  set_spans (structure, answer);
  set_text_if_any (structure, kUtcSource, gst_numpro_answer_get_utc_source (answer));
  set_text_if_any (structure, kLocation, location);
  gst_structure_set (structure, kAnswer, GST_TYPE_NUMPRO_ANSWER, answer, nullptr);
  return gst_message_new_element (src, structure);
}

/**
 * gst_message_new_numpro_failure:
 * @src: (transfer none) (nullable): who posts it
 * @reason: why
 * @text: what happened, in words
 * @batch: number of the batch, or %GST_NUMPRO_NO_BATCH
 * @question: (nullable): where not the batch but a question about it is lost
 * @numbers: (array length=n_numbers): of the samples that are lost, or that the question was about
 * @n_numbers: how many there are
 *
 * Makes the message `numpro/failure`: samples, a batch or a question are lost.
 *
 * Returns: (transfer full): the message
 * Since: 0.1
 */
GstMessage *gst_message_new_numpro_failure (GstObject *src, GstNumproLossReason reason,
                                            const gchar *text, guint64 batch, const gchar *question,
                                            const guint64 *numbers, gsize n_numbers)
{
  g_return_val_if_fail (text, nullptr);

  GstStructure *structure = gst_structure_new (kFailureMessage, kReason, G_TYPE_STRING,
                                               enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, reason),
                                               kText, G_TYPE_STRING, text, nullptr);
  if (batch != GST_NUMPRO_NO_BATCH)
    gst_structure_set (structure, kBatch, G_TYPE_UINT64, batch, nullptr);
  set_text_if_any (structure, kQuestion, question);
  set_array (structure, kNumbers, G_TYPE_UINT64, std::span (numbers, n_numbers),
             g_value_set_uint64);
  return gst_message_new_element (src, structure);
}

/**
 * gst_message_new_numpro_probe:
 * @src: (transfer none) (nullable): who posts it
 * @probe: what was found; it is copied
 *
 * Makes the message `numpro/probe`: it was found out what reaches a model. Besides the probe it has
 * fields that can be read without this library.
 *
 * Returns: (transfer full): the message
 * Since: 0.1
 */
GstMessage *gst_message_new_numpro_probe (GstObject *src, const GstNumproProbe *probe)
{
  g_return_val_if_fail (probe, nullptr);

  register_message_texts ();
  GstStructure *structure =
      gst_structure_new (kProbeMessage, "finding", G_TYPE_STRING,
                         enum_nick (GST_TYPE_NUMPRO_PROBE_FINDING, probe->finding), nullptr);
  set_text_if_any (structure, kText, probe->message);
  set_text_if_any (structure, "cure", probe->cure);
  set_array (structure, "sent", G_TYPE_UINT64, std::span (probe->sent, probe->n_sent),
             g_value_set_uint64);
  set_array (structure, "seen", G_TYPE_UINT64, std::span (probe->seen, probe->n_seen),
             g_value_set_uint64);
  gst_structure_set (structure, "images", G_TYPE_UINT, probe->images, "parts", G_TYPE_UINT,
                     probe->parts, "image-limit", G_TYPE_UINT, probe->image_limit, "width",
                     G_TYPE_UINT, probe->width, "height", G_TYPE_UINT, probe->height, "schema",
                     G_TYPE_STRING, enum_nick (GST_TYPE_NUMPRO_PROBE_SCHEMA, probe->schema),
                     "latency", G_TYPE_DOUBLE, probe->latency, "prompt-tokens", G_TYPE_UINT64,
                     probe->prompt_tokens, "completion-tokens", G_TYPE_UINT64,
                     probe->completion_tokens, nullptr);
  set_text_if_any (structure, "model", probe->model);
  set_text_if_any (structure, "text", probe->text);
  gst_structure_set (structure, kProbe, GST_TYPE_NUMPRO_PROBE, probe, nullptr);
  return gst_message_new_element (src, structure);
}

/**
 * gst_message_new_numpro_server:
 * @src: (transfer none) (nullable): who posts it
 * @state: whether the server answers
 * @reason: why it is away; not looked at where it is back
 * @text: (nullable): the same in words
 * @lost: questions that were lost while it was away; not looked at where it is away now
 * @postponed: the same, of questions that are asked now that it is back
 * @duration: for how long it was away
 *
 * Makes the message `numpro/server`: a model's server has gone, or is back.
 *
 * Returns: (transfer full): the message
 * Since: 0.1
 */
GstMessage *gst_message_new_numpro_server (GstObject *src, GstNumproServerState state,
                                           GstNumproLossReason reason, const gchar *text,
                                           guint64 lost, guint64 postponed, GstClockTime duration)
{
  GstStructure *structure =
      gst_structure_new (kServerMessage, kState, G_TYPE_STRING,
                         enum_nick (GST_TYPE_NUMPRO_SERVER_STATE, state), nullptr);
  if (state == GST_NUMPRO_SERVER_STATE_AWAY) {
    gst_structure_set (structure, kReason, G_TYPE_STRING,
                       enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, reason), nullptr);
    set_text_if_any (structure, kText, text);
  } else {
    gst_structure_set (structure, kLost, G_TYPE_UINT64, lost, kPostponed, G_TYPE_UINT64, postponed,
                       kDuration, G_TYPE_UINT64, duration, nullptr);
  }
  return gst_message_new_element (src, structure);
}

/**
 * gst_message_parse_numpro_batch:
 * @message: any message
 * @ledger: (out) (optional) (transfer full): the samples of the batch
 * @location: (out) (optional) (nullable) (transfer full): directory of its bundle; %NULL when it is
 *   not written to disk
 *
 * Reads the message `numpro/batch`.
 *
 * Returns: whether @message is one; if not, nothing is set
 * Since: 0.1
 */
gboolean gst_message_parse_numpro_batch (GstMessage *message, GstNumproLedger **ledger,
                                         gchar **location)
{
  return parse (message, kBatchMessage, kLedger, GST_TYPE_NUMPRO_LEDGER, ledger, location);
}

/**
 * gst_message_parse_numpro_answer:
 * @message: any message
 * @answer: (out) (optional) (transfer full): the answer
 * @location: (out) (optional) (nullable) (transfer full): directory of the bundle that it is in;
 *   %NULL when it is not written to disk
 *
 * Reads the message `numpro/answer`.
 *
 * Returns: whether @message is one; if not, nothing is set
 * Since: 0.1
 */
gboolean gst_message_parse_numpro_answer (GstMessage *message, GstNumproAnswer **answer,
                                          gchar **location)
{
  return parse (message, kAnswerMessage, kAnswer, GST_TYPE_NUMPRO_ANSWER, answer, location);
}

/**
 * gst_message_parse_numpro_failure:
 * @message: any message
 * @reason: (out) (optional): why
 * @text: (out) (optional) (transfer full): what happened, in words
 * @batch: (out) (optional): number of the batch; %GST_NUMPRO_NO_BATCH when the samples were in none
 * @question: (out) (optional) (nullable) (transfer full): the question that is lost; %NULL when the
 *   batch or the samples are
 * @numbers: (out) (optional) (transfer full) (array length=n_numbers): of the samples that are
 * lost, or that the question was about
 * @n_numbers: (out) (optional): how many there are
 *
 * Reads the message `numpro/failure`.
 *
 * Returns: whether @message is one; if not, nothing is set
 * Since: 0.1
 */
gboolean gst_message_parse_numpro_failure (GstMessage *message, GstNumproLossReason *reason,
                                           gchar **text, guint64 *batch, gchar **question,
                                           guint64 **numbers, gsize *n_numbers)
{
  g_return_val_if_fail (GST_IS_MESSAGE (message), FALSE);

  const GstStructure *structure = structure_of (message, kFailureMessage);
  const auto known =
      structure ? enum_in<GstNumproLossReason> (structure, kReason, GST_TYPE_NUMPRO_LOSS_REASON)
                : std::nullopt;
  if (!known)
    return FALSE;
  if (reason)
    *reason = *known;
  if (text)
    *text = copy_of_string (structure, kText);
  if (batch && !gst_structure_get_uint64 (structure, kBatch, batch))
    *batch = GST_NUMPRO_NO_BATCH;
  if (question)
    *question = copy_of_string (structure, kQuestion);
  const GValue *array = gst_structure_get_value (structure, kNumbers);
  const guint count = array && GST_VALUE_HOLDS_ARRAY (array) ? gst_value_array_get_size (array) : 0;
  if (n_numbers)
    *n_numbers = count;
  if (numbers)
    *numbers = g_new0 (guint64, count);
  for (guint i = 0; numbers && i < count; ++i)
    (*numbers)[i] = g_value_get_uint64 (gst_value_array_get_value (array, i));
  return TRUE;
}

/**
 * gst_message_parse_numpro_probe:
 * @message: any message
 * @probe: (out) (optional) (transfer full): what was found
 *
 * Reads the message `numpro/probe`.
 *
 * Returns: whether @message is one; if not, nothing is set
 * Since: 0.1
 */
gboolean gst_message_parse_numpro_probe (GstMessage *message, GstNumproProbe **probe)
{
  return parse (message, kProbeMessage, kProbe, GST_TYPE_NUMPRO_PROBE, probe, nullptr);
}

/**
 * gst_message_parse_numpro_server:
 * @message: any message
 * @state: (out) (optional): whether the server answers
 * @reason: (out) (optional): why it is away; left as it is where the server is back
 * @text: (out) (optional) (nullable) (transfer full): the same in words; %NULL where it is back
 * @lost: (out) (optional): questions that were lost while it was away; 0 where it is away now
 * @postponed: (out) (optional): the same, of questions that are asked now that it is back
 * @duration: (out) (optional): for how long it was away; 0 where it is away now
 *
 * Reads the message `numpro/server`.
 *
 * Returns: whether @message is one; if not, nothing is set
 * Since: 0.1
 */
gboolean gst_message_parse_numpro_server (GstMessage *message, GstNumproServerState *state,
                                          GstNumproLossReason *reason, gchar **text, guint64 *lost,
                                          guint64 *postponed, GstClockTime *duration)
{
  g_return_val_if_fail (GST_IS_MESSAGE (message), FALSE);

  const GstStructure *structure = structure_of (message, kServerMessage);
  const auto known =
      structure ? enum_in<GstNumproServerState> (structure, kState, GST_TYPE_NUMPRO_SERVER_STATE)
                : std::nullopt;
  if (!known)
    return FALSE;
  if (state)
    *state = *known;
  const auto why = enum_in<GstNumproLossReason> (structure, kReason, GST_TYPE_NUMPRO_LOSS_REASON);
  if (reason && why)
    *reason = *why;
  if (text)
    *text = copy_of_string (structure, kText);
  const struct {
    guint64 *value;
    const char *field;
  } kCounts[] = {{lost, kLost}, {postponed, kPostponed}, {duration, kDuration}};
  for (const auto &count : kCounts) {
    if (count.value && !gst_structure_get_uint64 (structure, count.field, count.value))
      *count.value = 0;
  }
  return TRUE;
}
