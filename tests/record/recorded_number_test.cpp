/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What a recording tells of a frame, as bytes.
//
// test_round_trip: a field that is forgotten, or another's; times that are not known; the largest
//   and smallest values.
// test_layout: bytes that are not those of docs/formats.md, which recordings of years rely on.
// test_later_fields: a recording of a later program refused because it tells more.
// test_refused: half a message, another version or values that are none taken for a number.

#include "lib/recording/recordednumber.h"

#include <string>
#include <vector>

#include "tests/support/dice.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Bytes = std::vector<guint8>;

RecordedNumber some_number ()
{
  RecordedNumber number;
  number.meta.number = 300;
  number.meta.slot = 5;
  number.stream_time = 0;
  number.into_slot = -1;
  number.meta.slot_duration = GST_CLOCK_TIME_NONE;
  number.utc = 127;
  number.utc_source = UtcSource::kReferenceTimestamp;
  number.meta.look.stamp = GST_NUMPRO_STAMP_CLOCK;
  number.meta.look.halign = GST_NUMPRO_HALIGN_RIGHT;
  number.meta.look.valign = GST_NUMPRO_VALIGN_CENTER;
  number.meta.look.color = 0xffff0000;
  number.meta.x = -2;
  number.meta.y = 2;
  number.meta.width = 84;
  number.meta.height = 36;
  number.meta.ink_x = -4;
  number.meta.ink_y = 5;
  number.meta.ink_width = 80;
  number.meta.ink_height = 30;
  number.meta.digit_height = 29;
  number.meta.frame_width = 1920;
  number.meta.frame_height = 1080;
  number.meta.frame_par_n = 1;
  number.meta.frame_par_d = 1;
  number.meta.frame_orientation = 3;
  return number;
}

// Those of some_number(), by the table in docs/formats.md.
const Bytes kBytes = {
    1,                                   // version
    0xac, 2,                             // number
    5,                                   // slot
    1,                                   // stream time: known, 0
    2,                                   // into the slot: -1
    0,                                   // slot duration: not known
    0x80, 1,                             // UTC
    1,                                   // its source
    2,    2,    1,                       // stamp, halign, valign
    0x80, 0x80, 0xfc, 0xff, 0x0f,        // color
    3,    4,    84,   36,                // x, y, width, height
    7,    10,   80,   30,   29,          // ink, digit height
    0x80, 15,   0xb8, 8,    1,    1, 3,  // frame
};

bool are_equal (const RecordedNumber &a, const RecordedNumber &b)
{
  const GstNumproMeta &m = a.meta, &n = b.meta;
  return a.stream_time == b.stream_time && a.into_slot == b.into_slot && a.utc == b.utc &&
         a.utc_source == b.utc_source && m.number == n.number && m.slot == n.slot &&
         m.slot_duration == n.slot_duration && gst_numpro_look_equal (&m.look, &n.look) &&
         m.x == n.x && m.y == n.y && m.width == n.width && m.height == n.height &&
         m.ink_x == n.ink_x && m.ink_y == n.ink_y && m.ink_width == n.ink_width &&
         m.ink_height == n.ink_height && m.frame_orientation == n.frame_orientation &&
         m.digit_height == n.digit_height && m.frame_width == n.frame_width &&
         m.frame_height == n.frame_height && m.frame_par_n == n.frame_par_n &&
         m.frame_par_d == n.frame_par_d;
}

// Of any size, and at the ends of what there is.
guint64 any (Dice &dice)
{
  return dice.pick<guint64> (
      {0, 1, 127, 128, G_MAXUINT32, G_MAXINT64, G_MAXUINT64 - 1, G_MAXUINT64,
       (dice.roll (1U << 31) << 32 | dice.roll (1U << 31)) >> dice.roll (63)});
}

RecordedNumber any_number (Dice &dice)
{
  RecordedNumber number;
  number.meta.number = any (dice);
  number.meta.slot = any (dice);
  number.stream_time = any (dice);
  number.into_slot = static_cast<gint64> (any (dice));
  number.meta.slot_duration = any (dice);
  number.utc = any (dice);
  number.utc_source = static_cast<UtcSource> (dice.roll (3));
  number.meta.look.stamp = static_cast<GstNumproStamp> (dice.roll (4));
  number.meta.look.halign = static_cast<GstNumproHAlign> (dice.roll (3));
  number.meta.look.valign = static_cast<GstNumproVAlign> (dice.roll (3));
  number.meta.look.color = static_cast<guint32> (any (dice));
  number.meta.x = static_cast<gint> (any (dice));
  number.meta.y = static_cast<gint> (any (dice));
  number.meta.ink_x = static_cast<gint> (any (dice));
  number.meta.ink_y = static_cast<gint> (any (dice));
  for (guint *field :
       {&number.meta.ink_width, &number.meta.ink_height, &number.meta.frame_orientation,
        &number.meta.width, &number.meta.height, &number.meta.digit_height,
        &number.meta.frame_width, &number.meta.frame_height, &number.meta.frame_par_n,
        &number.meta.frame_par_d})
    *field = static_cast<guint> (any (dice));
  return number;
}

}  // namespace

GST_START_TEST (test_round_trip)
{
  Dice dice (1);
  for (int i = 0; i < 20000; ++i) {
    const RecordedNumber number = any_number (dice);
    const std::optional<RecordedNumber> read = from_bytes (to_bytes (number));
    fail_unless_in_loop (read && are_equal (*read, number), "number %d is read as another", i);
  }
  const std::optional<RecordedNumber> unknown = from_bytes (to_bytes (RecordedNumber{}));
  fail_unless (unknown && are_equal (*unknown, RecordedNumber{}));
  fail_unless_equals_uint64 (unknown->utc, GST_CLOCK_TIME_NONE);
}
GST_END_TEST;

GST_START_TEST (test_layout)
{
  fail_unless (to_bytes (some_number ()) == kBytes);
  const std::optional<RecordedNumber> read = from_bytes (kBytes);
  fail_unless (read && are_equal (*read, some_number ()));
}
GST_END_TEST;

GST_START_TEST (test_later_fields)
{
  Bytes bytes = kBytes;
  bytes.insert (bytes.end (), {1, 0xff, 0xff});
  const std::optional<RecordedNumber> read = from_bytes (bytes);
  fail_unless (read && are_equal (*read, some_number ()));
}
GST_END_TEST;

GST_START_TEST (test_refused)
{
  for (std::size_t length = 0; length < kBytes.size (); ++length)
    fail_if (from_bytes ({kBytes.data (), length}), "read of %zu bytes", length);

  const auto changed = [] (std::size_t at, guint8 value) {
    Bytes bytes = kBytes;
    bytes[at] = value;
    return from_bytes (bytes);
  };
  fail_if (changed (0, 0));
  fail_if (changed (0, 2));
  fail_if (changed (9, 3));   // source of UTC
  fail_if (changed (10, 4));  // stamp
  fail_if (changed (11, 3));  // halign
  fail_if (changed (12, 3));  // valign
  fail_unless (changed (10, 3).has_value ());

  // More bits than a field has.
  Bytes color = kBytes;
  color[17] = 0x1f;
  fail_if (from_bytes (color));
  Bytes number = kBytes;
  number.erase (number.begin () + 1, number.begin () + 3);
  number.insert (number.begin () + 1, 9, 0xff);
  number.insert (number.begin () + 10, 2);
  fail_if (from_bytes (number));
  number[10] = 1;
  fail_unless_equals_uint64 (from_bytes (number)->meta.number, G_MAXUINT64);
}
GST_END_TEST;

static Suite *recorded_number_suite ()
{
  Suite *suite = suite_create ("recorded number");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_round_trip);
  tcase_add_test (tcase, test_layout);
  tcase_add_test (tcase, test_later_fields);
  tcase_add_test (tcase, test_refused);
  return suite;
}

GST_CHECK_MAIN (recorded_number)
