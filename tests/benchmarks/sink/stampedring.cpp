/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampedring.h"

#include <gst/numpro/numpro.h>

#include <algorithm>

#include "scene.h"
#include "tests/benchmarks/circuit.h"

namespace numpro::bench {

std::vector<BufferPtr> stamp (std::vector<BufferPtr> frames, const FrameKind &kind)
{
  ElementPtr overlay (
      gst_element_factory_make_full ("numproverlay", "start", static_cast<guint64> (100), nullptr));
  if (!overlay) {
    g_printerr ("numproverlay is not installed\n");
    return {};
  }
  gst_object_ref_sink (overlay.get ());
  Circuit circuit (std::move (overlay), kind, Handling::kHandOver);
  if (!circuit.start ())
    return {};
  for (BufferPtr &frame : frames) {
    GST_BUFFER_PTS (frame.get ()) = 0;
    frame = circuit.push (std::move (frame));
    if (!frame || !gst_buffer_get_numpro_meta (frame.get ())) {
      g_printerr ("numproverlay does not number frames\n");
      return {};
    }
  }
  return frames;
}

StampedRing::StampedRing (const FrameKind &kind, std::size_t bytes)
{
  const std::size_t count =
      std::max<std::size_t> (4, (bytes + kind.info ().size - 1) / kind.info ().size);
  const Scene scene (kind);
  for (unsigned i = 0; i < count; ++i)
    frames_.push_back (scene.frame (i));
  frames_ = stamp (std::move (frames_), kind);
}

std::vector<GstBuffer *> StampedRing::frames () const
{
  std::vector<GstBuffer *> all (frames_.size ());
  std::ranges::transform (frames_, all.begin (),
                          [] (const BufferPtr &frame) { return frame.get (); });
  return all;
}

GstBuffer *StampedRing::next (GstClockTime pts, guint64 slot)
{
  // videorate keeps the last frame it has seen.
  std::size_t held = 0;
  while (!gst_buffer_is_writable (frames_[next_].get ())) {
    if (++held == frames_.size ())
      return nullptr;
    next_ = (next_ + 1) % frames_.size ();
  }
  GstBuffer *frame = frames_[next_].get ();
  next_ = (next_ + 1) % frames_.size ();
  GstNumproMeta *meta = gst_buffer_get_numpro_meta (frame);
  meta->number = meta->slot = slot;
  GST_BUFFER_PTS (frame) = pts;
  GST_BUFFER_DURATION (frame) = GST_SECOND / 30;
  return gst_buffer_ref (frame);
}

}  // namespace numpro::bench
