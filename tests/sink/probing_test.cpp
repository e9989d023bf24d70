/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Probes of a server, without an element.
//
// test_under_load: races between who begins probes, samples that come, who waits and the probe that
//   is going on; a probe that is told twice or not at all, two at once, one after the stop. With
//   the thread sanitizer, which is what it is for.

#include <atomic>
#include <thread>
#include <vector>

#include "plugin/sink/probing.h"
#include "tests/support/localserver.h"

using namespace numpro;

namespace {

class CountingListener final : public Listener
{
 public:
  explicit CountingListener (std::atomic<int> &told) : told_ (told) {}

  void on_probed (const Probed &event) override
  {
    fail_unless_in_loop (event.probe->finding == GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN, "%s",
                         event.probe->message);
    ++told_;
  }
  void on_probe_failed (const ProbeFailed &) override { ++told_; }

 private:
  std::atomic<int> &told_;
};

EventsPtr make_events (std::atomic<int> &told)
{
  std::vector<std::unique_ptr<Listener>> listeners;
  listeners.push_back (std::make_unique<CountingListener> (told));
  return std::make_shared<Events> ("test", std::move (listeners));
}

StartSettings settings_for (const LocalServer &server)
{
  StartSettings settings = {};
  settings.window.size = 2;
  settings.max_edge = 32;
  settings.jpeg_quality = 90;
  settings.ask.request_timeout = settings.ask.connect_timeout = 60 * GST_SECOND;
  settings.ask.endpoint = server.url ();
  settings.ask.endpoint.erase (settings.ask.endpoint.find ("/chat"));
  settings.ask.model = "local";
  settings.ask.retries = 0;
  settings.ask.probe_on_start = true;
  return settings;
}

}  // namespace

GST_START_TEST (test_under_load)
{
  std::atomic<int> requests = 0, under_way = 0, told = 0, begun = 0, released = 0;
  LocalServer server ([&] (const std::string &) -> std::optional<std::string> {
    fail_unless_in_loop (++under_way == 1, "two probes at once");
    g_usleep (500);
    --under_way;
    return ++requests % 5 == 0 ? std::nullopt : std::optional (LocalServer::completion ("7, 9"));
  });
  const StartSettings settings = settings_for (server);
  {
    Probing probing (settings, std::make_shared<Accounting> (), make_events (told),
                     [&] { ++released; });
    std::atomic<bool> is_over = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
      threads.emplace_back ([&] {
        while (!is_over) {
          begun += probing.begin ();
          g_usleep (200);
        }
      });
    }
    threads.emplace_back ([&] {
      for (int size = 16; !is_over; size = size == 16 ? 32 : 16)
        probing.note_sample ({0xffff0000, GST_NUMPRO_HALIGN_LEFT, GST_NUMPRO_VALIGN_TOP, {}}, size,
                             size);
    });
    threads.emplace_back ([&] {
      while (!is_over)
        probing.wait (std::chrono::milliseconds (1));
    });
    while (told < 30)
      g_usleep (1000);
    probing.stop ();
    fail_if (probing.begin ());
    is_over = true;
    for (std::thread &thread : threads)
      thread.join ();
    fail_if (probing.begin ());
  }
  // The one at the start is begun by a sample, or is the first that anybody begins.
  fail_unless (told == begun || told == begun + 1, "%d told of %d", told.load (), begun.load ());
  fail_unless_equals_int (released, told);
}
GST_END_TEST

static Suite *probing_suite ()
{
  Suite *suite = suite_create ("probing");
  TCase *tcase = tcase_create ("probing");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_under_load);
  return suite;
}

GST_CHECK_MAIN (probing)
