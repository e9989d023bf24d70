/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <functional>
#include <span>

#include "numbering.h"
#include "style.h"

namespace numpro {

/** What the user of numproverlay sets. */
struct Settings {
  NumberingRule numbering; /**< as it is when the element starts */
  Style style;             /**< takes effect on the next buffer */
  bool silent = false;     /**< takes effect on the next buffer */

  /** Every setting at its property's default. */
  static Settings defaults ();
};

/** A property of numproverlay that reads and writes a setting. */
struct Property {
  std::function<GParamSpec *()> make_spec;
  std::function<void (Settings &, const GValue *)> set;
  std::function<void (Settings &, GValue *)> get;
};

/** All of them. Property number i (counted from 1) of the element is the one at i - 1. */
std::span<const Property> properties ();

/** Registers the element's enumerations for the documentation tools. */
GType numbering_mode_get_type ();
GType label_kind_get_type ();

}  // namespace numpro
