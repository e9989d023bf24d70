/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string_view>

namespace numpro {

/** How a model's answer ended. */
enum class Ending {
  kWhole,
  kCut,      /**< by a limit on tokens */
  kFiltered, /**< by the server's filter of contents */
  kFailed,   /**< something went wrong on the way, and may not go wrong again */
  kUnknown,  /**< for a reason that is in no list: nobody knows whether it is whole */
};

/** What a `finish_reason` means; an empty one stands for null and for none. */
Ending ending_of (std::string_view finish_reason);

}  // namespace numpro
