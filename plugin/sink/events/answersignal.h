/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "events.h"

namespace numpro {

/** Emits a signal of the element for each answer. */
class AnswerSignal final : public Listener
{
 public:
  /**
   * @param element outlives this
   * @param signal its number, as GLib counts
   */
  AnswerSignal (GstElement *element, guint signal) : element_ (element), signal_ (signal) {}

  void on_answered (const Answered &event) override
  {
    g_signal_emit (element_, signal_, 0, event.answer);
  }

 private:
  GstElement *element_;
  guint signal_;
};

}  // namespace numpro
