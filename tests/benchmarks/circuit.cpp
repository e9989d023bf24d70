/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "circuit.h"

namespace numpro::bench {

namespace {

static_assert (FrameRing::kMaxFrames <= Circuit::kMaxLap, "a lap goes round the ring");

PadPtr sink_pad_of (GstElement *element)
{
  PadPtr pad (gst_element_get_static_pad (element, "sink"));
  if (!pad)
    pad.reset (gst_element_get_static_pad (element, "video_sink"));
  return pad;
}

// Pads that answer queries with the frames' caps and nothing else. An overlay that was offered
// compositions would draw nothing.
PadPtr make_pad (GstPadDirection direction, const FrameKind &kind)
{
  const CapsPtr caps = kind.caps ();
  const char *name = direction == GST_PAD_SRC ? "src" : "sink";
  GstPadTemplate *made = gst_pad_template_new (name, direction, GST_PAD_ALWAYS, caps.get ());
  const ObjectPtr<GstPadTemplate> pad_template (GST_PAD_TEMPLATE (gst_object_ref_sink (made)));
  GstPad *pad = gst_pad_new_from_template (pad_template.get (), name);
  return PadPtr (GST_PAD (gst_object_ref_sink (pad)));
}

bool push_first_events (GstPad *pad, const FrameKind &kind)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  return gst_pad_push_event (pad, gst_event_new_stream_start ("benchmark")) &&
         gst_pad_push_event (pad, gst_event_new_caps (kind.caps ().get ())) &&
         gst_pad_push_event (pad, gst_event_new_segment (&segment));
}

}  // namespace

Circuit::Circuit (ElementPtr element, const FrameKind &kind, Handling handling)
    : kind_ (kind),
      handling_ (handling),
      reset_signal_ (g_signal_lookup ("reset", G_OBJECT_TYPE (element.get ()))),
      element_ (std::move (element)),
      feed_ (make_pad (GST_PAD_SRC, kind)),
      home_ (make_pad (GST_PAD_SINK, kind))
{
  gst_pad_set_chain_function_full (home_.get (), take_back, this, nullptr);
}

Circuit::~Circuit ()
{
  gst_pad_set_active (feed_.get (), FALSE);
  gst_element_set_state (element_.get (), GST_STATE_NULL);
  gst_pad_set_active (home_.get (), FALSE);
}

bool Circuit::takes (GstElement *element, const FrameKind &kind)
{
  const PadPtr sink = sink_pad_of (element);
  return sink && gst_pad_query_accept_caps (sink.get (), kind.caps ().get ());
}

bool Circuit::start ()
{
  const PadPtr sink = sink_pad_of (element_.get ());
  const PadPtr src (gst_element_get_static_pad (element_.get (), "src"));
  return gst_pad_link (feed_.get (), sink.get ()) == GST_PAD_LINK_OK &&
         gst_pad_link (src.get (), home_.get ()) == GST_PAD_LINK_OK &&
         gst_pad_set_active (home_.get (), TRUE) && gst_pad_set_active (feed_.get (), TRUE) &&
         gst_element_set_state (element_.get (), GST_STATE_PLAYING) == GST_STATE_CHANGE_SUCCESS &&
         push_first_events (feed_.get (), kind_);
}

BufferPtr Circuit::pass_one (FrameRing &ring)
{
  keep_digits (1);
  return pass (ring);
}

bool Circuit::warm_up (FrameRing &ring)
{
  constexpr std::size_t kDigits = 10;
  for (std::size_t i = 0; i < kDigits; ++i) {
    BufferPtr frame = pass_one (ring);
    if (!frame)
      return false;
    ring.give_back (std::move (frame));
  }
  return true;
}

BufferPtr Circuit::pass (FrameRing &ring)
{
  BufferPtr frame = ring.take (next_pts_, handling_);
  next_pts_ += GST_BUFFER_DURATION (frame.get ());
  return push (std::move (frame));
}

BufferPtr Circuit::push (BufferPtr frame)
{
  if (gst_pad_push (feed_.get (), frame.release ()) != GST_FLOW_OK)
    return nullptr;
  return std::move (returned_);
}

std::optional<Microseconds> Circuit::lap (FrameRing &ring, std::size_t frames)
{
  keep_digits (frames);
  const Microseconds start = thread_cpu_time ();
  for (std::size_t i = 0; i < frames; ++i) {
    BufferPtr frame = pass (ring);
    if (!frame)
      return std::nullopt;
    ring.give_back (std::move (frame));
  }
  return thread_cpu_time () - start;
}

GstFlowReturn Circuit::take_back (GstPad *pad, GstObject *, GstBuffer *buffer)
{
  static_cast<Circuit *> (pad->chaindata)->returned_.reset (buffer);
  return GST_FLOW_OK;
}

// Lets numbers start again before they would grow by a digit.
void Circuit::keep_digits (std::size_t frames)
{
  numbers_used_ += frames;
  if (numbers_used_ <= kMaxLap)
    return;
  numbers_used_ = frames;
  if (reset_signal_)
    g_signal_emit (element_.get (), reset_signal_, 0);
}

}  // namespace numpro::bench
