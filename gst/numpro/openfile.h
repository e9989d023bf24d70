/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace numpro {

/** A file that is closed at the end of its scope. All functions throw FileError. */
class OpenFile
{
 public:
  /** @param flags of open () */
  OpenFile (const std::filesystem::path &path, int flags);
  ~OpenFile ();
  OpenFile (const OpenFile &) = delete;
  OpenFile &operator= (const OpenFile &) = delete;

  void write (std::string_view contents);

  /** Keeps others that call this waiting until the file is closed. */
  void lock ();

  std::uint64_t size () const;

  /** Up to so many bytes from there; fewer at the file's end. */
  std::string read (std::uint64_t offset, std::size_t size) const;

  /** Cuts off what follows the first `size` bytes. */
  void truncate (std::uint64_t size);

  /** What was written is on the disk afterwards. */
  void sync ();

 private:
  std::filesystem::path path_;
  int fd_;
};

}  // namespace numpro
