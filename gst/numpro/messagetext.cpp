/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "messagetext.h"

#include <gst/numpro/answer.h>
#include <gst/numpro/probe.h>

#include <mutex>
#include <string>
#include <vector>

#include "batchnumbers.h"
#include "enumnick.h"

namespace numpro {

namespace {

std::string numbers_text (guint64 first, guint64 last)
{
  return std::to_string (first) + (first == last ? "" : "-" + std::to_string (last));
}

// "3-9, 12"
void answer_to_string (const GValue *from, GValue *to)
{
  auto *answer = static_cast<GstNumproAnswer *> (g_value_get_boxed (from));
  std::string text;
  for (guint i = 0; answer && i < gst_numpro_answer_get_n_spans (answer); ++i) {
    const GstNumproSpan *span = gst_numpro_answer_get_span (answer, i);
    text += (i ? ", " : "") + numbers_text (span->first, span->last);
  }
  g_value_set_string (to, text.c_str ());
}

void ledger_to_string (const GValue *from, GValue *to)
{
  auto *ledger = static_cast<GstNumproLedger *> (g_value_get_boxed (from));
  const std::vector<guint64> numbers = ledger ? numbers_of (ledger) : std::vector<guint64> ();
  g_value_set_string (
      to, numbers.empty () ? "" : numbers_text (numbers.front (), numbers.back ()).c_str ());
}

void probe_to_string (const GValue *from, GValue *to)
{
  auto *probe = static_cast<GstNumproProbe *> (g_value_get_boxed (from));
  g_value_set_string (to, probe ? enum_nick (GST_TYPE_NUMPRO_PROBE_FINDING, probe->finding) : "");
}

}  // namespace

void register_message_texts ()
{
  static std::once_flag once;
  std::call_once (once, [] {
    g_value_register_transform_func (GST_TYPE_NUMPRO_ANSWER, G_TYPE_STRING, answer_to_string);
    g_value_register_transform_func (GST_TYPE_NUMPRO_LEDGER, G_TYPE_STRING, ledger_to_string);
    g_value_register_transform_func (GST_TYPE_NUMPRO_PROBE, G_TYPE_STRING, probe_to_string);
  });
}

}  // namespace numpro
