/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fault.h"

#include <algorithm>
#include <charconv>

namespace reader {

namespace {

using Kind = Fault::Kind;

constexpr int kNoArgument = -1;

constexpr struct Row {
  Kind kind;
  std::string_view name;
  int argument;  // by default
  std::string_view what;
} kRows[] = {
    {Kind::kNone, "none", kNoArgument, "nothing is wrong"},
    {Kind::kHang, "hang", kNoArgument, "there is never an answer"},
    {Kind::kReset, "reset", kNoArgument, "the connection is reset (RST)"},
    {Kind::kStatus400, "400", kNoArgument, "400, the request is said to be wrong"},
    {Kind::kStatus401, "401", kNoArgument, "401, the key is said to be wrong"},
    {Kind::kStatus403, "403", kNoArgument, "403"},
    {Kind::kStatus408, "408", kNoArgument, "408"},
    {Kind::kStatus409, "409", kNoArgument, "409"},
    {Kind::kStatus429, "429", kNoArgument, "429 that does not say when to come back"},
    {Kind::kRetryAfter, "retry-after", 1, "429 with Retry-After in seconds"},
    {Kind::kRetryAfterDate, "retry-after-date", 1, "429 with Retry-After as a date, in seconds"},
    {Kind::kRetryAfterMs, "retry-after-ms", 100, "429 with retry-after-ms"},
    {Kind::kStatus500, "500", kNoArgument, "500"},
    {Kind::kStatus503, "503", kNoArgument, "503, as of a model that is being loaded"},
    {Kind::kHtml, "html", kNoArgument, "200 with a page in HTML, as of a captive portal"},
    {Kind::kForeignJson, "foreign-json", kNoArgument, "200 with JSON that is no completion"},
    {Kind::kOversized, "oversized", 9, "200 with a completion of so many MiB"},
    {Kind::kNoChoices, "no-choices", kNoArgument, "a completion with no choices"},
    {Kind::kReasoningOnly, "reasoning-only", kNoArgument,
     "a completion whose text is in reasoning_content"},
    {Kind::kLength, "length", kNoArgument, "half of the text, and finish_reason \"length\""},
    {Kind::kContentFilter, "content-filter", kNoArgument,
     "half of the text, and finish_reason \"content_filter\""},
    {Kind::kTruncated, "truncated", kNoArgument, "half of the body, then the connection closes"},
    {Kind::kNonUtf8, "non-utf8", kNoArgument, "bytes in the text that are no UTF-8"},
    {Kind::kDrip, "drip", 100, "a byte of the body every so many milliseconds"},
    {Kind::kImageCap, "image-cap", 8, "400 if there are more images than this"},
    {Kind::kImageCut, "image-cut", 8, "only so many images are looked at, and nobody is told"},
    {Kind::kShrink, "shrink", 64, "images are shrunken to so many pixels, and nobody is told"},
};

const Row &row_of (Kind kind)
{
  return *std::find_if (std::begin (kRows), std::end (kRows),
                        [&] (const Row &row) { return row.kind == kind; });
}

}  // namespace

std::optional<Fault> Fault::parse (std::string_view text)
{
  const std::size_t colon = text.find (':');
  const std::string_view name = text.substr (0, colon);
  const auto *row = std::find_if (std::begin (kRows), std::end (kRows),
                                  [&] (const Row &candidate) { return candidate.name == name; });
  if (row == std::end (kRows))
    return std::nullopt;
  Fault fault{row->kind, std::max (row->argument, 0)};
  if (colon == std::string_view::npos)
    return fault;
  const std::string_view argument = text.substr (colon + 1);
  const char *end = argument.data () + argument.size ();
  const auto result = std::from_chars (argument.data (), end, fault.argument);
  if (row->argument == kNoArgument || result.ec != std::errc () || result.ptr != end ||
      fault.argument < 0)
    return std::nullopt;
  return fault;
}

std::string Fault::name () const
{
  const Row &row = row_of (kind);
  return std::string (row.name) +
         (row.argument == kNoArgument ? "" : ":" + std::to_string (argument));
}

std::string Fault::list ()
{
  std::string text;
  for (const Row &row : kRows) {
    std::string name (row.name);
    if (row.argument != kNoArgument)
      name += "[:" + std::to_string (row.argument) + "]";
    name.resize (std::max<std::size_t> (name.size () + 1, 22), ' ');
    text += "  " + name + std::string (row.what) + "\n";
  }
  return text;
}

}  // namespace reader
