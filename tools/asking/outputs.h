/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "askoptions.h"

namespace numpro::asking {

/** Whether several files of events are written, into a directory then. */
bool has_output_directory (const AskOptions &options);

/** The file that events of a recording are written to in a format; empty = standard output. */
std::string output_path (const AskOptions &options, const std::string &name,
                         const std::string &format);

/** What names of pictures and clips of a recording's events begin with, in a directory. */
std::string event_prefix (const std::string &directory, const std::string &name);

/** What is wrong with where results are to go, in a sentence without a full stop, or nothing. */
std::string problem_of_outputs (const AskOptions &options);

/**
 * Makes the directories that results go to.
 * @return why they cannot be written there, in a sentence, or nothing
 */
std::string prepare_outputs (const AskOptions &options);

/** @return why that cannot be, in a sentence, or nothing; nothing is left of the file then */
std::string write_output (const std::string &path, const char *text);

/** That a file cannot be written, in a sentence. @param cause of errno */
std::string cannot_be_written (const std::string &path, int cause);

}  // namespace numpro::asking
