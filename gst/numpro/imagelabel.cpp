/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "imagelabel.h"

#include <string>

#include "batchnumbers.h"

using namespace numpro;

/**
 * gst_numpro_ledger_get_image_label:
 * @ledger: a ledger
 * @image_name: name of an image of the batch
 * @label: the label of images that show one sample
 *
 * What a model is to read before an image. A sheet of several samples has the label of T2SGrid
 * (arXiv 2603.06973), "<Frame 0 to Frame 11>", whatever @label is: without it the order of its
 * cells would be the only hint. So has a frame that does not show its number (the ledger's look
 * says what it shows): "Frame 12", with seconds "Frame 12 <12.0 seconds>". Seconds are the sample's
 * stream time.
 *
 * Returns: (transfer full) (nullable): the text; %NULL when there is none, when no sample has this
 *   image, or when its time is not known
 * Since: 0.1
 */
gchar *gst_numpro_ledger_get_image_label (GstNumproLedger *ledger, const gchar *image_name,
                                          GstNumproImageLabel label)
{
  g_return_val_if_fail (ledger && image_name, nullptr);

  const GstNumproSample *first = nullptr, *last = nullptr;
  const guint length = gst_numpro_ledger_get_length (ledger);
  for (guint i = 0; i < length; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    if (g_strcmp0 (sample->image, image_name) != 0)
      continue;
    first = first ? first : sample;
    last = sample;
  }
  if (!first)
    return nullptr;
  if (first->cell != GST_NUMPRO_NO_CELL)
    return g_strdup (sheet_label (first->number, last->number).c_str ());
  std::string text;
  if (label == GST_NUMPRO_IMAGE_LABEL_NUMBER || !shows_numbers (ledger))
    text = "Frame " + std::to_string (first->number);
  if (label == GST_NUMPRO_IMAGE_LABEL_SECONDS && GST_CLOCK_TIME_IS_VALID (first->stream_time))
    text += (text.empty () ? "<" : " <") + seconds_text (first->stream_time) + " seconds>";
  return text.empty () ? nullptr : g_strdup (text.c_str ());
}
