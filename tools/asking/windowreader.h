/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>

#include "windowpipeline.h"

namespace numpro::asking {

/** Who hears of windows while they are made. */
struct WindowListener {
  std::function<std::string (BatchPtr)> keep;     /**< @return why it cannot be kept, or nothing */
  std::function<bool ()> goes_on;                 /**< asked now and then */
  std::function<void (const std::string &)> note; /**< hears warnings */
};

/**
 * Runs a pipeline until it has made all its windows.
 *
 * @param name of the recording, for people
 * @return what is wrong, in a sentence, or nothing; windows until then have been handed out
 */
std::string read_windows (WindowPipeline &pipeline, const std::string &name,
                          const WindowListener &listener);

}  // namespace numpro::asking
