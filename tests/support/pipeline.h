/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/app/gstappsink.h>

#include <string>
#include <vector>

#include "handles.h"

/** A launch line that runs for as long as this lives. Whatever goes wrong fails the test. */
class Pipeline
{
 public:
  explicit Pipeline (const std::string &line)
  {
    GError *error = nullptr;
    pipeline_.reset (gst_parse_launch (line.c_str (), &error));
    fail_unless (error == nullptr, "%s: %s", line.c_str (), error ? error->message : "");
    bus_.reset (gst_element_get_bus (pipeline_.get ()));

    // Appsinks keep what they get until it is asked for, be it after the end of the stream.
    GstIterator *sinks =
        gst_bin_iterate_all_by_element_factory_name (GST_BIN (pipeline_.get ()), "appsink");
    const auto configure = [] (const GValue *sink, gpointer) {
      g_object_set (g_value_get_object (sink), "sync", FALSE, "wait-on-eos", FALSE, nullptr);
    };
    gst_iterator_foreach (sinks, configure, nullptr);
    gst_iterator_free (sinks);
  }

  ~Pipeline () { gst_element_set_state (pipeline_.get (), GST_STATE_NULL); }
  Pipeline (const Pipeline &) = delete;
  Pipeline &operator= (const Pipeline &) = delete;

  GstElement *get () const { return pipeline_.get (); }
  GstBus *bus () const { return bus_.get (); }

  Element child (const char *name) const
  {
    Element element (gst_bin_get_by_name (GST_BIN (pipeline_.get ()), name));
    fail_unless (element != nullptr, "no element %s", name);
    return element;
  }

  void set_state (GstState state)
  {
    fail_unless (gst_element_set_state (pipeline_.get (), state) != GST_STATE_CHANGE_FAILURE);
  }

  /** Sets a state and waits until it is reached, if need be until frames have come that far. */
  void reach (GstState state)
  {
    set_state (state);
    const GstStateChangeReturn ret =
        gst_element_get_state (pipeline_.get (), nullptr, nullptr, kPatience);
    fail_unless (ret == GST_STATE_CHANGE_SUCCESS || ret == GST_STATE_CHANGE_NO_PREROLL,
                 "state %s not reached: %s", Text (g_enum_to_string (GST_TYPE_STATE, state)).get (),
                 Text (g_enum_to_string (GST_TYPE_STATE_CHANGE_RETURN, ret)).get ());
  }

  /** The next message of these types. */
  Message wait_for (int types)
  {
    Message message (
        gst_bus_timed_pop_filtered (bus_.get (), kPatience, static_cast<GstMessageType> (types)));
    fail_unless (message != nullptr, "nothing happened");
    return message;
  }

  /** Plays to the end of the stream. */
  void run ()
  {
    set_state (GST_STATE_PLAYING);
    wait_for_eos ();
  }

  void wait_for_eos ()
  {
    Message message = wait_for (GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_EOS)
      return;
    GError *error = nullptr;
    gst_message_parse_error (message.get (), &error, nullptr);
    ck_abort_msg ("%s", error->message);
  }

  /** Every buffer that an appsink has and gets until the stream ends. */
  std::vector<Buffer> pull_all (const char *appsink) const
  {
    std::vector<Buffer> frames;
    while (Buffer buffer = pull (appsink))
      frames.push_back (std::move (buffer));
    return frames;
  }

  /** The next buffer of an appsink; null at the end of the stream. */
  Buffer pull (const char *appsink) const
  {
    Element sink = child (appsink);
    Sample sample (gst_app_sink_try_pull_sample (GST_APP_SINK (sink.get ()), kPatience));
    if (!sample) {
      fail_unless (gst_app_sink_is_eos (GST_APP_SINK (sink.get ())), "no buffer came");
      return nullptr;
    }
    return Buffer (gst_buffer_ref (gst_sample_get_buffer (sample.get ())));
  }

 private:
  // Far longer than anything takes on a slow machine, and short of the test's own limit.
  static constexpr GstClockTime kPatience = 60 * GST_SECOND;

  Element pipeline_;
  Bus bus_;
};

/** Plays a launch line to its end. @return what came out of the appsink named "out" */
inline std::vector<Buffer> play (const std::string &line)
{
  Pipeline pipeline (line);
  pipeline.set_state (GST_STATE_PLAYING);
  std::vector<Buffer> frames = pipeline.pull_all ("out");
  pipeline.wait_for_eos ();
  return frames;
}
