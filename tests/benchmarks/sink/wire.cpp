/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <memory>
#include <thread>

#include "arrivalserver.h"
#include "clocks.h"
#include "feed.h"
#include "measurements.h"
#include "scratchdirectory.h"
#include "stampedring.h"

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};
constexpr unsigned kImages = 32;

// From one frame to the next: encoders keep up, as they do at a camera's pace.
constexpr std::chrono::milliseconds kTick (10);

struct Entrant {
  std::string label;
  std::unique_ptr<ArrivalServer> server;  // outlives its client
  std::unique_ptr<Feed> feed;
  std::vector<double> first, last;  // milliseconds
  std::size_t bytes = 0;
};

Entrant make_entrant (const std::string &label, const std::string &properties)
{
  auto server = std::make_unique<ArrivalServer> ();
  auto feed = std::make_unique<Feed> (
      "numprosink name=sink max-edge=672 max-bundles=4 batch-size=" + std::to_string (kImages) +
          " question=x model=x endpoint=" + server->endpoint () + properties,
      kKind);
  return {label, std::move (server), std::move (feed), {}, {}, 0};
}

bool fail (const Entrant &entrant, const char *what)
{
  g_printerr ("%s: %s\n", entrant.label.c_str (), what);
  return false;
}

double milliseconds (Microseconds time)
{
  return time.count () / 1000;
}

// A batch, and when its request came in against when its last frame went in.
bool run_batch (Entrant &entrant, StampedRing &ring, guint64 first_slot)
{
  Microseconds last_frame{};
  for (guint64 slot = first_slot; slot < first_slot + kImages; ++slot) {
    std::this_thread::sleep_for (kTick);
    GstBuffer *frame = ring.next (slot * GST_SECOND / 30, slot);
    last_frame = wall_time ();
    if (!entrant.feed->push (frame))
      return fail (entrant, "a frame was not taken");
  }
  const std::optional<HttpRequest> arrival = entrant.server->wait ();
  if (!arrival)
    return fail (entrant, "no request came in");
  // The monotonic clock, as wall_time().
  if (arrival->first_byte.time_since_epoch () < last_frame)
    return fail (entrant, "a request came in before the last frame of its batch");
  entrant.first.push_back (milliseconds (arrival->first_byte.time_since_epoch () - last_frame));
  entrant.last.push_back (milliseconds (arrival->last_byte.time_since_epoch () - last_frame));
  entrant.bytes = arrival->body_size;
  return true;
}

void report (const Entrant &entrant, Findings &findings)
{
  findings.add (entrant.label, "first byte, median ms", percentile (entrant.first, 0.5));
  findings.add (entrant.label, "longest ms", std::ranges::max (entrant.first));
  findings.add (entrant.label, "last byte, median ms", percentile (entrant.last, 0.5));
  findings.add (entrant.label, "last byte, longest ms", std::ranges::max (entrant.last));
  findings.aim_at_most (entrant.label, "last byte, longest ms", 50);
  findings.add (entrant.label, "body, MB", static_cast<double> (entrant.bytes) / 1e6);
}

}  // namespace

bool measure_wire (const SinkPace &pace, Findings &findings)
{
  findings.begin (
      {"request",
       "From the moment that the last frame of a batch goes into numprosink until the body of its "
       "request comes in at a server on this machine: its first byte, and its last. " +
           std::to_string (kImages) +
           " images of 1920x1080 I420 frames, max-edge=672, a frame each " +
           std::to_string (kTick.count ()) + " ms; " + std::to_string (pace.wire_batches) +
           " batches of each. By the clock on the wall."});
  StampedRing ring (kKind, pace.ring_bytes);
  const ScratchDirectory scratch;
  std::vector<Entrant> all;
  all.push_back (make_entrant ("without location", ""));
  all.push_back (make_entrant ("with location", " location=" + scratch.make ("bundles")));
  for (Entrant &entrant : all) {
    if (!ring || !*entrant.server || !entrant.feed->start ())
      return fail (entrant, "did not start");
  }
  for (unsigned i = 0; i < pace.wire_batches; ++i) {
    for (Entrant &entrant : all) {
      if (!run_batch (entrant, ring, i * kImages))
        return false;
    }
  }
  for (const Entrant &entrant : all)
    report (entrant, findings);
  return true;
}

}  // namespace numpro::bench
