/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "server.h"

#include <cstdio>

#include "json.h"

namespace reader {

namespace {

constexpr unsigned kThreads = 2;

std::string models ()
{
  const Json model = {
      {"id", kModel}, {"object", "model"}, {"created", 0}, {"owned_by", "gst-numpro"}};
  return dump_json_line ({{"object", "list"}, {"data", Json::array ({model})}});
}

// "numpro-reader+hang" asks for a fault of its own. None: there is no such model.
std::optional<Fault> fault_in_model (const std::string &model, FaultPlan &plan)
{
  if (model == kModel)
    return plan.next ();
  const std::string prefix = std::string (kModel) + "+";
  return model.starts_with (prefix) ? Fault::parse (model.substr (prefix.size ())) : std::nullopt;
}

/** Calls a function once from a main context. */
void call_in (GMainContext *context, std::function<void ()> function)
{
  auto *call = new std::function<void ()> (std::move (function));
  GSource *source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (
      source,
      [] (gpointer data) -> gboolean {
        (*static_cast<std::function<void ()> *> (data)) ();
        return G_SOURCE_REMOVE;
      },
      call, [] (gpointer data) { delete static_cast<std::function<void ()> *> (data); });
  g_source_attach (source, context);
  g_source_unref (source);
}

}  // namespace

Server::Server (ServerSettings settings)
    : settings_ (std::move (settings)),
      context_ (g_main_context_ref_thread_default ()),
      server_ (soup_server_new ("server-header", "numpro-reader", nullptr)),
      pool_ (kThreads)
{
  soup_server_add_handler (server_.get (), nullptr, on_request, this, nullptr);
}

Server::~Server ()
{
  soup_server_disconnect (server_.get ());
  g_main_context_unref (context_);
}

std::string Server::start ()
{
  if (std::string problem = pool_.problem (); !problem.empty ())
    return problem;
  GError *error = nullptr;
  if (!soup_server_listen_local (server_.get (), settings_.port, SOUP_SERVER_LISTEN_IPV4_ONLY,
                                 &error)) {
    const ErrorPtr owned (error);
    return std::string ("Cannot listen: ") + error->message;
  }
  return {};
}

std::string Server::endpoint () const
{
  GSList *uris = soup_server_get_uris (server_.get ());
  const int port = g_uri_get_port (static_cast<GUri *> (uris->data));
  g_slist_free_full (uris, [] (gpointer uri) { g_uri_unref (static_cast<GUri *> (uri)); });
  return "http://127.0.0.1:" + std::to_string (port) + "/v1";
}

void Server::on_request (SoupServer *, SoupServerMessage *message, const char *path, GHashTable *,
                         gpointer self)
{
  static_cast<Server *> (self)->serve (message, path);
}

bool Server::is_allowed (SoupServerMessage *message) const
{
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  return settings_.api_key.empty () ||
         (authorization && authorization == "Bearer " + settings_.api_key);
}

void Server::serve (SoupServerMessage *message, const std::string &path)
{
  const std::string method = soup_server_message_get_method (message);
  const bool is_completion = path == "/v1/chat/completions", is_models = path == "/v1/models";
  if (!is_completion && !is_models)
    return send (message, Reply::error (404, "There is no " + path + "."));
  if (method != (is_completion ? "POST" : "GET"))
    return send (message, Reply::error (405, method + " is not for " + path + "."));
  if (!is_allowed (message))
    return send (message, Reply::error (401, "Incorrect API key provided."));
  if (is_models)
    return send (message, Reply{200, "application/json", {}, models ()});
  complete (message);
}

void Server::complete (SoupServerMessage *message)
{
  const BytesPtr body (soup_message_body_flatten (soup_server_message_get_request_body (message)));
  gsize size = 0;
  const auto *data = static_cast<const char *> (g_bytes_get_data (body.get (), &size));
  auto parsed = CompletionRequest::parse ({data, size});
  if (const std::string *problem = std::get_if<std::string> (&parsed))
    return send (message, Reply::error (400, *problem));
  auto &request = std::get<CompletionRequest> (parsed);
  const auto fault = fault_in_model (request.model, settings_.plan);
  if (!fault)
    return send (message, Reply::error (404, "The model '" + request.model + "' does not exist."));
  begin (message, std::move (request), *fault);
}

void Server::begin (SoupServerMessage *message, CompletionRequest request, const Fault &fault)
{
  const TaskRef task = tasks_.emplace (tasks_.end ());
  task->number = ++requests_;
  task->fault = fault;
  task->images = request.images.size ();
  task->start = g_get_monotonic_time ();
  task->exchange = std::make_unique<Exchange> (message, fault, [this, task] {
    task->is_gone = true;
    if (task->is_answered)
      tasks_.erase (task);
  });

  if (auto reply = reply_instead (fault, request))
    return finish (task, {*reply, 0, {}});
  const Delivery delivery = delivery_of (fault);
  if (delivery == Delivery::kNever || delivery == Delivery::kReset)
    return finish (task, {});
  const auto job = std::make_shared<CompletionJob> (std::move (request), fault);
  job->start (pool_, [this, task] (CompletionJob::Outcome outcome) {
    call_in (context_, [this, task, outcome] { finish (task, outcome); });
  });
}

void Server::finish (TaskRef task, const CompletionJob::Outcome &outcome)
{
  if (settings_.is_verbose)
    report (*task, outcome);
  task->is_answered = true;
  if (!task->is_gone)
    task->exchange->send (outcome.reply);
  // Others are at an end when their connection is.
  if (task->is_gone || delivery_of (task->fault) == Delivery::kWhole)
    tasks_.erase (task);
}

void Server::report (const Task &task, const CompletionJob::Outcome &outcome) const
{
  const Json line = {{"request", task.number},
                     {"images", task.images},
                     {"numbers", outcome.numbers},
                     {"fault", task.fault.name ()},
                     {"status", outcome.reply.status},
                     {"milliseconds", (g_get_monotonic_time () - task.start) / 1000},
                     {"answer", outcome.content}};
  std::printf ("%s\n", dump_json_line (line).c_str ());
  std::fflush (stdout);
}

}  // namespace reader
