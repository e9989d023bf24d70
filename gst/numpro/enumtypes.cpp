/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Registered by hand: what gst-inspect-1.0 and applications show to people of a value is the name
// that it is registered with, and what glib-mkenums makes of a header is its name in C.

#include "error.h"
#include "imagelabel.h"
#include "look.h"
#include "message.h"
#include "obstacle.h"
#include "probe.h"
#include "prompt.h"
#include "stretch.h"
#include "timeline.h"

G_DEFINE_ENUM_TYPE (GstNumproHAlign, gst_numpro_halign,
                    {GST_NUMPRO_HALIGN_LEFT, "At the left edge", "left"},
                    {GST_NUMPRO_HALIGN_CENTER, "In the middle", "center"},
                    {GST_NUMPRO_HALIGN_RIGHT, "At the right edge", "right"})

G_DEFINE_ENUM_TYPE (GstNumproVAlign, gst_numpro_valign,
                    {GST_NUMPRO_VALIGN_TOP, "At the top edge", "top"},
                    {GST_NUMPRO_VALIGN_CENTER, "In the middle", "center"},
                    {GST_NUMPRO_VALIGN_BOTTOM, "At the bottom edge", "bottom"})

G_DEFINE_ENUM_TYPE (GstNumproStamp, gst_numpro_stamp,
                    {GST_NUMPRO_STAMP_NUMBER, "The number: 12", "number"},
                    {GST_NUMPRO_STAMP_SECONDS, "Its time in seconds: 12.0s", "seconds"},
                    {GST_NUMPRO_STAMP_CLOCK, "Its time as a clock: 00:12", "clock"},
                    {GST_NUMPRO_STAMP_NONE, "Nothing", "none"})

G_DEFINE_ENUM_TYPE (GstNumproImageLabel, gst_numpro_image_label,
                    {GST_NUMPRO_IMAGE_LABEL_NONE, "No text", "none"},
                    {GST_NUMPRO_IMAGE_LABEL_NUMBER, "The number: Frame 12", "number"},
                    {GST_NUMPRO_IMAGE_LABEL_SECONDS, "The stream time: <12.0 seconds>", "seconds"})

G_DEFINE_ENUM_TYPE (
    GstNumproTask, gst_numpro_task, {GST_NUMPRO_TASK_MOMENT, "When something is visible", "moment"},
    {GST_NUMPRO_TASK_HIGHLIGHT, "Which frames are worth seeing, with a score", "highlight"},
    {GST_NUMPRO_TASK_DESCRIBE, "Free text that names frames by their numbers", "describe"})

G_DEFINE_ENUM_TYPE (GstNumproAnswerFormat, gst_numpro_answer_format,
                    {GST_NUMPRO_ANSWER_FORMAT_TEXT, "A sentence", "text"},
                    {GST_NUMPRO_ANSWER_FORMAT_JSON, "A JSON object that follows a schema", "json"})

G_DEFINE_ENUM_TYPE (GstNumproError, gst_numpro_error,
                    {GST_NUMPRO_ERROR_MALFORMED, "Text that is not what it should be", "malformed"},
                    {GST_NUMPRO_ERROR_NO_SUCH_NUMBER, "A number that no sample has",
                     "no-such-number"},
                    {GST_NUMPRO_ERROR_AMBIGUOUS, "A number that several samples have", "ambiguous"},
                    {GST_NUMPRO_ERROR_REVERSED, "A first number after the last one", "reversed"},
                    {GST_NUMPRO_ERROR_UNSUITABLE, "A format that cannot hold what is to be written",
                     "unsuitable"})

// What an answer's problem says, too.
G_DEFINE_ENUM_TYPE (
    GstNumproObstacle, gst_numpro_obstacle,
    {GST_NUMPRO_OBSTACLE_NONE, "Nothing is wrong with it", "none"},
    {GST_NUMPRO_OBSTACLE_EMPTY, "It is empty", "empty"},
    {GST_NUMPRO_OBSTACLE_CUT, "It was cut", "cut"},
    {GST_NUMPRO_OBSTACLE_FILTERED, "It was cut by the server's content filter", "filtered"},
    {GST_NUMPRO_OBSTACLE_REASONING, "It is empty but for its reasoning", "reasoning"},
    {GST_NUMPRO_OBSTACLE_BLIND, "The model says that it sees no frames, or no numbers", "blind"},
    {GST_NUMPRO_OBSTACLE_REFUSED, "The model refuses to answer", "refused"},
    {GST_NUMPRO_OBSTACLE_CANNOT_TELL, "It does not tell when", "cannot-tell"},
    {GST_NUMPRO_OBSTACLE_TIMES, "It names times, not frames", "times"},
    {GST_NUMPRO_OBSTACLE_SEVERAL, "It may be read in several ways", "several"},
    {GST_NUMPRO_OBSTACLE_REVERSED, "It names a last frame that comes before the first", "reversed"},
    {GST_NUMPRO_OBSTACLE_CONTRADICTION, "It contradicts itself", "contradiction"},
    {GST_NUMPRO_OBSTACLE_SHAPE, "Its JSON is not of the shape that was asked for", "shape"},
    {GST_NUMPRO_OBSTACLE_SCORES, "Its scores are not as was asked for", "scores"},
    {GST_NUMPRO_OBSTACLE_EXAMPLE, "It repeats the example of the question", "example"},
    {GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD, "It is not understood for certain", "not-understood"},
    {GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER, "It names a number that is not in the batch",
     "no-such-number"},
    {GST_NUMPRO_OBSTACLE_AMBIGUOUS_NUMBER, "It names a number that several frames have",
     "ambiguous-number"},
    {GST_NUMPRO_OBSTACLE_INVENTED,
     "Asked back, the model names a number that its answer does not have", "invented"},
    {GST_NUMPRO_OBSTACLE_OTHER, "It must not be relied on", "other"})

G_DEFINE_ENUM_TYPE (
    GstNumproLossReason, gst_numpro_loss_reason,
    {GST_NUMPRO_LOSS_REASON_OVERRUN, "Batches came faster than they were taken", "overrun"},
    {GST_NUMPRO_LOSS_REASON_ENCODE, "An image could not be encoded", "encode"},
    {GST_NUMPRO_LOSS_REASON_DISK, "A bundle could not be written or read", "disk"},
    {GST_NUMPRO_LOSS_REASON_FLUSH, "The stream was flushed", "flush"},
    {GST_NUMPRO_LOSS_REASON_STOP, "The element was stopped", "stop"},
    {GST_NUMPRO_LOSS_REASON_MODEL, "No question about the batch was answered", "model"},
    {GST_NUMPRO_LOSS_REASON_HTTP, "The server refused the request", "http"},
    {GST_NUMPRO_LOSS_REASON_REPLY, "What the server sent could not be read", "reply"},
    {GST_NUMPRO_LOSS_REASON_NETWORK, "The server could not be reached", "network"},
    {GST_NUMPRO_LOSS_REASON_TIMEOUT, "The server did not answer in time", "timeout"},
    {GST_NUMPRO_LOSS_REASON_TLS, "The server's certificate is not trusted", "tls"},
    {GST_NUMPRO_LOSS_REASON_UNAUTHORIZED, "The server did not take the key", "unauthorized"})

G_DEFINE_ENUM_TYPE (GstNumproServerState, gst_numpro_server_state,
                    {GST_NUMPRO_SERVER_STATE_AWAY, "It does not answer", "away"},
                    {GST_NUMPRO_SERVER_STATE_BACK, "It answers again", "back"})

G_DEFINE_ENUM_TYPE (
    GstNumproProbeFinding, gst_numpro_probe_finding,
    {GST_NUMPRO_PROBE_FINDING_GOOD, "All numbers were seen, in their order", "good"},
    {GST_NUMPRO_PROBE_FINDING_REORDERED, "Numbers were seen in another order", "reordered"},
    {GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED, "Of each two neighbours one was not seen",
     "neighbours-merged"},
    {GST_NUMPRO_PROBE_FINDING_FRONT_CUT, "The first numbers were not seen", "front-cut"},
    {GST_NUMPRO_PROBE_FINDING_END_CUT, "The last numbers were not seen", "end-cut"},
    {GST_NUMPRO_PROBE_FINDING_SOME_MISSING, "Some numbers were not seen", "some-missing"},
    {GST_NUMPRO_PROBE_FINDING_MISREAD, "Some numbers were read wrong", "misread"},
    {GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN, "None of the numbers was seen", "nothing-seen"})

G_DEFINE_ENUM_TYPE (GstNumproProbeSchema, gst_numpro_probe_schema,
                    {GST_NUMPRO_PROBE_SCHEMA_UNTRIED, "No schema was tried", "untried"},
                    {GST_NUMPRO_PROBE_SCHEMA_KEPT, "A schema is kept to", "kept"},
                    {GST_NUMPRO_PROBE_SCHEMA_IGNORED, "A schema is taken and ignored", "ignored"},
                    {GST_NUMPRO_PROBE_SCHEMA_REFUSED, "A schema is refused", "refused"})

G_DEFINE_ENUM_TYPE (GstNumproStretchState, gst_numpro_stretch_state,
                    {GST_NUMPRO_STRETCH_STATE_ANSWERED, "The answer is valid", "answered"},
                    {GST_NUMPRO_STRETCH_STATE_UNREAD, "The answer is not valid", "unread"},
                    {GST_NUMPRO_STRETCH_STATE_FAILED, "No answer came", "failed"})

G_DEFINE_ENUM_TYPE (GstNumproTimelineFormat, gst_numpro_timeline_format,
                    {GST_NUMPRO_TIMELINE_FORMAT_JSON, "All that is known, as JSON", "json"},
                    {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WebVTT subtitles", "webvtt"},
                    {GST_NUMPRO_TIMELINE_FORMAT_SRT, "SubRip subtitles", "srt"},
                    {GST_NUMPRO_TIMELINE_FORMAT_TSV, "A table with tabs", "tsv"},
                    {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, "Chapters for FFmpeg", "ffmetadata"},
                    {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS, "Chapters for Matroska, XML",
                     "matroska-chapters"},
                    {GST_NUMPRO_TIMELINE_FORMAT_EDL, "CMX3600 edit decision list", "edl"},
                    {GST_NUMPRO_TIMELINE_FORMAT_OTIO, "OpenTimelineIO markers", "otio"},
                    {GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO, "Label Studio timeline labels",
                     "label-studio"})
