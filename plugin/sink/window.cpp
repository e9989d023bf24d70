/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window.h"

#include <algorithm>

namespace numpro {

namespace {

struct LedgerUnref {
  void operator() (GstNumproLedger *ledger) const { gst_numpro_ledger_unref (ledger); }
};

// Frames may come out of order by a little. Zero where a time is unknown.
GstClockTime time_between (const GstNumproSample &a, const GstNumproSample &b)
{
  if (!GST_CLOCK_TIME_IS_VALID (a.running_time) || !GST_CLOCK_TIME_IS_VALID (b.running_time))
    return 0;
  return std::max (a.running_time, b.running_time) - std::min (a.running_time, b.running_time);
}

}  // namespace

Window::Window (const WindowRule &rule, guint64 first_batch, std::string stream)
    : rule_ (rule), next_batch_ (first_batch), stream_ (std::move (stream))
{
}

// Numbers that start again, or a look that changes, would make a batch's answer ambiguous.
bool Window::belongs (const Exposure &exposure) const
{
  if (exposures_.empty ())
    return true;
  const GstNumproSample &sample = *exposure.sample;
  const auto clashes = [&] (const Exposure &other) {
    return other.sample->number == sample.number ||
           (rule_.time > 0 && time_between (*other.sample, sample) >= rule_.time);
  };
  return sample.slot > exposures_.back ().sample->slot &&
         exposures_.back ().look == exposure.look &&
         std::none_of (exposures_.begin (), exposures_.end (), clashes);
}

std::vector<FormedBatch> Window::add (Exposure exposure)
{
  std::vector<FormedBatch> formed;
  if (!belongs (exposure)) {
    formed = finish ();
    // What is kept for an overlap may not go with the new sample either.
    while (!belongs (exposure))
      exposures_.pop_front ();
  }
  exposures_.push_back (std::move (exposure));
  ++fresh_;
  if (rule_.size > 0 && exposures_.size () >= rule_.size)
    formed.push_back (form ());
  return formed;
}

std::vector<FormedBatch> Window::finish ()
{
  std::vector<FormedBatch> formed;
  if (fresh_ > 0)
    formed.push_back (form ());
  return formed;
}

std::vector<guint64> Window::clear ()
{
  std::vector<guint64> lost;
  for (std::size_t i = exposures_.size () - fresh_; i < exposures_.size (); ++i)
    lost.push_back (exposures_[i].sample->number);
  exposures_.clear ();
  fresh_ = 0;
  return lost;
}

FormedBatch Window::form ()
{
  const std::unique_ptr<GstNumproLedger, LedgerUnref> ledger (
      gst_numpro_ledger_new (next_batch_++, stream_.c_str ()));
  const Look &look = exposures_.front ().look;
  gst_numpro_ledger_set_look (ledger.get (), look.color, look.halign, look.valign);
  for (const Exposure &exposure : exposures_)
    gst_numpro_ledger_append (ledger.get (), exposure.sample.get ());
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  for (const Exposure &exposure : exposures_)
    gst_numpro_batch_add_image (batch.get (), exposure.sample->image, exposure.jpeg.get ());

  FormedBatch formed = {std::move (batch), fresh_};
  fresh_ = 0;
  while (exposures_.size () > rule_.overlap)
    exposures_.pop_front ();
  return formed;
}

}  // namespace numpro
