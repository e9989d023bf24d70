/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include <memory>
#include <string>
#include <thread>

#include "../pipelines/handles.h"

/**
 * A camera on this machine that serves JPEG over RTSP.
 *
 * It writes the wall-clock time at which a frame was taken into its picture, as dark and bright
 * squares, and sends the frame a while after it was taken.
 */
class RtspCamera
{
 public:
  explicit RtspCamera (GstClockTime delay);
  ~RtspCamera ();
  RtspCamera (const RtspCamera &) = delete;
  RtspCamera &operator= (const RtspCamera &) = delete;

  /** Where it is. */
  std::string address () const;

  static constexpr int kWidth = 640, kHeight = 240;
  static constexpr int kBits = 32, kSquare = 20;

  /**
   * Reads the time off a picture of the camera's size.
   *
   * @return milliseconds since 1970, the lower 32 bits
   */
  static guint32 read_time (const guint8 *luma, int stride);

 private:
  std::unique_ptr<GMainContext, Freer<g_main_context_unref>> context_;
  std::unique_ptr<GMainLoop, Freer<g_main_loop_unref>> loop_;
  std::unique_ptr<GstRTSPServer, Freer<g_object_unref>> server_;
  guint source_ = 0;
  std::thread thread_;
};
