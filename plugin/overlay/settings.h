/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <span>
#include <string>

#include "lib/base/property.h"
#include "numbering.h"
#include "style.h"

namespace numpro {

/** What the user of numproverlay sets. The defaults are in the table of properties. */
struct OverlaySettings {
  NumberingOptions numbering; /**< as it is when the element starts */
  Style style;                /**< takes effect on the next buffer */
  bool silent;                /**< takes effect on the next buffer */

  /** What outline was last set to, where that was no outline and changed nothing. */
  std::optional<std::string> refused_outline;
};

/** In pixels at the reference height. */
inline constexpr int kMaxOutlineWidth = 100;

/** What the property outline is. */
std::string outline_text (const Style &style);

/** The element's properties. */
std::span<const Property<OverlaySettings>> overlay_properties ();

/** Settings that nobody has set yet. */
OverlaySettings initial_settings ();

/** What settings have that others have not: " name=value" for each property. */
std::string differences (const OverlaySettings &others, const OverlaySettings &settings);

/** The types of the element's enumerations. */
GType numbering_mode_get_type ();
GType stamp_kind_get_type ();

}  // namespace numpro
