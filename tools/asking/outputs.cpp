/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outputs.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <vector>

namespace numpro::asking {

namespace {

namespace fs = std::filesystem;

constexpr char kCure[] = "name another output, or make room, and run the same command again";

// Also of a directory that ends in a slash, or is ".".
std::string stem_of (const std::string &name)
{
  const TextPtr path (g_canonicalize_filename (name.c_str (), nullptr));
  return fs::path (path.get ()).stem ().string ();
}

// Which recordings would be written to the same place, or nothing. A recording that is named twice
// is written twice.
std::string clash_of (const AskOptions &options, const std::string &directory)
{
  std::map<std::string, std::string> videos;  // by stem
  std::error_code ignored;
  for (const std::string &video : options.videos) {
    const auto [other, is_new] = videos.emplace (stem_of (video), video);
    if (!is_new && !fs::equivalent (video, other->second, ignored))
      return other->second + " and " + video + " would both be written to " +
             (fs::path (directory) / stem_of (video)).string () +
             "...; ask about them in calls of their own";
  }
  return {};
}

std::string problem_of_directory (const AskOptions &options, const std::string &path,
                                  const std::string &option)
{
  std::error_code ignored;
  if (fs::exists (path, ignored) && !fs::is_directory (path, ignored))
    return option + "; " + path + " is a file";
  return clash_of (options, path);
}

std::string problem_of_file (const AskOptions &options, const std::string &path)
{
  std::error_code ignored;
  if (fs::is_directory (path, ignored))
    return path + " is a directory; name a file in it";
  for (const std::string &video : options.videos) {
    if (fs::equivalent (path, video, ignored))
      return path + " is one of the videos; name another output";
  }
  return {};
}

// Why files cannot be made in a directory, or nothing.
std::string obstacle_in (const fs::path &directory)
{
  if (access (directory.c_str (), W_OK | X_OK) == 0)
    return {};
  return directory.string () + ": " + g_strerror (errno) + "; name another output.";
}

std::string make_directory (const std::string &path)
{
  if (g_mkdir_with_parents (path.c_str (), 0777) != 0)
    return path + ": " + g_strerror (errno) + "; name another output.";
  return obstacle_in (path);
}

std::string obstacle_to_file (const fs::path &path)
{
  std::error_code ignored;
  const fs::path directory = path.has_parent_path () ? path.parent_path () : fs::path (".");
  if (!fs::is_directory (directory, ignored))
    return directory.string () + " is no directory; make it, or name another output.";
  return obstacle_in (directory);
}

}  // namespace

bool has_output_directory (const AskOptions &options)
{
  return !options.output.empty () && (options.formats.size () > 1 || options.videos.size () > 1);
}

std::string output_path (const AskOptions &options, const std::string &name,
                         const std::string &format)
{
  return has_output_directory (options)
             ? fs::path (options.output) / (stem_of (name) + "." + format)
             : fs::path (options.output);
}

std::string event_prefix (const std::string &directory, const std::string &name)
{
  return fs::path (directory) / stem_of (name);
}

std::string problem_of_outputs (const AskOptions &options)
{
  std::string problem;
  if (has_output_directory (options))
    problem =
        problem_of_directory (options, options.output, "-o names a directory for several files");
  else if (!options.output.empty ())
    problem = problem_of_file (options, options.output);
  if (problem.empty () && !options.sheets.empty ())
    problem = problem_of_directory (options, options.sheets, "--sheet names a directory");
  if (problem.empty () && !options.clips.empty ())
    problem = problem_of_directory (options, options.clips, "--clips names a directory");
  return problem;
}

std::string prepare_outputs (const AskOptions &options)
{
  std::string problem;
  if (has_output_directory (options))
    problem = make_directory (options.output);
  else if (!options.output.empty ())
    problem = obstacle_to_file (options.output);
  for (const std::string &directory : {options.sheets, options.clips}) {
    if (problem.empty () && !directory.empty ())
      problem = make_directory (directory);
  }
  return problem;
}

std::string write_output (const std::string &path, const char *text)
{
  GError *error = nullptr;
  errno = 0;
  if (g_file_set_contents (path.c_str (), text, -1, &error))
    return {};
  const int cause = errno;
  const ErrorPtr why (error);
  return cause != 0 ? cannot_be_written (path, cause) : std::string (why->message) + ".";
}

std::string cannot_be_written (const std::string &path, int cause)
{
  return path + " cannot be written: " + g_strerror (cause) + "; " + kCure + ".";
}

}  // namespace numpro::asking
