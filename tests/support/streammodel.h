/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>
#include <vector>

#include "rhythmmodel.h"

/** What a stream is numbered, sampled and batched by. */
struct StreamRules {
  // numproverlay
  bool by_time = false;
  guint64 every = 1, rate_n = 1, rate_d = 1, start = 0, wrap = 0;
  // numprosink
  guint64 sample_n = 0, sample_d = 1;
  std::size_t size = 32, overlap = 0;
  GstClockTime time = 0, max_gap = 0;  // max_gap: none, or far more than frames are apart

  /** As in a launch line. */
  std::string overlay_properties () const;
  std::string sink_properties () const;
};

/** A sample as its ledger is to have it. */
struct ModelRow {
  guint64 number = 0, slot = 0;
  GstClockTime pts = 0, stream_time = 0, running_time = 0;
  guint width = 0, height = 0;
  guint32 color = 0;  // of the number, as the batch has it

  bool operator== (const ModelRow &) const = default;
};
using ModelBatch = std::vector<ModelRow>;

/** Which period of a rate each frame is in, as the documentation says it. */
class PeriodModel
{
 public:
  PeriodModel (guint64 rate_n, guint64 rate_d) : n_ (rate_n), d_ (rate_d) {}

  void restart () { times_.clear (); }

  /** @param early how much too early a frame may be and still be on time, in ns */
  guint64 next (GstClockTime time, GstClockTime frame_duration, GstClockTime early);

  GstClockTime due () const;

 private:
  GstClockTime tenths (guint64 count) const { return count * d_ * GST_SECOND / (10 * n_); }
  guint64 at (GstClockTime time) const { return time * n_ / (d_ * GST_SECOND); }
  void compare_with_frames ();

  guint64 n_, d_;
  std::vector<GstClockTime> times_;  // since the last hole
  bool is_learned_ = false, as_often_ = false;
  guint64 last_ = 0;
};

/**
 * Says which batches are to come of a stream.
 *
 * Written from what the documentation says, without a look at how the elements do it: it first
 * collects all samples of a stretch of the stream, and then looks for the batches among them.
 */
class StreamModel
{
 public:
  explicit StreamModel (const StreamRules &rules)
      : rules_ (rules),
        line_{.slots = PeriodModel (rules.rate_n, rules.rate_d)},
        periods_ (rules.sample_n, rules.sample_d)
  {
  }

  // What happens in the stream, in order
  void caps (guint width, guint height, bool is_grey, GstClockTime frame_duration);
  void segment (GstClockTime start, GstClockTime time, GstClockTime base);
  void frame (GstClockTime pts);
  void reset ();
  void flush ();
  void end ();

  const std::vector<ModelBatch> &batches () const { return batches_; }
  guint64 frames () const { return frames_; }
  guint64 samples () const { return samples_; }
  /** Numbers of samples that a flush overtook, in ascending order. */
  std::vector<guint64> lost () const;

  /** Samples delivered once all batches are that are full by now. */
  guint64 due () const;

 private:
  guint64 slot_of (GstClockTime running_time);
  GstClockTime early (guint64 n, guint64 d) const;
  GstClockTime end_of (guint64 slot, GstClockTime running_time) const;
  bool is_sample (guint64 slot, GstClockTime running_time);
  bool comes_late (GstClockTime running_time);
  void close_stretch (bool flushed);

  struct Split {
    std::vector<ModelBatch> batches;
    std::size_t rest = 0;  // samples at the end that wait for more
  };
  Split split () const;
  GstClockTime longest_without_hole (std::size_t index) const;
  bool go_together (std::size_t first, std::size_t last) const;

  StreamRules rules_;
  guint width_ = 0, height_ = 0;
  bool is_grey_ = false;
  GstClockTime frame_duration_ = 0;
  GstClockTime start_ = 0, time_ = 0, base_ = 0;

  guint64 frames_ = 0, samples_ = 0;
  guint64 counted_ = 0;  // frames since the numbers started
  // Numbers by time
  struct TimeLine {
    PeriodModel slots;        // after the origin
    GstClockTime origin = 0;  // running time
    guint64 first = 0;        // slot there
    GstClockTime latest = 0;  // frame
    guint64 slot = 0;         // of the last frame
  };
  bool goes_back (GstClockTime running_time);
  void begin_line (GstClockTime running_time, guint64 first);

  TimeLine line_;
  std::optional<TimeLine> before_leap_;   // where the last frame leapt ahead
  std::optional<GstClockTime> fallback_;  // of the last frame
  int frames_behind_ = 0;                 // the latest one of the line
  bool origin_is_next_ = false, is_new_segment_ = false, is_flushed_ = false;

  bool fresh_start_ = true;  // the next frame is a sample whatever came before
  PeriodModel periods_;
  guint64 last_slot_ = 0, last_period_ = 0;
  GstClockTime latest_frame_ = 0;  // running time
  int frames_late_ = 0;            // since then

  RhythmModel rhythm_;
  ModelBatch stretch_;  // samples since the last segment or flush
  // With each sample, from frame to frame
  std::vector<GstClockTime> intervals_;
  std::vector<GstClockTime> ends_;  // of their numbers, running time: where the next one is due
  std::vector<ModelBatch> batches_;
  std::vector<guint64> lost_;
};
