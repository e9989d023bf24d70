/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encodingpipeline.h"

#include <gst/numpro/numpro.h>

#include <algorithm>

#include "lib/base/runningtime.h"

namespace numpro::media {

namespace {

// Clocks jitter: a frame this little before the limit is the first one behind it.
constexpr GstClockTime kLimitTolerance = GST_MSECOND;
// Muxers wait for sound that does not come. So much later than pictures it is taken to be missing.
constexpr GstClockTime kSoundPatience = 2 * GST_SECOND;
constexpr GstClockTime kSilence = GST_SECOND;
constexpr guint64 kBytesPerSecondOfSound = 48000 * 2 * 2;

constexpr char kPictures[] =
    "appsrc name=pictures format=time max-bytes=0 max-buffers=8 ! videoconvert ! "
    "videoscale add-borders=true ! capsfilter name=size ! videobox name=padding ! "
    "numproverlay name=overlay ! tee name=numbered "
    // Constant quality, without the limit of the bit rate that x264enc sets otherwise.
    "numbered. ! queue ! x264enc tune=zerolatency speed-preset=veryfast pass=qual quantizer=20 "
    "vbv-buf-capacity=0 key-int-max=60 ! numproseiinserter ! h264parse ! queue name=coded-pictures "
    "splitmuxsink name=files send-keyframe-requests=true ";

// What is not answered now waits on the disk.
constexpr char kQuestions[] =
    "numbered. ! queue ! numprosink name=questions resume=true async=false ";

constexpr char kSound[] =
    "appsrc name=sound format=time max-bytes=0 max-time=10000000000 ! audioconvert ! "
    "opusenc bitrate=96000 ! queue name=coded-sound ";

}  // namespace

EncodingPipeline::EncodingPipeline (const EncodingPlan &plan, RecordedFiles &files)
    : plan_ (plan), files_ (files)
{
}

std::string EncodingPipeline::build ()
{
  const bool is_asking = !plan_.questions.texts.empty ();
  const std::string line =
      std::string (kPictures) + (plan_.has_sound ? kSound : "") + (is_asking ? kQuestions : "");
  if (const std::string problem = launch (line); !problem.empty ())
    return problem;
  if (const std::string problem = add_muxer (); !problem.empty ())
    return problem;
  configure ();
  if (is_asking)
    configure_questions ();
  add_probe ();
  return {};
}

void EncodingPipeline::configure_questions ()
{
  const RecordQuestions &questions = plan_.questions;
  const ElementPtr sink = element ("questions");
  g_object_set (sink.get (), "endpoint", questions.endpoint.c_str (), "model",
                questions.model.c_str (), "location", questions.location.c_str (), nullptr);
  GValue texts = G_VALUE_INIT;
  gst_value_array_init (&texts, questions.texts.size ());
  for (const std::string &text : questions.texts) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_TYPE_STRING);
    g_value_set_string (&value, text.c_str ());
    gst_value_array_append_and_take_value (&texts, &value);
  }
  g_object_set_property (G_OBJECT (sink.get ()), "questions", &texts);
  g_value_unset (&texts);
}

// A splitmuxsink takes streams for the muxer that it has by then.
std::string EncodingPipeline::add_muxer ()
{
  const ElementPtr muxer (gst_element_factory_make ("matroskamux", nullptr));
  const ElementPtr file (gst_element_factory_make ("filesink", nullptr));
  if (!muxer || !file)
    return "There is no matroskamux here; install GStreamer's good plugins.";
  gst_object_ref_sink (muxer.get ());
  gst_object_ref_sink (file.get ());
  g_object_set (muxer.get (), "offset-to-zero", TRUE, nullptr);
  // What is written is on its way to the disk if this process is killed.
  gst_util_set_object_arg (G_OBJECT (file.get ()), "buffer-mode", "unbuffered");
  const ElementPtr files = element ("files");
  g_object_set (files.get (), "muxer", muxer.get (), "sink", file.get (), nullptr);
  if (plan_.segment)
    g_object_set (files.get (), "max-size-time", *plan_.segment, nullptr);
  files_.attach_to (files.get (), muxer.get ());
  const auto link = [&] (const char *coded, const char *pad_name) {
    return gst_element_link_pads (element (coded).get (), "src", files.get (), pad_name);
  };
  const bool is_linked =
      link ("coded-pictures", "video") && (!plan_.has_sound || link ("coded-sound", "audio_0"));
  return is_linked ? "" : "The muxer does not take the streams.";
}

void EncodingPipeline::configure ()
{
  pictures_.reset (GST_APP_SRC (element ("pictures").release ()));
  const bool is_live = plan_.is_live;
  const auto set = [&] (GstAppSrc *source) {
    g_object_set (source, "is-live", is_live, "block", !is_live, "leaky-type",
                  is_live ? GST_APP_LEAKY_TYPE_DOWNSTREAM : GST_APP_LEAKY_TYPE_NONE, nullptr);
  };
  set (pictures_.get ());
  if (plan_.has_sound) {
    sound_.reset (GST_APP_SRC (element ("sound").release ()));
    set (sound_.get ());
    const CapsPtr caps (gst_caps_from_string (Intake::kSoundCaps));
    gst_app_src_set_caps (sound_.get (), caps.get ());
  }
  const ElementPtr overlay = element ("overlay");
  plan_.look.apply_to (overlay.get ());
  if (plan_.first_number)
    g_object_set (overlay.get (), "start", *plan_.first_number, nullptr);

  const ObjectPtr<GstClock> clock (gst_system_clock_obtain ());
  gst_pipeline_use_clock (GST_PIPELINE (get ()), clock.get ());
  gst_element_set_start_time (get (), GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (get (), plan_.base_time);
}

void EncodingPipeline::add_probe ()
{
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<EncodingPipeline *> (self)->on_numbered (from,
                                                             GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

void EncodingPipeline::start ()
{
  // A failure posts a message that says more than the return value.
  gst_element_set_state (get (), GST_STATE_PLAYING);
}

void EncodingPipeline::finish ()
{
  gst_app_src_end_of_stream (pictures_.get ());
  if (sound_)
    gst_app_src_end_of_stream (sound_.get ());
}

void EncodingPipeline::on_numbered (GstPad *, GstBuffer *frame)
{
  count (frame);
  if (const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frame))
    files_.note_number (GST_BUFFER_PTS (frame), meta->number);
}

std::optional<GstClockTime> EncodingPipeline::running_time_at (GstClockTime time) const
{
  return time < plan_.base_time ? std::nullopt : std::optional (time - plan_.base_time);
}

bool EncodingPipeline::push (GstAppSrc *source, BufferPtr buffer, GstClockTime time)
{
  GstBuffer *timed = gst_buffer_make_writable (buffer.release ());
  GST_BUFFER_PTS (timed) = time;
  GST_BUFFER_DTS (timed) = GST_CLOCK_TIME_NONE;
  return gst_app_src_push_buffer (source, timed) == GST_FLOW_OK;
}

void EncodingPipeline::take_picture_caps (GstCaps *caps)
{
  if (const std::string change = size_.change_to (caps); !change.empty ())
    GST_ELEMENT_WARNING (get (), STREAM, FORMAT, ("%s.", change.c_str ()), (nullptr));
  size_.settle (caps, element ("size").get (), [this] { return element ("padding").get (); });
  gst_app_src_set_caps (pictures_.get (), caps);
}

bool EncodingPipeline::take_picture (BufferPtr picture, GstClockTime time)
{
  const std::optional<GstClockTime> at = running_time_at (time);
  // A file has no place for a picture that comes before those that are there.
  if (!at || (GST_CLOCK_TIME_IS_VALID (last_picture_) && *at <= last_picture_)) {
    ++untimely_;
    return true;
  }
  last_picture_ = *at;
  if (!GST_CLOCK_TIME_IS_VALID (first_time_))
    first_time_ = *at;
  if (plan_.duration && *at - first_time_ + kLimitTolerance >= *plan_.duration) {
    post (gst_structure_new_empty ("limit"));
    return false;
  }
  const GstClockTime length =
      GST_BUFFER_DURATION_IS_VALID (picture.get ()) ? GST_BUFFER_DURATION (picture.get ()) : 0;
  reach (*at + length);
  if (sound_ && plan_.is_live)
    keep_sound_up (*at);
  if (!push (pictures_.get (), std::move (picture), *at))
    return false;
  ++taken_;
  return true;
}

void EncodingPipeline::reach (GstClockTime time)
{
  GstClockTime before = end_time_;
  while (before < time && !end_time_.compare_exchange_weak (before, time)) {
  }
}

bool EncodingPipeline::take_sound (BufferPtr sound, GstClockTime time)
{
  const std::optional<GstClockTime> at = running_time_at (time);
  if (!at || !sound_)
    return sound_ != nullptr;
  const GstClockTime length = gst_util_uint64_scale (gst_buffer_get_size (sound.get ()), GST_SECOND,
                                                     kBytesPerSecondOfSound);
  reach (*at + length);
  if (!plan_.is_live)
    return push (sound_.get (), std::move (sound), *at);
  const std::lock_guard lock (sound_mutex_);
  // What comes after silence was put in its place is late, unless most of it lies behind that.
  if (*at + length / 2 < sound_end_)
    return true;
  sound_end_ = *at + length;
  return push (sound_.get (), std::move (sound), *at);
}

// A camera without sound after an outage, or whose sound stops, does not stop the recording.
void EncodingPipeline::keep_sound_up (GstClockTime time)
{
  const std::lock_guard lock (sound_mutex_);
  if (time < sound_end_ + kSoundPatience)
    return;
  sound_end_ = time - kSilence;
  const gsize size = gst_util_uint64_scale (kSilence, kBytesPerSecondOfSound, GST_SECOND);
  BufferPtr silence (gst_buffer_new_allocate (nullptr, size, nullptr));
  gst_buffer_memset (silence.get (), 0, 0, size);
  push (sound_.get (), std::move (silence), sound_end_ - kSilence);
}

void EncodingPipeline::take_end (bool of_pictures)
{
  GstAppSrc *source = of_pictures ? pictures_.get () : sound_.get ();
  if (source)
    gst_app_src_end_of_stream (source);
}

guint64 EncodingPipeline::left_out () const
{
  const guint64 numbered = frames ();
  return taken_ > numbered ? taken_ - numbered : 0;
}

}  // namespace numpro::media
