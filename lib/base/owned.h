/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include "gst/numpro/owned.h"

namespace numpro {

using AnswerPtr = OwnedBy<GstNumproAnswer, gst_numpro_answer_unref>;
using BatchPtr = OwnedBy<GstNumproBatch, gst_numpro_batch_unref>;
using BundlePtr = OwnedBy<GstNumproBundle, gst_numpro_bundle_unref>;
using BundleDirPtr = OwnedBy<GstNumproBundleDir, gst_numpro_bundle_dir_unref>;
using LedgerPtr = OwnedBy<GstNumproLedger, gst_numpro_ledger_unref>;
using ProbePtr = OwnedBy<GstNumproProbe, gst_numpro_probe_free>;
using PromptPtr = OwnedBy<GstNumproPrompt, gst_numpro_prompt_unref>;
using SamplePtr = OwnedBy<GstNumproSample, gst_numpro_sample_free>;
using SpanPtr = OwnedBy<GstNumproSpan, gst_numpro_span_free>;

}  // namespace numpro
