/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "askoptions.h"
#include "lib/model/asksettings.h"
#include "windowrun.h"

namespace numpro::asking {

/** How much there is to ask about subjects. */
struct AskSize {
  guint64 windows = 0, requests = 0, images = 0, answered = 0;
  /** Of the images, as Qwen2.5-VL counts; none where nobody knows how large they are. */
  std::optional<guint64> tokens = 0;
  bool has_edges = false; /**< there are windows around the edges of events, too */
  bool is_known = true;   /**< not of a recording that does not say how long it is */

  AskSize &operator+= (const AskSize &other);

  /** For people, without a full stop. */
  std::string text () const;
};

/** @param options, settings that windows are made and asked with */
AskSize size_of (const Subject &subject, const AskOptions &options, const AskSettings &settings);

}  // namespace numpro::asking
