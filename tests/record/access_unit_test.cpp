/* SPDX-License-Identifier: LGPL-2.1-or-later */

// SEI messages in access units of H.264 and H.265.
//
// test_place: a message before the access unit delimiter or parameter sets, behind a slice, between
//   a start code and its zero; a temporal id that is lower than the slice's.
// test_written: a NAL unit by another header, size or trailing bits than the standards have.
// test_round_trip: data that looks like a start code; long data; lengths of 1, 2 and 4 bytes.
// test_last_counts: the first of two messages read, or another one's.
// test_random_access: a frame that needs others taken for one that decoding can begin with.
// test_broken: reading behind the end of what is damaged.
// test_caps: lengths of another size than the stream's.
// test_broken_link: pictures of a sequence that is cut that decoders take for those of another.
// test_picture_use: a picture that others need taken for one that none needs, or for an IDR
// picture.

#include "lib/recording/accessunit.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Bytes = std::vector<guint8>;

constexpr auto kH264 = NalFormat::Codec::kH264, kH265 = NalFormat::Codec::kH265;
constexpr Uuid kUuid = {0, 0, 1, 0, 0, 3, 0, 0, 0, 9, 10, 11, 12, 13, 14, 15};
constexpr Uuid kOther = {1};

// NAL units with what is before each of them.
Bytes access_unit (const NalFormat &format, const std::vector<Bytes> &units)
{
  Bytes bytes;
  for (const Bytes &unit : units) {
    if (format.length_size == 0)
      bytes.insert (bytes.end (), {0, 0, 0, 1});
    for (guint i = format.length_size; i-- > 0;)
      bytes.push_back (static_cast<guint8> (unit.size () >> (8 * i)));
    bytes.insert (bytes.end (), unit.begin (), unit.end ());
  }
  return bytes;
}

// Access unit delimiter, parameter sets, another SEI message, two slices.
std::vector<Bytes> h264_units ()
{
  return {{9, 0xf0}, {0x67, 1, 2}, {0x68, 3}, {6, 1, 1, 0x55, 0x80}, {0x65, 7, 8}, {0x65, 9}};
}

// The same, of temporal id 3.
std::vector<Bytes> h265_units ()
{
  return {{0x46, 3, 0x50}, {0x40, 3, 1}, {0x42, 3, 2}, {0x44, 3, 3}, {0x4e, 3, 1, 1, 0x55, 0x80},
          {0x26, 3, 4},    {0x26, 3, 5}};
}

std::vector<NalFormat> formats ()
{
  return {{kH264, 0}, {kH264, 4}, {kH264, 2}, {kH265, 0}, {kH265, 4}, {kH265, 1}};
}

std::vector<Bytes> units_of (const NalFormat &format)
{
  return format.codec == kH264 ? h264_units () : h265_units ();
}

Bytes data_with (const Uuid &uuid, const Bytes &rest)
{
  Bytes data (uuid.begin (), uuid.end ());
  data.insert (data.end (), rest.begin (), rest.end ());
  return data;
}

Bytes with_message (const NalFormat &format, const Bytes &unit, const Bytes &data)
{
  const std::optional<SeiPlace> place = find_sei_place (format, unit);
  fail_unless (place.has_value ());
  Bytes bytes = unit;
  const Bytes sei = make_sei_unit (format, *place, data);
  bytes.insert (bytes.begin () + static_cast<std::ptrdiff_t> (place->offset), sei.begin (),
                sei.end ());
  return bytes;
}

}  // namespace

GST_START_TEST (test_place)
{
  for (const NalFormat &format : formats ()) {
    const std::vector<Bytes> units = units_of (format);
    const std::vector<Bytes> before (units.begin (), units.end () - 2);
    const std::optional<SeiPlace> place = find_sei_place (format, access_unit (format, units));
    fail_unless (place.has_value ());
    fail_unless_equals_uint64 (place->offset, access_unit (format, before).size ());
    if (format.codec == kH265)
      fail_unless_equals_int (place->temporal_id, 3);
    fail_if (find_sei_place (format, access_unit (format, before)), "a place without a slice");
  }
  // Start codes of three bytes, and zeros behind a NAL unit.
  const Bytes unit = {0, 0, 1, 9, 0xf0, 0, 0, 0, 1, 0x65, 7};
  fail_unless_equals_uint64 (find_sei_place ({kH264, 0}, unit)->offset, 5);
  const Bytes slice = {0, 0, 1, 0x41, 7};
  fail_unless_equals_uint64 (find_sei_place ({kH264, 0}, slice)->offset, 0);
  // Of scalable streams, what belongs to the slice behind it.
  const Bytes prefix = {0, 0, 0, 1, 0x0e, 1, 2, 3, 0, 0, 0, 1, 0x65, 7};
  fail_unless_equals_uint64 (find_sei_place ({kH264, 0}, prefix)->offset, 0);
}
GST_END_TEST;

GST_START_TEST (test_written)
{
  const Bytes data = {0xaa, 0, 0, 1, 0xbb};
  const Bytes escaped = {5, 5, 0xaa, 0, 0, 3, 1, 0xbb, 0x80};
  const auto expected = [&] (Bytes bytes) {
    bytes.insert (bytes.end (), escaped.begin (), escaped.end ());
    return bytes;
  };
  fail_unless (make_sei_unit ({kH264, 0}, {0, 1}, data) == expected ({0, 0, 0, 1, 6}));
  fail_unless (make_sei_unit ({kH264, 4}, {0, 1}, data) == expected ({0, 0, 0, 10, 6}));
  fail_unless (make_sei_unit ({kH264, 2}, {0, 1}, data) == expected ({0, 10, 6}));
  fail_unless (make_sei_unit ({kH265, 0}, {0, 1}, data) == expected ({0, 0, 0, 1, 0x4e, 1}));
  fail_unless (make_sei_unit ({kH265, 4}, {0, 3}, data) == expected ({0, 0, 0, 11, 0x4e, 3}));
}
GST_END_TEST;

GST_START_TEST (test_round_trip)
{
  Dice dice (2);
  for (int i = 0; i < 3000; ++i) {
    const std::vector<NalFormat> all = formats ();
    const NalFormat format = all[dice.roll (all.size ())];
    // What fits into a length of one byte, or takes several bytes for its size.
    Bytes rest (dice.roll (format.length_size == 1 ? 100 : 700));
    for (guint8 &byte : rest)
      byte = static_cast<guint8> (dice.one_in (2) ? 0 : dice.roll (dice.one_in (2) ? 4 : 256));
    const Bytes unit =
        with_message (format, access_unit (format, units_of (format)), data_with (kUuid, rest));
    const std::optional<Bytes> found = find_user_data (format, unit, kUuid);
    fail_unless_in_loop (found && *found == rest, "message %d is read as another", i);
    fail_unless_in_loop (!find_user_data (format, unit, kOther), "another's message is read");
    if (format.length_size == 0) {
      const Bytes start_code = {0, 0, 1};
      int start_codes = 0;
      for (auto at = unit.begin (); (at = std::search (at, unit.end (), start_code.begin (),
                                                       start_code.end ())) != unit.end ();
           ++at)
        ++start_codes;
      fail_unless_in_loop (start_codes == static_cast<int> (units_of (format).size ()) + 1,
                           "%d start codes", start_codes);
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_last_counts)
{
  for (const NalFormat &format : formats ()) {
    Bytes unit = access_unit (format, units_of (format));
    unit = with_message (format, unit, data_with (kUuid, {1}));
    unit = with_message (format, unit, data_with (kUuid, {2}));
    unit = with_message (format, unit, data_with (kOther, {3}));
    fail_unless (find_user_data (format, unit, kUuid) == Bytes{2});
    fail_unless (find_user_data (format, unit, kOther) == Bytes{3});
  }
  // Several messages in a NAL unit.
  // The UUID is all zeros but for its first byte, as it is escaped.
  Bytes escaped = {0, 0, 0, 1, 6, 4, 1, 0x11, 5, 17, 1};
  for (int i = 0; i < 7; ++i)
    escaped.insert (escaped.end (), {0, 0, 3});
  escaped.insert (escaped.end (), {0, 42, 0x80, 0, 0, 1, 0x65, 1});
  fail_unless (find_user_data ({kH264, 0}, escaped, kOther) == Bytes{42});
}
GST_END_TEST;

GST_START_TEST (test_random_access)
{
  struct Case {
    const char *name;
    NalFormat::Codec codec;
    std::vector<Bytes> units;
    bool is_point;
  };
  const Bytes recovery = {6, 6, 1, 0xc4, 0x80}, later = {6, 6, 1, 0x48, 0x80};
  const std::vector<Case> cases = {
      {"IDR", kH264, h264_units (), true},
      {"IDR behind a prefix", kH264, {{0x6e, 1}, {0x65, 7}}, true},
      {"intra slices alone", kH264, {{9, 0x10}, {0x61, 0x88}}, false},
      {"recovery point", kH264, {{9, 0x10}, recovery, {0x61, 0x88}}, true},
      {"another frame is right first", kH264, {later, {0x61, 0x88}}, false},
      {"recovery point behind the slice", kH264, {{0x61, 0x88}, recovery}, false},
      {"parameter sets alone", kH264, {{0x67, 1, 2}, {0x68, 3}}, false},
      {"IDR_W_RADL", kH265, h265_units (), true},
      {"CRA", kH265, {{0x2a, 1, 4}}, true},
      {"BLA", kH265, {{0x20, 1, 4}}, true},
      {"RASL", kH265, {{0x12, 1, 4}}, false},
      {"TRAIL", kH265, {{0x02, 1, 4}}, false},
      {"a type that H.264 has for prefixes", kH265, {{0x1c, 1, 4}, {0x26, 1, 4}}, false}};
  for (const auto &[name, codec, units, is_point] : cases) {
    for (const guint length_size : {0U, 4U}) {
      const NalFormat format = {codec, length_size};
      fail_unless_in_loop (is_random_access_point (format, access_unit (format, units)) == is_point,
                           "%s", name);
    }
  }
}
GST_END_TEST;

GST_START_TEST (test_broken)
{
  Dice dice (3);
  for (int i = 0; i < 20000; ++i) {
    const std::vector<NalFormat> all = formats ();
    const NalFormat format = all[dice.roll (all.size ())];
    Bytes unit = with_message (format, access_unit (format, units_of (format)),
                               data_with (kUuid, {0, 0, 0, 7}));
    for (guint64 changes = dice.roll (6); changes > 0; --changes)
      unit[dice.roll (unit.size ())] = static_cast<guint8> (dice.roll (dice.one_in (2) ? 4 : 256));
    unit.resize (dice.roll (unit.size () + 1));
    // A copy of its own, so that whatever is read behind its end is found.
    const std::unique_ptr<guint8[]> copy (new guint8[unit.size ()]);
    std::copy (unit.begin (), unit.end (), copy.get ());
    const std::span<const guint8> damaged (copy.get (), unit.size ());
    const std::optional<SeiPlace> place = find_sei_place (format, damaged);
    fail_unless_in_loop (!place || place->offset < unit.size (), "a place behind the end");
    const std::optional<Bytes> data = find_user_data (format, damaged, kUuid);
    fail_unless_in_loop (!data || data->size () < unit.size (), "more than there is");
    is_random_access_point (format, damaged);
  }
}
GST_END_TEST;

GST_START_TEST (test_caps)
{
  const auto format_of = [] (const std::string &text) {
    return NalFormat::from_caps (Caps (gst_caps_from_string (text.c_str ())).get ());
  };
  const auto stream = format_of ("video/x-h265, stream-format=byte-stream");
  fail_unless (stream && stream->codec == kH265 && stream->length_size == 0);
  const auto avc = format_of ("video/x-h264, stream-format=avc, codec_data=(buffer)01640028ff");
  fail_unless (avc && avc->codec == kH264 && avc->length_size == 4);
  const auto two = format_of ("video/x-h264, stream-format=avc3, codec_data=(buffer)01640028fd");
  fail_unless (two && two->length_size == 2);
  const auto hevc = format_of (
      "video/x-h265, stream-format=hvc1, codec_data=(buffer)"
      "0101600000009000000000005df000fcfdf8f800000f03");
  fail_unless (hevc && hevc->length_size == 4);
  fail_if (format_of ("video/x-h264"));
  fail_if (format_of ("video/x-h264, stream-format=avc"));
  fail_if (format_of ("video/x-h264, stream-format=avc, codec_data=(buffer)01640028"));
}
GST_END_TEST;

static void expect_use (PictureUseReader &reader, const NalFormat &format,
                        const std::vector<Bytes> &units, bool is_idr, bool is_reference)
{
  const std::optional<PictureUse> use = reader.read (access_unit (format, units));
  fail_unless (use && use->is_idr == is_idr && use->is_reference == is_reference);
}

GST_START_TEST (test_picture_use)
{
  const Bytes delimiter = {9, 0xf0}, sub_layers_1 = {0x40, 1, 0x0c, 1},
              sub_layers_3 = {0x40, 1, 0x0c, 5};
  const Caps none (gst_caps_from_string ("video/x-h264"));
  for (const NalFormat &format : {NalFormat{kH264, 0}, NalFormat{kH264, 4}}) {
    PictureUseReader reader (format, none.get ());
    expect_use (reader, format, {delimiter, {0x67, 1}, {0x65, 7}}, true, true);
    expect_use (reader, format, {{0x61, 7}}, false, true);
    expect_use (reader, format, {delimiter, {0x01, 7}, {0x01, 9}}, false, false);
    // A prefix before the slice, of a picture that others need.
    expect_use (reader, format, {{0x6e, 7}, {0x61, 7}}, false, true);
    fail_if (reader.read (access_unit (format, {delimiter})));
    fail_if (reader.read ({}));
  }
  // IDR_W_RADL, IDR_N_LP, CRA_NUT, TRAIL_R, TRAIL_N, RASL_N
  for (const NalFormat &format : {NalFormat{kH265, 0}, NalFormat{kH265, 4}}) {
    PictureUseReader reader (format, none.get ());
    // As long as sub-layers are not known others may need it.
    expect_use (reader, format, {{0x00, 1, 9}}, false, true);
    expect_use (reader, format, {sub_layers_1, {0x26, 1, 9}}, true, true);
    expect_use (reader, format, {{0x28, 1, 9}}, true, true);
    expect_use (reader, format, {{0x2a, 1, 9}}, false, true);
    expect_use (reader, format, {{0x02, 1, 9}}, false, true);
    expect_use (reader, format, {{0x00, 1, 9}}, false, false);
    expect_use (reader, format, {{0x10, 1, 9}}, false, false);
    expect_use (reader, format, {sub_layers_3, {0x00, 1, 9}}, false, true);
    expect_use (reader, format, {{0x00, 3, 9}}, false, false);
  }
  const NalFormat format{kH265, 4};
  const Caps two_layers (
      gst_caps_from_string ("video/x-h265, stream-format=hvc1, codec_data=(buffer)"
                            "0101600000009000000000005df000fcfdf8f800001703"));
  PictureUseReader reader (format, two_layers.get ());
  expect_use (reader, format, {{0x00, 1, 9}}, false, true);
  expect_use (reader, format, {{0x00, 2, 9}}, false, false);
}
GST_END_TEST;

GST_START_TEST (test_broken_link)
{
  for (const NalFormat &format : {NalFormat{kH265, 0}, NalFormat{kH265, 4}}) {
    const auto unit_of = [&] (guint8 type) {
      const auto header = static_cast<guint8> (type << 1);
      return access_unit (format, {{0x46, 1, 0x50}, {header, 1, 0x2a}, {header, 1, 9}});
    };
    Bytes cra = unit_of (21), idr = unit_of (19);
    turn_into_broken_link (format, cra);
    turn_into_broken_link (format, idr);
    fail_unless (cra == unit_of (16) && idr == unit_of (19));
  }
}
GST_END_TEST;

static Suite *access_unit_suite ()
{
  Suite *suite = suite_create ("access unit");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_place);
  tcase_add_test (tcase, test_written);
  tcase_add_test (tcase, test_round_trip);
  tcase_add_test (tcase, test_last_counts);
  tcase_add_test (tcase, test_random_access);
  tcase_add_test (tcase, test_broken);
  tcase_add_test (tcase, test_caps);
  tcase_add_test (tcase, test_picture_use);
  tcase_add_test (tcase, test_broken_link);
  return suite;
}

GST_CHECK_MAIN (access_unit)
