/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <tesseract/baseapi.h>

#include <glib.h>

#include <string>

/** A picture in 8-bit RGB. */
struct RgbPicture {
  const guint8 *data;
  int width, height;
  int stride; /**< bytes from row to row */
};

/** Reads red numbers in the lower right corner of pictures, as an outsider does. */
class NumberReader
{
 public:
  NumberReader ();
  ~NumberReader ();
  NumberReader (const NumberReader &) = delete;
  NumberReader &operator= (const NumberReader &) = delete;

  /** @return the digits that were recognised, none if none were */
  std::string read (const RgbPicture &picture);

 private:
  tesseract::TessBaseAPI engine_;
};
