/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What GStreamer's own leaks tracer sees of the library's objects, in a process of its own.
//
// Would notice ledgers, batches, prompts and answers that the tracer does not know, so that an
// application that leaks one is told nothing; and one that the library itself keeps.

#include <gst/check/gstcheck.h>
#include <gst/numpro/numpro.h>

#include <string>

namespace {

// Makes one of each, and keeps those that are named.
void leak (const std::string &kept)
{
  GstNumproLedger *ledger = gst_numpro_ledger_new (1);
  GstNumproBatch *batch = gst_numpro_batch_new (ledger);
  GstNumproPrompt *prompt = gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, "a red car");
  GstNumproAnswer *answer = gst_numpro_answer_new (prompt, ledger, "Not visible");
  if (kept != "ledger")
    gst_numpro_ledger_unref (ledger);
  if (kept != "batch")
    gst_numpro_batch_unref (batch);
  if (kept != "prompt")
    gst_numpro_prompt_unref (prompt);
  if (kept != "answer")
    gst_numpro_answer_unref (answer);
}

// What the tracer says of a process that keeps it.
std::string report_on (const char *program, const char *kept)
{
  const gchar *argv[] = {program, kept, nullptr};
  gchar **environment = g_environ_setenv (g_get_environ (), "GST_TRACERS", "leaks", TRUE);
  environment = g_environ_setenv (environment, "GST_DEBUG", "GST_TRACER:7", TRUE);
  environment = g_environ_unsetenv (environment, "GST_DEBUG_FILE");
  gchar *errors = nullptr;
  GError *error = nullptr;
  fail_unless (g_spawn_sync (nullptr, const_cast<gchar **> (argv), environment, G_SPAWN_DEFAULT,
                             nullptr, nullptr, nullptr, &errors, nullptr, &error),
               "%s", error ? error->message : "");
  const std::string report = errors;
  g_free (errors);
  g_strfreev (environment);
  return report;
}

const char *own_program = nullptr;

}  // namespace

GST_START_TEST (test_leaks)
{
  const struct {
    const char *kept, *type;
  } kKept[] = {{"ledger", "GstNumproLedger"},
               {"batch", "GstNumproBatch"},
               {"prompt", "GstNumproPrompt"},
               {"answer", "GstNumproAnswer"}};
  for (const auto &row : kKept) {
    const std::string report = report_on (own_program, row.kept);
    fail_unless (report.find (std::string ("type-name=(string)") + row.type) != std::string::npos,
                 "%s", report.c_str ());
  }
  const std::string report = report_on (own_program, "nothing");
  fail_unless (report.find ("GstNumpro") == std::string::npos, "%s", report.c_str ());
}
GST_END_TEST

static Suite *leaks_suite ()
{
  Suite *suite = suite_create ("leaks");
  TCase *tcase = tcase_create ("leaks");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_leaks);
  return suite;
}

int main (int argc, char **argv)
{
  if (argc > 1) {
    gst_init (nullptr, nullptr);
    leak (argv[1]);
    gst_deinit ();
    return 0;
  }
  own_program = argv[0];
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (leaks_suite (), "leaks", __FILE__);
}
