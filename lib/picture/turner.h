/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "picture.h"

namespace numpro {

/** Turns pictures as they are to be seen. */
class Turner
{
 public:
  /** Does nothing to a picture that is upright. */
  void turn (Picture &picture);

 private:
  Picture turned_;  // whose memory is used again
};

}  // namespace numpro
