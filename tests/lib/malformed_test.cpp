/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Texts that come from elsewhere.
//
// test_nesting: a text so deep that reading it overruns the stack.
// test_zero: a string that is cut at a zero character instead of refused.
// test_no_json: what is no JSON taken for it.
// test_last_utc: the last moment that nanoseconds in 64 bits reach refused.
// test_many_members: an object with so many members that reading it takes for ever.
// test_numbers: numbers of 64 bits that are rounded, or written as text.

#include <gst/numpro/numpro.h>

#include <string>

#include "tests/support/loopcheck.h"

namespace {

// A whole ledger; "s" is the only string of one letter.
const std::string kLedger =
    R"({"version":1,"batch":1,"color":"red","position":"center","frames":[{"number":1,"slot":1,)"
    R"("source":"s","image":"a.jpg","width":1,"height":1}]})";

std::string ledger_with (const std::string &source)
{
  return std::string (kLedger).replace (kLedger.find ("\"s\""), 3, source);
}

std::string refusal_of (const std::string &json)
{
  GError *error = nullptr;
  GstNumproLedger *ledger =
      gst_numpro_ledger_new_from_json (json.data (), static_cast<gssize> (json.size ()), &error);
  fail_unless (ledger == nullptr, "%s", json.c_str ());
  fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
  const std::string message = error->message;
  g_error_free (error);
  fail_unless (g_utf8_validate (message.c_str (), -1, nullptr));
  return message;
}

void require_refusal (const std::string &json, const char *saying)
{
  const std::string message = refusal_of (json);
  fail_unless (message.find (saying) != std::string::npos, "%s", message.c_str ());
}

std::string require_taken (const std::string &json)
{
  GError *error = nullptr;
  GstNumproLedger *ledger = gst_numpro_ledger_new_from_json (json.c_str (), -1, &error);
  fail_unless (ledger != nullptr, "%s", error ? error->message : "");
  const std::string source = gst_numpro_ledger_get_sample (ledger, 0)->source;
  gst_numpro_ledger_unref (ledger);
  return source;
}

}  // namespace

GST_START_TEST (test_nesting)
{
  for (const char *opening : {"[", "{\"a\":", "[{\"a\":"}) {
    for (const int levels : {101, 200000, 500000}) {
      std::string json = R"({"batch":)";
      for (int i = 0; i < levels; ++i)
        json += opening;
      require_refusal (json, "nested too deeply");
    }
  }
  refusal_of (R"({"batch":{'"':[)");
  // What stands in a string does not count.
  require_taken (ledger_with ('"' + std::string (1000, '[') + R"(\"[{\\")"));
}
GST_END_TEST

GST_START_TEST (test_many_members)
{
  // Would take minutes, if each were looked for among all before it.
  std::string json = R"({"version":1,"x":{)";
  for (int i = 0; i < 1000000; ++i)
    json += "\"" + std::to_string (i) + "\":0,";
  require_refusal (json + "\"a\":0}}", "too many members");
}
GST_END_TEST

GST_START_TEST (test_zero)
{
  require_taken (kLedger);
  require_refusal (ledger_with (R"("s\u0000t")"), "zero character");
  require_refusal (std::string (kLedger).replace (kLedger.find ("\"batch\""), 7, R"("\u0000")"),
                   "zero character");
  fail_unless (require_taken (ledger_with (R"("s\\u0000t")")) == "s\\u0000t");
  require_refusal (ledger_with (std::string ("\"s\0t\"", 5)), "zero character");
  require_refusal (kLedger + '\0', "zero character");
  require_refusal (std::string (1, '\0') + kLedger, "zero character");
}
GST_END_TEST

GST_START_TEST (test_no_json)
{
  for (const char *escape : {"\\x41", "\\u001\xc3\xa4", "\\u00", "\\'"})
    require_refusal (ledger_with (std::string ("\"") + escape + '"'), "not JSON at byte ");
  for (const char *half : {"\\ud83d", "\\ud83dx", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\u0041"})
    require_refusal (ledger_with (std::string ("\"") + half + '"'), "not JSON at byte ");
  for (const char *bytes : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xc3", "\n", "\x01"})
    require_refusal (ledger_with (std::string ("\"") + bytes + '"'), "not JSON at byte ");
  fail_unless (require_taken (ledger_with ("\"\\ud83d\\ude00\"")) == "\xf0\x9f\x98\x80");
  fail_unless (require_taken (ledger_with ("\"\\u00e4\\n\\/\"")) == "\xc3\xa4\n/");
  for (const char *around : {"/* why */", "// why\n", "var x = ", "#", "'", "\x01", "\xff"})
    require_refusal (around + kLedger, "not JSON at byte 1");
  for (const char *number : {"012", "0x10", "1.", ".5", "+1", "1e", "NaN", "Infinity", "-"})
    require_refusal (ledger_with (number), "not JSON at byte ");
  require_refusal (ledger_with ("1e999"), "a number out of range");
  for (const char *after : {"{}", ",", "]", "x", "// why"})
    refusal_of (kLedger + after);
  for (const char *comma : {"[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "{\"a\"}"})
    require_refusal (ledger_with (comma), "not JSON at byte ");
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

GST_START_TEST (test_numbers)
{
  const std::string number = "\"number\":1,";
  for (const char *good : {"0", "9223372036854775808", "18446744073709551615"}) {
    GstNumproLedger *ledger =
        gst_numpro_ledger_new_from_json (std::string (kLedger)
                                             .replace (kLedger.find (number), number.size (),
                                                       std::string ("\"number\":") + good + ",")
                                             .c_str (),
                                         -1, nullptr);
    fail_unless (ledger != nullptr, "%s", good);
    fail_unless_equals_uint64 (gst_numpro_ledger_get_sample (ledger, 0)->number,
                               g_ascii_strtoull (good, nullptr, 10));
    gchar *json = gst_numpro_ledger_to_json (ledger);
    fail_unless (strstr (json, (std::string ("\"number\": ") + good + ",").c_str ()), "%s", json);
    g_free (json);
    gst_numpro_ledger_unref (ledger);
  }
  for (const char *bad :
       {"-1", "1.0", "1e2", "18446744073709551616", "\"1\"", "true", "null", "[1]"})
    require_refusal (std::string (kLedger).replace (kLedger.find (number), number.size (),
                                                    std::string ("\"number\":") + bad + ","),
                     "frames[0].number");
}
GST_END_TEST

static Suite *malformed_suite ()
{
  Suite *suite = suite_create ("malformed");
  TCase *tcase = tcase_create ("malformed");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_nesting);
  tcase_add_test (tcase, test_many_members);
  tcase_add_test (tcase, test_zero);
  tcase_add_test (tcase, test_no_json);
  tcase_add_test (tcase, test_last_utc);
  tcase_add_test (tcase, test_numbers);
  return suite;
}

GST_CHECK_MAIN (malformed)
