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

/** How much there is to ask about subjects. */
struct AskSize {
  guint64 windows = 0, requests = 0, images = 0, answered = 0;
  bool has_edges = false; /**< there are windows around the edges of events, too */
  bool is_known = true;   /**< not of a recording that does not say how long it is */

  AskSize &operator+= (const AskSize &other);

  /** For people, without a full stop. */
  std::string text () const;
};

/** @param options, settings that windows are made and asked with */
AskSize size_of (const Subject &subject, const AskOptions &options, const AskSettings &settings);

}  // namespace numpro::asking
