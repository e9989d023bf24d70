/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "recordedfiles.h"

namespace numpro::media {

/** A file of a recording, as the messages of recorded numbers in it tell. */
struct EarlierFile {
  RecordedFile file;
  guint64 first_slot = 0, last_slot = 0;
  GstClockTime first_utc = GST_CLOCK_TIME_NONE, last_utc = GST_CLOCK_TIME_NONE;
};

/** The files that earlier runs of a recording wrote. */
class EarlierFiles
{
 public:
  /** @param locations in the order in which they were written */
  explicit EarlierFiles (std::vector<std::string> locations) : locations_ (std::move (locations)) {}

  /** The slot of the last frame; none where no frame has one. Reads the last file. */
  std::optional<guint64> last_slot ();

  /**
   * The files that frames of a batch are in. Reads the first frame of some files, and those that it
   * returns, once each.
   */
  std::vector<EarlierFile> files_of (GstNumproLedger *ledger);

 private:
  enum class Extent { kFirstFrame, kWhole };
  class NumbersPipeline;
  using Read = std::map<std::string, std::optional<EarlierFile>>;

  static std::optional<EarlierFile> read (const std::string &location, Extent extent);
  const std::optional<EarlierFile> &known (const std::string &location, Extent extent);

  const std::vector<std::string> locations_;
  Read begun_, whole_;
};

}  // namespace numpro::media
