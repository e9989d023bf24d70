/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "streamfeed.h"

#include <gst/video/video.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "loopcheck.h"

namespace {

std::string text_of (const ModelBatch &batch)
{
  std::string text;
  for (const ModelRow &row : batch)
    text += " " + std::to_string (row.number) + "@" +
            std::to_string (row.running_time / GST_MSECOND) + "ms";
  return text;
}

}  // namespace

StreamFeed::StreamFeed (const StreamRules &rules, const StreamFormat &format)
    : rules_ (rules),
      model_ (rules),
      harness_ (rules.overlay_properties (),
                rules.sink_properties () + " leaky-type=none emit-signals=true"),
      collector_ (harness_.sink ())
{
  harness_.open (caps_of (format));
  use (format);
}

void StreamFeed::caps (const StreamFormat &format)
{
  const Caps caps (gst_caps_from_string (caps_of (format).c_str ()));
  harness_.push (gst_event_new_caps (caps.get ()));
  use (format);
}

void StreamFeed::frame (GstClockTime pts)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size_, nullptr);
  gst_buffer_memset (buffer, 0, 128, size_);
  GST_BUFFER_PTS (buffer) = pts;
  harness_.push (buffer);
  model_.frame (pts);
}

void StreamFeed::gap (GstClockTime pts, GstClockTime duration)
{
  harness_.push (gst_event_new_gap (pts, duration));
}

void StreamFeed::reset_numbers ()
{
  g_signal_emit_by_name (harness_.overlay (), "reset");
  model_.reset ();
}

void StreamFeed::segment (GstClockTime start, GstClockTime time, GstClockTime base)
{
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.position = start;
  segment.time = time;
  segment.base = base;
  harness_.push (gst_event_new_segment (&segment));
  model_.segment (start, time, base);
}

void StreamFeed::seek (GstClockTime position)
{
  // What is full goes out before; the flush has what is not.
  harness_.wait_for_delivered (model_.due ());
  harness_.push (gst_event_new_flush_start ());
  harness_.push (gst_event_new_flush_stop (TRUE));
  model_.flush ();
  segment (position, position, 0);
}

void StreamFeed::finish (const std::string &name)
{
  harness_.push (gst_event_new_eos ());
  model_.end ();
  fail_unless (collector_.problem ().empty (), "%s: %s", name.c_str (),
               collector_.problem ().c_str ());
  compare (name);
  check_limits (name);
  check_counts (name);
}

std::string StreamFeed::caps_of (const StreamFormat &format)
{
  return std::string ("video/x-raw,format=") + format.name +
         ",width=" + std::to_string (format.width) + ",height=" + std::to_string (format.height) +
         ",framerate=" + std::to_string (format.fps_n) + "/" + std::to_string (format.fps_d);
}

void StreamFeed::use (const StreamFormat &format)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, gst_video_format_from_string (format.name), format.width,
                             format.height);
  size_ = GST_VIDEO_INFO_SIZE (&info);
  model_.caps (format.width, format.height, GST_VIDEO_INFO_IS_GRAY (&info), format.frame_time (1));
}

void StreamFeed::compare (const std::string &name) const
{
  const std::vector<ModelBatch> &came = collector_.batches (), &due = model_.batches ();
  for (std::size_t i = 0; i < std::min (came.size (), due.size ()); ++i) {
    fail_unless_in_loop (came[i] == due[i], "%s: batch %d is %s instead of %s", name.c_str (),
                         static_cast<int> (i), text_of (came[i]).c_str (),
                         text_of (due[i]).c_str ());
  }
  fail_unless_equals_int (static_cast<int> (came.size ()), static_cast<int> (due.size ()));
}

// Also without the model, should it be wrong in the same way.
void StreamFeed::check_limits (const std::string &name) const
{
  // The batches that have a sample, which its slot and time tell.
  std::map<std::tuple<guint64, GstClockTime, GstClockTime>, std::vector<std::size_t>> homes;
  for (std::size_t i = 0; i < collector_.batches ().size (); ++i) {
    const ModelBatch &batch = collector_.batches ()[i];
    std::set<guint64> numbers;
    for (const ModelRow &row : batch) {
      numbers.insert (row.number);
      homes[{row.slot, row.pts, row.running_time}].push_back (i);
    }
    fail_unless_in_loop (numbers.size () == batch.size (), "%s: a number twice in batch %d",
                         name.c_str (), static_cast<int> (i));
    fail_unless_in_loop (rules_.size == 0 || batch.size () <= rules_.size, "%s: batch %d is long",
                         name.c_str (), static_cast<int> (i));
  }
  for (const auto &[row, batches] : homes) {
    fail_unless_in_loop (batches.size () == 1 || rules_.overlap > 0, "%s: a sample twice",
                         name.c_str ());
    fail_unless_in_loop (batches.back () - batches.front () + 1 == batches.size (),
                         "%s: a sample comes again after batches without it", name.c_str ());
  }
  fail_unless_equals_uint64 (homes.size (), model_.samples () - model_.lost ().size ());
}

void StreamFeed::check_counts (const std::string &name)
{
  const std::vector<guint64> lost = harness_.lost ();
  fail_unless (lost == model_.lost (), "%s: %d numbers told as lost instead of %d", name.c_str (),
               static_cast<int> (lost.size ()), static_cast<int> (model_.lost ().size ()));
  const SinkCounts counts = harness_.counts ();
  fail_unless (counts.balanced ());
  fail_unless_equals_uint64 (counts.frames, model_.frames ());
  fail_unless_equals_uint64 (counts.samples, model_.samples ());
  fail_unless_equals_uint64 (counts.dropped, lost.size ());
  fail_unless_equals_uint64 (counts.waiting, 0);
  fail_unless_equals_uint64 (counts.batches, model_.batches ().size ());
}
