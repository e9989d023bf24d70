/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "signals.h"

#include <gst/numpro/numpro.h>

#include <array>

namespace numpro {

namespace {

guint &number_of (SinkSignal signal)
{
  static std::array<guint, 2> numbers;
  return numbers[static_cast<std::size_t> (signal)];
}

}  // namespace

guint sink_signal (SinkSignal signal)
{
  return number_of (signal);
}

void install_sink_signals (GType type, const SinkActions &actions)
{
  const auto flags = static_cast<GSignalFlags> (G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION);
  /**
   * GstNumprosink::new-batch:
   * @sink: the element
   * @batch: (type GstNumpro.Batch): the batch
   *
   * A batch is there. Emitted from a thread of its own when #GstNumprosink:emit-signals is set;
   * while a handler runs, batches wait. Handlers must not change the element's state.
   */
  number_of (SinkSignal::kNewBatch) =
      g_signal_new ("new-batch", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr, G_TYPE_NONE,
                    1, GST_TYPE_NUMPRO_BATCH);
  /**
   * GstNumprosink::pull-batch:
   * @sink: the element
   *
   * Waits for the next batch. Where batches also leave by another way (#GstNumprosink:location,
   * #GstNumprosink:emit-signals) they are kept for pulling from the first pull on.
   *
   * Returns: (transfer full) (nullable): the batch; %NULL at the end of the stream or when stopped
   */
  g_signal_new_class_handler ("pull-batch", type, flags, actions.pull_batch, nullptr, nullptr,
                              nullptr, GST_TYPE_NUMPRO_BATCH, 0);
  /**
   * GstNumprosink::try-pull-batch:
   * @sink: the element
   * @timeout: how long to wait at most, in nanoseconds
   *
   * Like #GstNumprosink::pull-batch, but also returns %NULL when @timeout is over.
   *
   * Returns: (transfer full) (nullable): the batch
   */
  g_signal_new_class_handler ("try-pull-batch", type, flags, actions.try_pull_batch, nullptr,
                              nullptr, nullptr, GST_TYPE_NUMPRO_BATCH, 1, G_TYPE_UINT64);
  /**
   * GstNumprosink::pull-history:
   * @sink: the element
   * @from: stream time in nanoseconds
   * @to: stream time in nanoseconds, not included
   *
   * The samples that were to be seen between two instants of the recent past
   * (#GstNumprosink:history), whatever became of their batches, as a batch of its own number with
   * an image for each. Does not wait. Where numbers start again in between, those after are given.
   *
   * Returns: (transfer full) (nullable): the batch; %NULL when there are no such samples
   */
  g_signal_new_class_handler ("pull-history", type, flags, actions.pull_history, nullptr, nullptr,
                              nullptr, GST_TYPE_NUMPRO_BATCH, 2, G_TYPE_UINT64, G_TYPE_UINT64);
  /**
   * GstNumprosink::new-answer:
   * @sink: the element
   * @answer: (type GstNumpro.Answer): the answer
   *
   * A question is answered. Emitted from a thread of its own when #GstNumprosink:emit-signals is
   * set; while a handler runs, questions wait. Handlers must not change the element's state.
   */
  number_of (SinkSignal::kNewAnswer) =
      g_signal_new ("new-answer", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr,
                    G_TYPE_NONE, 1, GST_TYPE_NUMPRO_ANSWER);
  /**
   * GstNumprosink::ask:
   * @sink: the element
   * @question: what to ask
   * @from: stream time in nanoseconds
   * @to: stream time in nanoseconds, not included
   *
   * Asks the model about what was to be seen between two instants of the recent past
   * (#GstNumprosink:history). Does not wait; the answer comes as all others do.
   *
   * Returns: number of the batch that is asked about; %G_MAXUINT64 when nothing is asked, for want
   *   of an endpoint or of samples
   */
  g_signal_new_class_handler ("ask", type, flags, actions.ask, nullptr, nullptr, nullptr,
                              G_TYPE_UINT64, 3, G_TYPE_STRING, G_TYPE_UINT64, G_TYPE_UINT64);
  /**
   * GstNumprosink::probe:
   * @sink: the element
   *
   * Finds out what reaches the model: sends it as many numbered pictures as a batch has, which are
   * drawn, and asks which numbers are seen. Does not wait. What is found comes as a message
   * `numpro/probe`, and a warning where images are lost, mixed up or not read; where there is no
   * answer, as a message `numpro/failure`. Questions go on meanwhile.
   *
   * Returns: whether it was started; %FALSE below PAUSED, without #GstNumprosink:endpoint, and
   * while a probe is going on
   */
  g_signal_new_class_handler ("probe", type, flags, actions.probe, nullptr, nullptr, nullptr,
                              G_TYPE_BOOLEAN, 0);
}

}  // namespace numpro
