/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "container.h"

#include <gst/pbutils/pbutils.h>

#include <algorithm>
#include <array>

namespace numpro::media {

namespace {

constexpr std::array<Container, 5> kContainers = {{
    {".mkv", "Matroska", "matroskamux"},
    {".mp4", "MP4", "mp4mux"},
    {".m4v", "MP4", "mp4mux"},
    {".mov", "QuickTime", "qtmux"},
    {".ts", "MPEG-TS", "mpegtsmux"},
}};

struct ParsedKind {
  const char *caps;
  const char *parser;
};

constexpr std::array<ParsedKind, 11> kParsers = {{
    {"video/x-h264", "h264parse"},
    {"video/x-h265", "h265parse"},
    {"video/mpeg, mpegversion=(int){1, 2}", "mpegvideoparse"},
    {"video/mpeg, mpegversion=(int)4", "mpeg4videoparse"},
    {"video/x-av1", "av1parse"},
    {"audio/mpeg, mpegversion=(int)1", "mpegaudioparse"},
    {"audio/mpeg, mpegversion=(int){2, 4}", "aacparse"},
    {"audio/x-ac3; audio/x-eac3", "ac3parse"},
    {"audio/x-dts", "dcaparse"},
    {"audio/x-opus", "opusparse"},
    {"audio/x-flac", "flacparse"},
}};

}  // namespace

std::optional<Container> Container::of (const std::string &path)
{
  const auto *const found =
      std::find_if (kContainers.begin (), kContainers.end (), [&] (const Container &container) {
        const std::size_t length = std::char_traits<char>::length (container.extension);
        return path.size () > length &&
               g_ascii_strcasecmp (path.c_str () + path.size () - length, container.extension) == 0;
      });
  return found == kContainers.end () ? std::nullopt : std::optional (*found);
}

std::string Container::extensions ()
{
  std::string text;
  for (const Container &container : kContainers)
    text += (text.empty () ? "" : ", ") + std::string (container.extension);
  return text;
}

GstPadTemplate *Container::template_for (GstElement *muxer, const GstCaps *caps)
{
  const CapsPtr framed (gst_caps_copy (caps));
  if (parser_of (caps)) {
    for (guint i = 0; i < gst_caps_get_size (framed.get ()); ++i)
      gst_structure_remove_fields (gst_caps_get_structure (framed.get (), i), "stream-format",
                                   "alignment", "framed", "parsed", nullptr);
  }
  for (GList *list = gst_element_get_pad_template_list (muxer); list; list = list->next) {
    auto *pad_template = GST_PAD_TEMPLATE (list->data);
    if (GST_PAD_TEMPLATE_DIRECTION (pad_template) != GST_PAD_SINK)
      continue;
    const CapsPtr taken (gst_pad_template_get_caps (pad_template));
    if (gst_caps_can_intersect (framed.get (), taken.get ()))
      return pad_template;
  }
  return nullptr;
}

const char *parser_of (const GstCaps *caps)
{
  const auto *const found =
      std::find_if (kParsers.begin (), kParsers.end (), [&] (const ParsedKind &kind) {
        const CapsPtr known (gst_caps_from_string (kind.caps));
        return gst_caps_can_intersect (caps, known.get ());
      });
  return found == kParsers.end () ? nullptr : found->parser;
}

std::string described (const GstCaps *caps)
{
  const char *type = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  const TextPtr codec (gst_pb_utils_get_codec_description (caps));
  const std::string what = g_str_has_prefix (type, "audio/")   ? "sound"
                           : g_str_has_prefix (type, "video/") ? "video"
                           : g_str_has_prefix (type, "text/") || g_strrstr (type, "sub")
                               ? "subtitles"
                               : "data";
  return what + " (" + (codec ? codec.get () : type) + ")";
}

}  // namespace numpro::media
