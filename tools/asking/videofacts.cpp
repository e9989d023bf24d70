/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "videofacts.h"

#include <algorithm>

#include "lib/recording/recordedmessage.h"
#include "tools/media/videopipeline.h"

namespace numpro::asking {

namespace {

constexpr GstClockTime kTick = 100 * GST_MSECOND;
// numproverlay numbering=recorded waits as long for the first number.
constexpr GstClockTime kLookedAt = GST_SECOND;
constexpr GstClockTime kReadAhead = GST_SECOND / 2;
constexpr int kTicksToHear = 2;
constexpr int kTicksOfPatience = 300;  // of a disk that gives nothing

// Posts "seen" when enough of the video went by.
class InspectionPipeline : public media::VideoPipeline
{
 public:
  std::string build (const std::string &input)
  {
    if (std::string problem = build_reading (input, "fakesink name=end"); !problem.empty ())
      return problem;
    gst_pad_add_probe (
        pad ("end", "sink").get (), GST_PAD_PROBE_TYPE_BUFFER,
        [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
          static_cast<InspectionPipeline *> (self)->look_at (GST_PAD_PROBE_INFO_BUFFER (info));
          return GST_PAD_PROBE_OK;
        },
        this, nullptr);
    return {};
  }

  bool has_frames () const { return has_frames_; }
  bool has_numbers () const { return has_numbers_; }
  /** Of the recording; GST_CLOCK_TIME_NONE where it does not say so. */
  GstClockTime length () const { return is_over_ ? length_.load () : announced_duration (); }

  void tell_turn (VideoFacts &facts) const
  {
    const PadPtr end = pad ("end", "sink");
    for (guint i = 0;; ++i) {
      const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (end.get (), GST_EVENT_TAG, i));
      if (!event)
        return;
      GstTagList *tags = nullptr;
      gst_event_parse_tag (event.get (), &tags);
      gst_video_orientation_from_tag (tags, &facts.turn);
    }
  }

  void tell_form (VideoFacts &facts) const
  {
    const CapsPtr caps (gst_pad_get_current_caps (pad ("end", "sink").get ()));
    if (!caps)
      return;
    const GstStructure *form = gst_caps_get_structure (caps.get (), 0);
    gint n = 0, d = 1;
    if (gst_structure_get_fraction (form, "framerate", &n, &d) && n > 0 && d > 0) {
      facts.fps_n = n;
      facts.fps_d = d;
    }
    gint width = 0, height = 0;
    if (!gst_structure_get (form, "width", G_TYPE_INT, &width, "height", G_TYPE_INT, &height,
                            nullptr))
      return;
    // What there are too many of along one axis become fewer.
    const bool has_aspect = gst_structure_get_fraction (form, "pixel-aspect-ratio", &n, &d);
    const double aspect = has_aspect && n > 0 && d > 0 ? static_cast<double> (n) / d : 1;
    facts.width = width * std::min (aspect, 1.0);
    facts.height = height / std::max (aspect, 1.0);
  }

 private:
  void look_at (GstBuffer *buffer)
  {
    if (is_over_)
      return;
    has_frames_ = true;
    has_numbers_ = recorded_message_of (buffer).has_value ();
    const GstClockTime time = GST_BUFFER_DTS_OR_PTS (buffer);
    if (!GST_CLOCK_TIME_IS_VALID (first_))
      first_ = time;
    if (!has_numbers_ && !(GST_CLOCK_TIME_IS_VALID (time) && GST_CLOCK_TIME_IS_VALID (first_) &&
                           time > first_ + kLookedAt))
      return;
    length_ = length_until_here ();
    is_over_ = true;
    post (gst_structure_new_empty ("seen"));
  }

  // A demuxer that does not know it, as of a file that is still written, says how far it has read.
  GstClockTime length_until_here () const
  {
    const GstClockTime length = announced_duration ();
    return length <= read_duration () + kReadAhead ? GST_CLOCK_TIME_NONE : length;
  }

  GstClockTime first_ = GST_CLOCK_TIME_NONE;  // of the streaming thread
  std::atomic<GstClockTime> length_ = GST_CLOCK_TIME_NONE;
  std::atomic<bool> is_over_ = false, has_frames_ = false, has_numbers_ = false;
};

// Reads until enough was seen. Returns what is wrong, in a sentence, or nothing.
std::string look (InspectionPipeline &pipeline, const std::string &input)
{
  const ObjectPtr<GstBus> bus (gst_element_get_bus (pipeline.get ()));
  int idle_ticks = 0;
  for (int tick = 0; tick < kTicksOfPatience; ++tick) {
    const MiniObjectPtr<GstMessage> message (gst_bus_timed_pop_filtered (
        bus.get (), kTick,
        static_cast<GstMessageType> (GST_MESSAGE_EOS | GST_MESSAGE_ERROR |
                                     GST_MESSAGE_APPLICATION)));
    if (!message) {
      idle_ticks = pipeline.is_reading_over () ? idle_ticks + 1 : 0;
      if (idle_ticks < kTicksToHear)
        continue;
      return input + " cannot be read: nothing in it can be played.";
    }
    // What breaks off later is told when it is read as a whole.
    if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR && !pipeline.has_frames ())
      return input + " cannot be read: " + media::text_of (message.get ());
    if (gst_message_has_name (message.get (), "no-video"))
      return input + " has no picture that could be asked about.";
    return pipeline.has_frames () ? "" : input + " has no frame.";
  }
  return input + " cannot be read: no more comes of it.";
}

}  // namespace

VideoFacts find_facts (const std::string &input)
{
  VideoFacts facts;
  InspectionPipeline pipeline;
  facts.problem = pipeline.build (input);
  if (!facts.problem.empty ())
    return facts;
  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  facts.problem = look (pipeline, input);
  facts.duration = pipeline.length ();
  facts.has_numbers = pipeline.has_numbers ();
  pipeline.tell_form (facts);
  pipeline.tell_turn (facts);
  // While all of the pipeline is there that its threads use.
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return facts;
}

}  // namespace numpro::asking
