/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <string>

#include "responseformat.h"

namespace numpro {

/** What is asked otherwise than it was to be, because the server takes no more. */
struct Adaptation {
  enum class Kind {
    kParts, /**< batches go in parts */
    kFormat /**< the form of answers is not asked for as strictly */
  };

  Kind kind;
  guint image_limit = 0; /**< of each part */
  guint images = 0;      /**< of the batch that was asked about first */
  guint parts = 0;       /**< that it was asked about in */
  ResponseFormat format = ResponseFormat::kLists;

  /** A sentence for people, without a full stop. */
  std::string sentence () const;
};

}  // namespace numpro
