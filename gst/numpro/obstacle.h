/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproObstacle:
 * @GST_NUMPRO_OBSTACLE_NONE: there is none
 * @GST_NUMPRO_OBSTACLE_EMPTY: the model said nothing
 * @GST_NUMPRO_OBSTACLE_CUT: it was cut before its end, by the limit on tokens or the connection
 * @GST_NUMPRO_OBSTACLE_FILTERED: it was cut or withheld by the server's filter of contents
 * @GST_NUMPRO_OBSTACLE_REASONING: it is empty but for its reasoning
 * @GST_NUMPRO_OBSTACLE_BLIND: the model says that it sees no frames, or no numbers on them
 * @GST_NUMPRO_OBSTACLE_REFUSED: the model does not want to answer
 * @GST_NUMPRO_OBSTACLE_CANNOT_TELL: it does not say when, according to the model itself
 * @GST_NUMPRO_OBSTACLE_TIMES: it names times, not frames
 * @GST_NUMPRO_OBSTACLE_SEVERAL: it may be read in more than one way
 * @GST_NUMPRO_OBSTACLE_REVERSED: it names a last frame that comes before the first
 * @GST_NUMPRO_OBSTACLE_CONTRADICTION: it says that the event is visible, and that it is not
 * @GST_NUMPRO_OBSTACLE_SHAPE: it is JSON of another shape than was asked for, or broken JSON
 * @GST_NUMPRO_OBSTACLE_SCORES: its scores are out of range, or not as many as its frames
 * @GST_NUMPRO_OBSTACLE_EXAMPLE: it repeats the example of the question
 * @GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD: it has words that are not known to be harmless
 * @GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER: it names a number that is not in the batch
 * @GST_NUMPRO_OBSTACLE_AMBIGUOUS_NUMBER: it names a number that several samples of the batch have
 * @GST_NUMPRO_OBSTACLE_INVENTED: asked back, the model names a number that its answer does not have
 * @GST_NUMPRO_OBSTACLE_OTHER: what gst_numpro_answer_invalidate() was told
 *
 * Why an answer is not valid.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_OBSTACLE_NONE,
  GST_NUMPRO_OBSTACLE_EMPTY,
  GST_NUMPRO_OBSTACLE_CUT,
  GST_NUMPRO_OBSTACLE_FILTERED,
  GST_NUMPRO_OBSTACLE_REASONING,
  GST_NUMPRO_OBSTACLE_BLIND,
  GST_NUMPRO_OBSTACLE_REFUSED,
  GST_NUMPRO_OBSTACLE_CANNOT_TELL,
  GST_NUMPRO_OBSTACLE_TIMES,
  GST_NUMPRO_OBSTACLE_SEVERAL,
  GST_NUMPRO_OBSTACLE_REVERSED,
  GST_NUMPRO_OBSTACLE_CONTRADICTION,
  GST_NUMPRO_OBSTACLE_SHAPE,
  GST_NUMPRO_OBSTACLE_SCORES,
  GST_NUMPRO_OBSTACLE_EXAMPLE,
  GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD,
  GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER,
  GST_NUMPRO_OBSTACLE_AMBIGUOUS_NUMBER,
  GST_NUMPRO_OBSTACLE_INVENTED,
  GST_NUMPRO_OBSTACLE_OTHER,
} GstNumproObstacle;

#define GST_TYPE_NUMPRO_OBSTACLE (gst_numpro_obstacle_get_type ())

GST_NUMPRO_API GType gst_numpro_obstacle_get_type (void);

G_END_DECLS
