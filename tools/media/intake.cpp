/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "intake.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "lib/base/runningtime.h"
#include "testsource.h"
#include "videopipeline.h"

namespace numpro::media {

namespace {

// Times of a live source that are this far from when they come are not by the clock.
constexpr GstClockTimeDiff kFarFromClock = 5 * GST_SECOND;
// Later than the clock, or earlier than what came before, by more than jitter.
constexpr GstClockTimeDiff kJump = GST_SECOND;

bool is_of (const GstCaps *caps, const char *type)
{
  return !gst_caps_is_any (caps) && !gst_caps_is_empty (caps) &&
         g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), type);
}

GstClockTimeDiff running_time_in (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!event)
    return GST_CLOCK_STIME_NONE;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTimeDiff time = running_time_of (*segment, buffer);
  gst_event_unref (event);
  return time;
}

}  // namespace

Intake::Intake (Key, const Input &input) : input_ (input), clock_ (gst_system_clock_obtain ())
{
  is_endless_ = input.is_endless ();
}

Intake::~Intake ()
{
  retire ();
  if (pipeline_)
    gst_element_set_state (pipeline_.get (), GST_STATE_NULL);
}

std::shared_ptr<Intake> Intake::make (const Input &input, std::string &problem)
{
  auto intake = std::make_shared<Intake> (Key (), input);
  problem = intake->build ();
  return problem.empty () ? intake : nullptr;
}

std::string Intake::build ()
{
  pipeline_.reset (gst_pipeline_new (nullptr));
  gst_object_ref_sink (pipeline_.get ());
  bus_.reset (gst_element_get_bus (pipeline_.get ()));
  gst_pipeline_use_clock (GST_PIPELINE (pipeline_.get ()), clock_.get ());
  // Times are those of one clock, whichever intake they come from.
  gst_element_set_start_time (pipeline_.get (), GST_CLOCK_TIME_NONE);
  return input_.is_test_source () ? add_test_source () : add_source ();
}

std::string Intake::add_test_source ()
{
  GstElement *source = make_test_source ();
  if (!source)
    return "There is no videotestsrc here; install GStreamer's base plugins.";
  gst_bin_add (GST_BIN (pipeline_.get ()), source);
  const PadPtr pad (gst_element_get_static_pad (source, "src"));
  add_branch (pad.get (), Kind::kPictures);
  are_streams_known_ = true;
  return {};
}

std::string Intake::add_source ()
{
  decoder_ = gst_element_factory_make ("uridecodebin", nullptr);
  if (!decoder_)
    return "There is no uridecodebin here; install GStreamer's base plugins.";
  // Hardware decoders may leave frames where the encoder does not reach them.
  g_object_set (decoder_, "uri", input_.uri ().c_str (), "force-sw-decoders", TRUE, nullptr);
  g_signal_connect_swapped (
      decoder_, "pad-added",
      G_CALLBACK (+[] (Intake *self, GstPad *decoded) { self->on_pad (decoded); }), this);
  g_signal_connect_swapped (decoder_, "no-more-pads",
                            G_CALLBACK (+[] (Intake *self) { self->on_streams_known (); }), this);
  g_signal_connect_swapped (
      decoder_, "source-setup",
      G_CALLBACK (+[] (Intake *self, GstElement *source) { self->on_source_setup (source); }),
      this);
  gst_bin_add (GST_BIN (pipeline_.get ()), decoder_);
  return {};
}

void Intake::start ()
{
  base_time_ = gst_clock_get_time (clock_.get ());
  gst_element_set_base_time (pipeline_.get (), base_time_);
  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline_.get (), GST_STATE_PLAYING);
}

void Intake::open (IntakeTaker &taker)
{
  const std::lock_guard lock (mutex_);
  taker_ = &taker;
  changed_.notify_all ();
}

void Intake::retire ()
{
  std::unique_lock lock (mutex_);
  is_retired_ = true;
  changed_.notify_all ();
  changed_.wait (lock, [this] { return calls_ == 0; });
}

void Intake::let_go (std::shared_ptr<Intake> intake)
{
  intake->retire ();
  std::thread ([last = std::move (intake)] () mutable { last.reset (); }).detach ();
}

GstClockTime Intake::announced_duration () const
{
  gint64 duration = 0;
  if (!decoder_ || is_endless_ ||
      !gst_element_query_duration (decoder_, GST_FORMAT_TIME, &duration))
    return GST_CLOCK_TIME_NONE;
  return static_cast<GstClockTime> (duration);
}

void Intake::post (const char *name)
{
  gst_element_post_message (
      pipeline_.get (),
      gst_message_new_application (GST_OBJECT (pipeline_.get ()), gst_structure_new_empty (name)));
}

// A camera tells by the property what its own clock said when it took a picture.
void Intake::on_source_setup (GstElement *source)
{
  constexpr char kProperty[] = "add-reference-timestamp-meta";
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (source), kProperty))
    g_object_set (source, kProperty, TRUE, nullptr);
  origin_.reset (GST_ELEMENT (gst_object_ref (source)));
}

void Intake::on_pad (GstPad *decoded)
{
  const CapsPtr caps = caps_of (decoded);
  if (is_of (caps.get (), "video/"))
    add_stream (decoded, Kind::kPictures, pictures_branch_);
  else if (is_of (caps.get (), "audio/"))
    add_stream (decoded, Kind::kSound, sound_branch_);
}

// Streams that come in the middle of a file take the place of those that end there.
void Intake::add_stream (GstPad *decoded, Kind kind, PadPtr &branch)
{
  if (!branch)
    branch = add_branch (decoded, kind);
  else if (!gst_pad_is_linked (branch.get ()))
    gst_pad_link (decoded, branch.get ());
}

void Intake::on_streams_known ()
{
  are_streams_known_ = true;
  post (has_video_ ? "streams" : "no-video");
}

PadPtr Intake::add_branch (GstPad *decoded, Kind kind)
{
  const bool is_sound = kind == Kind::kSound;
  (is_sound ? has_sound_ : has_video_) = true;
  const std::string description =
      (is_sound
           ? std::string ("audioconvert ! audioresample ! capsfilter caps=\"") + kSoundCaps + "\""
           // A file or a camera may say that its pictures lie.
           : "videoconvert ! videoflip video-direction=auto") +
      " ! fakesink name=end sync=false async=false";
  GstElement *branch = gst_parse_bin_from_description (description.c_str (), TRUE, nullptr);
  const ElementPtr end (gst_bin_get_by_name (GST_BIN (branch), "end"));
  const PadPtr last (gst_element_get_static_pad (end.get (), "sink"));
  constexpr auto kData = static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                                       GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM);
  if (is_sound)
    gst_pad_add_probe (last.get (), kData, on_data<Kind::kSound>, this, nullptr);
  else
    gst_pad_add_probe (last.get (), kData, on_data<Kind::kPictures>, this, nullptr);
  gst_bin_add (GST_BIN (pipeline_.get ()), branch);
  gst_element_sync_state_with_parent (branch);
  PadPtr sink (gst_element_get_static_pad (branch, "sink"));
  gst_pad_link (decoded, sink.get ());
  return sink;
}

template <Intake::Kind kind>
GstPadProbeReturn Intake::on_data (GstPad *pad, GstPadProbeInfo *info, gpointer self)
{
  auto *intake = static_cast<Intake *> (self);
  if (!(GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER)) {
    intake->on_event (GST_PAD_PROBE_INFO_EVENT (info), kind);
    return GST_PAD_PROBE_OK;
  }
  BufferPtr buffer (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = nullptr;
  const bool goes_on = intake->on_buffer (pad, std::move (buffer), kind);
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = goes_on ? GST_FLOW_OK : GST_FLOW_EOS;
  return GST_PAD_PROBE_HANDLED;
}

void Intake::on_event (GstEvent *event, Kind kind)
{
  const bool is_of_pictures = kind == Kind::kPictures;
  const bool is_end = GST_EVENT_TYPE (event) == GST_EVENT_EOS && !is_endless_;
  if (!is_end || (is_of_pictures && !has_picture_))
    return;
  if (IntakeTaker *taker = call_taker ())
    taker->take_end (is_of_pictures);
  end_call ();
}

// What a live source sends is timed by the clock; where it is not, its first time is taken for now.
GstClockTime Intake::corrected (GstClockTimeDiff running_time)
{
  const std::lock_guard lock (mutex_);
  const auto now = static_cast<GstClockTimeDiff> (gst_clock_get_time (clock_.get ()) - base_time_);
  const bool is_first = !GST_CLOCK_STIME_IS_VALID (last_time_);
  GstClockTimeDiff time = running_time + correction_;
  const bool is_far = is_first ? std::abs (time - now) > kFarFromClock
                               : time + kJump < last_time_ || time > now + kFarFromClock;
  if (is_endless_ && is_far) {
    correction_ = now - running_time;
    time = now;
  }
  last_time_ = time;
  return static_cast<GstClockTime> (std::max<GstClockTimeDiff> (time, 0)) + base_time_;
}

// Demuxers make up a duration of what has no end. A file at an address has a size, or can be
// sought.
bool Intake::turns_out_endless () const
{
  gboolean is_live = FALSE, is_seekable = FALSE;
  const MiniObjectPtr<GstQuery> latency (gst_query_new_latency ());
  if (gst_element_query (pipeline_.get (), latency.get ()))
    gst_query_parse_latency (latency.get (), &is_live, nullptr, nullptr);
  const MiniObjectPtr<GstQuery> seeking (gst_query_new_seeking (GST_FORMAT_TIME));
  if (gst_element_query (decoder_, seeking.get ()))
    gst_query_parse_seeking (seeking.get (), nullptr, &is_seekable, nullptr, nullptr);
  // What is not known is -1 of some elements.
  const auto has_length = [] (GstElement *element, GstFormat format) {
    gint64 length = 0;
    return element && gst_element_query_duration (element, format, &length) && length > 0;
  };
  const bool has_size = has_length (origin_.get (), GST_FORMAT_BYTES);
  const bool has_duration = has_length (decoder_, GST_FORMAT_TIME);
  return is_live || !has_duration || !(has_size || is_seekable);
}

bool Intake::on_buffer (GstPad *pad, BufferPtr buffer, Kind kind)
{
  const bool is_picture = kind == Kind::kPictures;
  const GstClockTimeDiff running_time = running_time_in (pad, buffer.get ());
  if (!GST_CLOCK_STIME_IS_VALID (running_time))
    return true;
  if (is_picture && !has_picture_ && !is_endless_ && !input_.is_file ())
    is_endless_ = turns_out_endless ();
  const GstClockTime time = corrected (running_time);
  if (is_picture) {
    ++pictures_;
    if (!has_picture_) {
      first_picture_time_ = time;
      has_picture_ = true;
      post ("picture");
    }
  }
  bool goes_on = false;
  if (IntakeTaker *taker = call_taker ()) {
    if (is_picture)
      hand_on_caps (pad, *taker);
    goes_on = is_picture ? taker->take_picture (std::move (buffer), time)
                         : taker->take_sound (std::move (buffer), time);
  }
  end_call ();
  return goes_on;
}

void Intake::hand_on_caps (GstPad *pad, IntakeTaker &taker)
{
  CapsPtr caps (gst_pad_get_current_caps (pad));
  if (picture_caps_ && gst_caps_is_equal (picture_caps_.get (), caps.get ()))
    return;
  picture_caps_ = std::move (caps);
  taker.take_picture_caps (picture_caps_.get ());
}

// Waits until there is one. None where the intake was retired.
IntakeTaker *Intake::call_taker ()
{
  std::unique_lock lock (mutex_);
  changed_.wait (lock, [this] { return taker_ || is_retired_; });
  ++calls_;
  return is_retired_ ? nullptr : taker_;
}

void Intake::end_call ()
{
  const std::lock_guard lock (mutex_);
  --calls_;
  changed_.notify_all ();
}

}  // namespace numpro::media
