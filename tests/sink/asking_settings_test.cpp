/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Settings that nobody can be asked with.
//
// test_refused: a start with them, an error that does not name the property, or one that shows a
//   password; a sink that does not start either when they are set right.
// test_key: a key with a line break that is taken, or shown.
// test_shown: a password of an endpoint or a proxy that can be read.
// test_taken: settings refused that are right.
// test_task_while_playing: what is set while playing, and asked about the past as it was before.

#include "tests/support/askingpipeline.h"
#include "tests/support/localserver.h"
#include "tests/support/loopcheck.h"

namespace {

std::string line_for (const std::string &properties)
{
  return "videotestsrc num-buffers=1 ! numproverlay ! numprosink name=sink " + properties;
}

}  // namespace

GST_START_TEST (test_refused)
{
  const struct {
    const char *properties, *named;
  } kCases[] = {
      {"endpoint=http://localhost/v1", "model"},
      {"model=m endpoint=localhost", "endpoint"},
      {"model=m endpoint=/v1", "endpoint"},
      {"model=m endpoint=ftp://localhost/v1", "endpoint"},
      {"model=m endpoint=\"http://local host/v1\"", "endpoint"},
      {"model=m endpoint=http://user:hunter2@localhost/v1", "api-key"},
      {"model=m endpoint=http://hunter2@localhost/v1", "api-key"},
      {"model=m endpoint=http://localhost/v1 proxy=http://user:hunter2@localhost", "proxy"},
      {"model=m endpoint=http://localhost/v1 request-options=\"[1]\"", "request-options"},
      {"model=m endpoint=http://localhost/v1 request-options=\"{\\\"a\\\":\"", "request-options"},
      {"model=m endpoint=http://localhost/v1 request-options=\"max_tokens=3\"", "request-options"},
      {"model=m endpoint=http://localhost/v1 request-options=\"{\\\"stream\\\":true}\"",
       "request-options"},
      {"model=m endpoint=http://localhost/v1 prompt=\"{questoin}\"", "prompt"},
      {"model=m endpoint=http://localhost/v1 prompt=\"{question\"", "prompt"},
      {"model=m endpoint=http://localhost/v1 resume=true", "location"},
      {"model=m endpoint=http://localhost/v1 request-headers=headers,host=hunter2",
       "request-headers: host"},
      {"model=m endpoint=http://localhost/v1 api-key=hunter2 "
       "request-headers=headers,Authorization=hunter2",
       "Use one of them"},
  };
  for (const auto &one : kCases) {
    AskingPipeline pipeline (line_for (one.properties));
    fail_if (pipeline.play (), "%s: it starts", one.properties);
    fail_unless (pipeline.errors ().size () == 1, "%s: %d errors", one.properties,
                 static_cast<int> (pipeline.errors ().size ()));
    const std::string &error = pipeline.errors ()[0];
    fail_unless (error.find (one.named) != std::string::npos, "%s: %s", one.properties,
                 error.c_str ());
    fail_unless (pipeline.transcript ().find ("hunter2") == std::string::npos);

    pipeline.stop ();
    g_object_set (pipeline.sink (), "endpoint", nullptr, nullptr);
    fail_unless (pipeline.play (), "%s: it does not start again", one.properties);
    pipeline.stop ();
  }
}
GST_END_TEST

GST_START_TEST (test_key)
{
  AskingPipeline pipeline (line_for ("model=m endpoint=http://localhost:1/v1"));
  g_object_set (pipeline.sink (), "api-key", "hunter2\nX-Other: 1", nullptr);
  fail_if (pipeline.play ());
  fail_unless (pipeline.errors ()[0].find ("api-key") != std::string::npos, "%s",
               pipeline.errors ()[0].c_str ());
  fail_unless (pipeline.transcript ().find ("hunter2") == std::string::npos);
  pipeline.stop ();
  g_object_set (pipeline.sink (), "api-key", "hunter2\n", nullptr);
  fail_unless (pipeline.play ());
  pipeline.stop ();
}
GST_END_TEST

GST_START_TEST (test_shown)
{
  const struct {
    const char *set, *read;
  } kCases[] = {
      {nullptr, nullptr},
      {"http://localhost:1/v1", "http://localhost:1/v1"},
      {"http://localhost/@a?b=c@d", "http://localhost/@a?b=c@d"},
      {"http://user:hunter2@localhost", "http://***@localhost"},
      {"http://hunter2@localhost", "http://***@localhost"},
      {"user:hunter2@localhost:1", "***@localhost:1"},
      {"http://user:hunter 2@localhost", "http://***@localhost"},
      {"@", "***@"},
  };
  GstElement *sink = gst_element_factory_make ("numprosink", nullptr);
  for (const char *name : {"endpoint", "proxy"}) {
    for (const auto &one : kCases) {
      gchar *read = nullptr;
      g_object_set (sink, name, one.set, nullptr);
      g_object_get (sink, name, &read, nullptr);
      fail_unless_equals_string (read, one.read);
      g_free (read);
    }
  }
  gst_object_unref (sink);
}
GST_END_TEST

GST_START_TEST (test_taken)
{
  for (const char *properties :
       {"model=m endpoint=http://localhost:1/v1/", "model=m endpoint=https://[::1]:1",
        "model=m endpoint=http://localhost:1/v1 request-options=\"{\\\"max_tokens\\\":3}\"",
        "model=m endpoint=http://localhost:1/v1 prompt=\"{question} {first} {last}\"", "model=m",
        "request-options=nonsense", "resume=true"}) {
    AskingPipeline pipeline (line_for (properties));
    fail_unless (pipeline.play (), "%s: %s", properties,
                 pipeline.errors ().empty () ? "" : pipeline.errors ()[0].c_str ());
    pipeline.stop ();
    fail_unless (pipeline.errors ().empty ());
  }
}
GST_END_TEST

GST_START_TEST (test_task_while_playing)
{
  std::mutex lock_of_requests;
  std::vector<std::string> requests;
  LocalServer server ([&] (const std::string &request) {
    std::lock_guard lock (lock_of_requests);
    requests.push_back (request);
    return LocalServer::completion ("Colour bars (frames 0-3).");
  });
  const std::string url = server.url ();
  AskingPipeline pipeline (
      "videotestsrc num-buffers=8 ! numproverlay ! numprosink name=sink model=m "
      "restate=false endpoint=" +
      url.substr (0, url.find ("/chat")));
  fail_unless (pipeline.play ());
  pipeline.wait_for_end ();
  for (const auto &[task, words] :
       {std::pair ("moment", "During which frames"), std::pair ("describe", "Name the frames")}) {
    gst_util_set_object_arg (G_OBJECT (pipeline.sink ()), "task", task);
    const guint64 before = pipeline.counts ().answered;
    guint64 batch = 0;
    g_signal_emit_by_name (pipeline.sink (), "ask", "a test picture", guint64{0},
                           GST_CLOCK_TIME_NONE, &batch);
    fail_if (batch == G_MAXUINT64, "nothing is asked about");
    pipeline.wait_until ([&] (const AskingCounts &now) { return now.answered > before; });
    std::lock_guard lock (lock_of_requests);
    fail_unless (requests.back ().find (words) != std::string::npos, "%s is not asked for", task);
  }
  pipeline.stop ();
  fail_unless_equals_int (static_cast<int> (requests.size ()), 2);
}
GST_END_TEST

static Suite *settings_suite ()
{
  Suite *suite = suite_create ("settings");
  TCase *tcase = tcase_create ("settings");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_refused);
  tcase_add_test (tcase, test_key);
  tcase_add_test (tcase, test_shown);
  tcase_add_test (tcase, test_taken);
  tcase_add_test (tcase, test_task_while_playing);
  return suite;
}

GST_CHECK_MAIN (settings)
