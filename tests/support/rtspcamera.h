/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include <memory>
#include <string>
#include <thread>

#include "handles.h"

/**
 * A camera on this machine that serves JPEG over RTSP.
 *
 * It writes the wall-clock time at which a frame was taken into its picture, as dark and bright
 * squares, and sends the frame a while after it was taken. Below the squares there may be an event
 * that comes again and again: the picture turns blue.
 */
class RtspCamera
{
 public:
  /** What the picture shows below the squares. */
  struct Scene {
    int fps = 10;
    gint64 period = 0; /**< of the event, milliseconds; 0 = there is none */
    gint64 length = 0; /**< it is blue while the milliseconds since 1970, modulo period, are less */
  };

  explicit RtspCamera (GstClockTime delay) : RtspCamera (delay, Scene ()) {}
  RtspCamera (GstClockTime delay, const Scene &scene);
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
  static GstPadProbeReturn take_picture (GstPad *pad, GstPadProbeInfo *info, gpointer scene);
  static void configure_media (GstRTSPMediaFactory *factory, GstRTSPMedia *media, gpointer scene);

  Scene scene_;
  std::unique_ptr<GMainContext, Freer<g_main_context_unref>> context_;
  std::unique_ptr<GMainLoop, Freer<g_main_loop_unref>> loop_;
  std::unique_ptr<GstRTSPServer, Freer<g_object_unref>> server_;
  guint source_ = 0;
  std::thread thread_;
};
