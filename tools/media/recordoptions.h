/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "input.h"
#include "overlayoptions.h"

namespace numpro::media {

/** What the command line of `numpro record` asks for. */
struct RecordOptions {
  std::string source; /**< what a user named; may carry a password */
  std::string output;
  std::optional<GstClockTime> duration; /**< after which recording ends; none: by itself */
  std::optional<GstClockTime> segment;  /**< of a file, after which the next is begun */
  bool is_forced = false;               /**< an output that is there is written again */
  std::vector<std::string> questions;   /**< asked while recording goes on */
  std::string endpoint, model;          /**< of who is asked */
  bool asks_stand_in = false;           /**< numpro-reader is started and asked */
  OverlayOptions look{OverlayOptions::Values{{"numbering", "time"}}};

  /**
   * After gst_init(). Shows the help and ends the program where that is asked for.
   * @return what is wrong with the command line, in a sentence that names no secret, or nothing
   */
  std::string parse (int argc, char **argv);

  /** The source, or a sentence that says why there is none. */
  std::variant<Input, std::string> find_input () const;

 private:
  std::string problem_of_questions () const;
};

}  // namespace numpro::media
