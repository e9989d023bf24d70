/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ledger.h"

#include <atomic>
#include <limits>
#include <memory>
#include <vector>

#include "ledgerjson.h"
#include "look.h"
#include "numproerror.h"
#include "utc.h"

using namespace numpro;

namespace {

struct SampleFree {
  void operator() (GstNumproSample *sample) const { gst_numpro_sample_free (sample); }
};
using Sample = std::unique_ptr<GstNumproSample, SampleFree>;

}  // namespace

struct _GstNumproLedger {
  std::atomic<int> references = 1;
  guint64 batch = 0;
  std::string stream;
  guint32 color = 0xffff0000;
  GstNumproHAlign halign = GST_NUMPRO_HALIGN_RIGHT;
  GstNumproVAlign valign = GST_NUMPRO_VALIGN_BOTTOM;
  std::vector<Sample> samples;
};

G_DEFINE_BOXED_TYPE (GstNumproSample, gst_numpro_sample, gst_numpro_sample_copy,
                     gst_numpro_sample_free)
G_DEFINE_BOXED_TYPE (GstNumproLedger, gst_numpro_ledger, gst_numpro_ledger_ref,
                     gst_numpro_ledger_unref)

namespace {

JsonObject *sample_to_json (const GstNumproSample &sample)
{
  JsonObject *object = json_object_new ();
  add_uint64 (object, "number", sample.number);
  add_uint64 (object, "slot", sample.slot);
  add_time (object, "pts", sample.pts);
  add_time (object, "stream-time", sample.stream_time);
  add_time (object, "running-time", sample.running_time);
  add_time (object, "duration", sample.duration);
  const TextPtr utc (gst_numpro_utc_to_string (sample.utc));
  json_object_set_string_member (object, "utc", utc.get ());
  json_object_set_string_member (object, "utc-source", sample.utc_source);
  json_object_set_string_member (object, "image", sample.image);
  json_object_set_int_member (object, "width", sample.width);
  json_object_set_int_member (object, "height", sample.height);
  if (sample.cell != GST_NUMPRO_NO_CELL)
    json_object_set_int_member (object, "cell", sample.cell);
  return object;
}

template <typename Integer>
Integer bounded (const JsonFields &fields, const char *name)
{
  const guint64 value = fields.uint64 (name);
  if (value > static_cast<guint64> (std::numeric_limits<Integer>::max ()))
    fields.fail (name, "too large");
  return static_cast<Integer> (value);
}

gchar *optional_string (const JsonFields &fields, const char *name)
{
  return fields.has (name) ? g_strdup (fields.string (name).c_str ()) : nullptr;
}

Sample sample_from_json (const JsonFields &fields)
{
  Sample sample (gst_numpro_sample_new (fields.uint64 ("number")));
  sample->slot = fields.uint64 ("slot");
  sample->pts = fields.time ("pts");
  sample->stream_time = fields.time ("stream-time");
  sample->running_time = fields.time ("running-time");
  sample->duration = fields.time ("duration");
  if (fields.has ("utc") &&
      !gst_numpro_utc_from_string (fields.string ("utc").c_str (), &sample->utc))
    fields.fail ("utc", "not a UTC time");
  sample->utc_source = optional_string (fields, "utc-source");
  sample->image = optional_string (fields, "image");
  sample->width = bounded<guint> (fields, "width");
  sample->height = bounded<guint> (fields, "height");
  if (fields.has ("cell"))
    sample->cell = bounded<gint> (fields, "cell");
  return sample;
}

void read_ledger (GstNumproLedger &ledger, JsonObject *root)
{
  const JsonFields fields (root, "");
  ledger.batch = fields.uint64 ("batch");
  ledger.stream = fields.string ("stream");
  const std::optional<guint32> color = color_from_string (fields.string ("color"));
  if (!color)
    fields.fail ("color", "not a colour");
  ledger.color = *color;
  const std::optional<Position> position = position_from_string (fields.string ("position"));
  if (!position)
    fields.fail ("position", "not a position");
  ledger.halign = position->halign;
  ledger.valign = position->valign;

  JsonArray *frames = fields.array ("frames");
  for (guint i = 0; i < json_array_get_length (frames); ++i) {
    const std::string path = "frames[" + std::to_string (i) + "]";
    JsonNode *node = json_array_get_element (frames, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      throw JsonError (path + ": not an object");
    ledger.samples.push_back (
        sample_from_json (JsonFields (json_node_get_object (node), path + ".")));
  }
}

}  // namespace

JsonObject *numpro::ledger_to_json_object (const GstNumproLedger *ledger)
{
  JsonObject *root = json_object_new ();
  add_uint64 (root, "batch", ledger->batch);
  json_object_set_string_member (root, "stream", ledger->stream.c_str ());
  json_object_set_string_member (root, "color", color_to_string (ledger->color).c_str ());
  json_object_set_string_member (root, "position",
                                 position_to_string (ledger->halign, ledger->valign).c_str ());
  JsonArray *frames = json_array_new ();
  for (const Sample &sample : ledger->samples)
    json_array_add_object_element (frames, sample_to_json (*sample));
  json_object_set_array_member (root, "frames", frames);
  return root;
}

GstNumproLedger *numpro::ledger_from_json_object (JsonObject *object)
{
  auto ledger = std::make_unique<GstNumproLedger> ();
  read_ledger (*ledger, object);
  return ledger.release ();
}

/**
 * gst_numpro_sample_new:
 * @number: the number drawn on the frame
 *
 * Returns: (transfer full): a sample with this number and slot, and nothing else known of it
 */
GstNumproSample *gst_numpro_sample_new (guint64 number)
{
  GstNumproSample *sample = g_new0 (GstNumproSample, 1);
  sample->number = sample->slot = number;
  sample->pts = sample->stream_time = sample->running_time = GST_CLOCK_TIME_NONE;
  sample->duration = sample->utc = GST_CLOCK_TIME_NONE;
  sample->cell = GST_NUMPRO_NO_CELL;
  return sample;
}

/**
 * gst_numpro_sample_copy:
 * @sample: a sample
 *
 * Returns: (transfer full): a copy of it
 */
GstNumproSample *gst_numpro_sample_copy (const GstNumproSample *sample)
{
  g_return_val_if_fail (sample, nullptr);

  GstNumproSample *copy = g_new (GstNumproSample, 1);
  *copy = *sample;
  copy->utc_source = g_strdup (sample->utc_source);
  copy->image = g_strdup (sample->image);
  return copy;
}

/**
 * gst_numpro_sample_free:
 * @sample: (transfer full): a sample
 */
void gst_numpro_sample_free (GstNumproSample *sample)
{
  g_free (sample->utc_source);
  g_free (sample->image);
  g_free (sample);
}

/**
 * gst_numpro_ledger_new:
 * @batch: number of the batch
 * @stream: the stream that the samples are from, an id or any other name
 *
 * Returns: (transfer full): an empty ledger; its look is the paper's, red and bottom right
 */
GstNumproLedger *gst_numpro_ledger_new (guint64 batch, const gchar *stream)
{
  auto ledger = std::make_unique<GstNumproLedger> ();
  ledger->batch = batch;
  ledger->stream = stream ? stream : "";
  return ledger.release ();
}

/**
 * gst_numpro_ledger_new_from_json:
 * @json: what gst_numpro_ledger_to_json() wrote
 * @length: length of @json in bytes, or -1 when it ends in a zero byte
 * @error: where to say what is wrong and where
 *
 * Returns: (transfer full): the ledger; %NULL with @error set when @json is malformed
 */
GstNumproLedger *gst_numpro_ledger_new_from_json (const gchar *json, gssize length, GError **error)
{
  g_return_val_if_fail (json, nullptr);

  try {
    const JsonNodePtr root = parse_json_object (json, length);
    return ledger_from_json_object (json_node_get_object (root.get ()));
  } catch (const JsonError &malformed) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED, "Malformed ledger: %s",
                 malformed.what ());
    return nullptr;
  }
}

/**
 * gst_numpro_ledger_ref:
 * @ledger: a ledger
 *
 * Returns: (transfer full): the same
 */
GstNumproLedger *gst_numpro_ledger_ref (GstNumproLedger *ledger)
{
  ++ledger->references;
  return ledger;
}

/**
 * gst_numpro_ledger_unref:
 * @ledger: (transfer full): a ledger
 */
void gst_numpro_ledger_unref (GstNumproLedger *ledger)
{
  if (--ledger->references == 0)
    std::unique_ptr<GstNumproLedger>{ledger};
}

/**
 * gst_numpro_ledger_to_json:
 * @ledger: a ledger
 *
 * Returns: (transfer full): the ledger as a JSON object
 */
gchar *gst_numpro_ledger_to_json (GstNumproLedger *ledger)
{
  g_return_val_if_fail (ledger, nullptr);

  return json_object_to_text (ledger_to_json_object (ledger));
}

/**
 * gst_numpro_ledger_get_batch:
 * @ledger: a ledger
 *
 * Returns: number of the batch
 */
guint64 gst_numpro_ledger_get_batch (GstNumproLedger *ledger)
{
  return ledger->batch;
}

/**
 * gst_numpro_ledger_get_stream:
 * @ledger: a ledger
 *
 * Returns: the stream that the samples are from
 */
const gchar *gst_numpro_ledger_get_stream (GstNumproLedger *ledger)
{
  return ledger->stream.c_str ();
}

/**
 * gst_numpro_ledger_set_look:
 * @ledger: a ledger
 * @color: colour of the numbers, as 0xAARRGGBB; the opacity is not kept
 * @halign: their horizontal place
 * @valign: their vertical place
 */
void gst_numpro_ledger_set_look (GstNumproLedger *ledger, guint32 color, GstNumproHAlign halign,
                                 GstNumproVAlign valign)
{
  ledger->color = color | 0xff000000;
  ledger->halign = halign;
  ledger->valign = valign;
}

/**
 * gst_numpro_ledger_get_look:
 * @ledger: a ledger
 * @color: (out) (optional): colour of the numbers, as 0xffRRGGBB
 * @halign: (out) (optional): their horizontal place
 * @valign: (out) (optional): their vertical place
 */
void gst_numpro_ledger_get_look (GstNumproLedger *ledger, guint32 *color, GstNumproHAlign *halign,
                                 GstNumproVAlign *valign)
{
  if (color)
    *color = ledger->color;
  if (halign)
    *halign = ledger->halign;
  if (valign)
    *valign = ledger->valign;
}

/**
 * gst_numpro_ledger_append:
 * @ledger: a ledger that nobody else holds
 * @sample: a sample that follows those in the ledger; it is copied
 */
void gst_numpro_ledger_append (GstNumproLedger *ledger, const GstNumproSample *sample)
{
  ledger->samples.emplace_back (gst_numpro_sample_copy (sample));
}

/**
 * gst_numpro_ledger_get_length:
 * @ledger: a ledger
 *
 * Returns: how many samples there are
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
 * Returns: (transfer none) (nullable): the sample, owned by @ledger; %NULL beyond the last one
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
 * Returns: whether exactly one sample carries @number
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
