/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framering.h"

#include <algorithm>

namespace numpro::bench {

namespace {

constexpr guint8 kBlank = 0x80;
constexpr GstClockTime kFrameDuration = GST_SECOND / 30;

std::size_t frames_needed (std::size_t frame_bytes)
{
  const std::size_t frames = (FrameRing::kMinBytes + frame_bytes - 1) / frame_bytes;
  return std::clamp (frames, FrameRing::kMinFrames, FrameRing::kMaxFrames);
}

gboolean drop_meta (GstBuffer *, GstMeta **meta, gpointer)
{
  *meta = nullptr;
  return TRUE;
}

}  // namespace

FrameRing::FrameRing (const FrameKind &kind)
{
  const std::size_t bytes = kind.info ().size;
  frames_.resize (frames_needed (bytes));
  for (BufferPtr &frame : frames_) {
    frame.reset (gst_buffer_new_allocate (nullptr, bytes, nullptr));
    // Also makes the kernel provide the memory now and not while someone is measured.
    gst_buffer_memset (frame.get (), 0, kBlank, bytes);
  }
}

BufferPtr FrameRing::take (GstClockTime pts, Handling handling)
{
  BufferPtr &frame = frames_[next_];
  GST_BUFFER_PTS (frame.get ()) = pts;
  GST_BUFFER_DURATION (frame.get ()) = kFrameDuration;
  if (handling == Handling::kShare)
    return BufferPtr (gst_buffer_ref (frame.get ()));
  return std::move (frame);
}

void FrameRing::give_back (BufferPtr frame)
{
  BufferPtr &place = frames_[next_];
  next_ = (next_ + 1) % frames_.size ();
  // A frame that was shared has never left its place; what comes back is a copy, and ends here.
  if (place)
    return;
  // As a buffer pool does it, and timed like the rest: who attaches a meta causes this.
  gst_buffer_foreach_meta (frame.get (), drop_meta, nullptr);
  place = std::move (frame);
}

void FrameRing::wipe_next ()
{
  GstBuffer *frame = frames_[next_].get ();
  gst_buffer_memset (frame, 0, kBlank, gst_buffer_get_size (frame));
}

bool FrameRing::is_blank (GstBuffer *frame)
{
  GstMapInfo map;
  if (!gst_buffer_map (frame, &map, GST_MAP_READ))
    return false;
  const bool blank =
      std::all_of (map.data, map.data + map.size, [] (guint8 byte) { return byte == kBlank; });
  gst_buffer_unmap (frame, &map);
  return blank;
}

}  // namespace numpro::bench
