/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "windowreader.h"

#include <utility>

namespace numpro::asking {

namespace {

constexpr GstClockTime kTick = 50 * GST_MSECOND;
// Where there are no more windows nothing waits for the next one, but the end may be on its way.
constexpr GstClockTime kShortTick = 5 * GST_MSECOND;
// In it the error may be on its way that says why.
constexpr gint64 kTimeToHear = G_USEC_PER_SEC / 4;
constexpr gint64 kPatience = 60 * G_USEC_PER_SEC;  // in which not one frame comes

class Reading
{
 public:
  Reading (WindowPipeline &pipeline, const std::string &name, const WindowListener &listener)
      : pipeline_ (pipeline),
        name_ (name),
        listener_ (listener),
        bus_ (gst_element_get_bus (pipeline.get ()))
  {
  }

  std::string run ()
  {
    while (!is_over_ && listener_.goes_on ()) {
      if (BatchPtr batch = pipeline_.next (kTick)) {
        last_progress_ = g_get_monotonic_time ();
        if (std::string why = listener_.keep (std::move (batch)); !why.empty ())
          return why;
        continue;
      }
      // Windows may still come behind the end.
      is_over_ = has_ended_;
      take_messages ();
      look_after_input ();
    }
    return problem_;
  }

 private:
  void take_messages ()
  {
    GstClockTime patience = kShortTick;
    while (const MiniObjectPtr<GstMessage> message{
        gst_bus_timed_pop (bus_.get (), std::exchange (patience, 0))}) {
      if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_EOS)
        has_ended_ = true;
      else if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_WARNING)
        listener_.note (media::text_of (message.get ()));
      else if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR && problem_.empty ())
        take_error (message.get ());
    }
  }

  // What could be decoded until then is the last window.
  void take_error (GstMessage *message)
  {
    const std::string text = media::text_of (message);
    const bool is_broken_off = pipeline_.frames () > 0 && pipeline_.is_from_input (message);
    problem_ = name_ + (is_broken_off ? " broke off: " : " cannot be read: ") + text;
    has_ended_ = !is_broken_off;
    if (is_broken_off)
      pipeline_.end_windows ();
  }

  void look_after_input ()
  {
    const gint64 now = g_get_monotonic_time ();
    const guint64 frames = pipeline_.frames ();
    if (std::exchange (frames_, frames) != frames)
      last_progress_ = now;
    const gint64 idle = now - last_progress_;
    const bool is_unheard = pipeline_.is_reading_over () && idle >= kTimeToHear;
    if (has_ended_ || !(is_unheard || idle >= kPatience))
      return;
    is_over_ = true;
    problem_ = name_ + (is_unheard ? " cannot be read: nothing in it can be played."
                                   : " cannot be read: no more frames come of it.");
  }

  WindowPipeline &pipeline_;
  const std::string &name_;
  const WindowListener &listener_;
  const ObjectPtr<GstBus> bus_;
  std::string problem_;
  bool has_ended_ = false, is_over_ = false;
  gint64 last_progress_ = g_get_monotonic_time ();
  guint64 frames_ = 0;
};

}  // namespace

std::string read_windows (WindowPipeline &pipeline, const std::string &name,
                          const WindowListener &listener)
{
  // A failure posts a message that says more than the return value.
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  std::string problem = Reading (pipeline, name, listener).run ();
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return problem;
}

}  // namespace numpro::asking
