/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "earlierfiles.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "lib/recording/recordedmessage.h"
#include "lib/recording/recordednumber.h"
#include "videopipeline.h"

namespace numpro::media {

namespace {

constexpr GstClockTime kTick = 100 * GST_MSECOND;
constexpr int kTicksToHear = 2;
constexpr int kTicksOfPatience = 100;  // of a disk that gives nothing

}  // namespace

// Posts "seen" when it has read as much as is wanted.
class EarlierFiles::NumbersPipeline : public VideoPipeline
{
 public:
  std::string build (const std::string &location, Extent extent)
  {
    if (std::string problem = build_reading (location, "fakesink name=end sync=false");
        !problem.empty ())
      return problem;
    found_.file.location = location;
    extent_ = extent;
    gst_pad_add_probe (
        pad ("end", "sink").get (), GST_PAD_PROBE_TYPE_BUFFER,
        [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
          static_cast<NumbersPipeline *> (self)->note (GST_PAD_PROBE_INFO_BUFFER (info));
          return GST_PAD_PROBE_OK;
        },
        this, nullptr);
    return {};
  }

  // Returns when it has read what is wanted, or nothing more comes: of a file whose end is missing
  // all that is there counts.
  void wait_for_end () const
  {
    const ObjectPtr<GstBus> bus (gst_element_get_bus (get ()));
    guint64 seen = 0;
    for (int idle_ticks = 0; idle_ticks < kTicksOfPatience;) {
      const MiniObjectPtr<GstMessage> message (gst_bus_timed_pop_filtered (
          bus.get (), kTick,
          static_cast<GstMessageType> (GST_MESSAGE_EOS | GST_MESSAGE_ERROR |
                                       GST_MESSAGE_APPLICATION)));
      if (message || (is_reading_over () && idle_ticks >= kTicksToHear))
        return;
      const guint64 now = read_;
      idle_ticks = std::exchange (seen, now) == now ? idle_ticks + 1 : 0;
    }
  }

  // When nothing is read any more; none where no frame had a number.
  std::optional<EarlierFile> found () const
  {
    return found_.file.frames > 0 ? std::optional (found_) : std::nullopt;
  }

 private:
  void note (GstBuffer *coded)
  {
    ++read_;
    const auto message = recorded_message_of (coded);
    const auto number = message ? from_bytes (*message) : std::nullopt;
    if (!number || !GST_BUFFER_PTS_IS_VALID (coded) || number->stream_time < GST_BUFFER_PTS (coded))
      return;
    const GstClockTime length =
        GST_BUFFER_DURATION_IS_VALID (coded) ? GST_BUFFER_DURATION (coded) : 0;
    RecordedFile &file = found_.file;
    if (file.frames++ == 0) {
      file.start = number->stream_time - GST_BUFFER_PTS (coded);
      found_.first_slot = number->meta.slot;
      found_.first_utc = number->utc;
      if (extent_ == Extent::kFirstFrame)
        post (gst_structure_new_empty ("seen"));
    }
    file.end = std::max (file.end, number->stream_time + length);
    found_.last_slot = std::max (found_.last_slot, number->meta.slot);
    found_.last_utc = number->utc;
  }

  // Of the streaming thread, until it has ended.
  EarlierFile found_;
  Extent extent_ = Extent::kWhole;
  std::atomic<guint64> read_ = 0;
};

namespace {

// Whether frames are in a file: numbers may come again where they were told to begin with the same.
bool meets (const EarlierFile &file, const GstNumproSample &first, const GstNumproSample &last)
{
  if (last.slot < file.first_slot || first.slot > file.last_slot)
    return false;
  for (const GstClockTime utc : {first.utc, last.utc, file.first_utc, file.last_utc}) {
    if (!GST_CLOCK_TIME_IS_VALID (utc))
      return true;
  }
  return last.utc >= file.first_utc && first.utc <= file.last_utc;
}

}  // namespace

std::optional<EarlierFile> EarlierFiles::read (const std::string &location, Extent extent)
{
  NumbersPipeline pipeline;
  if (!pipeline.build (location, extent).empty ())
    return std::nullopt;
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  pipeline.wait_for_end ();
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return pipeline.found ();
}

const std::optional<EarlierFile> &EarlierFiles::known (const std::string &location, Extent extent)
{
  Read &files = extent == Extent::kWhole ? whole_ : begun_;
  const auto found = files.find (location);
  return found != files.end () ? found->second
                               : files.emplace (location, read (location, extent)).first->second;
}

std::optional<guint64> EarlierFiles::last_slot ()
{
  for (auto location = locations_.rbegin (); location != locations_.rend (); ++location) {
    if (const auto &found = known (*location, Extent::kWhole))
      return found->last_slot;
  }
  return std::nullopt;
}

std::vector<EarlierFile> EarlierFiles::files_of (GstNumproLedger *ledger)
{
  std::vector<EarlierFile> files;
  const guint count = gst_numpro_ledger_get_length (ledger);
  if (count == 0)
    return files;
  const GstNumproSample &first = *gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample &last = *gst_numpro_ledger_get_sample (ledger, count - 1);
  // Numbers grow from file to file.
  const auto begins_behind = [this] (guint64 slot, const std::string &location) {
    const auto &begin = known (location, Extent::kFirstFrame);
    return begin && begin->first_slot > slot;
  };
  const auto end =
      std::upper_bound (locations_.begin (), locations_.end (), last.slot, begins_behind);
  for (auto location = end; location != locations_.begin ();) {
    const auto &file = known (*--location, Extent::kWhole);
    if (file && meets (*file, first, last))
      files.push_back (*file);
    if (file && file->first_slot <= first.slot)
      break;
  }
  return files;
}

}  // namespace numpro::media
