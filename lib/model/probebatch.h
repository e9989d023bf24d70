/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "lib/base/owned.h"
#include "lib/picture/sheet.h"

namespace numpro {

/** Which pictures a probe sends. */
struct ProbePictures {
  guint count = 0;           /**< at least 1 */
  int width = 0, height = 0; /**< of each, in pixels */
  GstNumproLook look{};
  int jpeg_quality = 0;
  std::optional<SheetOptions> sheet = {}; /**< where several are on one image */
};

/** Pictures as images, and what stands on them. */
struct ProbeBatch {
  /**
   * The samples are numbered from 1 on: the numbers on the pictures are nowhere else, so that no
   * label tells them.
   */
  BatchPtr batch;
  std::vector<guint64> numbers; /**< on the pictures */
  int width = 0, height = 0;    /**< of an image, in pixels */
};

/** As many numbers of three digits, in no order, as unlike each other as their count allows. */
std::vector<guint64> draw_lots (guint count);

/** @return nothing where an image could not be encoded */
std::optional<ProbeBatch> make_probe_batch (const ProbePictures &pictures);

}  // namespace numpro
