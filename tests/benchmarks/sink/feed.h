/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** The leanest sink there is: it keeps nothing and waits for nothing. */
inline constexpr const char *kFakesink =
    "fakesink sync=false async=false enable-last-sample=false qos=false";

/** A running sink, or elements that end in one, with nothing but a pad before it. */
class Feed
{
 public:
  /** @param launch as gst-launch-1.0 takes it, without a source; what is asked for stats or batches
   *  is called "sink" */
  Feed (const std::string &launch, const FrameKind &kind);
  ~Feed ();
  Feed (const Feed &) = delete;
  Feed &operator= (const Feed &) = delete;

  /** Keeps the caps from saying what samples mean, as some sources do. Before start(). */
  void leave_colors_unnamed ();

  /** From start() on frames are said to come from a live source. */
  void set_live ();

  /** @return whether it runs */
  bool start ();

  /** @return whether the frame was taken. Null is no frame. */
  bool push (GstBuffer *frame);

  /** Says that there are no more frames; returns when all is done. */
  void end ();

  /** A counter of the statistics of a numprosink, "sink" unless told. */
  guint64 stat (const char *name, const std::string &element = "sink") const;

  /** The element called "sink"; null when there is none. */
  GstElement *sink () const { return sink_.get (); }

 private:
  CapsPtr caps_;
  ElementPtr bin_, sink_;
  PadPtr feed_;
};

}  // namespace numpro::bench
