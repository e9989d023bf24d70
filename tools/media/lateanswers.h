/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "earlierfiles.h"
#include "lib/base/owned.h"
#include "segmentanswers.h"

namespace numpro::media {

/** What is known about a file that an earlier run wrote. */
struct LateEvents {
  RecordedFile file;
  FileEvents events;
  bool is_settled = false; /**< all is known about it */
};

/** Finds the files of earlier runs that answers belong to which come now. */
class LateAnswers
{
 public:
  /** @param directory of bundles, which is kept by numprosink */
  LateAnswers (const std::string &directory, std::vector<std::string> earlier_files)
      : directory_ (gst_numpro_bundle_dir_new (directory.c_str ())),
        files_ (std::move (earlier_files))
  {
  }

  /** The files that a batch of an earlier run is about, with all that is known about them. */
  std::vector<LateEvents> events_about (guint64 batch);

 private:
  bool add (SegmentAnswers &answers, guint64 batch, const RecordedFile &file) const;
  LateEvents events_of (const RecordedFile &file, guint64 batch) const;

  const BundleDirPtr directory_;
  EarlierFiles files_;
};

}  // namespace numpro::media
