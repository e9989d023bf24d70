/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordedfiles.h"

#include <algorithm>
#include <filesystem>

#include "lib/base/gstowned.h"
#include "lib/base/runningtime.h"

namespace numpro::media {

namespace {

namespace fs = std::filesystem;

// Parsers and muxers may round times.
constexpr GstClockTime kTolerance = GST_MSECOND;
// A name with a higher number is not of a segment.
constexpr guint64 kMostFiles = 100'000'000;

GstClockTime time_in (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!event)
    return GST_CLOCK_TIME_NONE;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTimeDiff time = running_time_of (*segment, buffer);
  gst_event_unref (event);
  return GST_CLOCK_STIME_IS_VALID (time) && time >= 0 ? static_cast<GstClockTime> (time)
                                                      : GST_CLOCK_TIME_NONE;
}

bool is_of_video (GstPad *pad)
{
  const TextPtr name (gst_pad_get_name (pad));
  return g_str_has_prefix (name.get (), "video");
}

}  // namespace

RecordedFiles::RecordedFiles (std::string output, bool is_segmented)
    : output_ (std::move (output)), is_segmented_ (is_segmented)
{
  if (is_segmented_)
    find_earlier ();
}

// Those of an earlier run stay, also where older ones were removed.
void RecordedFiles::find_earlier ()
{
  const fs::path directory = fs::path (output_).parent_path ();
  std::error_code error;
  std::vector<guint> indices;
  for (fs::directory_iterator at (directory.empty () ? "." : directory, error), end;
       !error && at != end; at.increment (error)) {
    if (const auto index = index_of (at->path ().filename ()))
      indices.push_back (*index);
  }
  std::sort (indices.begin (), indices.end ());
  for (const guint index : indices) {
    if (fs::is_regular_file (name_of (index), error))
      earlier_.push_back (name_of (index));
  }
  next_index_ = indices.empty () ? 0 : indices.back () + 1;
}

std::optional<guint> RecordedFiles::index_of (const std::string &name) const
{
  const std::string before = fs::path (output_).stem ().string () + "-",
                    behind = fs::path (output_).extension ();
  guint64 index = 0;
  if (!name.starts_with (before) || !name.ends_with (behind) ||
      name.size () < before.size () + behind.size ())
    return std::nullopt;
  const std::string digits =
      name.substr (before.size (), name.size () - before.size () - behind.size ());
  if (!g_ascii_string_to_unsigned (digits.c_str (), 10, 0, kMostFiles, &index, nullptr) ||
      fs::path (name_of (static_cast<guint> (index))).filename () != name)
    return std::nullopt;
  return static_cast<guint> (index);
}

std::string RecordedFiles::name_of (guint index) const
{
  if (!is_segmented_)
    return output_;
  const fs::path path (output_);
  const TextPtr number (g_strdup_printf ("-%05u", index));
  return path.parent_path () /
         (path.stem ().string () + number.get () + path.extension ().string ());
}

void RecordedFiles::attach_to (GstElement *splitmuxsink, GstElement *muxer)
{
  g_signal_connect (splitmuxsink, "format-location",
                    G_CALLBACK (+[] (GstElement *, guint, RecordedFiles *self) {
                      return g_strdup (self->begin_file ().c_str ());
                    }),
                    this);
  const auto watch = [] (GstElement *, GstPad *pad, gpointer self) {
    gst_pad_add_probe (
        pad, GST_PAD_PROBE_TYPE_BUFFER,
        [] (GstPad *probed, GstPadProbeInfo *info, gpointer files) {
          static_cast<RecordedFiles *> (files)->note_written (probed,
                                                              GST_PAD_PROBE_INFO_BUFFER (info));
          return GST_PAD_PROBE_OK;
        },
        self, nullptr);
  };
  g_signal_connect (muxer, "pad-added", G_CALLBACK (+watch), this);
}

std::string RecordedFiles::begin_file ()
{
  const std::lock_guard lock (mutex_);
  RecordedFile file;
  file.location = name_of (next_index_++);
  files_.push_back (file);
  return file.location;
}

void RecordedFiles::note_number (GstClockTime time, guint64 number)
{
  const std::lock_guard lock (mutex_);
  waiting_.push_back ({time, number});
}

void RecordedFiles::note_written (GstPad *muxer_pad, GstBuffer *buffer)
{
  const GstClockTime time = time_in (muxer_pad, buffer);
  const std::lock_guard lock (mutex_);
  if (files_.empty () || !GST_CLOCK_TIME_IS_VALID (time))
    return;
  RecordedFile &file = files_.back ();
  const GstClockTime length =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  file.start = std::min (file.start, time);
  file.end = std::max (file.end, time + length);
  if (!is_of_video (muxer_pad))
    return;
  std::optional<guint64> number;
  for (; !waiting_.empty () && waiting_.front ().time <= time + kTolerance; waiting_.pop_front ())
    number = waiting_.front ().number;
  if (!number)
    return;
  if (file.frames++ == 0)
    file.first_number = *number;
  file.last_number = *number;
}

std::optional<RecordedFile> RecordedFiles::take (const std::string &location)
{
  const std::lock_guard lock (mutex_);
  const auto found = std::find_if (files_.begin (), files_.end (), [&] (const RecordedFile &file) {
    return file.location == location;
  });
  if (found == files_.end ())
    return std::nullopt;
  RecordedFile file = *found;
  files_.erase (found);
  return file;
}

std::vector<RecordedFile> RecordedFiles::open () const
{
  const std::lock_guard lock (mutex_);
  return {files_.begin (), files_.end ()};
}

std::string RecordedFiles::current () const
{
  const std::lock_guard lock (mutex_);
  return files_.empty () ? "" : files_.back ().location;
}

}  // namespace numpro::media
