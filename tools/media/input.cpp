/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input.h"

#include <gst/gst.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

bool is_endless_protocol (std::string_view protocol)
{
  // rtspt, rtsps, rtmpt and so on are the same over another transport.
  constexpr std::array<std::string_view, 7> kEndless = {"rtsp", "rtmp", "srt", "udp",
                                                        "rtp",  "v4l2", "rist"};
  return std::any_of (kEndless.begin (), kEndless.end (),
                      [&] (std::string_view known) { return protocol.starts_with (known); });
}

std::string unescaped (const std::string &text)
{
  const TextPtr plain (g_uri_unescape_string (text.c_str (), nullptr));
  return plain ? plain.get () : text;
}

}  // namespace

Input::Input (Kind kind, std::string uri, std::string name)
    : kind_ (kind), uri_ (std::move (uri)), name_ (std::move (name))
{
}

// By hand: a camera's password may hold characters that make its address no proper URI.
Input Input::from_address (const std::string &address, Kind kind)
{
  const std::size_t colon = address.find (':');
  const std::string protocol = address.substr (0, colon);
  std::string rest = address.substr (colon + 1);
  if (!rest.starts_with ("//"))
    return Input (kind, address, protocol);
  rest.erase (0, 2);

  const std::size_t authority_end = std::min (rest.find_first_of ("/?#"), rest.size ());
  const std::string authority = rest.substr (0, authority_end);
  const std::string behind = rest.substr (authority_end);
  const std::size_t at = authority.find_last_of ('@');
  const std::string user = at == std::string::npos ? "" : authority.substr (0, at);
  const std::string host = at == std::string::npos ? authority : authority.substr (at + 1);

  const std::size_t path_end = std::min (behind.find_first_of ("?#"), behind.size ());
  const std::string path = behind.substr (0, path_end);
  const bool path_may_tell = path.find_first_of ("=&@") != std::string::npos;
  Input input (kind, address, protocol + "://" + host);

  input.secrets_ = {user, behind.substr (path_end)};
  if (const std::size_t separator = user.find (':'); separator != std::string::npos)
    input.secrets_.push_back (user.substr (separator + 1));
  if (path_may_tell)
    input.secrets_.push_back (path);
  for (std::size_t i = 0, size = input.secrets_.size (); i < size; ++i)
    input.secrets_.push_back (unescaped (input.secrets_[i]));
  return input;
}

std::variant<Input, std::string> Input::parse (const std::string &argument)
{
  struct stat status;
  if (stat (argument.c_str (), &status) == 0) {
    if (S_ISDIR (status.st_mode))
      return argument + " is a directory.";
    const TextPtr absolute (g_canonicalize_filename (argument.c_str (), nullptr));
    if (S_ISCHR (status.st_mode))
      return Input (Kind::kEndless, std::string ("v4l2://") + absolute.get (), argument);
    const TextPtr uri (gst_filename_to_uri (absolute.get (), nullptr));
    return Input (Kind::kFile, uri.get (), argument);
  }
  const int why_no_file = errno;

  if (!gst_uri_is_valid (argument.c_str ()))
    return argument + ": " + g_strerror (why_no_file) + ".";
  const TextPtr protocol (gst_uri_get_protocol (argument.c_str ()));
  if (g_str_equal (protocol.get (), "file")) {
    const TextPtr path (g_filename_from_uri (argument.c_str (), nullptr, nullptr));
    if (!path)
      return argument + " is not the address of a file here.";
    if (stat (path.get (), &status) == 0)
      return parse (path.get ());
    return std::string (path.get ()) + ": " + g_strerror (errno) + ".";
  }
  if (!gst_uri_protocol_is_supported (GST_URI_SRC, protocol.get ()))
    return std::string ("There is no GStreamer element that opens ") + protocol.get () + ": here.";
  return from_address (argument,
                       is_endless_protocol (protocol.get ()) ? Kind::kEndless : Kind::kStream);
}

std::string Input::redacted (std::string text) const
{
  const auto replace_all = [&] (const std::string &what, const std::string &with) {
    // With less than three letters every sentence would be full of holes.
    if (what.size () < 3)
      return;
    for (std::size_t at = 0; (at = text.find (what, at)) != std::string::npos; at += with.size ())
      text.replace (at, what.size (), with);
  };

  if (!secrets_.empty ())
    replace_all (uri_, name_);
  for (const std::string &secret : secrets_)
    replace_all (secret, "...");
  return text;
}

}  // namespace numpro::media
