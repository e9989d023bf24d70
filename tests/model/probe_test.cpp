/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What a probe of a server comes to, without a server.
//
// test_findings: a loss of images taken for another one, or not found.
// test_any: numbers that are left out, moved or invented in any way found good, or good ones not.
// test_numbers: numbers of an answer not read, or reasoning and counters of a list taken for them.
// test_lots: numbers that could be guessed, come twice, or are taken for each other.
// test_words: a finding without a sentence, or without a cure where one is needed.
// test_batch: pictures that are not all on images, or of another size; labels that tell numbers.

#include <algorithm>

#include "lib/model/probebatch.h"
#include "lib/model/probefinding.h"
#include "lib/model/probewords.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

using Numbers = std::vector<guint64>;

const Numbers kEight = {517, 203, 888, 341, 962, 175, 430, 629};

const char *nick_of (GstNumproProbeFinding finding)
{
  auto *values = static_cast<GEnumClass *> (g_type_class_ref (GST_TYPE_NUMPRO_PROBE_FINDING));
  return g_enum_get_value (values, finding)->value_nick;
}

void expect (const Numbers &sent, const Numbers &seen, const char *finding)
{
  const char *found = nick_of (compare_numbers (sent, seen));
  std::string text;
  for (guint64 number : seen)
    text += std::to_string (number) + " ";
  fail_unless_in_loop (g_str_equal (found, finding), "%s: %s, not %s", text.c_str (), found,
                       finding);
}

void expect_numbers (const char *text, const Numbers &numbers)
{
  fail_unless_in_loop (numbers_in (text) == numbers, "%s", text);
}

ProbePtr probe_of (const Numbers &sent, const Numbers &seen)
{
  ProbePtr probe (gst_numpro_probe_new (sent.data (), sent.size (), seen.data (), seen.size ()));
  probe->finding = compare_numbers (sent, seen);
  return probe;
}

}  // namespace

GST_START_TEST (test_findings)
{
  expect (kEight, kEight, "good");
  expect ({517}, {517}, "good");
  // Twice, as models that run on; counts in a sentence.
  expect ({517, 203}, {517, 203, 517, 203}, "good");
  expect (kEight, {8, 517, 203, 888, 341, 962, 175, 430, 629}, "good");

  expect (kEight, {517, 888, 962, 430}, "neighbours-merged");
  expect (kEight, {203, 341, 175, 629}, "neighbours-merged");
  expect (kEight, {517, 341, 962, 629}, "neighbours-merged");
  // One pair is read whole; one of what is left is misread.
  expect (kEight, {517, 203, 888, 962, 430}, "neighbours-merged");
  expect (kEight, {517, 883, 962, 430}, "neighbours-merged");
  expect ({517, 203, 888}, {517, 888}, "neighbours-merged");

  expect (kEight, {203, 888, 341, 962, 175, 430, 629}, "front-cut");
  expect (kEight, {430, 629}, "front-cut");
  expect (kEight, {629}, "front-cut");
  expect (kEight, {517}, "end-cut");
  expect (kEight, {517, 203, 888, 341, 962, 175, 430}, "end-cut");
  expect ({517, 203}, {517}, "end-cut");
  expect ({517, 203}, {203}, "front-cut");

  expect (kEight, {517, 203, 888, 175, 430, 629}, "some-missing");
  expect (kEight, {517, 629}, "some-missing");
  expect (kEight, {203, 888, 341, 962, 175, 430}, "some-missing");

  expect (kEight, {203, 517, 888, 341, 962, 175, 430, 629}, "reordered");
  expect (kEight, {629, 430, 175, 962, 341, 888, 203, 517}, "reordered");
  expect (kEight, {888, 517, 962}, "reordered");

  // A digit read wrong, left out, added.
  expect (kEight, {517, 203, 838, 341, 962, 175, 430, 629}, "misread");
  expect (kEight, {517, 203, 88, 341, 962, 175, 430, 629}, "misread");
  expect (kEight, {517, 203, 8888, 341, 962, 175, 430, 629}, "misread");
  expect (kEight, {511, 208, 868, 347, 982, 115, 480, 628}, "misread");

  expect (kEight, {}, "nothing-seen");
  expect (kEight, {0}, "nothing-seen");
  // A model that sees nothing and says something.
  expect (kEight, {1, 2, 3, 4, 5, 6, 7, 8}, "nothing-seen");
}
GST_END_TEST

GST_START_TEST (test_any)
{
  for (int turn = 0; turn < 2000; ++turn) {
    const auto count = static_cast<guint> (g_random_int_range (1, 60));
    const Numbers sent = draw_lots (count);
    expect (sent, sent, "good");
    Numbers seen;
    for (guint64 number : sent) {
      if (g_random_int_range (0, 4) > 0)
        seen.push_back (number);
    }
    if (seen.size () < sent.size ())
      fail_unless_in_loop (compare_numbers (sent, seen) != GST_NUMPRO_PROBE_FINDING_GOOD, "lost");
    fail_unless_in_loop (missing_numbers (sent, seen).size () == sent.size () - seen.size (),
                         "missing");
    if (count < 2)
      continue;
    Numbers mixed = sent;
    std::swap (mixed[0],
               mixed[static_cast<std::size_t> (g_random_int_range (1, static_cast<int> (count)))]);
    expect (sent, mixed, "reordered");
  }
}
GST_END_TEST

GST_START_TEST (test_numbers)
{
  expect_numbers ("517, 203, 888", {517, 203, 888});
  expect_numbers ("517,203 and 888.", {517, 203, 888});
  expect_numbers ("1. 517\n2. 203\n3) **888**", {517, 203, 888});
  expect_numbers ("- 1: 517\n- 2: 203", {517, 203});
  expect_numbers ("517. 203. 888", {517, 203, 888});
  expect_numbers ("517\n203\n888.\n", {517, 203, 888});
  expect_numbers ("<think>I see 4, no, 203 first.</think>\n517, 203", {517, 203});
  expect_numbers ("\xe2\x97\x81think\xe2\x96\xb7 9 \xe2\x97\x81/think\xe2\x96\xb7 517", {517});
  expect_numbers ("I can read no number.", {});
  expect_numbers ("", {});
  expect_numbers ("99999999999999999999999, 5", {5});
}
GST_END_TEST

GST_START_TEST (test_lots)
{
  Numbers last;
  for (guint count : {1U, 8U, 32U, 90U, 256U}) {
    const Numbers lots = draw_lots (count);
    fail_unless (lots.size () == count && lots != last);
    last = lots;
    Numbers sorted = lots;
    std::sort (sorted.begin (), sorted.end ());
    fail_unless (std::adjacent_find (sorted.begin (), sorted.end ()) == sorted.end ());
    fail_unless (sorted.front () >= 100 && sorted.back () <= 999);
    fail_if (count > 2 && (lots == sorted || Numbers (lots.rbegin (), lots.rend ()) == sorted));
    // One digit read wrong is no other of those that a batch usually has.
    for (std::size_t i = 0; count <= 32 && i < lots.size (); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const std::string one = std::to_string (lots[i]), other = std::to_string (lots[j]);
        fail_unless ((one[0] != other[0]) + (one[1] != other[1]) + (one[2] != other[2]) > 1,
                     "%s %s", one.c_str (), other.c_str ());
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_words)
{
  const struct {
    Numbers seen;
    ProbeSetting setting;
    const char *message, *cure;
  } kCases[] = {
      {kEight, {}, "All 8 numbers were seen, in their order", ""},
      {{517, 888, 962, 430}, {}, "*neighbouring*4 of 8*merges*", "set image-label=number or *"},
      {{517, 888, 962, 430}, {.has_label = true}, "*", "set layout=grid, or update the server"},
      {{517, 888, 962, 430}, {.is_grid = true}, "*", "update the server"},
      {{962, 175, 430, 629}, {}, "The first 4 of 8 *front*", "*context*batch-size, or set layout*"},
      {{962, 175, 430, 629}, {.is_grid = true}, "*", "*context*batch-size"},
      {{517, 203, 888}, {}, "The last 5 of 8 *", "lower batch-size to 3, or set layout=grid"},
      {{203, 517, 888, 341, 962, 175, 430, 629}, {}, "*another order: *", "set layout=grid"},
      {{203, 517}, {}, "*another order, and 6 of 8 not at all: *", "set layout=grid"},
      {{517, 203, 962, 175, 430, 629}, {}, "2 of 8 numbers were not seen (888, 341)", "*max-edge*"},
      {{517, 203, 838, 341, 962, 175, 430, 629}, {}, "*read right at this size", "*max-edge*"},
      {{}, {}, "None of the 8 *", "set model to one that takes images; *max-edge*"},
  };
  for (const auto &one : kCases) {
    const ProbePtr probe = probe_of (kEight, one.seen);
    const std::string message = probe_message (*probe), cure = probe_cure (*probe, one.setting);
    fail_unless_in_loop (g_pattern_match_simple (one.message, message.c_str ()), "'%s'",
                         message.c_str ());
    fail_unless_in_loop (g_pattern_match_simple (one.cure, cure.c_str ()), "'%s'", cure.c_str ());
  }
  const ProbePtr capped = probe_of (kEight, kEight);
  capped->parts = 3;
  capped->image_limit = 3;
  capped->schema = GST_NUMPRO_PROBE_SCHEMA_IGNORED;
  fail_unless (probe_message (*capped) ==
               "All 8 numbers were seen, in their order; the server takes 3 images in a request; "
               "the schema of answers is ignored");
  fail_unless (probe_cure (*capped, {}) ==
               "to ask in one request lower batch-size, or set layout=grid");
}
GST_END_TEST

GST_START_TEST (test_batch)
{
  ProbePictures pictures = {.count = 14, .width = 101, .height = 57, .jpeg_quality = 90};
  pictures.look.color = 0xffff0000;
  for (bool is_grid : {false, true}) {
    pictures.sheet = is_grid ? std::optional (SheetOptions{4, 3}) : std::nullopt;
    const auto made = make_probe_batch (pictures);
    fail_unless (made && made->numbers.size () == 14);
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (made->batch.get ());
    fail_unless_equals_int (gst_numpro_batch_get_n_images (made->batch.get ()), is_grid ? 2 : 14);
    fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), 14);
    fail_unless_equals_int (made->width, is_grid ? 4 * 102 : 101);
    fail_unless_equals_int (made->height, is_grid ? 3 * 58 : 57);
    for (guint i = 0; i < 14; ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      fail_unless_equals_uint64 (sample->number, i + 1);
      fail_unless_equals_int (sample->cell, is_grid ? static_cast<int> (i % 12) : -1);
      fail_unless (gst_numpro_batch_get_image (made->batch.get (), sample->image) != nullptr);
    }
  }
}
GST_END_TEST

static Suite *probe_suite ()
{
  Suite *suite = suite_create ("probe");
  TCase *tcase = tcase_create ("probe");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_findings);
  tcase_add_test (tcase, test_any);
  tcase_add_test (tcase, test_numbers);
  tcase_add_test (tcase, test_lots);
  tcase_add_test (tcase, test_words);
  tcase_add_test (tcase, test_batch);
  return suite;
}

GST_CHECK_MAIN (probe)
