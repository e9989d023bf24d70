/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ledger.h"

#include <vector>

#include "document.h"
#include "enumnick.h"
#include "looktext.h"
#include "miniobject.h"

using namespace numpro;

namespace {

using SamplePtr = OwnedBy<GstNumproSample, gst_numpro_sample_free>;
using LedgerPtr = OwnedBy<GstNumproLedger, gst_numpro_ledger_unref>;

}  // namespace

struct _GstNumproLedger : GstMiniObject {
  guint64 batch;
  GstNumproLook look = kPaperLook;
  std::vector<SamplePtr> samples;
};

/**
 * gst_numpro_ledger_ref:
 * @ledger: a ledger
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_ledger_unref:
 * @ledger: (transfer full): a ledger
 *
 * Gives a reference back; the last one frees the ledger.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproLedger, gst_numpro_ledger)

namespace {

Json sample_to_json (const GstNumproSample &sample)
{
  Json json = {{"number", sample.number},
               {"slot", sample.slot},
               {"source", text_to_json (sample.source)},
               {"pts", time_to_json (sample.pts)},
               {"stream-time", time_to_json (sample.stream_time)},
               {"running-time", time_to_json (sample.running_time)},
               {"duration", time_to_json (sample.duration)},
               {"utc", utc_to_json (sample.utc)},
               {"utc-source", text_to_json (sample.utc_source)},
               {"image", text_to_json (sample.image)},
               {"width", sample.width},
               {"height", sample.height}};
  if (sample.gap_before > 0)
    json["gap-before"] = sample.gap_before;
  if (sample.cell != GST_NUMPRO_NO_CELL)
    json["cell"] = sample.cell;
  return json;
}

gchar *read_text (const JsonFields &fields, const char *name)
{
  const auto text = fields.find<std::string> (name);
  return text ? g_strdup (text->c_str ()) : nullptr;
}

SamplePtr read_sample (const JsonFields &fields)
{
  SamplePtr sample (gst_numpro_sample_new (fields.get<guint64> ("number")));
  sample->slot = fields.get<guint64> ("slot");
  sample->source = read_text (fields, "source");
  sample->pts = read_time (fields, "pts");
  sample->stream_time = read_time (fields, "stream-time");
  sample->running_time = read_time (fields, "running-time");
  sample->duration = read_time (fields, "duration");
  sample->gap_before = fields.find<guint64> ("gap-before").value_or (0);
  sample->utc = read_utc (fields, "utc");
  sample->utc_source = read_text (fields, "utc-source");
  sample->image = read_text (fields, "image");
  sample->width = fields.get<guint> ("width");
  sample->height = fields.get<guint> ("height");
  sample->cell = fields.find<gint> ("cell").value_or (GST_NUMPRO_NO_CELL);
  return sample;
}

GstNumproLedger *read_ledger (const JsonFields &fields)
{
  LedgerPtr ledger (gst_numpro_ledger_new (fields.get<guint64> ("batch")));
  const auto color = color_from_string (fields.get<std::string> ("color"));
  if (!color)
    fields.fail ("color", "not a colour");
  ledger->look.color = *color;
  if (!position_from_string (fields.get<std::string> ("position"), ledger->look))
    fields.fail ("position", "not a position");
  // Absent from files of before it was told.
  if (const auto nick = fields.find<std::string> ("stamp")) {
    const auto stamp = enum_from_nick<GstNumproStamp> (GST_TYPE_NUMPRO_STAMP, nick->c_str ());
    if (!stamp)
      fields.fail ("stamp", "unknown");
    ledger->look.stamp = *stamp;
  }
  fields.for_each ("frames", [&ledger] (const JsonFields &frame) {
    ledger->samples.push_back (read_sample (frame));
  });
  return ledger.release ();
}

}  // namespace

/**
 * gst_numpro_ledger_new:
 * @batch: number of the batch
 *
 * Makes a ledger without samples.
 *
 * Returns: (transfer full): an empty ledger; its look is the paper's, red and bottom right
 * Since: 0.1
 */
GstNumproLedger *gst_numpro_ledger_new (guint64 batch)
{
  auto *ledger = new_mini_object<GstNumproLedger> (GST_TYPE_NUMPRO_LEDGER);
  ledger->batch = batch;
  return ledger;
}

/**
 * gst_numpro_ledger_new_from_json:
 * @json: what gst_numpro_ledger_to_json() wrote
 * @length: length of @json in bytes, or -1 when it ends in a zero byte
 * @error: where to say what is wrong and where
 *
 * Reads a ledger.
 *
 * Returns: (transfer full): the ledger; %NULL with @error set when @json is malformed, or of a
 *   version that this library does not read
 * Since: 0.1
 */
GstNumproLedger *gst_numpro_ledger_new_from_json (const gchar *json, gssize length, GError **error)
{
  g_return_val_if_fail (json, nullptr);

  return read_document (json, length, "ledger", read_ledger, error);
}

/**
 * gst_numpro_ledger_to_json:
 * @ledger: a ledger
 *
 * Writes a ledger, to be read by gst_numpro_ledger_new_from_json().
 *
 * Returns: (transfer full): the ledger as a JSON object
 * Since: 0.1
 */
gchar *gst_numpro_ledger_to_json (GstNumproLedger *ledger)
{
  g_return_val_if_fail (ledger, nullptr);

  Json json = new_document ();
  json["batch"] = ledger->batch;
  json["color"] = color_to_string (ledger->look.color);
  json["position"] = position_to_string (ledger->look);
  json["stamp"] = enum_nick (GST_TYPE_NUMPRO_STAMP, ledger->look.stamp);
  Json &frames = json["frames"] = Json::array ();
  for (const SamplePtr &sample : ledger->samples)
    frames.push_back (sample_to_json (*sample));
  return document_to_text (json);
}

/**
 * gst_numpro_ledger_get_batch:
 * @ledger: a ledger
 *
 * Tells which batch the samples are from.
 *
 * Returns: number of the batch
 * Since: 0.1
 */
guint64 gst_numpro_ledger_get_batch (GstNumproLedger *ledger)
{
  return ledger->batch;
}

/**
 * gst_numpro_ledger_set_look:
 * @ledger: a writable ledger
 * @look: how the numbers look; the opacity is not kept
 *
 * Says how the numbers look, which the prompt tells the model.
 * Since: 0.1
 */
void gst_numpro_ledger_set_look (GstNumproLedger *ledger, const GstNumproLook *look)
{
  g_return_if_fail (ledger && gst_mini_object_is_writable (ledger));
  g_return_if_fail (look);

  ledger->look = *look;
  ledger->look.color |= 0xff000000;
}

/**
 * gst_numpro_ledger_get_look:
 * @ledger: a ledger
 *
 * Tells how the numbers look.
 *
 * Returns: (transfer none): how the numbers look, with an opaque colour; owned by @ledger
 * Since: 0.1
 */
const GstNumproLook *gst_numpro_ledger_get_look (GstNumproLedger *ledger)
{
  return &ledger->look;
}

/**
 * gst_numpro_ledger_append:
 * @ledger: a writable ledger
 * @sample: a sample that follows those in the ledger; it is copied
 *
 * Adds a sample at the end.
 * Since: 0.1
 */
void gst_numpro_ledger_append (GstNumproLedger *ledger, const GstNumproSample *sample)
{
  g_return_if_fail (ledger && gst_mini_object_is_writable (ledger));
  g_return_if_fail (sample);

  ledger->samples.emplace_back (gst_numpro_sample_copy (sample));
}

/**
 * gst_numpro_ledger_get_length:
 * @ledger: a ledger
 *
 * Counts the samples.
 *
 * Returns: how many samples there are
 * Since: 0.1
 */
guint gst_numpro_ledger_get_length (GstNumproLedger *ledger)
{
  return static_cast<guint> (ledger->samples.size ());
}

/**
 * gst_numpro_ledger_get_sample:
 * @ledger: a ledger
 * @index: from 0, in the order of time
 *
 * Gives one of the samples.
 *
 * Returns: (transfer none) (nullable): the sample, owned by @ledger; %NULL beyond the last one
 * Since: 0.1
 */
const GstNumproSample *gst_numpro_ledger_get_sample (GstNumproLedger *ledger, guint index)
{
  return index < ledger->samples.size () ? ledger->samples[index].get () : nullptr;
}

/**
 * gst_numpro_ledger_find:
 * @ledger: a ledger
 * @number: a number as drawn
 * @index: (out): the sample that carries it
 * @error: where to say why there is none
 *
 * Finds the sample that carries a number.
 *
 * Returns: whether exactly one sample carries @number
 * Since: 0.1
 */
gboolean gst_numpro_ledger_find (GstNumproLedger *ledger, guint64 number, guint *index,
                                 GError **error)
{
  guint found = 0;
  for (guint i = 0; i < ledger->samples.size (); ++i) {
    if (ledger->samples[i]->number != number)
      continue;
    *index = i;
    ++found;
  }
  if (found == 0) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_NO_SUCH_NUMBER,
                 "No frame of the batch carries %" G_GUINT64_FORMAT ".", number);
  } else if (found > 1) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_AMBIGUOUS,
                 "%u frames of the batch carry %" G_GUINT64_FORMAT ".", found, number);
  }
  return found == 1;
}
