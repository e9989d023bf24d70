/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <string>

#include "handles.h"
#include "pixels.h"

constexpr const char *kCaps = "video/x-raw,format=I420,width=64,height=48,framerate=25/1";

/** An overlay on its own, with a bus to complain on. */
class OverlayOnBus
{
 public:
  explicit OverlayOnBus (const std::string &line, const char *caps = kCaps)
      : harness_ (gst_harness_new_parse (line.c_str ())), bus_ (gst_bus_new ())
  {
    element_.reset (gst_harness_find_element (harness_.get (), "numproverlay"));
    // Posting goes through the bin, which is the harness's own.
    gst_element_set_bus (harness_->element, bus_.get ());
    if (caps)
      gst_harness_set_src_caps_str (harness_.get (), caps);
  }

  ~OverlayOnBus () { gst_element_set_bus (harness_->element, nullptr); }
  OverlayOnBus (const OverlayOnBus &) = delete;
  OverlayOnBus &operator= (const OverlayOnBus &) = delete;

  GstElement *element () const { return element_.get (); }
  GstHarness *harness () const { return harness_.get (); }

  GstFlowReturn push (Buffer buffer)
  {
    const GstFlowReturn ret = gst_harness_push (harness_.get (), buffer.release ());
    out_.reset (gst_harness_try_pull (harness_.get ()));
    return ret;
  }

  /** What came of the last push(). */
  GstBuffer *out () const { return out_.get (); }

  /** The next message of a type, if one was posted. */
  Message posted (GstMessageType type)
  {
    return Message (gst_bus_pop_filtered (bus_.get (), type));
  }

  guint count (GstMessageType type)
  {
    guint n = 0;
    while (posted (type))
      ++n;
    return n;
  }

 private:
  Harness harness_;
  Element element_;
  Bus bus_;
  Buffer out_;
};

inline Buffer timed_frame (const char *caps = kCaps, GstClockTime pts = 0)
{
  Buffer buffer = plain_frame (info_from (caps));
  GST_BUFFER_PTS (buffer.get ()) = pts;
  return buffer;
}

inline Buffer untimed_frame ()
{
  return timed_frame (kCaps, GST_CLOCK_TIME_NONE);
}

/** The sentence for the user in an error or a warning. */
inline std::string text_of (const Message &message)
{
  fail_unless (message != nullptr, "no message was posted");
  GError *error = nullptr;
  if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message.get (), &error, nullptr);
  else
    gst_message_parse_warning (message.get (), &error, nullptr);
  const Error owner (error);
  return error->message;
}

inline void assert_says (const std::string &text, const std::string &part)
{
  fail_unless (text.find (part) != std::string::npos, "\"%s\" does not say \"%s\"", text.c_str (),
               part.c_str ());
}

inline void assert_one_error (OverlayOnBus &overlay, const char *part)
{
  assert_says (text_of (overlay.posted (GST_MESSAGE_ERROR)), part);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_ERROR), 0);
}
