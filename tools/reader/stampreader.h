/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "stampfinder.h"

namespace tesseract {
class TessBaseAPI;
}

namespace reader {

/** A number that was read, and where it stands. */
struct Stamp {
  std::uint64_t number = 0;
  Box box;
};

/** Reads the number on a picture: optical character recognition by Tesseract, in one thread. */
class StampReader
{
 public:
  StampReader ();
  ~StampReader ();
  StampReader (const StampReader &) = delete;
  StampReader &operator= (const StampReader &) = delete;

  /** Why nothing can be read, in a sentence; empty if it can. */
  const std::string &problem () const { return problem_; }

  /** None where there is no number, or none that can be read without a doubt. */
  std::optional<Stamp> read (const Picture &picture, const StampLook &look);

 private:
  std::string digits_of (Pix *text);
  std::string agreed_digits (const StampFinder &finder, const ShapeRow &row);

  std::unique_ptr<tesseract::TessBaseAPI> engine_;
  std::string problem_;
};

}  // namespace reader
