/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timelinejson.h"

#include <map>
#include <utility>

#include "gst/numpro/answerdata.h"
#include "gst/numpro/document.h"
#include "gst/numpro/enumnick.h"
#include "gst/numpro/miniobject.h"
#include "windowcheck.h"

namespace numpro {

namespace {

using LedgerPtr = OwnedBy<GstNumproLedger, gst_numpro_ledger_unref>;

Json event_to_json (const GstNumproEvent &event)
{
  Json json = {{"source", text_to_json (event.source)}};
  json.update (span_to_json (event.span));
  if (!event.has_numbers)
    json["first"] = json["last"] = nullptr;
  json["open-start"] = event.open_start == TRUE;
  json["open-end"] = event.open_end == TRUE;
  json["evidence"] = std::vector<guint> (event.evidence, event.evidence + event.n_evidence);
  return json;
}

Json stretch_to_json (const GstNumproStretch &stretch)
{
  Json json = {{"source", text_to_json (stretch.source)},
               {"state", enum_nick (GST_TYPE_NUMPRO_STRETCH_STATE, stretch.state)}};
  json.update (span_to_json (stretch.span));
  return json;
}

Json result_to_json (const QuestionResult &result)
{
  Json json = {{"question", result.question}};
  Json &events = json["events"] = Json::array ();
  for (const EventPtr &event : result.events)
    events.push_back (event_to_json (*event));
  Json &stretches = json["stretches"] = Json::array ();
  for (const StretchPtr &stretch : result.stretches)
    stretches.push_back (stretch_to_json (*stretch));
  return json;
}

Json ledger_to_json (GstNumproLedger *ledger)
{
  return parse_json (TextPtr (gst_numpro_ledger_to_json (ledger)).get ());
}

Json window_to_json (const Window &window, std::size_t ledger)
{
  return {{"ledger", ledger},
          {"question", window.question},
          {"answer", window.answer ? answer_to_json (window.answer->data) : Json ()},
          {"failure", window.answer ? Json () : Json (window.failure)}};
}

std::vector<LedgerPtr> read_ledgers (const JsonFields &fields)
{
  std::vector<LedgerPtr> ledgers;
  for (const Json &json : fields.array ("ledgers")) {
    GError *error = nullptr;
    ledgers.emplace_back (
        gst_numpro_ledger_new_from_json (dump_json_line (json).c_str (), -1, &error));
    const ErrorPtr owned (error);
    if (error)
      fields.fail (("ledgers[" + std::to_string (ledgers.size () - 1) + "]").c_str (),
                   error->message);
  }
  return ledgers;
}

Window read_window (const JsonFields &fields, const std::vector<LedgerPtr> &ledgers)
{
  const guint ledger = fields.get<guint> ("ledger");
  if (ledger >= ledgers.size ())
    fields.fail ("ledger", "there is none with this index");
  Window window{LedgerPtr (gst_numpro_ledger_ref (ledgers[ledger].get ())),
                fields.get<std::string> ("question"),
                nullptr,
                {}};
  if (fields.at ("answer").is_null ()) {
    window.failure = fields.get<std::string> ("failure");
    return window;
  }
  const JsonFields answer (fields.at ("answer"), "answer");
  require_version (answer);
  window.answer.reset (new_mini_object<GstNumproAnswer> (GST_TYPE_NUMPRO_ANSWER));
  window.answer->data = read_answer_data (answer);
  if (window.answer->data.question != window.question)
    fields.fail ("question", "not that of the answer");
  GError *error = nullptr;
  const bool is_good = has_spans_of (window.answer.get (), window.ledger.get (), &error);
  const ErrorPtr owned (error);
  if (!is_good)
    fields.fail ("answer", error->message);
  return window;
}

// Of an event that comes from no window.
TextEvent read_given (const JsonFields &fields, const std::string &question)
{
  const TextEvent event{question, fields.get<guint64> ("start"), fields.get<guint64> ("end")};
  if (!GST_CLOCK_TIME_IS_VALID (event.end) || event.end <= event.start)
    fields.fail ("end", "not after the start");
  return event;
}

}  // namespace

Json timeline_to_json (const TimelineData &timeline)
{
  Json json = new_document ();
  Json &ledgers = json["ledgers"] = Json::array ();
  Json windows = Json::array ();
  std::map<GstNumproLedger *, std::size_t> places;
  for (const Window &window : timeline.windows ()) {
    const auto [place, is_new] = places.try_emplace (window.ledger.get (), places.size ());
    if (is_new)
      ledgers.push_back (ledger_to_json (window.ledger.get ()));
    windows.push_back (window_to_json (window, place->second));
  }
  json["windows"] = std::move (windows);
  Json &questions = json["questions"] = Json::array ();
  for (const QuestionResult &result : timeline.results ())
    questions.push_back (result_to_json (result));
  return json;
}

void read_timeline (const JsonFields &fields, TimelineData &timeline)
{
  const std::vector<LedgerPtr> ledgers = read_ledgers (fields);
  fields.for_each ("windows", [&] (const JsonFields &window) {
    timeline.add_window (read_window (window, ledgers));
  });
  fields.for_each ("questions", [&timeline] (const JsonFields &question) {
    const auto text = question.get<std::string> ("question");
    question.for_each ("events", [&] (const JsonFields &event) {
      if (event.array ("evidence").empty ())
        timeline.add_given (read_given (event, text));
    });
  });
}

}  // namespace numpro
