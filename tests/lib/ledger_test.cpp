/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What the library promises to applications.
//
// test_utc: times that lose nanoseconds as text, and text that is no time taken for one.
// test_ledger_round_trip: a field that JSON loses or changes.
// test_old_ledger: a file of before it was told what is drawn refused, or its numbers taken for
// times. test_batch: an image under another name than its own. test_writable: what others hold
// changed under their hands. test_version: files of another version read as if they were of this
// one. test_malformed: text that is not a ledger taken for one, or refused without saying where.
// test_spans: an end that is the last number's own time instead of its successor's.
// test_gaps: a hole that a number lasts through, or that a file loses; times that fall, or are out
//   of their order: a span that ends before it starts.
// test_no_span: numbers that are not in the batch clamped to some that are.

// The standard library first, as in handles.h.
#include <vector>

#include "lib/base/owned.h"
#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"

namespace {

using namespace numpro;

constexpr GstClockTime kUtc = 1795360380 * GST_SECOND + 123456789;

constexpr GstNumproLook kLook = {
    0x80123456, GST_NUMPRO_HALIGN_LEFT, GST_NUMPRO_VALIGN_TOP, GST_NUMPRO_STAMP_CLOCK, {}};

// Numbers 96, 97, ... one a second, from stream time 96 s.
LedgerPtr make_ledger (guint samples)
{
  LedgerPtr ledger (gst_numpro_ledger_new (42));
  gst_numpro_ledger_set_look (ledger.get (), &kLook);
  for (guint i = 0; i < samples; ++i) {
    SamplePtr sample (gst_numpro_sample_new (96 + i));
    sample->slot = G_MAXUINT64 - samples + i;
    sample->source = i == 1 ? nullptr : g_strdup ("camera \"1\"");
    sample->pts = i * GST_SECOND + 1;
    sample->stream_time = (96 + i) * GST_SECOND;
    sample->running_time = i == 0 ? GST_CLOCK_TIME_NONE : i * GST_SECOND;
    sample->duration = GST_SECOND / 2;
    sample->utc = kUtc + i * GST_SECOND;
    sample->utc_source = g_strdup ("reference-timestamp");
    sample->image = g_strdup_printf ("%06u.jpg", 96 + i);
    sample->width = 672;
    sample->height = 378;
    sample->cell = i % 2 ? static_cast<gint> (i) : GST_NUMPRO_NO_CELL;
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  return ledger;
}

std::string json_of (GstNumproLedger *ledger)
{
  return TextPtr (gst_numpro_ledger_to_json (ledger)).get ();
}

std::string refusal (const char *json)
{
  GError *error = nullptr;
  fail_unless (gst_numpro_ledger_new_from_json (json, -1, &error) == nullptr, "%s", json);
  const Error owned (error);
  fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
  return error->message;
}

}  // namespace

GST_START_TEST (test_utc)
{
  const struct {
    GstClockTime utc;
    const char *text;
  } kTimes[] = {{0, "1970-01-01T00:00:00.000Z"},
                {1795360380 * GST_SECOND + 123 * GST_MSECOND, "2026-11-22T15:13:00.123Z"},
                {1795360380 * GST_SECOND + 123456 * GST_USECOND, "2026-11-22T15:13:00.123456Z"},
                {kUtc, "2026-11-22T15:13:00.123456789Z"}};
  for (const auto &time : kTimes) {
    const TextPtr text (gst_numpro_utc_to_string (time.utc));
    fail_unless (std::string (text.get ()) == time.text, "%s", text.get ());
    GstClockTime back = 1;
    fail_unless (gst_numpro_utc_from_string (text.get (), &back));
    fail_unless_equals_uint64 (back, time.utc);
  }
  fail_unless (gst_numpro_utc_to_string (GST_CLOCK_TIME_NONE) == nullptr);
  GstClockTime utc = 0;
  fail_unless (gst_numpro_utc_from_string ("2026-11-22T15:13:00Z", &utc));
  for (const char *text : {"", "2026-11-22", "2026-11-22T15:13:00", "2026-11-22T15:13:00.Z",
                           "2026-11-22T15:13:00.1234567890Z", "2026-13-22T15:13:00Z",
                           "2026-11-22T25:13:00Z", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z"})
    fail_if (gst_numpro_utc_from_string (text, &utc), "%s", text);
}
GST_END_TEST

GST_START_TEST (test_ledger_round_trip)
{
  const LedgerPtr ledger = make_ledger (5);
  const std::string json = json_of (ledger.get ());
  const LedgerPtr back (gst_numpro_ledger_new_from_json (json.c_str (), -1, nullptr));
  fail_unless (back != nullptr);
  fail_unless (json_of (back.get ()) == json);
  fail_unless_equals_uint64 (gst_numpro_ledger_get_batch (back.get ()), 42);
  GstNumproLook opaque = kLook;
  opaque.color = 0xff123456;
  fail_unless (gst_numpro_look_equal (gst_numpro_ledger_get_look (back.get ()), &opaque));
  fail_if (gst_numpro_look_equal (&opaque, &kLook));
  opaque.stamp = GST_NUMPRO_STAMP_NONE;
  fail_if (gst_numpro_look_equal (gst_numpro_ledger_get_look (back.get ()), &opaque));
  fail_unless_equals_int (gst_numpro_ledger_get_length (back.get ()), 5);
  for (guint i = 0; i < 5; ++i) {
    const GstNumproSample *a = gst_numpro_ledger_get_sample (ledger.get (), i);
    const GstNumproSample *b = gst_numpro_ledger_get_sample (back.get (), i);
    fail_unless (a->number == b->number && a->slot == b->slot && a->pts == b->pts &&
                 a->stream_time == b->stream_time && a->running_time == b->running_time &&
                 a->duration == b->duration && a->gap_before == b->gap_before && a->utc == b->utc &&
                 a->width == b->width && a->height == b->height && a->cell == b->cell);
    fail_unless (g_str_equal (a->image, b->image) && g_str_equal (a->utc_source, b->utc_source) &&
                 g_strcmp0 (a->source, b->source) == 0);
  }
  fail_unless (gst_numpro_ledger_get_sample (back.get (), 5) == nullptr);
}
GST_END_TEST

GST_START_TEST (test_old_ledger)
{
  std::string json = json_of (make_ledger (1).get ());
  const std::string member = "  \"stamp\": \"clock\",\n";
  const std::size_t at = json.find (member);
  fail_unless (at != std::string::npos, "%s", json.c_str ());
  json.erase (at, member.size ());
  const LedgerPtr back (gst_numpro_ledger_new_from_json (json.c_str (), -1, nullptr));
  fail_unless (back != nullptr);
  fail_unless (gst_numpro_ledger_get_look (back.get ())->stamp == GST_NUMPRO_STAMP_NUMBER);
}
GST_END_TEST

GST_START_TEST (test_batch)
{
  const LedgerPtr ledger = make_ledger (2);
  const BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  for (const char *name : {"000096.jpg", "000097.jpg"}) {
    const BytesPtr image (g_bytes_new (name, 11));
    gst_numpro_batch_add_image (batch.get (), name, image.get ());
  }
  fail_unless_equals_int (gst_numpro_batch_get_n_images (batch.get ()), 2);
  fail_unless (g_str_equal (gst_numpro_batch_get_image_name (batch.get (), 1), "000097.jpg"));
  const BytesPtr expected (g_bytes_new ("000097.jpg", 11));
  fail_unless (
      g_bytes_equal (gst_numpro_batch_get_image (batch.get (), "000097.jpg"), expected.get ()));
  fail_unless (gst_numpro_batch_get_image (batch.get (), "nothing") == nullptr);
  fail_unless (gst_numpro_batch_get_ledger (batch.get ()) == ledger.get ());
}
GST_END_TEST

GST_START_TEST (test_writable)
{
  const LedgerPtr ledger = make_ledger (2);
  const BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  const SamplePtr sample (gst_numpro_sample_new (98));
  int refusals = 0;
  const guint handler = g_log_set_handler (
      "GStreamer-NumPro", G_LOG_LEVEL_CRITICAL,
      [] (const gchar *, GLogLevelFlags, const gchar *message, gpointer count) {
        fail_unless (strstr (message, "is_writable"), "%s", message);
        ++*static_cast<int *> (count);
      },
      &refusals);
  gst_numpro_ledger_append (ledger.get (), sample.get ());
  gst_numpro_ledger_set_look (ledger.get (), &kLook);
  fail_unless_equals_int (gst_numpro_ledger_get_length (ledger.get ()), 2);
  const BatchPtr shared (gst_numpro_batch_ref (batch.get ()));
  const BytesPtr image (g_bytes_new ("x", 1));
  gst_numpro_batch_add_image (batch.get (), "x", image.get ());
  fail_unless_equals_int (gst_numpro_batch_get_n_images (batch.get ()), 0);
  const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red car"));
  const PromptPtr held (gst_numpro_prompt_ref (prompt.get ()));
  gst_numpro_prompt_set_check_frames (prompt.get (), TRUE);

  gst_numpro_prompt_set_answer_format (prompt.get (), GST_NUMPRO_ANSWER_FORMAT_JSON);
  gst_numpro_prompt_set_template (prompt.get (), "x", nullptr);
  fail_if (gst_numpro_prompt_get_check_frames (prompt.get ()));
  const AnswerPtr answer (gst_numpro_answer_new (prompt.get (), ledger.get (), "From 96 to 97"));
  const AnswerPtr told (gst_numpro_answer_ref (answer.get ()));
  gst_numpro_answer_set_obstacle (answer.get (), GST_NUMPRO_OBSTACLE_CUT, "short");
  gst_numpro_answer_invalidate (answer.get (), "cut");
  gst_numpro_answer_set_delivery (answer.get (), "m", 0, 1, nullptr);
  fail_unless (gst_numpro_answer_get_valid (answer.get ()));
  fail_unless_equals_int (refusals, 9);
  g_log_remove_handler ("GStreamer-NumPro", handler);
}
GST_END_TEST

GST_START_TEST (test_version)
{
  const LedgerPtr ledger = make_ledger (1);
  const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red car"));
  const AnswerPtr answer (gst_numpro_answer_new (prompt.get (), ledger.get (), "From 96 to 96"));
  const struct {
    const char *version, *said;
  } kVersions[] = {{"", "version: missing; this library reads version 1"},
                   {"\"version\": 2,", "version: 2; this library reads version 1"},
                   {"\"version\": 0,", "version: 0; this library reads version 1"},
                   {"\"version\": \"1\",", "version"}};
  const auto require = [&kVersions] (TextPtr text, auto read) {
    const std::string json (text.get ()), member = "\"version\": 1,";
    fail_unless_equals_int (json.find (member), 4);
    for (const auto &row : kVersions) {
      GError *error = nullptr;
      read (std::string (json).replace (4, member.size (), row.version).c_str (), &error);
      fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED));
      fail_unless (strstr (error->message, row.said), "%s", error->message);
      g_clear_error (&error);
    }
  };
  require (TextPtr (gst_numpro_ledger_to_json (ledger.get ())),
           [] (const char *json, GError **error) {
             fail_if (gst_numpro_ledger_new_from_json (json, -1, error));
           });
  require (TextPtr (gst_numpro_prompt_to_json (prompt.get ())),
           [] (const char *json, GError **error) {
             fail_if (gst_numpro_prompt_new_from_json (json, -1, error));
           });
  require (TextPtr (gst_numpro_answer_to_json (answer.get ())),
           [] (const char *json, GError **error) {
             fail_if (gst_numpro_answer_new_from_json (json, -1, error));
           });
}
GST_END_TEST

GST_START_TEST (test_malformed)
{
  for (const char *json : {"", "{", "[]", "7", "null", "{}"})
    refusal (json);
  std::string json = json_of (make_ledger (2).get ());
  const struct {
    const char *good, *bad, *where;
  } kChanges[] = {
      {"\"batch\": 42", "\"batch\": -1", "batch"},
      {"\"batch\": 42", "\"batch\": 4.5", "batch"},
      {"\"top-left\"", "\"top-lef\"", "position"},
      {"\"clock\"", "\"cloc\"", "stamp"},
      {"\"clock\"", "7", "stamp"},
      {"\"#123456\"", "\"#12345g\"", "color"},
      {"\"number\": 97", "\"number\": \"x\"", "frames[1].number"},
      {"\"pts\": 1,", "\"pts\": true,", "frames[0].pts"},
      {"\"width\": 672", "\"width\": 4294967296", "frames[0].width"},
      {".123456789Z", ".123456789", "frames[0].utc"},
  };
  for (const auto &change : kChanges) {
    std::string changed = json;
    const std::size_t at = changed.find (change.good);
    fail_unless (at != std::string::npos, "%s", change.good);
    changed.replace (at, std::string (change.good).size (), change.bad);
    const std::string message = refusal (changed.c_str ());
    fail_unless (message.find (change.where) != std::string::npos, "%s", message.c_str ());
  }
  for (std::size_t length = 0; length + 1 < json.size (); ++length) {
    const LedgerPtr ledger (
        gst_numpro_ledger_new_from_json (json.c_str (), static_cast<gssize> (length), nullptr));
    fail_unless_in_loop (!ledger, "%d bytes are a ledger", static_cast<int> (length));
  }
}
GST_END_TEST

GST_START_TEST (test_spans)
{
  const LedgerPtr ledger = make_ledger (8);
  const SpanPtr inner (gst_numpro_span_new (ledger.get (), 98, 100, nullptr));
  fail_unless_equals_uint64 (inner->start, 98 * GST_SECOND);
  fail_unless_equals_uint64 (inner->end, 101 * GST_SECOND);
  fail_unless_equals_uint64 (inner->utc_start, kUtc + 2 * GST_SECOND);
  fail_unless_equals_uint64 (inner->utc_end, kUtc + 5 * GST_SECOND);
  // After the last sample its nominal duration stands in.
  const SpanPtr last (gst_numpro_span_new (ledger.get (), 103, 103, nullptr));
  fail_unless_equals_uint64 (last->start, 103 * GST_SECOND);
  fail_unless_equals_uint64 (last->end, 103 * GST_SECOND + GST_SECOND / 2);
}
GST_END_TEST

// Of a ledger with these times, in seconds, and with these slots.
static LedgerPtr make_ledger_of (const std::vector<GstClockTime> &times,
                                 const std::vector<guint64> &slots, guint gap_at)
{
  LedgerPtr ledger (gst_numpro_ledger_new (0));
  for (guint i = 0; i < times.size (); ++i) {
    SamplePtr sample (gst_numpro_sample_new (slots[i]));
    sample->stream_time = times[i] * GST_SECOND;
    sample->utc = kUtc + times[i] * GST_SECOND;
    sample->duration = GST_SECOND;
    sample->gap_before = i == gap_at ? GST_SECOND : 0;
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  return LedgerPtr (
      gst_numpro_ledger_new_from_json (json_of (ledger.get ()).c_str (), -1, nullptr));
}

GST_START_TEST (test_gaps)
{
  struct Case {
    LedgerPtr ledger;
    guint64 first, last;
    GstClockTime start, end;  // s
  };
  const std::vector<GstClockTime> rising = {0, 2, 4, 6}, falling = {20, 18, 16, 12};
  Case cases[] = {
      // Numbers one after the other last until the next one; a hole belongs to none.
      {make_ledger_of (rising, {0, 1, 2, 3}, 9), 0, 1, 0, 4},
      {make_ledger_of (rising, {0, 1, 2, 3}, 2), 0, 1, 0, 3},
      {make_ledger_of (rising, {0, 1, 2, 3}, 2), 1, 2, 2, 6},
      {make_ledger_of (rising, {0, 1, 3, 4}, 9), 0, 1, 0, 3},
      {make_ledger_of (rising, {0, 1, 2, 3}, 9), 3, 3, 6, 7},
      {make_ledger_of (falling, {0, 1, 2, 3}, 9), 0, 1, 16, 20},
      {make_ledger_of (falling, {0, 1, 2, 3}, 2), 0, 1, 17, 20},
      {make_ledger_of (falling, {0, 1, 2, 3}, 9), 3, 3, 11, 12},
      // Frames that are out of their order
      {make_ledger_of ({0, 2, 1, 3}, {0, 1, 2, 3}, 9), 1, 1, 2, 3},
      {make_ledger_of ({0, 2, 1, 3}, {0, 1, 2, 3}, 9), 1, 2, 1, 3},
      {make_ledger_of ({0, 3, 1, 2}, {0, 1, 2, 4}, 9), 1, 2, 1, 4},
      {make_ledger_of ({9, 5, 7, 3}, {0, 1, 2, 3}, 9), 1, 1, 4, 5},
      {make_ledger_of ({9, 5, 7, 3}, {0, 1, 2, 3}, 9), 1, 2, 3, 7},
  };
  for (const Case &c : cases) {
    const SpanPtr span (gst_numpro_span_new (c.ledger.get (), c.first, c.last, nullptr));
    const int i = static_cast<int> (&c - cases);
    fail_unless (span->start == c.start * GST_SECOND && span->end == c.end * GST_SECOND,
                 "case %d: from %d to %d s", i, static_cast<int> (span->start / GST_SECOND),
                 static_cast<int> (span->end / GST_SECOND));
    fail_unless (span->utc_start == kUtc + span->start && span->utc_end == kUtc + span->end,
                 "case %d: UTC", i);
  }
}
GST_END_TEST

GST_START_TEST (test_no_span)
{
  const LedgerPtr ledger = make_ledger (4);
  SamplePtr again (gst_numpro_sample_new (96));
  gst_numpro_ledger_append (ledger.get (), again.get ());
  const struct {
    guint64 first, last;
    GstNumproError code;
  } kSpans[] = {{95, 97, GST_NUMPRO_ERROR_NO_SUCH_NUMBER},
                {97, 100, GST_NUMPRO_ERROR_NO_SUCH_NUMBER},
                {99, 98, GST_NUMPRO_ERROR_REVERSED},
                {96, 98, GST_NUMPRO_ERROR_AMBIGUOUS}};
  for (const auto &span : kSpans) {
    GError *error = nullptr;
    fail_unless (gst_numpro_span_new (ledger.get (), span.first, span.last, &error) == nullptr);
    const Error owned (error);
    fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, span.code), "%s", error->message);
  }
}
GST_END_TEST

static Suite *ledger_suite ()
{
  Suite *suite = suite_create ("ledger");
  TCase *tcase = tcase_create ("ledger");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_utc);
  tcase_add_test (tcase, test_ledger_round_trip);
  tcase_add_test (tcase, test_old_ledger);
  tcase_add_test (tcase, test_batch);
  tcase_add_test (tcase, test_writable);
  tcase_add_test (tcase, test_version);
  tcase_add_test (tcase, test_malformed);
  tcase_add_test (tcase, test_spans);
  tcase_add_test (tcase, test_gaps);
  tcase_add_test (tcase, test_no_span);
  return suite;
}

GST_CHECK_MAIN (ledger)
