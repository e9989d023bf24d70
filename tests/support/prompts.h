/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// The standard library first, as in handles.h.
#include <string>

#include "ledgers.h"

#include "loopcheck.h"

/** fail_unless_equals_string() for texts that do not last. */
inline void expect (const std::string &text, const std::string &expected)
{
  fail_unless (text == expected, "%s\n  is not\n%s", text.c_str (), expected.c_str ());
}

inline Owned<GstNumproPrompt> ask (GstNumproTask task, const char *question = "a red car")
{
  return Owned<GstNumproPrompt> (gst_numpro_prompt_new (task, question));
}

inline std::string instruction_of (GstNumproLedger *ledger)
{
  const Owned<GstNumproPrompt> prompt = ask (GST_NUMPRO_TASK_MOMENT);
  return Owned<gchar> (gst_numpro_prompt_get_instruction (prompt.get (), ledger)).get ();
}

inline std::string text_of (GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  return Owned<gchar> (gst_numpro_prompt_get_text (prompt, ledger)).get ();
}

inline std::string label_of (GstNumproLedger *ledger, const char *image, GstNumproImageLabel label)
{
  const Owned<gchar> text (gst_numpro_ledger_get_image_label (ledger, image, label));
  return text ? text.get () : "none";
}
