/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bundlestore.h"
#include "outlet.h"
#include "plugin/sink/events/reporter.h"

namespace numpro {

/** Writes batches to disk. */
class DiskOutlet final : public ThreadedOutlet
{
 public:
  /**
   * @param store opened
   * @param max_bundles bundles to keep; 0 = all
   */
  DiskOutlet (std::size_t capacity, BundleStore store, guint max_bundles, Reporter &reporter);
  ~DiskOutlet () override;

  Duty duty () const override { return Duty::kStore; }

 private:
  void take (Ticket &ticket) override;

  BundleStore store_;
  guint max_bundles_;
  Reporter &reporter_;
};

}  // namespace numpro
