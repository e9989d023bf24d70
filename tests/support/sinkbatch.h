/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "handles.h"

#include <gst/numpro/numpro.h>

#include <vector>

using Batch = std::unique_ptr<GstNumproBatch, Freer<gst_numpro_batch_unref>>;

/**
 * @param sink a numprosink
 * @param timeout how long to wait for a batch
 * @return null when none came
 */
Batch pull_batch (GstElement *sink, GstClockTime timeout);

std::vector<guint64> numbers_of (GstNumproBatch *batch);
