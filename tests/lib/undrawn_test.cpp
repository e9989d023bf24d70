/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What a model is asked about frames on which it can see no numbers.
//
// test_times_drawn, test_none_drawn: a model asked about numbers that it cannot see, or left
// without
//   any number to name; numbers seen asked for where those of labels always arrive.

#include "tests/support/prompts.h"

GST_START_TEST (test_times_drawn)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (12, 4));
  const std::string kLabels = " The frame number is in the text before each image: \"Frame x\".";
  const struct {
    GstNumproLook look;
    std::string text;
  } kLooks[] = {
      {{0xffff0000,
        GST_NUMPRO_HALIGN_RIGHT,
        GST_NUMPRO_VALIGN_BOTTOM,
        GST_NUMPRO_STAMP_SECONDS,
        {}},
       "The red text at the bottom right of each frame is its time in seconds."},
      {{0xff123456, GST_NUMPRO_HALIGN_CENTER, GST_NUMPRO_VALIGN_CENTER, GST_NUMPRO_STAMP_CLOCK, {}},
       "The text in the center of each frame, drawn in the color #123456, is its time in minutes "
       "and seconds."},
  };
  for (const auto &row : kLooks) {
    gst_numpro_ledger_set_look (ledger.get (), &row.look);
    expect (instruction_of (ledger.get ()), row.text + kLabels);
    expect (label_of (ledger.get (), "000003.jpg", GST_NUMPRO_IMAGE_LABEL_NONE), "Frame 15");
  }
}
GST_END_TEST

GST_START_TEST (test_none_drawn)
{
  const GstNumproLook none = {
      0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM, GST_NUMPRO_STAMP_NONE, {}};
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (12, 4));
  gst_numpro_ledger_set_look (ledger.get (), &none);
  expect (instruction_of (ledger.get ()),
          "The frame number is in the text before each image: \"Frame x\".");
  const struct {
    GstNumproImageLabel label;
    const char *text;
  } kLabels[] = {{GST_NUMPRO_IMAGE_LABEL_NONE, "Frame 15"},
                 {GST_NUMPRO_IMAGE_LABEL_NUMBER, "Frame 15"},
                 {GST_NUMPRO_IMAGE_LABEL_SECONDS, "Frame 15 <1003.0 seconds>"}};
  for (const auto &row : kLabels)
    expect (label_of (ledger.get (), "000003.jpg", row.label), row.text);

  for (const auto format : {GST_NUMPRO_ANSWER_FORMAT_TEXT, GST_NUMPRO_ANSWER_FORMAT_JSON}) {
    const Owned<GstNumproPrompt> plain = ask (GST_NUMPRO_TASK_MOMENT);
    const Owned<GstNumproPrompt> checked = ask (GST_NUMPRO_TASK_MOMENT);
    gst_numpro_prompt_set_answer_format (plain.get (), format);
    gst_numpro_prompt_set_answer_format (checked.get (), format);
    gst_numpro_prompt_set_check_frames (checked.get (), TRUE);
    expect (text_of (checked.get (), ledger.get ()), text_of (plain.get (), ledger.get ()));
    const Owned<gchar> schema (gst_numpro_prompt_get_schema (plain.get (), ledger.get ()));
    const Owned<gchar> same (gst_numpro_prompt_get_schema (checked.get (), ledger.get ()));
    fail_unless (g_strcmp0 (schema.get (), same.get ()) == 0);
    const Owned<GstNumproAnswer> answer (
        gst_numpro_answer_new (checked.get (), ledger.get (), "From 12 to 13"));
    fail_unless (gst_numpro_answer_get_valid (answer.get ()));
    expect (problems_of (answer.get ()), "");
  }

  const Owned<GstNumproLedger> grid = grid_of (numbers_from (0, 32), 12);
  gst_numpro_ledger_set_look (grid.get (), &none);
  expect (instruction_of (grid.get ()),
          "Each image shows several frames in the order of time, row by row from the top left; the "
          "text before it names the first and the last. This video has 32 frames in total.");
  expect (label_of (grid.get (), "sheet-0.jpg", GST_NUMPRO_IMAGE_LABEL_SECONDS),
          "<Frame 0 to Frame 11>");

  // What is left out nobody could count.
  const Owned<GstNumproLedger> holes = grid_of ({0, 30, 60, 90, 1000000000, 1000000001}, 4);
  gst_numpro_ledger_set_look (holes.get (), &none);
  expect (instruction_of (holes.get ()),
          "Each image shows several frames in the order of time, row by row from the top left; the "
          "text before it names them in this order. This video has 6 frames in total.");
  expect (label_of (holes.get (), "sheet-0.jpg", GST_NUMPRO_IMAGE_LABEL_SECONDS),
          "<Frame 0, Frame 30, Frame 60, Frame 90>");
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT);
  const Owned<GstNumproAnswer> answer (gst_numpro_answer_new (
      prompt.get (), holes.get (), "<Frame 0, Frame 30, Frame 60, Frame 90> From 30 to 60"));
  fail_unless (gst_numpro_answer_get_n_spans (answer.get ()) == 1);
}
GST_END_TEST

static Suite *undrawn_suite ()
{
  Suite *suite = suite_create ("undrawn");
  TCase *tcase = tcase_create ("undrawn");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_times_drawn);
  tcase_add_test (tcase, test_none_drawn);
  return suite;
}

GST_CHECK_MAIN (undrawn)
