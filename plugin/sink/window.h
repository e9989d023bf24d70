/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace numpro {

struct SampleFree {
  void operator() (GstNumproSample *sample) const { gst_numpro_sample_free (sample); }
};
using SamplePtr = std::unique_ptr<GstNumproSample, SampleFree>;

struct BatchUnref {
  void operator() (GstNumproBatch *batch) const { gst_numpro_batch_unref (batch); }
};
using BatchPtr = std::unique_ptr<GstNumproBatch, BatchUnref>;

struct BytesUnref {
  void operator() (GBytes *bytes) const { g_bytes_unref (bytes); }
};
using BytesPtr = std::unique_ptr<GBytes, BytesUnref>;

/** The look of a number, which a batch has in common. */
struct Look {
  guint32 color = 0;
  GstNumproHAlign halign = GST_NUMPRO_HALIGN_RIGHT;
  GstNumproVAlign valign = GST_NUMPRO_VALIGN_BOTTOM;

  bool operator== (const Look &) const = default;
};

/** A sample and the image that shows it. */
struct Exposure {
  SamplePtr sample;
  BytesPtr jpeg;
  Look look;
};

/** How samples become batches. */
struct WindowRule {
  guint size = 32;       /**< samples per batch; 0 = no limit */
  GstClockTime time = 0; /**< longest span of a batch in ns; 0 = no limit */
  guint overlap = 0;     /**< samples that also open the next batch; fewer than size */
};

/** A finished batch. */
struct FormedBatch {
  BatchPtr batch;
  guint fresh = 0; /**< samples that no earlier batch had */
};

/** Collects consecutive samples until they make up a batch. */
class Window
{
 public:
  /**
   * @param first_batch number of the first batch
   * @param stream name of the stream, for the ledgers
   */
  Window (const WindowRule &rule, guint64 first_batch, std::string stream);

  /**
   * Adds the next sample.
   *
   * @return the batches that are finished by it: one that it does not belong to any more, one that
   *   it fills, both or none
   */
  std::vector<FormedBatch> add (Exposure exposure);

  /** Ends the batch with what it has; nothing when no sample in it is new. */
  std::vector<FormedBatch> finish ();

  /** Forgets all samples. @return the numbers of those that no batch had */
  std::vector<guint64> clear ();

 private:
  bool belongs (const Exposure &exposure) const;
  FormedBatch form ();

  WindowRule rule_;
  guint64 next_batch_;
  std::string stream_;
  std::deque<Exposure> exposures_;
  guint fresh_ = 0;  // of them, at the end
};

}  // namespace numpro
