/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <memory>

namespace numpro {

/** Lets go of what the library and GLib hand out. */
struct Release {
  void operator() (GBytes *bytes) const { g_bytes_unref (bytes); }
  void operator() (GstNumproSample *sample) const { gst_numpro_sample_free (sample); }
  void operator() (GstNumproLedger *ledger) const { gst_numpro_ledger_unref (ledger); }
  void operator() (GstNumproBatch *batch) const { gst_numpro_batch_unref (batch); }
  void operator() (GstNumproSpan *span) const { gst_numpro_span_free (span); }
  void operator() (GstNumproPrompt *prompt) const { gst_numpro_prompt_unref (prompt); }
  void operator() (GstNumproAnswer *answer) const { gst_numpro_answer_unref (answer); }
  void operator() (gchar *text) const { g_free (text); }
};

template <typename T>
using Owned = std::unique_ptr<T, Release>;

using BytesPtr = Owned<GBytes>;
using SamplePtr = Owned<GstNumproSample>;
using LedgerPtr = Owned<GstNumproLedger>;
using BatchPtr = Owned<GstNumproBatch>;
using SpanPtr = Owned<GstNumproSpan>;
using PromptPtr = Owned<GstNumproPrompt>;
using AnswerPtr = Owned<GstNumproAnswer>;
using TextPtr = Owned<gchar>;

}  // namespace numpro
