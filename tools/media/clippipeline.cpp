/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clippipeline.h"

#include <optional>
#include <utility>

#include "lib/recording/accessunit.h"

namespace numpro::media {

namespace {

// Streams without an index are found by guessing; where that was too late it is tried earlier.
constexpr GstClockTime kFirstStepBack = 4 * GST_SECOND;
constexpr guint64 kStepsGrow = 4;

// So much farther on in a file pictures may be than the sound that belongs to them.
constexpr GstClockTime kSoundPatience = 5 * GST_SECOND;

// Opus of this rate cannot be told from the original, and begins and ends to the sample.
constexpr char kSound[] =
    " name=head ! decodebin ! audioconvert name=cut ! audioresample ! opusenc bitrate=160000 ! ";

// The position in a segment that is played forwards; may be before it.
guint64 position_of (const GstSegment &segment, GstClockTime stream_time)
{
  const GstClockTime place = stream_time + segment.start;
  return place > segment.time ? place - segment.time : 0;
}

}  // namespace

// Not the pad's own: what is pushed on a pad that has ended comes to an error.
GstPadProbeReturn ClipPipeline::end_stream (GstPad *pad)
{
  const PadPtr peer (gst_pad_get_peer (pad));
  gst_pad_send_event (peer.get (), gst_event_new_eos ());
  return GST_PAD_PROBE_DROP;
}

bool ClipPipeline::has_ended (GstPad *pad)
{
  const PadPtr peer (gst_pad_get_peer (pad));
  return peer && GST_PAD_IS_EOS (peer.get ());
}

bool ClipPipeline::is_behind (GstClockTimeDiff time) const
{
  return GST_CLOCK_TIME_IS_VALID (plan_.end) && time >= static_cast<GstClockTimeDiff> (plan_.end);
}

ClipPipeline::ClipPipeline (ClipPlan plan, Container container)
    : plan_ (std::move (plan)),
      container_ (container),
      target_ (plan_.start),
      back_ (kFirstStepBack)
{
}

std::string ClipPipeline::build_clip (const std::string &behind)
{
  if (std::string problem = build_reading (plan_.input, behind); !problem.empty ())
    return problem;
  g_object_set (element ("file").get (), "location", plan_.output.c_str (), nullptr);
  video_hold_ = hold (pad ("video", "src").get ());
  beginning_ = gst_pad_add_probe (
      pad ("video", "sink").get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<ClipPipeline *> (self)->on_beginning (from, info);
      },
      this, nullptr);
  return {};
}

bool ClipPipeline::is_from_output (GstMessage *message) const
{
  return is_from (message, element ("file").get ());
}

void ClipPipeline::note (const std::string &text)
{
  post (gst_structure_new ("note", "text", G_TYPE_STRING, text.c_str (), nullptr));
}

void ClipPipeline::stop ()
{
  gst_element_set_state (get (), GST_STATE_NULL);
  std::unique_lock lock (mutex_);
  has_sought_.wait (lock, [this] { return seeks_ == 0; });
}

void ClipPipeline::end_input ()
{
  send_end_to (end_of_reading ());
  for (const Sound &sound : sounds_)
    send_end_to (sound.chain.get ());
}

void ClipPipeline::pass_over (GstClockTimeDiff time)
{
  if (has_ended_sound_ || time < static_cast<GstClockTimeDiff> (plan_.end + kSoundPatience))
    return;
  has_ended_sound_ = true;
  for (const Sound &sound : sounds_)
    send_end_to (sound.chain.get ());
}

void ClipPipeline::count_picture (GstClockTimeDiff time)
{
  ++pictures_;
  if (time > static_cast<GstClockTimeDiff> (position_.load ()))
    position_ = static_cast<GstClockTime> (time);
}

void ClipPipeline::on_stream (GstPad *stream, const GstCaps *caps, bool is_read)
{
  if (is_read)
    on_video (caps);
  else if (has_prefix (caps, "audio/"))
    on_sound (stream, caps);
}

// Of H.264 and H.265 parsers say of frames without references that they are key frames, behind
// which there may be frames that need earlier ones.
bool ClipPipeline::is_key_frame (GstPad *from, GstBuffer *buffer)
{
  const CapsPtr caps (gst_pad_get_current_caps (from));
  const bool has_units =
      has_prefix (caps.get (), "video/x-h264") || has_prefix (caps.get (), "video/x-h265");
  const std::optional<NalFormat> format =
      has_units ? NalFormat::from_caps (caps.get ()) : std::nullopt;
  GstMapInfo map;
  if (!format || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  const bool is_key = is_random_access_point (*format, {map.data, map.size});
  gst_buffer_unmap (buffer, &map);
  return is_key;
}

// Nothing goes into the queue of the video before it is at a key frame that is not too late.
GstPadProbeReturn ClipPipeline::on_beginning (GstPad *from, GstPadProbeInfo *info)
{
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)
    return on_first_frame (from, GST_PAD_PROBE_INFO_BUFFER (info));
  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS)
    return GST_PAD_PROBE_PASS;
  // Behind the place that was sought there is no picture.
  return begin_at (GST_CLOCK_STIME_NONE) ? GST_PAD_PROBE_REMOVE : GST_PAD_PROBE_DROP;
}

// What is sought by guessing may be found in the middle of frames that need each other.
GstPadProbeReturn ClipPipeline::on_first_frame (GstPad *from, GstBuffer *frame)
{
  if (stage_ == Stage::kSeeking && target_ > 0 && !is_key_frame (from, frame))
    return GST_PAD_PROBE_DROP;
  return begin_at (stream_time_on (from, frame)) ? GST_PAD_PROBE_REMOVE : GST_PAD_PROBE_OK;
}

bool ClipPipeline::begin_at (GstClockTimeDiff time)
{
  const auto start = static_cast<GstClockTimeDiff> (plan_.start);
  const bool is_in_time = GST_CLOCK_STIME_IS_VALID (time) && time <= start;
  if (target_ == 0 || (stage_ == Stage::kSeeking && is_in_time)) {
    read_from_here ();
    return true;
  }
  if (stage_ == Stage::kSeeking) {
    target_ = target_ > back_ ? target_ - back_ : 0;
    back_ *= kStepsGrow;
  }
  stage_ = Stage::kSeeking;
  seek_from_other_thread ();
  return false;
}

// This one waits until the picture is let go that it comes with.
void ClipPipeline::seek_from_other_thread ()
{
  const auto seek = [] (auto *, gpointer data) {
    auto *self = static_cast<ClipPipeline *> (data);
    self->seek ();
    const std::lock_guard lock (self->mutex_);
    --self->seeks_;
    self->has_sought_.notify_all ();
  };
  {
    const std::lock_guard lock (mutex_);
    ++seeks_;
  }
#if GST_CHECK_VERSION(1, 28, 0)
  gst_object_call_async (GST_OBJECT (get ()), seek, this);
#else
  gst_element_call_async (get (), seek, this, nullptr);
#endif
}

void ClipPipeline::seek ()
{
  constexpr auto kToKeyFrame = static_cast<GstSeekFlags> (
      GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE);
  GstEvent *event =
      gst_event_new_seek (1, GST_FORMAT_TIME, kToKeyFrame, GST_SEEK_TYPE_SET,
                          static_cast<gint64> (target_.load ()), GST_SEEK_TYPE_NONE, -1);
  const PadPtr video = pad ("video", "sink");
  if (gst_pad_push_event (video.get (), event))
    return;
  // What has no index is read from where it is, which is the beginning.
  read_from_here ();
  gst_pad_remove_probe (video.get (), beginning_);
}

void ClipPipeline::read_from_here ()
{
  stage_ = Stage::kReading;
  gst_pad_remove_probe (pad ("video", "src").get (), video_hold_);
  on_positioned ();
}

// Nothing at all flows before the place is known: decodebin may be left half made by a seek.
gulong ClipPipeline::hold (GstPad *pad)
{
  return gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
}

void ClipPipeline::hold_sound (GstElement *chain)
{
  const ElementPtr head (gst_bin_get_by_name (GST_BIN (chain), "head"));
  Sound sound;
  sound.chain.reset (GST_ELEMENT (gst_object_ref (chain)));
  sound.held_pad.reset (gst_element_get_static_pad (head.get (), "src"));
  sound.hold = hold (sound.held_pad.get ());
  sounds_.push_back (std::move (sound));
}

void ClipPipeline::release_sound (GstClockTime start)
{
  sound_start_ = start;
  for (Sound &sound : sounds_) {
    if (const gulong held = std::exchange (sound.hold, 0))
      gst_pad_remove_probe (sound.held_pad.get (), held);
  }
}

void ClipPipeline::add_encoded_sound (GstPad *stream, const GstCaps *caps)
{
  const CapsPtr opus (gst_caps_from_string ("audio/x-opus"));
  GstElement *chain =
      add_chain (std::string (kUnlimitedQueue) + kSound + kUnlimitedQueue + " name=tail", stream,
                 Container::template_for (element ("muxer").get (), opus.get ()), container_);
  if (!chain)
    return;
  hold_sound (chain);
  const ElementPtr cut (gst_bin_get_by_name (GST_BIN (chain), "cut"));
  const PadPtr decoded (gst_element_get_static_pad (cut.get (), "src"));
  gst_pad_add_probe (
      decoded.get (), kData,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<ClipPipeline *> (self)->cut_samples (from, info);
      },
      this, nullptr);
}

void ClipPipeline::add_copied_sound (GstPad *stream, const GstCaps *caps, GstPadTemplate *into)
{
  const char *parser = parser_of (caps);
  GstElement *chain = add_chain (std::string (kUnlimitedQueue) + " name=head ! " +
                                     (parser ? parser : "identity") + " name=tail",
                                 stream, into, container_);
  if (!chain)
    return;
  hold_sound (chain);
  const PadPtr packets (gst_element_get_static_pad (chain, "src"));
  gst_pad_add_probe (
      packets.get (), kData,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        return static_cast<ClipPipeline *> (self)->choose_packet (from, info);
      },
      this, nullptr);
}

GstPadProbeReturn ClipPipeline::cut_samples (GstPad *pad, GstPadProbeInfo *info)
{
  if (has_ended (pad))
    return GST_PAD_PROBE_DROP;
  if (!(GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER))
    return GST_PAD_PROBE_OK;
  GstBuffer *samples = GST_PAD_PROBE_INFO_BUFFER (info);
  const GstClockTimeDiff time = stream_time_on (pad, samples);
  if (!GST_CLOCK_STIME_IS_VALID (time))
    return GST_PAD_PROBE_DROP;
  if (is_behind (time))
    return end_stream (pad);
  const CapsPtr caps (gst_pad_get_current_caps (pad));
  const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0));
  GstAudioInfo format;
  if (!gst_audio_info_from_caps (&format, caps.get ()))
    return GST_PAD_PROBE_DROP;
  GstSegment part;
  gst_event_copy_segment (event.get (), &part);
  const GstSegment whole = part;
  part.start = position_of (whole, sound_start_);
  part.stop =
      GST_CLOCK_TIME_IS_VALID (plan_.end) ? position_of (whole, plan_.end) : GST_CLOCK_TIME_NONE;
  GST_PAD_PROBE_INFO_DATA (info) = gst_audio_buffer_clip (samples, &part, format.rate, format.bpf);
  return GST_PAD_PROBE_INFO_DATA (info) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_HANDLED;
}

GstPadProbeReturn ClipPipeline::choose_packet (GstPad *pad, GstPadProbeInfo *info)
{
  if (has_ended (pad))
    return GST_PAD_PROBE_DROP;
  if (!(GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER))
    return GST_PAD_PROBE_OK;
  const GstClockTimeDiff time = stream_time_on (pad, GST_PAD_PROBE_INFO_BUFFER (info));
  if (!GST_CLOCK_STIME_IS_VALID (time))
    return GST_PAD_PROBE_OK;
  if (is_behind (time))
    return end_stream (pad);
  return time < static_cast<GstClockTimeDiff> (sound_start_.load ()) ? GST_PAD_PROBE_DROP
                                                                     : GST_PAD_PROBE_OK;
}

}  // namespace numpro::media
