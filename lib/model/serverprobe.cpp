/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "serverprobe.h"

#include <future>
#include <memory>
#include <utility>

#include "gst/numpro/json.h"
#include "modeldebug.h"
#include "probefinding.h"

namespace numpro {

namespace {

// Who waits for a probe does not wait for a server to come back.
constexpr int kMostRetries = 3;

// Numbers that it does not come to, or only thinks of, say nothing about images.
constexpr char kNotWhole[] =
    "its answer was cut or refused, or is nothing but reasoning; raise max_tokens or turn reasoning "
    "off in request-options";

// The batch is numbered by its places, which a label that names numbers would tell, and which a
// model might take for those that it is to read. Times stand between images just as well.
ModelOptions options_for_probe (ModelOptions options)
{
  if (options.retry.retries < 0 || options.retry.retries > kMostRetries)
    options.retry.retries = kMostRetries;
  if (options.chat.label == GST_NUMPRO_IMAGE_LABEL_NUMBER)
    options.chat.label = GST_NUMPRO_IMAGE_LABEL_SECONDS;
  options.max_in_flight = 1;
  // Its answers are numbers, which are read here.
  options.chat.restate = false;
  return options;
}

PromptPtr make_prompt (GstNumproAnswerFormat format)
{
  PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_DESCRIBE, kProbeQuestion));
  gst_numpro_prompt_set_template (prompt.get (), "{question}", nullptr);
  gst_numpro_prompt_set_answer_format (prompt.get (), format);
  return prompt;
}

BatchPtr first_image_of (GstNumproBatch *batch)
{
  GstNumproLedger *whole = gst_numpro_batch_get_ledger (batch);
  const LedgerPtr ledger (gst_numpro_ledger_new (gst_numpro_ledger_get_batch (whole)));
  gst_numpro_ledger_set_look (ledger.get (), gst_numpro_ledger_get_look (whole));
  const gchar *name = gst_numpro_batch_get_image_name (batch, 0);
  for (guint i = 0; i < gst_numpro_ledger_get_length (whole); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (whole, i);
    if (g_strcmp0 (sample->image, name) == 0)
      gst_numpro_ledger_append (ledger.get (), sample);
  }
  BatchPtr part (gst_numpro_batch_new (ledger.get ()));
  gst_numpro_batch_add_image (part.get (), name, gst_numpro_batch_get_image (batch, name));
  return part;
}

guint64 count_in (const Json &usage, const char *name)
{
  const auto member = usage.find (name);
  return member != usage.end () && member->is_number_unsigned () ? member->get<guint64> () : 0;
}

void note_delivery (GstNumproProbe &probe, GstNumproAnswer *answer)
{
  probe.latency = gst_numpro_answer_get_latency (answer);
  probe.model = g_strdup (gst_numpro_answer_get_model (answer));
  probe.text = g_strdup (gst_numpro_answer_get_text (answer));
  const TextPtr json (gst_numpro_answer_to_json (answer));
  const Json usage = parse_json (json.get ())["usage"];
  if (!usage.is_object ())
    return;
  probe.prompt_tokens = count_in (usage, "prompt_tokens");
  probe.completion_tokens = count_in (usage, "completion_tokens");
}

ProbePtr compare (const ProbeBatch &sent, const AskResult &result)
{
  GstNumproAnswer *answer = result.answer.get ();
  const std::vector<guint64> seen = numbers_in (gst_numpro_answer_get_text (answer));
  ProbePtr probe (gst_numpro_probe_new (sent.numbers.data (), sent.numbers.size (), seen.data (),
                                        seen.size ()));
  probe->finding = compare_numbers (sent.numbers, seen);
  probe->images = gst_numpro_batch_get_n_images (sent.batch.get ());
  probe->parts = std::max (result.parts, 1U);
  probe->image_limit = result.image_limit;
  probe->width = static_cast<guint> (sent.width);
  probe->height = static_cast<guint> (sent.height);
  note_delivery (*probe, answer);
  return probe;
}

GstNumproProbeSchema schema_of (const AskResult &result)
{
  if (!result.answer)
    return GST_NUMPRO_PROBE_SCHEMA_UNTRIED;
  if (result.format != ResponseFormat::kLists && result.format != ResponseFormat::kBounds)
    return GST_NUMPRO_PROBE_SCHEMA_REFUSED;
  const std::string text = gst_numpro_answer_get_text (result.answer.get ());
  return text.find ('{') != std::string::npos ? GST_NUMPRO_PROBE_SCHEMA_KEPT
                                              : GST_NUMPRO_PROBE_SCHEMA_IGNORED;
}

}  // namespace

ServerProbe::ServerProbe (const ModelOptions &options, bool wants_schema,
                          ModelClient::RequestLog log)
    : setting_{.has_label = options.chat.label != GST_NUMPRO_IMAGE_LABEL_NONE},
      wants_schema_ (wants_schema),
      client_ (options_for_probe (options), std::move (log))
{
}

ProbeResult ServerProbe::run (const ProbePictures &pictures)
{
  const std::optional<ProbeBatch> sent = make_probe_batch (pictures);
  if (!sent)
    return {.problem = "its pictures could not be encoded"};
  AskResult asked = ask (sent->batch.get (), GST_NUMPRO_ANSWER_FORMAT_TEXT);
  ProbeResult result = {.failure = asked.failure, .problem = asked.problem};
  result.news = std::move (asked.news);
  if (asked.answer && !asked.is_whole) {
    result.failure = AskFailure::kReply;
    result.problem = kNotWhole;
  }
  if (result.failure)
    return result;
  result.probe = compare (*sent, asked);
  if (wants_schema_)
    try_schema (sent->batch.get (), result);
  ProbeSetting setting = setting_;
  setting.is_grid = pictures.sheet.has_value ();
  result.probe->message = g_strdup (probe_message (*result.probe).c_str ());
  if (const std::string cure = probe_cure (*result.probe, setting); !cure.empty ())
    result.probe->cure = g_strdup (cure.c_str ());
  GST_DEBUG ("probe: %s: \"%s\"", result.probe->message, result.probe->text);
  return result;
}

// One image is enough for that.
void ServerProbe::try_schema (GstNumproBatch *batch, ProbeResult &result)
{
  const BatchPtr one = first_image_of (batch);
  const AskResult asked = ask (one.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
  result.probe->schema = schema_of (asked);
  result.news.insert (result.news.end (), asked.news.begin (), asked.news.end ());
}

AskResult ServerProbe::ask (GstNumproBatch *batch, GstNumproAnswerFormat format)
{
  const auto told = std::make_shared<std::promise<AskResult>> ();
  std::future<AskResult> result = told->get_future ();
  const PromptPtr prompt = make_prompt (format);
  client_.ask (prompt.get (), batch,
               [told] (AskResult became) { told->set_value (std::move (became)); });
  // Cancelled before this was asked, it would be forgotten.
  if (is_cancelled_)
    client_.cancel_all ();
  return result.get ();
}

void ServerProbe::cancel ()
{
  is_cancelled_ = true;
  client_.cancel_all ();
}

}  // namespace numpro
