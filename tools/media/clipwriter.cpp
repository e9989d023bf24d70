/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clipwriter.h"

#include <filesystem>
#include <memory>
#include <string_view>

#include "copiedclippipeline.h"
#include "exactclippipeline.h"
#include "filestamper.h"
#include "mp4orientation.h"

namespace numpro::media {

namespace {

constexpr GstClockTime kTick = 100 * GST_MSECOND;
// In the first of these the error may be on its way that says why.
constexpr int kTicksToHear = 3;
constexpr int kTicksOfPatience = 600;  // in which not one picture comes

std::unique_ptr<ClipPipeline> make_pipeline (const ClipPlan &plan, ClipCut cut)
{
  if (cut == ClipCut::kExact)
    return std::make_unique<ExactClipPipeline> (plan);
  return std::make_unique<CopiedClipPipeline> (plan, *Container::of (plan.output));
}

// Runs a pipeline until it has written its clip.
class Writing
{
 public:
  Writing (ClipPipeline &pipeline, const ClipPlan &plan, const ClipListener &listener)
      : pipeline_ (pipeline),
        plan_ (plan),
        output_ (plan.output),
        listener_ (listener),
        bus_ (gst_element_get_bus (pipeline.get ()))
  {
  }

  void run ()
  {
    // A failure posts a message that says more than the return value.
    gst_element_set_state (pipeline_.get (), GST_STATE_PLAYING);
    while (!is_over_ && listener_.goes_on ()) {
      const MiniObjectPtr<GstMessage> message (gst_bus_timed_pop_filtered (
          bus_.get (), kTick,
          static_cast<GstMessageType> (GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_WARNING |
                                       GST_MESSAGE_APPLICATION)));
      if (message)
        take (message.get ());
      else
        look_after_pictures ();
    }
    pipeline_.stop ();
  }

  /** Whether all of the clip is in the file that can be there. */
  bool is_written () const { return is_written_; }
  const std::string &problem () const { return problem_; }

 private:
  void take (GstMessage *message)
  {
    switch (GST_MESSAGE_TYPE (message)) {
      case GST_MESSAGE_EOS:
        end ();
        break;
      case GST_MESSAGE_ERROR:
        take_error (message);
        break;
      case GST_MESSAGE_WARNING:
        listener_.note (text_of (message));
        break;
      default:
        if (gst_message_has_name (message, "note"))
          listener_.note (gst_structure_get_string (gst_message_get_structure (message), "text"));
        break;
    }
  }

  void end ()
  {
    is_over_ = true;
    is_written_ = pipeline_.pictures () > 0;
    if (!is_written_ && problem_.empty ())
      problem_ = not_made (pipeline_.emptiness ());
  }

  // What could be read until then is the clip.
  void take_error (GstMessage *message)
  {
    const std::string text = text_of (message);
    if (pipeline_.is_from_output (message)) {
      fail (output_ + " cannot be written: " + text + " Make room, or name another directory.");
    } else if (!problem_.empty () || !pipeline_.is_from_input (message) ||
               pipeline_.pictures () == 0) {
      fail (not_made (text));
    } else {
      problem_ = output_ + " is not whole: " + plan_.input + " broke off: " + text;
      pipeline_.end_input ();
    }
  }

  std::string not_made (const std::string &why) const
  {
    return output_ + " is not made from " + plan_.input + ": " + why;
  }

  void fail (const std::string &problem)
  {
    if (problem_.empty ())
      problem_ = problem;
    is_over_ = true;
  }

  void look_after_pictures ()
  {
    const guint64 pictures = pipeline_.pictures ();
    idle_ticks_ = pictures == pictures_ ? idle_ticks_ + 1 : 0;
    pictures_ = pictures;
    listener_.reached (pipeline_.position ());
    if (idle_ticks_ >= kTicksToHear && pipeline_.is_reading_over () && pictures == 0)
      fail (not_made ("nothing in it can be played."));
    else if (idle_ticks_ >= kTicksOfPatience)
      fail (not_made ("no more pictures come of it."));
  }

  ClipPipeline &pipeline_;
  const ClipPlan &plan_;
  const std::string &output_;
  const ClipListener &listener_;
  const ObjectPtr<GstBus> bus_;
  std::string problem_;
  bool is_over_ = false, is_written_ = false;
  int idle_ticks_ = 0;
  guint64 pictures_ = 0;
};

}  // namespace

const char *clip_extension (ClipCut cut, GstVideoOrientationMethod turn)
{
  // Of GStreamer's muxers none says how pictures lie; in an MP4 file that can be done afterwards.
  return cut == ClipCut::kCopied && turn != GST_VIDEO_ORIENTATION_IDENTITY ? ".mp4" : ".mkv";
}

std::string write_clip (const ClipPlan &plan, ClipCut cut, GstVideoOrientationMethod turn,
                        const ClipListener &listener)
{
  ClipPlan unfinished = plan;
  unfinished.output = unfinished_name (plan.output);
  const std::unique_ptr<ClipPipeline> pipeline = make_pipeline (unfinished, cut);
  if (const std::string problem = pipeline->build (); !problem.empty ())
    return plan.output + " is not made: " + problem;
  Writing writing (*pipeline, plan, listener);
  writing.run ();
  std::string problem = writing.problem ();
  std::error_code error;
  if (writing.is_written () && clip_extension (cut, turn) == std::string_view (".mp4"))
    problem += write_orientation (unfinished.output, turn);
  if (writing.is_written ())
    std::filesystem::rename (unfinished.output, plan.output, error);
  if (error)
    problem = plan.output + ": " + error.message () + "; name another directory.";
  if (!writing.is_written () || error)
    std::filesystem::remove (unfinished.output, error);
  return problem;
}

}  // namespace numpro::media
