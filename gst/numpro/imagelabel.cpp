/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "imagelabel.h"

#include <string>
#include <vector>

#include "answerform.h"
#include "batchnumbers.h"

using namespace numpro;

namespace {

using Samples = std::vector<const GstNumproSample *>;

Samples samples_of_image (GstNumproLedger *ledger, const gchar *image_name)
{
  Samples samples;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    if (g_strcmp0 (sample->image, image_name) == 0)
      samples.push_back (sample);
  }
  return samples;
}

// Empty where there is none.
std::string label_of (GstNumproLedger *ledger, const Samples &samples, GstNumproImageLabel label)
{
  const GstNumproSample &first = *samples.front ();
  if (first.cell != GST_NUMPRO_NO_CELL)
    return sheet_label (ledger, samples);
  std::string text;
  if (label == GST_NUMPRO_IMAGE_LABEL_NUMBER || !shows_numbers (ledger))
    text = "Frame " + std::to_string (first.number);
  if (label == GST_NUMPRO_IMAGE_LABEL_SECONDS && GST_CLOCK_TIME_IS_VALID (first.stream_time))
    text += (text.empty () ? "<" : " <") + seconds_text (first.stream_time) + " seconds>";
  return text;
}

}  // namespace

/**
 * gst_numpro_ledger_get_image_label:
 * @ledger: a ledger
 * @image_name: name of an image of the batch
 * @label: the label of images that show one sample
 *
 * What a model is to read before an image. A sheet of several samples has the label of T2SGrid
 * (arXiv 2603.06973), "<Frame 0 to Frame 11>", whatever @label is: without it the order of its
 * cells would be the only hint. Where numbers are not to be seen and some are left out, it names
 * each frame: "<Frame 0, Frame 30, Frame 60>". So has a frame that does not show its number (the
 * ledger's look says what it shows): "Frame 12", with seconds "Frame 12 <12.0 seconds>". Seconds
 * are the sample's stream time. Where frames are missing in the stream before a sample that is
 * said, too, also without a label: nothing in the images shows it.
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there is none, when no sample has this
 *   image, or when its time is not known
 * Since: 0.1
 */
gchar *gst_numpro_ledger_get_image_label (GstNumproLedger *ledger, const gchar *image_name,
                                          GstNumproImageLabel label)
{
  g_return_val_if_fail (ledger && image_name, nullptr);

  const Samples samples = samples_of_image (ledger, image_name);
  if (samples.empty ())
    return nullptr;
  std::string text = label_of (ledger, samples, label);
  for (const GstNumproSample *sample : samples) {
    if (sample->gap_before > 0)
      text += (text.empty () ? "" : " ") + gap_note (sample->gap_before, sample->number);
  }
  return text.empty () ? nullptr : g_strdup (text.c_str ());
}
