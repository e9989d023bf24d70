/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "progressline.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

constexpr int kUsualColumns = 80;
constexpr int kLongestBar = 30;
constexpr int kShortestBar = 5;
constexpr int kShortestName = 8;

std::string formatted (const char *format, double value)
{
  const TextPtr text (g_strdup_printf (format, value));
  return text.get ();
}

// Names of files may be no text, and may end lines.
std::string printable (const std::string &name)
{
  const TextPtr valid (g_utf8_make_valid (name.c_str (), static_cast<gssize> (name.size ())));
  std::string text;
  for (const char *at = valid.get (), *next = nullptr; *at; at = next) {
    next = g_utf8_next_char (at);
    text += g_unichar_isprint (g_utf8_get_char (at)) ? std::string (at, next) : "?";
  }
  return text;
}

int columns_of_letter (const char *letter)
{
  const gunichar code = g_utf8_get_char (letter);
  return g_unichar_iszerowidth (code) ? 0 : g_unichar_iswide (code) ? 2 : 1;
}

int width_of (const char *text)
{
  int width = 0;
  for (; *text; text = g_utf8_next_char (text))
    width += columns_of_letter (text);
  return width;
}

// The end of a name says most: "...clip-0012.mp4".
std::string shortened (const std::string &name, int length)
{
  int width = width_of (name.c_str ());
  if (width <= length)
    return name;
  if (length <= 3)
    return "";
  const char *end = name.c_str ();
  for (; width > length - 3; end = g_utf8_next_char (end))
    width -= columns_of_letter (end);
  return std::string ("...") + end;
}

std::string bar (double share, int length)
{
  const int filled = static_cast<int> (share * length);
  return " [" + std::string (filled, '#') + std::string (length - filled, '-') + "]";
}

// " 42%  3.1x  0:12 left"
std::string numbers_of (const Progress &progress, double share)
{
  const double rate = progress.elapsed > 0 ? static_cast<double> (progress.done) /
                                                 static_cast<double> (progress.elapsed)
                                           : 0;
  std::string text;
  if (share >= 0)
    text += formatted (" %3.0f%%", 100 * share);
  else
    text += " " + clock_text (progress.done);
  if (rate > 0)
    text += formatted (" %.1fx", rate);
  if (share >= 0 && rate > 0) {
    const double left = static_cast<double> (progress.total - progress.done) / rate;
    text += " " + clock_text (static_cast<GstClockTime> (left)) + " left";
  }
  return text;
}

}  // namespace

std::string clock_text (GstClockTime time)
{
  const guint64 seconds = time / GST_SECOND;
  const TextPtr text (seconds < 3600
                          ? g_strdup_printf ("%" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT,
                                             seconds / 60, seconds % 60)
                          : g_strdup_printf ("%" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT
                                             ":%02" G_GUINT64_FORMAT,
                                             seconds / 3600, seconds / 60 % 60, seconds % 60));
  return text.get ();
}

std::string progress_line (const Progress &progress, int columns)
{
  // The last column stays free: some terminals go to the next line behind it.
  const int room = columns - 1;
  Progress bounded = progress;
  double share = -1;
  if (GST_CLOCK_TIME_IS_VALID (progress.total) && progress.total > 0) {
    bounded.done = std::min (progress.done, progress.total);
    share = static_cast<double> (bounded.done) / static_cast<double> (progress.total);
  }
  const std::string numbers = numbers_of (bounded, share);
  const int left = room - static_cast<int> (numbers.size ());
  const int bar_length = std::min (kLongestBar, left - kShortestName - 3);
  const bool has_bar = share >= 0 && bar_length >= kShortestBar;
  std::string line = shortened (printable (progress.name), left - (has_bar ? bar_length + 3 : 0));
  if (has_bar)
    line += bar (share, bar_length);
  line += numbers;
  if (left < 0)
    line.resize (std::max (0, room));
  return line;
}

int columns_of (int descriptor)
{
  struct winsize size = {};
  const bool is_known = ioctl (descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : kUsualColumns;
}

ProgressDisplay::ProgressDisplay (int descriptor)
    : descriptor_ (descriptor), is_terminal_ (isatty (descriptor))
{
}

void ProgressDisplay::show (const Progress &progress)
{
  if (!is_terminal_)
    return;
  dprintf (descriptor_, "\r%s\033[K", progress_line (progress, columns_of (descriptor_)).c_str ());
  is_shown_ = true;
}

void ProgressDisplay::clear ()
{
  if (is_shown_)
    dprintf (descriptor_, "\r\033[K");
  is_shown_ = false;
}

}  // namespace numpro::media
