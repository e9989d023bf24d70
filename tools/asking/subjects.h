/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "askoptions.h"
#include "windowrun.h"

namespace numpro::asking {

/**
 * A recording as a subject. Windows of it that were made in another way, or that another model was
 * asked about, are in another directory.
 *
 * @param model that is asked
 */
Subject subject_of_video (const std::string &video, const AskOptions &options,
                          const std::string &model);

/** A directory of bundles as a subject. */
Subject subject_of_bundles (const std::string &directory);

}  // namespace numpro::asking
