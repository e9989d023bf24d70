/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <turbojpeg.h>

#include <string>
#include <vector>

#include "streammodel.h"

/** What comes out of a numprosink that emits its signals, looked at image by image. */
class BatchCollector
{
 public:
  explicit BatchCollector (GstElement *sink);
  ~BatchCollector ();
  BatchCollector (const BatchCollector &) = delete;
  BatchCollector &operator= (const BatchCollector &) = delete;

  // After the end of the stream only:

  const std::vector<ModelBatch> &batches () const { return batches_; }
  /** What was wrong with batches as such; empty when nothing was. */
  const std::string &problem () const { return problem_; }

 private:
  static void note (GstElement *, GstNumproBatch *batch, BatchCollector *self);
  void look_at (GBytes *image, const GstNumproSample &sample);

  tjhandle jpeg_;
  std::vector<ModelBatch> batches_;
  std::string problem_;
};
