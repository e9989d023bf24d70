/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "events.h"

#include "gst/numpro/enumnick.h"
#include "plugin/sink/debug.h"

namespace numpro {

const char *Lost::nick () const
{
  return enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, reason);
}

void Events::tell (const BatchReady &event) const
{
  GST_DEBUG_ID (id (), "batch %" G_GUINT64_FORMAT " is ready%s%s",
                gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (event.batch)),
                event.location.empty () ? "" : " at ", event.location.c_str ());
  for (const auto &listener : listeners_)
    listener->on_batch_ready (event);
}

void Events::tell (const Answered &event) const
{
  GST_DEBUG_ID (id (), "batch %" G_GUINT64_FORMAT " is answered, %s, %u spans",
                gst_numpro_answer_get_batch (event.answer),
                gst_numpro_answer_get_valid (event.answer) ? "valid" : "not valid",
                gst_numpro_answer_get_n_spans (event.answer));
  for (const auto &listener : listeners_)
    listener->on_answered (event);
}

void Events::tell (const Lost &event) const
{
  GST_DEBUG_ID (id (), "%s lost (%s), %s, %" G_GSIZE_FORMAT " numbers: %s",
                event.question ? "question" : "samples", event.nick (),
                event.batch ? ("batch " + std::to_string (*event.batch)).c_str () : "no batch",
                event.numbers.size (), event.sentence.c_str ());
  for (const auto &listener : listeners_)
    listener->on_lost (event);
}

void Events::tell (const Adapted &event) const
{
  GST_DEBUG_ID (id (), "%s", event.sentence.c_str ());
  for (const auto &listener : listeners_)
    listener->on_adapted (event);
}

void Events::tell (const ServerChanged &event) const
{
  GST_DEBUG_ID (
      id (),
      "the server is %s%s%s; %" G_GUINT64_FORMAT " questions lost, %" G_GUINT64_FORMAT " postponed",
      enum_nick (GST_TYPE_NUMPRO_SERVER_STATE, event.state), event.sentence.empty () ? "" : ": ",
      event.sentence.c_str (), event.lost, event.postponed);
  for (const auto &listener : listeners_)
    listener->on_server_changed (event);
}

void Events::tell (const NumbersUnreadable &event) const
{
  GST_DEBUG_ID (id (), "numbers cannot be read (%s): %s", event.reason, event.sentence.c_str ());
  for (const auto &listener : listeners_)
    listener->on_numbers_unreadable (event);
}

void Events::tell (const Probed &event) const
{
  GST_DEBUG_ID (id (), "probe: %s; %s", event.probe->message,
                event.probe->cure ? event.probe->cure : "nothing is to be done");
  for (const auto &listener : listeners_)
    listener->on_probed (event);
}

void Events::tell (const ProbeFailed &event) const
{
  GST_DEBUG_ID (id (), "probe failed (%s): %s",
                enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, event.reason), event.sentence.c_str ());
  for (const auto &listener : listeners_)
    listener->on_probe_failed (event);
}

}  // namespace numpro
