/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mp4orientation.h"

#include <array>
#include <fstream>
#include <optional>

namespace numpro::media {

namespace {

// ISO/IEC 14496-12, 4.2 and 8.3.2.
constexpr guint32 kMovie = GST_MAKE_FOURCC ('m', 'o', 'o', 'v');
constexpr guint32 kTrack = GST_MAKE_FOURCC ('t', 'r', 'a', 'k');
constexpr guint32 kTrackHeader = GST_MAKE_FOURCC ('t', 'k', 'h', 'd');
constexpr std::streamoff kMatrixOffset = 40;  // behind the header of a box of version 0
constexpr std::streamoff kLongerTimes = 12;   // of version 1
constexpr guint32 kOne = 0x10000;             // in 16.16
constexpr guint32 kMinusOne = -kOne;
constexpr guint32 kLast = 0x40000000;  // in 2.30

struct Box {
  std::streamoff content, end;
};

std::optional<guint32> read_number (std::fstream &file)
{
  std::array<char, 4> bytes;
  if (!file.read (bytes.data (), bytes.size ()))
    return std::nullopt;
  return GST_READ_UINT32_BE (bytes.data ());
}

void write_number (std::fstream &file, guint32 number)
{
  std::array<char, 4> bytes;
  GST_WRITE_UINT32_BE (bytes.data (), number);
  file.write (bytes.data (), bytes.size ());
}

// The next box of a type within another.
std::optional<Box> find_box (std::fstream &file, const Box &within, guint32 type)
{
  for (std::streamoff at = within.content; at + 8 <= within.end;) {
    file.seekg (at);
    const auto size = read_number (file), name = read_number (file);
    if (!size || !name)
      return std::nullopt;
    guint64 length = *size;
    std::streamoff content = at + 8;
    if (length == 1) {
      const auto high = read_number (file), low = read_number (file);
      length = high && low ? guint64 (*high) << 32 | *low : 0;
      content += 8;
    }
    const Box box = {content, length == 0 ? within.end : at + static_cast<std::streamoff> (length)};
    if (GUINT32_SWAP_LE_BE (*name) == type)
      return box;
    if (box.end <= at)
      return std::nullopt;
    at = box.end;
  }
  return std::nullopt;
}

// Of the tracks that with a size: sound has none.
void write_matrix (std::fstream &file, std::streamoff header, GstVideoOrientationMethod turn)
{
  file.seekg (header);
  const std::streamoff at = header + kMatrixOffset + (file.get () == 1 ? kLongerTimes : 0);
  file.seekg (at + 36);
  const guint32 width = read_number (file).value_or (0), height = read_number (file).value_or (0);
  if (width == 0 || height == 0)
    return;
  std::array<guint32, 9> matrix = {kOne, 0, 0, 0, kOne, 0, 0, 0, kLast};
  if (turn == GST_VIDEO_ORIENTATION_90R)
    matrix = {0, kOne, 0, kMinusOne, 0, 0, height, 0, kLast};
  else if (turn == GST_VIDEO_ORIENTATION_180)
    matrix = {kMinusOne, 0, 0, 0, kMinusOne, 0, width, height, kLast};
  else if (turn == GST_VIDEO_ORIENTATION_90L)
    matrix = {0, kMinusOne, 0, kOne, 0, 0, 0, width, kLast};
  file.seekp (at);
  for (const guint32 number : matrix)
    write_number (file, number);
}

}  // namespace

std::string write_orientation (const std::string &path, GstVideoOrientationMethod turn)
{
  std::fstream file (path, std::ios::in | std::ios::out | std::ios::binary | std::ios::ate);
  const auto movie = file ? find_box (file, {0, file.tellg ()}, kMovie) : std::nullopt;
  if (!movie)
    return path + " is no MP4 file that could be told how its pictures lie.";
  Box rest = *movie;
  while (const auto track = find_box (file, rest, kTrack)) {
    if (const auto header = find_box (file, *track, kTrackHeader))
      write_matrix (file, header->content, turn);
    rest.content = track->end;
  }
  file.close ();
  return file ? "" : path + " could not be told how its pictures lie.";
}

}  // namespace numpro::media
