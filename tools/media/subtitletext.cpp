/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitletext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace numpro::media {

namespace {

using Entity = std::pair<std::string_view, char>;
constexpr std::array<Entity, 6> kEntities = {{{"&amp;", '&'},
                                              {"&lt;", '<'},
                                              {"&gt;", '>'},
                                              {"&quot;", '"'},
                                              {"&apos;", '\''},
                                              {"&#39;", '\''}}};

}  // namespace

std::string subtitle_text (std::string_view markup)
{
  std::string text;
  while (!markup.empty ()) {
    const auto *const entity =
        std::find_if (kEntities.begin (), kEntities.end (),
                      [&] (const Entity &known) { return markup.starts_with (known.first); });
    const std::size_t tag_end = markup.front () == '<' ? markup.find ('>') : markup.npos;
    if (tag_end != markup.npos) {
      markup.remove_prefix (tag_end + 1);
    } else if (entity != kEntities.end ()) {
      text += entity->second;
      markup.remove_prefix (entity->first.size ());
    } else {
      text += markup.front ();
      markup.remove_prefix (1);
    }
  }
  return text;
}

}  // namespace numpro::media
