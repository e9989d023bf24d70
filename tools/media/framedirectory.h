/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "lib/base/owned.h"

namespace numpro::media {

/** A directory of numbered pictures, "000012.jpg", and their ledger. */
class FrameDirectory
{
 public:
  /** Does nothing to the disk. */
  explicit FrameDirectory (std::filesystem::path path) : path_ (std::move (path)) {}

  /** Whether a directory has been completed. */
  static bool is_complete (const std::filesystem::path &path);

  /** Removes a directory of these; one with other files in it stays, with those. */
  static void remove (const std::filesystem::path &path);

  /** Makes the directory; what an earlier process left there is removed. @return why that cannot
   *  be, in a sentence, or nothing */
  std::string make ();

  /**
   * Writes the pictures of a batch. A sample that ends the batch before and opens this one is
   * written once.
   *
   * @return why that cannot be, in a sentence, or nothing
   */
  std::string add (GstNumproBatch *batch);

  /** Writes the ledger; all is on the disk then. @return why that cannot be, or nothing */
  std::string complete ();

  guint64 size () const { return samples_.size (); }

  /** Frames that were left out, as there was one of their number already. */
  guint64 repeated () const { return repeated_; }

 private:
  std::string write (const std::string &name, const void *contents, std::size_t size) const;

  const std::filesystem::path path_;
  std::vector<SamplePtr> samples_;
  std::set<std::string> names_;
  LedgerPtr look_;  // a ledger that has it
  guint64 repeated_ = 0;
};

}  // namespace numpro::media
