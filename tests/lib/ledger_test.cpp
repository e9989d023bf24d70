/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What the library promises to applications.
//
// test_utc: times that lose nanoseconds as text, and text that is no time taken for one.
// test_ledger_round_trip, test_batch_round_trip: a field that JSON loses or changes.
// test_malformed: text that is not a ledger taken for one, or refused without saying where.
// test_spans: an end that is the last number's own time instead of its successor's.
// test_no_span: numbers that are not in the batch clamped to some that are.

#include "lib/base/owned.h"
#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"

namespace {

using numpro::Owned;

constexpr GstClockTime kUtc = 1795360380 * GST_SECOND + 123456789;

// Numbers 96, 97, ... one a second, from stream time 96 s.
Owned<GstNumproLedger> make_ledger (guint samples)
{
  Owned<GstNumproLedger> ledger (gst_numpro_ledger_new (42, "camera \"1\""));
  gst_numpro_ledger_set_look (ledger.get (), 0x80123456, GST_NUMPRO_HALIGN_LEFT,
                              GST_NUMPRO_VALIGN_TOP);
  for (guint i = 0; i < samples; ++i) {
    Owned<GstNumproSample> sample (gst_numpro_sample_new (96 + i));
    sample->slot = G_MAXUINT64 - samples + i;
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
  return Owned<gchar> (gst_numpro_ledger_to_json (ledger)).get ();
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
    const Owned<gchar> text (gst_numpro_utc_to_string (time.utc));
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
  const Owned<GstNumproLedger> ledger = make_ledger (5);
  const std::string json = json_of (ledger.get ());
  const Owned<GstNumproLedger> back (gst_numpro_ledger_new_from_json (json.c_str (), -1, nullptr));
  fail_unless (back != nullptr);
  fail_unless (json_of (back.get ()) == json);
  fail_unless_equals_uint64 (gst_numpro_ledger_get_batch (back.get ()), 42);
  fail_unless (std::string (gst_numpro_ledger_get_stream (back.get ())) == "camera \"1\"");
  guint32 color = 0;
  GstNumproHAlign halign;
  GstNumproVAlign valign;
  gst_numpro_ledger_get_look (back.get (), &color, &halign, &valign);
  fail_unless (color == 0xff123456 && halign == GST_NUMPRO_HALIGN_LEFT &&
               valign == GST_NUMPRO_VALIGN_TOP);
  fail_unless_equals_int (gst_numpro_ledger_get_length (back.get ()), 5);
  for (guint i = 0; i < 5; ++i) {
    const GstNumproSample *a = gst_numpro_ledger_get_sample (ledger.get (), i);
    const GstNumproSample *b = gst_numpro_ledger_get_sample (back.get (), i);
    fail_unless (a->number == b->number && a->slot == b->slot && a->pts == b->pts &&
                 a->stream_time == b->stream_time && a->running_time == b->running_time &&
                 a->duration == b->duration && a->utc == b->utc && a->width == b->width &&
                 a->height == b->height && a->cell == b->cell);
    fail_unless (g_str_equal (a->image, b->image) && g_str_equal (a->utc_source, b->utc_source));
  }
  fail_unless (gst_numpro_ledger_get_sample (back.get (), 5) == nullptr);
}
GST_END_TEST

GST_START_TEST (test_batch_round_trip)
{
  const Owned<GstNumproLedger> ledger = make_ledger (2);
  const Owned<GstNumproBatch> batch (gst_numpro_batch_new (ledger.get ()));
  for (const char *name : {"000096.jpg", "000097.jpg"}) {
    const Owned<GBytes> image (g_bytes_new (name, 11));
    gst_numpro_batch_add_image (batch.get (), name, image.get ());
  }
  const Owned<gchar> json (gst_numpro_batch_to_json (batch.get ()));
  const Owned<GstNumproBatch> back (gst_numpro_batch_new_from_json (json.get (), -1, nullptr));
  fail_unless (back != nullptr);
  fail_unless_equals_int (gst_numpro_batch_get_n_images (back.get ()), 2);
  fail_unless (g_str_equal (gst_numpro_batch_get_image_name (back.get (), 1), "000097.jpg"));
  fail_unless (g_bytes_equal (gst_numpro_batch_get_image (back.get (), "000097.jpg"),
                              gst_numpro_batch_get_image (batch.get (), "000097.jpg")));
  fail_unless (gst_numpro_batch_get_image (back.get (), "nothing") == nullptr);
  fail_unless (json_of (gst_numpro_batch_get_ledger (back.get ())) == json_of (ledger.get ()));
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
      {"\"batch\" : 42", "\"batch\" : -1", "batch"},
      {"\"batch\" : 42", "\"batch\" : 4.5", "batch"},
      {"\"top-left\"", "\"top-lef\"", "position"},
      {"\"#123456\"", "\"#12345g\"", "color"},
      {"\"number\" : 97", "\"number\" : \"x\"", "frames[1].number"},
      {"\"pts\" : 1,", "\"pts\" : true,", "frames[0].pts"},
      {"\"width\" : 672", "\"width\" : 4294967296", "frames[0].width"},
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
    const Owned<GstNumproLedger> ledger (
        gst_numpro_ledger_new_from_json (json.c_str (), static_cast<gssize> (length), nullptr));
    fail_unless_in_loop (!ledger, "%d bytes are a ledger", static_cast<int> (length));
  }
}
GST_END_TEST

GST_START_TEST (test_spans)
{
  const Owned<GstNumproLedger> ledger = make_ledger (8);
  const Owned<GstNumproSpan> inner (gst_numpro_span_new (ledger.get (), 98, 100, nullptr));
  fail_unless_equals_uint64 (inner->start, 98 * GST_SECOND);
  fail_unless_equals_uint64 (inner->end, 101 * GST_SECOND);
  fail_unless_equals_uint64 (inner->utc_start, kUtc + 2 * GST_SECOND);
  fail_unless_equals_uint64 (inner->utc_end, kUtc + 5 * GST_SECOND);
  // After the last sample its nominal duration stands in.
  const Owned<GstNumproSpan> last (gst_numpro_span_new (ledger.get (), 103, 103, nullptr));
  fail_unless_equals_uint64 (last->start, 103 * GST_SECOND);
  fail_unless_equals_uint64 (last->end, 103 * GST_SECOND + GST_SECOND / 2);
}
GST_END_TEST

GST_START_TEST (test_no_span)
{
  const Owned<GstNumproLedger> ledger = make_ledger (4);
  Owned<GstNumproSample> again (gst_numpro_sample_new (96));
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
  tcase_add_test (tcase, test_batch_round_trip);
  tcase_add_test (tcase, test_malformed);
  tcase_add_test (tcase, test_spans);
  tcase_add_test (tcase, test_no_span);
  return suite;
}

GST_CHECK_MAIN (ledger)
