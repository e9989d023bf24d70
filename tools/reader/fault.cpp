/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fault.h"

#include <algorithm>
#include <charconv>

namespace reader {

namespace {

using Kind = Fault::Kind;

constexpr int kNoArgument = WordedReply::kNoArgument;

// Of faults whose argument is a text.
constexpr std::string_view kDefaultReason = "abort";

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
    {Kind::kStatus503, "503", kNoArgument, "503"},
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
    {Kind::kFinish, "finish", kNoArgument,
     "an answer with this finish_reason (by default \"abort\")"},
    {Kind::kRefusal, "refusal", kNoArgument, "a completion whose text is in the member refusal"},
    {Kind::kCreated, "201", kNoArgument, "201 with the answer"},
    {Kind::kStream, "sse", kNoArgument, "the answer as a stream of events that nobody asked for"},
    {Kind::kStreamCut, "sse-cut", kNoArgument, "half of such a stream"},
    {Kind::kStreamError, "sse-error", kNoArgument, "half of such a stream, then an error in it"},
    {Kind::kJsonThenDone, "json-then-done", kNoArgument,
     "the answer, and \"data: [DONE]\" behind it"},
    {Kind::kGzip, "gzip", kNoArgument, "the answer, compressed"},
    {Kind::kSchemaIgnored, "schema-ignored", kNoArgument,
     "an answer in words whatever schema is asked for"},
    {Kind::kProse, "prose", kNoArgument, "an answer in prose that has to be asked back about"},
    {Kind::kBlind, "blind", kNoArgument, "an answer that no frames are attached"},
    {Kind::kInvent, "invent", kNoArgument,
     "asked back what an answer means, it names a number that is not in it"},
    {Kind::kImageCut, "image-cut", 8, "only so many images are looked at, and nobody is told"},
    {Kind::kCutFront, "cut-front", 8, "only so many images at the end are looked at, untold"},
    {Kind::kMergeNeighbours, "merge-neighbours", kNoArgument,
     "of each two images the second is not looked at, untold"},
    {Kind::kShuffle, "shuffle", kNoArgument,
     "three images and more are looked at in another order, untold"},
    {Kind::kShrink, "shrink", 64, "images are shrunken to so many pixels, and nobody is told"},
};

const Row &row_of (Kind kind)
{
  return *std::find_if (std::begin (kRows), std::end (kRows),
                        [&] (const Row &row) { return row.kind == kind; });
}

// The fault of that name, with its argument by default.
std::optional<Fault> find (std::string_view name)
{
  for (const Row &row : kRows) {
    if (row.name == name)
      return Fault{row.kind, std::max (row.argument, 0)};
  }
  for (const WordedReply &reply : worded_replies ()) {
    if (reply.name == name)
      return Fault{Kind::kWorded, std::max (reply.argument, 0), {}, &reply};
  }
  return std::nullopt;
}

bool has_number (const Fault &fault)
{
  return (fault.reply ? fault.reply->argument : row_of (fault.kind).argument) != kNoArgument;
}

std::string line_for (std::string_view name, int argument, std::string_view what)
{
  std::string line = "  " + std::string (name);
  if (argument != kNoArgument)
    line += "[:" + std::to_string (argument) + "]";
  line.resize (std::max<std::size_t> (line.size () + 1, 24), ' ');
  return line + std::string (what) + "\n";
}

}  // namespace

std::optional<Fault> Fault::parse (std::string_view text)
{
  const std::size_t colon = text.find (':');
  std::optional<Fault> fault = find (text.substr (0, colon));
  if (!fault)
    return std::nullopt;
  if (fault->kind == Kind::kFinish)
    fault->text = kDefaultReason;
  if (colon == std::string_view::npos)
    return fault;
  const std::string_view argument = text.substr (colon + 1);
  if (fault->kind == Kind::kFinish) {
    fault->text = argument;
    return fault;
  }
  const char *end = argument.data () + argument.size ();
  const auto result = std::from_chars (argument.data (), end, fault->argument);
  if (!has_number (*fault) || result.ec != std::errc () || result.ptr != end || fault->argument < 0)
    return std::nullopt;
  return fault;
}

std::string Fault::name () const
{
  const std::string name (reply ? reply->name : row_of (kind).name);
  if (!text.empty ())
    return name + ":" + text;
  return has_number (*this) ? name + ":" + std::to_string (argument) : name;
}

std::string Fault::list ()
{
  std::string text;
  for (const Row &row : kRows)
    text += line_for (row.name, row.argument, row.what);
  for (const WordedReply &one : worded_replies ())
    text += line_for (one.name, one.argument, one.what);
  return text;
}

}  // namespace reader
