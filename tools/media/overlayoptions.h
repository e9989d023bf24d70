/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::media {

/** The properties of numproverlay as options of a command line, taken from the element itself. */
class OverlayOptions
{
 public:
  using Values = std::map<std::string, std::string>; /**< as text, by property */

  /**
   * After gst_init().
   * @param defaults that are others than the element's
   */
  explicit OverlayOptions (Values defaults = {});
  OverlayOptions (const OverlayOptions &) = delete;
  OverlayOptions &operator= (const OverlayOptions &) = delete;

  /** Whether there is a numproverlay to take them from. */
  bool is_available () const { return element_ != nullptr; }

  /** Adds an option for each property. @param group its data is this object; does not outlive it */
  void add_to (GOptionGroup *group) const;

  /** Gives an element what the command line said. */
  void apply_to (GstElement *overlay) const;

 private:
  static gboolean on_option (const gchar *name, const gchar *value, gpointer self, GError **error);
  void add_property (GParamSpec *spec);
  std::string default_of (GParamSpec *spec) const;
  bool read (const char *name, const char *text, GError **error);

  ElementPtr element_;
  std::deque<std::string> texts_;  // that entries point to
  std::vector<GOptionEntry> entries_;
  Values values_;
};

}  // namespace numpro::media
