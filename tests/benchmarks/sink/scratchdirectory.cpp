/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scratchdirectory.h"

#include <stdlib.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace numpro::bench {

namespace {

constexpr const char *kMemory = "/dev/shm";

}  // namespace

ScratchDirectory::ScratchDirectory ()
{
  const fs::path parent =
      access (kMemory, W_OK) == 0 ? fs::path (kMemory) : fs::temp_directory_path ();
  std::string name = parent / "numpro-benchmark-XXXXXX";
  path_ = mkdtemp (name.data ())
              ? name
              : throw fs::filesystem_error ("no directory for files", name,
                                            std::error_code (errno, std::generic_category ()));
}

ScratchDirectory::~ScratchDirectory ()
{
  std::error_code ignored;
  fs::remove_all (path_, ignored);
}

std::string ScratchDirectory::make (const std::string &name) const
{
  fs::create_directories (path_ / name);
  return path_ / name;
}

}  // namespace numpro::bench
