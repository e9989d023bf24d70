/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <functional>
#include <string>

#include "picturesize.h"

namespace numpro::media {

/**
 * The part of a pipeline that turns decoded pictures upright, makes them a size that H.264 takes,
 * and encodes them.
 */
class PictureEncoding
{
 public:
  using Note = std::function<void (const std::string &)>;

  /**
   * Launch line of the elements, from pictures on to H.264.
   *
   * @param numbering elements that number the pictures once they are upright, each with a "! "
   * behind it, or nothing
   */
  static std::string line (const std::string &numbering);

  /** @param note hears what becomes of the pictures, on a streaming thread, without a full stop */
  explicit PictureEncoding (Note note) : note_ (std::move (note)) {}
  PictureEncoding (const PictureEncoding &) = delete;
  PictureEncoding &operator= (const PictureEncoding &) = delete;

  /**
   * @param pipeline that has the elements; stops before this is destroyed
   * @param coded source pad that the coded video comes from, before it is decoded
   */
  void attach (GstElement *pipeline, GstPad *coded);

 private:
  // On streaming threads
  void on_coded_tags (GstPadProbeInfo *info);
  void on_event (GstEvent *event);
  GstElement *make_padding ();

  const Note note_;
  GstElement *pipeline_ = nullptr;
  PictureSize size_{PictureSize::Depth::kAsItIs};  // belongs to the streaming thread
};

}  // namespace numpro::media
