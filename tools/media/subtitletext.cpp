/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitletext.h"

#include <pango/pango.h>

#include "lib/base/gstowned.h"

namespace numpro::media {

std::string subtitle_text (std::string_view markup)
{
  gchar *text = nullptr;
  if (!pango_parse_markup (markup.data (), static_cast<int> (markup.size ()), 0, nullptr, &text,
                           nullptr, nullptr))
    return std::string (markup);
  return TextPtr (text).get ();
}

}  // namespace numpro::media
