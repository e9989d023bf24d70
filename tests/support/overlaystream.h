/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

/** A numproverlay between two pads, fed frame by frame. */
class OverlayStream
{
 public:
  /** @param properties as in a launch line, after the element's name */
  explicit OverlayStream (const std::string &properties = "");
  ~OverlayStream ();
  OverlayStream (const OverlayStream &) = delete;
  OverlayStream &operator= (const OverlayStream &) = delete;

  void set_caps (const GstVideoInfo &info);
  void set_caps (const std::string &caps);

  /** Pushes a buffer (ownership taken) and returns what came out; null when it was refused. */
  GstBuffer *push (GstBuffer *buffer);
  GstFlowReturn last_flow () const { return last_flow_; }

  GstHarness *harness () const { return harness_; }
  GstElement *element () const { return element_; }

 private:
  GstHarness *harness_;
  GstElement *element_;
  GstFlowReturn last_flow_ = GST_FLOW_OK;
};

struct BufferUnref {
  void operator() (GstBuffer *buffer) const { gst_buffer_unref (buffer); }
};
using BufferPtr = std::unique_ptr<GstBuffer, BufferUnref>;

GstVideoInfo video_info (GstVideoFormat format, int width, int height,
                         const std::string &colorimetry = "",
                         GstVideoInterlaceMode interlace = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE);

/** A frame of valid, random pixels; the same for the same seed. */
GstBuffer *noise_frame (const GstVideoInfo &info, guint32 seed);

/** A frame of one colour (0xAARRGGBB). */
GstBuffer *solid_frame (const GstVideoInfo &info, guint32 argb);

/** A frame whose pixels are of the colours (0xAARRGGBB) that a function gives for each place. */
GstBuffer *drawn_frame (const GstVideoInfo &info,
                        const std::function<guint32 (int x, int y)> &argb_at);

/** All pixels of a frame in the format's unpack format, row by row. */
std::vector<guint8> unpack (GstBuffer *frame, const GstVideoInfo &info);

/** A frame as full-range 8-bit RGBA, 4 bytes a pixel, converted with its own colorimetry. */
std::vector<guint8> to_rgba (GstBuffer *frame, const GstVideoInfo &info);

/** All bytes of a buffer. */
std::vector<guint8> bytes_of (GstBuffer *buffer);

/** Pixel columns left..right and rows top..bottom, ends excluded. */
struct Box {
  int left, top, right, bottom;
  bool contains (int x, int y) const { return x >= left && x < right && y >= top && y < bottom; }
  bool operator== (const Box &) const = default;
};

/** How much of each pixel a white stamp covers (0..255), drawn on a black frame of this size. */
struct InkMap {
  int width = 0, height = 0;
  std::vector<guint8> pixels;

  guint8 at (int x, int y) const { return pixels[static_cast<std::size_t> (y) * width + x]; }
  /** The smallest box around all pixels of more than @threshold. */
  Box box (int threshold = 127) const;
  /** Sum over all pixels. */
  guint64 total () const;
};

/** @param properties of the numproverlay; its colour is white unless they say otherwise */
InkMap draw_ink (int width, int height, const std::string &properties);
