/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subjects.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "edges.h"

namespace numpro::asking {

namespace {

namespace fs = std::filesystem;

// All that windows and answers depend on, so that those of another call are not taken for these.
std::string fingerprint (const std::string &path, const AskOptions &options,
                         const std::string &model)
{
  struct stat status = {};
  stat (path.c_str (), &status);
  std::string text = path + '\n' + std::to_string (status.st_size) + '\n' +
                     std::to_string (status.st_mtim.tv_sec) + '.' +
                     std::to_string (status.st_mtim.tv_nsec) + '\n' + options.rate + '\n' +
                     options.refined_rate + '\n' + (options.is_coarse ? "key-frames\n" : "") +
                     model;
  for (const char *property : {"batch-size", "max-edge", "jpeg-quality", "layout", "grid-columns",
                               "grid-rows", "endpoint"})
    text += '\n' + options.element.text_of (property).value_or ("");
  const TextPtr sum (g_compute_checksum_for_string (G_CHECKSUM_SHA256, text.c_str (), -1));
  return std::string (sum.get ()).substr (0, 12);
}

// Why a recording cannot be asked about, as far as its name tells, in a sentence, or nothing. What
// is no file can be read but once, and it is read several times.
std::string obstacle_to (const std::string &video)
{
  const std::string no_file =
      video + " is no file; numpro ask takes recordings. Store a stream in a file first.";
  struct stat status = {};
  if (stat (video.c_str (), &status) != 0)
    return errno == ENOENT && gst_uri_is_valid (video.c_str ())
               ? no_file
               : video + ": " + g_strerror (errno) + ".";
  if (S_ISDIR (status.st_mode))
    return video + " is a directory; name the files in it.";
  if (!S_ISREG (status.st_mode))
    return no_file;
  return status.st_size == 0 ? video + " is empty." : "";
}

// Frames around edges have numbers between those of the others. Where frames come as often as
// numbers, numproverlay takes what is early or late for jitter; key frames are early or late.
std::string numbers_of (const AskOptions &options)
{
  if (!options.refined_rate.empty ())
    return options.refined_rate;
  return options.is_coarse ? "4000/" + std::to_string (period_of (options.rate) / GST_MSECOND)
                           : options.rate;
}

}  // namespace

Subject subject_of_video (const std::string &video, const AskOptions &options,
                          const std::string &model)
{
  Subject subject;
  subject.name = subject.video = video;
  const TextPtr path (g_canonicalize_filename (video.c_str (), nullptr));
  subject.facts.problem = obstacle_to (video);
  if (subject.facts.problem.empty ())
    subject.facts = find_facts (video);
  subject.sampling = {subject.facts.has_numbers, numbers_of (options), options.rate};
  subject.directory = fs::path (options.directory) / (fs::path (video).stem ().string () + "-" +
                                                      fingerprint (path.get (), options, model));
  return subject;
}

Subject subject_of_bundles (const std::string &directory)
{
  Subject subject;
  subject.name = subject.directory = directory;
  if (!g_file_test (directory.c_str (), G_FILE_TEST_IS_DIR))
    subject.facts.problem = directory + " is no directory of bundles.";
  return subject;
}

}  // namespace numpro::asking
