/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <filesystem>
#include <string>

namespace numpro::bench {

/** A new directory that goes with all that is in it: in memory where there is /dev/shm, so that
 *  everybody's files cost the same. */
class ScratchDirectory
{
 public:
  ScratchDirectory ();
  ~ScratchDirectory ();
  ScratchDirectory (const ScratchDirectory &) = delete;
  ScratchDirectory &operator= (const ScratchDirectory &) = delete;

  const std::filesystem::path &path () const { return path_; }

  /** A new directory inside. */
  std::string make (const std::string &name) const;

 private:
  std::filesystem::path path_;
};

}  // namespace numpro::bench
