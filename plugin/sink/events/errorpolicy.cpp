/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "errorpolicy.h"

#include "gst/numpro/enumnick.h"

namespace numpro {

namespace {

// What was asked for is no failure of the stream; what no model answered is complained about
// question by question.
bool is_complained_about (LossReason reason)
{
  return reason != GST_NUMPRO_LOSS_REASON_FLUSH && reason != GST_NUMPRO_LOSS_REASON_STOP &&
         reason != GST_NUMPRO_LOSS_REASON_MODEL;
}

std::string sentence_of (const Lost &event)
{
  const std::string batch = event.batch ? std::to_string (*event.batch) : "";
  const std::string what = event.question ? "The question about batch " + batch + " was lost: "
                           : event.batch  ? "Batch " + batch + " was lost: "
                                          : "Samples were lost: ";
  return what + event.sentence + ".";
}

}  // namespace

void ErrorPolicy::on_lost (const Lost &event)
{
  if (!is_complained_about (event.reason))
    return;
  // A key that the server does not take will not be taken for the next batch either.
  if (event.reason == GST_NUMPRO_LOSS_REASON_UNAUTHORIZED && unauthorized_.exchange (true))
    return;
  if (on_error_ == OnError::kWarn) {
    if (event.is_expected)
      return;
    post (GST_MESSAGE_WARNING, event);
    return;
  }
  // One is enough: the streaming thread sees it too.
  if (has_complained_.exchange (true))
    return;
  post (GST_MESSAGE_ERROR, event);
  // Only now: what the source says of a stream that ended comes after what ended it.
  *failed_ = true;
}

void ErrorPolicy::on_adapted (const Adapted &event)
{
  warn (GST_RESOURCE_ERROR_SETTINGS, event.sentence + ".", nullptr);
}

void ErrorPolicy::on_server_changed (const ServerChanged &event)
{
  // The first loss ends the stream, and says the same.
  if (on_error_ == OnError::kError && !event.postpones)
    return;
  if (event.state == GST_NUMPRO_SERVER_STATE_AWAY)
    warn (GST_RESOURCE_ERROR_READ,
          "The server is away: " + event.sentence +
              (event.postpones ? "; questions wait on the disk until it is back."
                               : "; questions are lost until it is back."),
          enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, event.reason));
  else
    gst_element_message_full (
        element_, GST_MESSAGE_INFO, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ,
        g_strdup_printf ("The server is back after %.0f s. Questions lost: %" G_GUINT64_FORMAT
                         "; asked now: %" G_GUINT64_FORMAT ".",
                         std::chrono::duration<double> (event.duration).count (), event.lost,
                         event.postponed),
        nullptr, __FILE__, GST_FUNCTION, __LINE__);
}

// No loss: models are asked in words that fit what they see.
void ErrorPolicy::on_numbers_unreadable (const NumbersUnreadable &event)
{
  warn (GST_RESOURCE_ERROR_SETTINGS, event.sentence, event.reason);
}

// A server that takes fewer images is told as what is done otherwise.
void ErrorPolicy::on_probed (const Probed &event)
{
  const GstNumproProbe *probe = event.probe;
  if (probe->finding != GST_NUMPRO_PROBE_FINDING_GOOD)
    warn (GST_RESOURCE_ERROR_SETTINGS, std::string (probe->message) + "; " + probe->cure + ".",
          enum_nick (GST_TYPE_NUMPRO_PROBE_FINDING, probe->finding));
}

// No loss: the stream goes on, and its questions are asked.
void ErrorPolicy::on_probe_failed (const ProbeFailed &event)
{
  if (is_complained_about (event.reason))
    warn (GST_RESOURCE_ERROR_READ, "The probe of the server failed: " + event.sentence + ".",
          enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, event.reason));
}

void ErrorPolicy::warn (gint code, const std::string &sentence, const char *debug)
{
  gst_element_message_full (element_, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, code,
                            g_strdup (sentence.c_str ()), g_strdup (debug), __FILE__, GST_FUNCTION,
                            __LINE__);
}

void ErrorPolicy::post (GstMessageType type, const Lost &event)
{
  const gint code = event.reason == GST_NUMPRO_LOSS_REASON_UNAUTHORIZED
                        ? GST_RESOURCE_ERROR_NOT_AUTHORIZED
                        : GST_RESOURCE_ERROR_WRITE;
  gst_element_message_full (element_, type, GST_RESOURCE_ERROR, code,
                            g_strdup (sentence_of (event).c_str ()), g_strdup (event.nick ()),
                            __FILE__, GST_FUNCTION, __LINE__);
}

}  // namespace numpro
