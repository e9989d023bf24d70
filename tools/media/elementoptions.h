/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::media {

/** Properties of an element as options of a command line, taken from the element itself. */
class ElementOptions
{
 public:
  /** Whether the property of that name is to be an option. */
  using Choice = std::function<bool (const char *property)>;
  using Values = std::map<std::string, std::string>; /**< as text, by property */

  /**
   * After gst_init().
   * @param factory of the element
   * @param defaults that are others than the element's
   */
  ElementOptions (const char *factory, const Choice &is_option, Values defaults = {});
  ElementOptions (const ElementOptions &) = delete;
  ElementOptions &operator= (const ElementOptions &) = delete;

  /** Whether there is such an element to take them from. */
  bool is_available () const { return element_ != nullptr; }

  /** Adds an option for each property. @param group its data is this object; does not outlive it */
  void add_to (GOptionGroup *group) const;

  /** Gives an element of that kind what the command line said. */
  void apply_to (GstElement *element) const;

  /** What the command line said of a property; none where it said nothing. */
  std::optional<std::string> text_of (const std::string &property) const;

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
