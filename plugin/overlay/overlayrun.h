/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "framecopier.h"
#include "legibility.h"
#include "lib/base/published.h"
#include "lib/picture/frameshape.h"
#include "lib/picture/streamorientation.h"
#include "numbering.h"
#include "recordednumbers.h"
#include "settings.h"
#include "stamper.h"
#include "timecheck.h"

namespace numpro {

/** What numproverlay did since its start. Any thread may read it. */
struct OverlayStats {
  Published<guint64> frames;
  Published<guint64> stamped;        /**< drawn on */
  Published<guint64> attached;       /**< number attached as a composition */
  Published<guint64> number;         /**< of the last frame */
  Published<guint64> without_number; /**< for which the recording has none of its own */
  Published<double> contrast;        /**< of the number, when last looked at; 0 = not known */

  void reset ()
  {
    for (Published<guint64> *count : {&frames, &stamped, &attached, &number, &without_number})
      *count = 0;
    contrast = 0;
  }
};

/** Numbers and stamps buffers between READY and READY. Belongs to the streaming thread. */
class OverlayRun
{
 public:
  /** @param element in whose name warnings and errors are posted; outlives this, as do the stats */
  OverlayRun (GstElement *element, const OverlaySettings &settings, OverlayStats &stats);

  /** Buffers have these caps from now on. @return false when they are no video */
  bool set_caps (GstCaps *caps);

  /** Takes note of how the frames that come lie. @param pad that the event came to */
  void note_orientation (GstPad *pad, GstEvent *event);

  /** Takes effect on the next buffer, but for the numbering, which stays as it was at the start. */
  void change_settings (OverlaySettings settings);

  /** The next buffer gets the first number again. */
  void reset_numbers ();

  /** As Numbering::note(). */
  void note (Numbering::Break time_line);

  /** The stream is over. */
  void end ();

  /**
   * The buffer to stamp for one that came in: the same where it is ours to change. Pixels are
   * copied only when they will be drawn on and others hold them too.
   *
   * @return null when there is no memory, and an error was posted
   */
  GstBuffer *make_writable (GstBuffer *input);

  /**
   * Draws the next number on a buffer, or attaches it, and adds the number meta.
   *
   * @param running_time of the buffer in ns; GST_CLOCK_STIME_NONE when unknown
   * @return GST_FLOW_ERROR when an error was posted; GST_BASE_TRANSFORM_FLOW_DROPPED for a frame
   * of a recording whose numbers have not begun yet
   */
  GstFlowReturn stamp (GstBuffer *buffer, GstClockTimeDiff running_time);

 private:
  // Where a stamp is on its frame, and the ink of its characters without outlines.
  struct Drawn {
    Box box, ink;
  };

  // What frames of one format need.
  struct Stream {
    explicit Stream (const GstVideoInfo &video_info)
        : info (video_info), shape (video_info), copier (video_info)
    {
    }

    GstVideoInfo info;
    FrameShape shape;
    GstVideoOrientationMethod orientation = GST_VIDEO_ORIENTATION_IDENTITY;  // as the stamper's
    bool in_system_memory = true;
    bool copies = false;                                // a frame was copied, and that was logged
    GstClockTime frame_duration = GST_CLOCK_TIME_NONE;  // by the caps
    FrameCopier copier;
    // Made for the first frame, and when the style or the orientation changes.
    std::unique_ptr<Stamper> stamper;
  };

  void make_stamper ();
  void tell_of_new_atlas (gint64 begin);
  void tell_of_refused_outline ();
  void tell_of_contrast ();
  void describe (GstNumproMeta &meta, const std::optional<Drawn> &drawn) const;
  bool draws_on (GstBuffer *buffer) const;
  // False where an error was posted.
  bool draw (GstBuffer *buffer, const Slot &slot, GstClockTimeDiff running_time,
             std::optional<Drawn> &drawn);
  GstFlowReturn take_recorded (GstBuffer *buffer, GstClockTimeDiff running_time);
  void tell_of_frame (GstBuffer *buffer, const Slot &slot, const Box &box);
  void tell_of_frame_left_out ();
  void fail_without_numbers ();
  void fail_without_time (const char *property);
  // None where an error was posted.
  std::optional<Slot> next_slot (GstBuffer *buffer, GstClockTimeDiff running_time);

  GstElement *element_;
  OverlayStats &stats_;
  OverlaySettings settings_;  // as of the current buffer
  Numbering numbering_;
  RecordedNumbers recorded_;
  bool told_of_frame_left_out_ = false;
  TimeCheck time_check_;
  GstClockTime last_start_ = GST_CLOCK_TIME_NONE;  // of a slot, as far as it is known
  StreamOrientation orientation_;
  AtlasPtr atlas_;                      // that was drawn last
  std::set<std::string> fonts_missed_;  // and warned about
  Legibility legibility_;
  bool warned_of_contrast_ = false;
  std::optional<Stream> stream_;
};

}  // namespace numpro
