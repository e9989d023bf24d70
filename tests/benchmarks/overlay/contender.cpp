/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "contender.h"

#include <algorithm>

#include "cairodrawing.h"

namespace numpro::bench {

namespace {

constexpr Contender kContenders[] = {
    {.key = "identity",
     .label = "identity (all of its time)",
     .launch = "identity",
     .draws = false},
    {.key = "numproverlay", .label = "numproverlay, 3 digits", .launch = "numproverlay start=100"},
    {.key = "numproverlay-2-digits",
     .label = "numproverlay, 2 digits",
     .launch = "numproverlay start=10"},
    {.key = "numproverlay-4-digits",
     .label = "numproverlay, 4 digits",
     .launch = "numproverlay start=1000"},
    {.key = "numproverlay-outline",
     .label = "numproverlay, 3 digits, outline-width=2",
     .launch = "numproverlay start=100 outline-width=2"},
    {.key = "numproverlay-outline-auto",
     .label = "numproverlay, 3 digits, outline=auto",
     .launch = "numproverlay start=100 outline=auto"},
    {.key = "numproverlay-after-tee",
     .label = "numproverlay, 3 digits, after tee (copies the frame)",
     .launch = "numproverlay start=100",
     .handling = Handling::kShare},
    {.key = "numproverlay-silent",
     .label = "numproverlay, silent=true",
     .launch = "numproverlay start=100 silent=true",
     .draws = false},
    {.key = "timeoverlay", .label = "timeoverlay", .launch = "timeoverlay"},
    {.key = "textoverlay-static",
     .label = "textoverlay, text=123 that never changes",
     .launch = "textoverlay text=123"},
    {.key = "cairooverlay",
     .label = "cairooverlay, number drawn by a C++ callback",
     .launch = "cairooverlay",
     .prepare = draw_numbers_with_cairo},
};

}  // namespace

ElementPtr Contender::make_element (const FrameKind &kind) const
{
  GstElement *element =
      gst_parse_launch_full (launch, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, nullptr);
  if (!element)
    return nullptr;
  ElementPtr owned (GST_ELEMENT (gst_object_ref_sink (element)));
  if (prepare)
    prepare (element, kind);
  return owned;
}

std::span<const Contender> contenders ()
{
  return kContenders;
}

const Contender *find_contender (std::string_view key)
{
  const auto found = std::ranges::find (kContenders, key, &Contender::key);
  return found == std::end (kContenders) ? nullptr : found;
}

}  // namespace numpro::bench
