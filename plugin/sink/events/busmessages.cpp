/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "busmessages.h"

namespace numpro {

namespace {

const char *null_if_empty (const std::string &text)
{
  return text.empty () ? nullptr : text.c_str ();
}

}  // namespace

void BusMessages::on_batch_ready (const BatchReady &event)
{
  gst_element_post_message (element_,
                            gst_message_new_numpro_batch (GST_OBJECT (element_),
                                                          gst_numpro_batch_get_ledger (event.batch),
                                                          null_if_empty (event.location)));
}

void BusMessages::on_answered (const Answered &event)
{
  gst_element_post_message (element_,
                            gst_message_new_numpro_answer (GST_OBJECT (element_), event.answer,
                                                           null_if_empty (event.location)));
}

void BusMessages::on_lost (const Lost &event)
{
  gst_element_post_message (
      element_,
      gst_message_new_numpro_failure (GST_OBJECT (element_), event.reason, event.sentence.c_str (),
                                      event.batch.value_or (GST_NUMPRO_NO_BATCH),
                                      event.question ? event.question->c_str () : nullptr,
                                      event.numbers.data (), event.numbers.size ()));
}

void BusMessages::on_server_changed (const ServerChanged &event)
{
  gst_element_post_message (element_, gst_message_new_numpro_server (
                                          GST_OBJECT (element_), event.state, event.reason,
                                          event.sentence.c_str (), event.lost, event.postponed,
                                          static_cast<GstClockTime> (event.duration.count ())));
}

void BusMessages::on_probed (const Probed &event)
{
  gst_element_post_message (element_,
                            gst_message_new_numpro_probe (GST_OBJECT (element_), event.probe));
}

void BusMessages::on_probe_failed (const ProbeFailed &event)
{
  gst_element_post_message (
      element_,
      gst_message_new_numpro_failure (GST_OBJECT (element_), event.reason, event.sentence.c_str (),
                                      GST_NUMPRO_NO_BATCH, event.question.c_str (), nullptr, 0));
}

}  // namespace numpro
