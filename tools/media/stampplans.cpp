/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampplans.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>

namespace numpro::media {

namespace {

namespace fs = std::filesystem;

std::string only_files (const std::string &input)
{
  return input + " is no file; numpro stamp takes recordings. Store a stream in a file first.";
}

// That of a file in a directory that is written to.
std::string obstacle_of_directory (const fs::path &output)
{
  const fs::path directory = output.has_parent_path () ? output.parent_path () : fs::path (".");
  std::error_code error;
  if (!fs::is_directory (directory, error))
    return directory.string () + " is no directory; make it, or name another output.";
  if (access (directory.c_str (), W_OK) != 0)
    return directory.string () + ": " + g_strerror (errno) + "; name another output.";
  return {};
}

// "frames" for "frames/", which has a file name then.
std::string without_slash (std::string path)
{
  while (path.size () > 1 && path.ends_with ('/'))
    path.pop_back ();
  return path;
}

// That of a directory which pictures are to be written into.
std::string obstacle_of_frames (const fs::path &output)
{
  std::error_code error;
  if (!fs::exists (output, error) || FrameDirectory::is_complete (output) ||
      fs::is_empty (output, error))
    return {};
  return output.string () +
         " is there, but without the ledger of numbered pictures; name another directory.";
}

}  // namespace

std::variant<std::vector<StampPlan>, std::string> stamp_plans (const StampOptions &options)
{
  std::error_code error;
  const bool is_one = options.inputs.size () == 1;
  if (is_one && options.is_frames)
    return std::vector<StampPlan>{
        {options.inputs.front (), without_slash (options.output), std::nullopt}};
  const bool into_directory =
      !is_one || options.output.ends_with ('/') || fs::is_directory (options.output, error);
  if (!into_directory) {
    const auto container = Container::of (options.output);
    if (!container)
      return options.output + " has none of the extensions " + Container::extensions () +
             "; several inputs go to a directory.";
    return std::vector<StampPlan>{{options.inputs.front (), options.output, *container}};
  }
  std::vector<StampPlan> plans;
  std::map<std::string, std::string> inputs;  // by output
  for (const std::string &input : options.inputs) {
    const fs::path output = fs::path (options.output) / (fs::path (input).stem ().string () +
                                                         (options.is_frames ? "" : ".mkv"));
    const auto [other, is_new] = inputs.emplace (output, input);
    if (!is_new)
      return other->second + " and " + input + " would both be written to " + output.string () +
             "; stamp them into different directories.";
    plans.push_back ({input, output, Container::of (output)});
  }
  return plans;
}

std::string obstacle_to (const StampPlan &plan)
{
  std::error_code error;
  const fs::file_status status = fs::status (plan.input, error);
  if (!fs::exists (status))
    return gst_uri_is_valid (plan.input.c_str ())
               ? only_files (plan.input)
               : plan.input + ": " + (error ? error.message () : g_strerror (ENOENT)) + ".";
  if (fs::is_directory (status))
    return plan.input + " is a directory; name the files in it.";
  if (!fs::is_regular_file (status))
    return only_files (plan.input);
  if (access (plan.input.c_str (), R_OK) != 0)
    return plan.input + ": " + g_strerror (errno) + ".";
  if (fs::file_size (plan.input, error) == 0)
    return plan.input + " is empty.";
  if (fs::equivalent (plan.input, plan.output, error))
    return plan.output + " is the input itself; name another output.";
  if (!plan.container) {
    if (const std::string obstacle = obstacle_of_frames (plan.output); !obstacle.empty ())
      return obstacle;
  } else if (fs::is_directory (plan.output, error)) {
    return plan.output + " is a directory; name a file in it.";
  }
  return obstacle_of_directory (plan.output);
}

}  // namespace numpro::media
