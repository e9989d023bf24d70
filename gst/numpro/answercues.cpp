/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answercues.h"

#include <fcntl.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "durablefile.h"
#include "gst/numpro/timeline/webvttcue.h"
#include "openfile.h"

namespace numpro {

namespace {

// More than most cues have.
constexpr std::size_t kTailSize = 4096;

std::string cues_of (GstNumproAnswer *answer)
{
  std::string cues;
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (answer); ++i) {
    const GstNumproSpan *span = gst_numpro_answer_get_span (answer, i);
    if (GST_CLOCK_TIME_IS_VALID (span->start) && GST_CLOCK_TIME_IS_VALID (span->end))
      cues += webvtt_cue ({gst_numpro_answer_get_question (answer), span->start, span->end});
  }
  return cues;
}

// Whether a text ends with a cue that lacks its text or a part of it.
bool ends_inside_cue (std::string_view text)
{
  if (!text.ends_with ('\n'))
    return true;
  text.remove_suffix (1);
  return text.substr (text.rfind ('\n') + 1).find ("-->") != std::string_view::npos;
}

// How much of a file is whole: all that comes before an unfinished cue.
std::uint64_t whole_size (const OpenFile &file)
{
  const std::uint64_t size = file.size ();
  if (size < kWebVttHeader.size ())
    return 0;
  const std::uint64_t tail = std::min<std::uint64_t> (size, kTailSize);
  if (!ends_inside_cue (file.read (size - tail, tail)))
    return size;
  // An empty line comes before each cue, and goes with it.
  const std::size_t end = file.read (0, size).rfind ("\n\n");
  return end == std::string::npos ? kWebVttHeader.size () : end + 1;
}

void require_webvtt (const OpenFile &file, const std::filesystem::path &path)
{
  // Shorter than the header is one that was not finished.
  if (!kWebVttHeader.starts_with (file.read (0, kWebVttHeader.size ())))
    throw FileError (path, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                     "this file does not begin with WEBVTT, so that answers cannot be added: move "
                     "it elsewhere");
}

}  // namespace

void append_cues (const std::filesystem::path &path, GstNumproAnswer *answer)
{
  OpenFile file (path, O_RDWR | O_CREAT | O_APPEND);
  // What another thread writes is not whole before it is done.
  file.lock ();
  require_webvtt (file, path);
  const std::uint64_t size = whole_size (file);
  file.truncate (size);
  try {
    // In one piece, so that a process that is killed meanwhile hardly ever leaves a part of it.
    file.write ((size == 0 ? std::string (kWebVttHeader) : "") + cues_of (answer));
  } catch (const FileError &) {
    file.truncate (size);
    throw;
  }
  file.sync ();
}

}  // namespace numpro
