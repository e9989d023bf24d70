/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Texts that come from elsewhere.
//
// test_nesting: a text so deep that reading it overruns the stack.
// test_zero: a string that is cut at a zero character instead of refused.
// test_no_json: what is no JSON taken for it.
// test_last_utc: the last moment that nanoseconds in 64 bits reach refused.
// test_images: an image that is not base64 taken for one; a sample whose image is missing.

#include <gst/numpro/numpro.h>

#include <string>

#include "tests/support/loopcheck.h"

namespace {

const std::string kLedger =
    R"({"batch":1,"stream":"s","color":"red","position":"center","frames":[{"number":1,"slot":1,)"
    R"("image":"a.jpg","width":1,"height":1}])";

std::string batch_with (const std::string &images)
{
  return kLedger + R"(,"images":)" + images + "}";
}

std::string refusal_of_batch (const std::string &json)
{
  GError *error = nullptr;
  GstNumproBatch *batch =
      gst_numpro_batch_new_from_json (json.data (), static_cast<gssize> (json.size ()), &error);
  fail_unless (batch == nullptr, "%s", json.c_str ());
  fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
  const std::string message = error->message;
  g_error_free (error);
  return message;
}

void require_refusal (const std::string &json, const char *saying)
{
  const std::string message = refusal_of_batch (json);
  fail_unless (message.find (saying) != std::string::npos, "%s", message.c_str ());
}

void require_taken (const std::string &json)
{
  GError *error = nullptr;
  GstNumproBatch *batch = gst_numpro_batch_new_from_json (json.c_str (), -1, &error);
  fail_unless (batch != nullptr, "%s", error ? error->message : "");
  gst_numpro_batch_unref (batch);
}

}  // namespace

GST_START_TEST (test_nesting)
{
  for (const char *opening : {"[", "{\"a\":", "{'\"':["}) {
    std::string json = R"({"batch":)";
    for (int i = 0; i < 200000; ++i)
      json += opening;
    refusal_of_batch (json);
  }
  // What stands in a string does not count.
  std::string json = batch_with (R"({"a.jpg":"AAAA"})");
  json.replace (json.find ("\"s\""), 3, '"' + std::string (1000, '[') + R"(\"[{\\")");
  require_taken (json);
}
GST_END_TEST

GST_START_TEST (test_zero)
{
  std::string json = batch_with (R"({"a.jpg":"AAAA"})");
  require_taken (json);
  json.replace (json.find ("\"s\""), 3, R"("s\u0000t")");
  require_refusal (json, "zero character");
  json.replace (json.find (R"(\u0000)"), 6, R"(\\u0000)");
  require_taken (json);
  json.replace (json.find (R"(\\u0000)"), 7, 1, '\0');
  require_refusal (json, "zero character");
}
GST_END_TEST

GST_START_TEST (test_no_json)
{
  const std::string json = batch_with (R"({"a.jpg":"AAAA"})");
  for (const char *escape : {"\\x41", "\\u001\xc3\xa4", "\\u00", "\\'"})
    require_refusal (std::string (json).replace (json.find ("\"s\"") + 1, 1, escape), "escape");
  for (const char *half : {"\\ud83d", "\\ud83dx", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\u0041"})
    require_refusal (std::string (json).replace (json.find ("\"s\"") + 1, 1, half), "surrogate");
  for (const char *whole : {"\\ud83d\\ude00", "\\u00e4\\n\\/"})
    require_taken (std::string (json).replace (json.find ("\"s\"") + 1, 1, whole));
  for (const char *around : {"/* why */", "// why\n", "var x = ", "#", "'", "\x01"})
    require_refusal (around + json, "unexpected character at byte ");
  refusal_of_batch (std::string (1, '\0') + json);
  refusal_of_batch ("\xff" + json);
}
GST_END_TEST

GST_START_TEST (test_last_utc)
{
  gchar *text = gst_numpro_utc_to_string (GST_CLOCK_TIME_NONE - 1);
  GstClockTime back = 0;
  fail_unless (gst_numpro_utc_from_string (text, &back), "%s", text);
  fail_unless_equals_uint64 (back, GST_CLOCK_TIME_NONE - 1);
  g_free (text);
  for (const char *late : {"2554-07-21T23:34:33.709551615Z", "2554-07-21T23:34:34Z"})
    fail_if (gst_numpro_utc_from_string (late, &back), "%s", late);
}
GST_END_TEST

GST_START_TEST (test_images)
{
  require_taken (batch_with (R"({"a.jpg":""})"));
  require_taken (batch_with (R"({"a.jpg":"AAA=","b.jpg":"AAAA"})"));
  for (const char *text : {"A", "AAA", "AAA!", "A A A A", "AAA==", "=", "AAB="})
    require_refusal (batch_with (R"({"a.jpg":")" + std::string (text) + "\"}"), "images.a.jpg");
  require_refusal (batch_with ("{}"), "frames[0].image");
  require_refusal (batch_with (R"({"b.jpg":"AAAA"})"), "frames[0].image");
  require_refusal (batch_with (R"({"a.jpg":7})"), "images.a.jpg");
}
GST_END_TEST

static Suite *malformed_suite ()
{
  Suite *suite = suite_create ("malformed");
  TCase *tcase = tcase_create ("malformed");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_nesting);
  tcase_add_test (tcase, test_zero);
  tcase_add_test (tcase, test_no_json);
  tcase_add_test (tcase, test_last_utc);
  tcase_add_test (tcase, test_images);
  return suite;
}

GST_CHECK_MAIN (malformed)
