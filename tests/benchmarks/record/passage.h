/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "encodedvideo.h"
#include "tests/benchmarks/cputime.h"

namespace numpro::bench {

/** A running element with nothing but a pad on either side. */
class Passage
{
 public:
  /** @param factory of the element */
  Passage (const char *factory, const EncodedVideo &video);
  ~Passage ();
  Passage (const Passage &) = delete;
  Passage &operator= (const Passage &) = delete;

  /** @return whether the element runs */
  bool start ();

  /** CPU time of sending each access unit through the element so many times. */
  Microseconds lap (unsigned times);

  guint64 stat (const char *name) const;

 private:
  const EncodedVideo &video_;
  ElementPtr element_;
  PadPtr feed_;  // upstream of the element
  PadPtr home_;  // downstream of it
};

}  // namespace numpro::bench
