/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>
#include <vector>

#include "tools/media/elementoptions.h"

namespace numpro::asking {

/** What the command line of `numpro ask` asks for. */
struct AskOptions {
  AskOptions ();

  std::vector<std::string> videos;
  std::vector<std::string> questions;
  std::string bundles;   /**< asked about in place of videos; empty = none */
  std::string directory; /**< under which windows and answers are kept */
  std::string rate = "1/1";
  std::string refined_rate; /**< of windows around edges; empty = there are none */
  std::string key_file;
  std::string output;               /**< empty = standard output */
  std::string sheets;               /**< directory for pictures of events; empty = none */
  std::string clips;                /**< directory for clips of events; empty = none */
  std::vector<std::string> formats; /**< empty = a table */
  bool is_coarse = false;           /**< key frames are enough where each number has one */
  bool are_clips_copied = false;    /**< not encoded again */
  bool is_agreed = false, is_dry_run = false, asks_stand_in = false;
  media::ElementOptions element; /**< numprosink: what windows are made of, how a model is asked */

  /**
   * After gst_init(). Shows the help and ends the program where that is asked for.
   * @return what is wrong with the command line, in a sentence, or nothing
   */
  std::string parse (int argc, char **argv);

  /** Frames in a window. */
  guint batch_size () const;

 private:
  std::string check ();
  std::string check_clips () const;
};

/** A format that events are written in. */
struct OutputFormat {
  const char *name; /**< on the command line, and extension of files */
  GstNumproTimelineFormat format;
};

/** @return null where there is none of that name */
const OutputFormat *find_format (const std::string &name);

}  // namespace numpro::asking
