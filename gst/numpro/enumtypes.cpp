/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Registered by hand: what gst-inspect-1.0 and applications show to people of a value is the name
// that it is registered with, and what glib-mkenums makes of a header is its name in C.

#include "error.h"
#include "imagelabel.h"
#include "look.h"
#include "prompt.h"

GType gst_numpro_halign_get_type (void)
{
  static const GEnumValue values[] = {{GST_NUMPRO_HALIGN_LEFT, "At the left edge", "left"},
                                      {GST_NUMPRO_HALIGN_CENTER, "In the middle", "center"},
                                      {GST_NUMPRO_HALIGN_RIGHT, "At the right edge", "right"},
                                      {}};
  static const GType type = g_enum_register_static ("GstNumproHAlign", values);
  return type;
}

GType gst_numpro_valign_get_type (void)
{
  static const GEnumValue values[] = {{GST_NUMPRO_VALIGN_TOP, "At the top edge", "top"},
                                      {GST_NUMPRO_VALIGN_CENTER, "In the middle", "center"},
                                      {GST_NUMPRO_VALIGN_BOTTOM, "At the bottom edge", "bottom"},
                                      {}};
  static const GType type = g_enum_register_static ("GstNumproVAlign", values);
  return type;
}

GType gst_numpro_image_label_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_NUMPRO_IMAGE_LABEL_NONE, "No text", "none"},
      {GST_NUMPRO_IMAGE_LABEL_NUMBER, "The number: Frame 12", "number"},
      {GST_NUMPRO_IMAGE_LABEL_SECONDS, "The stream time: <12.0 seconds>", "seconds"},
      {}};
  static const GType type = g_enum_register_static ("GstNumproImageLabel", values);
  return type;
}

GType gst_numpro_task_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_NUMPRO_TASK_MOMENT, "When something is visible", "moment"},
      {GST_NUMPRO_TASK_HIGHLIGHT, "Which frames are worth seeing, with a score", "highlight"},
      {GST_NUMPRO_TASK_DESCRIBE, "Free text that names frames by their numbers", "describe"},
      {}};
  static const GType type = g_enum_register_static ("GstNumproTask", values);
  return type;
}

GType gst_numpro_answer_format_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_NUMPRO_ANSWER_FORMAT_TEXT, "A sentence", "text"},
      {GST_NUMPRO_ANSWER_FORMAT_JSON, "A JSON object that follows a schema", "json"},
      {}};
  static const GType type = g_enum_register_static ("GstNumproAnswerFormat", values);
  return type;
}

GType gst_numpro_error_get_type (void)
{
  static const GEnumValue values[] = {
      {GST_NUMPRO_ERROR_MALFORMED, "Text that is not what it should be", "malformed"},
      {GST_NUMPRO_ERROR_NO_SUCH_NUMBER, "A number that no sample has", "no-such-number"},
      {GST_NUMPRO_ERROR_AMBIGUOUS, "A number that several samples have", "ambiguous"},
      {GST_NUMPRO_ERROR_REVERSED, "A first number after the last one", "reversed"},
      {}};
  static const GType type = g_enum_register_static ("GstNumproError", values);
  return type;
}
