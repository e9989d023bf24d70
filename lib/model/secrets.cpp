/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "secrets.h"

#include <glib.h>

#include <algorithm>
#include <utility>

#include "gst/numpro/owned.h"
#include "httpurl.h"

namespace numpro {

namespace {

constexpr std::string_view kHidden = "***";

// A shorter text is part of words in any language: with it hidden a complaint could not be read any
// more, and where the gaps are would tell what it is. No server takes such a key.
constexpr std::size_t kMinHidden = 4;

// In an answer any text counts. A header may well say "video", as may the answer, which would then
// not be read as it was given.
constexpr std::size_t kMinHiddenInAnswer = 8;

// In an answer a number is that of a frame.
bool is_number (const std::string &text)
{
  return std::all_of (text.begin (), text.end (), [] (char c) { return g_ascii_isdigit (c); });
}

// What several secrets cover together is hidden as one: of two that overlap nothing is left over.
std::string hide (std::string text, const std::vector<std::string> &secrets,
                  bool (*counts) (const std::string &))
{
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const std::string &secret : secrets) {
    if (!counts (secret))
      continue;
    for (std::size_t at = 0; (at = text.find (secret, at)) != std::string::npos; ++at)
      places.emplace_back (at, at + secret.size ());
  }
  std::sort (places.begin (), places.end ());
  std::string shown;
  std::size_t end = 0;
  for (const auto &[first, behind] : places) {
    if (first > end || shown.empty ())
      shown.append (text, end, first - end).append (kHidden);
    end = std::max (end, behind);
  }
  return shown.append (text, end, std::string::npos);
}

}  // namespace

Secrets::Secrets (std::initializer_list<std::string> secrets)
{
  for (const std::string &secret : secrets)
    add (secret);
}

void Secrets::add (const std::string &secret)
{
  add_text (secret);
  if (const std::size_t blank = secret.find (' '); blank != std::string::npos)
    add_text (secret.substr (std::min (secret.find_first_not_of (' ', blank), secret.size ())));
}

void Secrets::add_text (const std::string &text)
{
  if (text.size () < kMinHidden)
    return;
  secrets_.push_back (text);
  const TextPtr escaped (g_uri_escape_string (text.c_str (), nullptr, FALSE));
  if (text != escaped.get ())
    secrets_.push_back (escaped.get ());
}

std::string Secrets::hide_in_complaint (std::string text) const
{
  return hide (std::move (text), secrets_, [] (const std::string &) { return true; });
}

std::string Secrets::hide_in_answer (std::string text) const
{
  return hide (std::move (text), secrets_, [] (const std::string &secret) {
    return secret.size () >= kMinHiddenInAnswer && !is_number (secret);
  });
}

Secrets secrets_of (const HttpOptions &options)
{
  Secrets secrets = {options.bearer};
  for (const RequestHeader &header : options.headers)
    secrets.add (header.value);
  for (const std::string &key : keys_in_query (options.url))
    secrets.add (key);
  return secrets;
}

}  // namespace numpro
