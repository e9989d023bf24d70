/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <filesystem>
#include <mutex>

namespace numpro {

/**
 * Keeps a directory for one writer: a lock of the kernel's on a file in it, which goes with the
 * process however that ends. Elements of one process exclude each other as processes do.
 * Thread-safe.
 */
class DirectoryLock
{
 public:
  DirectoryLock () = default;
  /** Releases the directory, also where a child of this process has what was open here. */
  ~DirectoryLock ();
  DirectoryLock (const DirectoryLock &) = delete;
  DirectoryLock &operator= (const DirectoryLock &) = delete;

  /**
   * Locks a directory that is there. Does not wait. Where the file system has no locks it does
   * nothing.
   *
   * @throw FileError %G_IO_ERROR_BUSY where another has it; it names that one's process
   */
  void take (const std::filesystem::path &directory);

  /**
   * Locks the directory that was taken once more where it was removed since: makes it again, but
   * not what is above it. To be called before something is written.
   *
   * @throw FileError as that of take()
   */
  void keep ();

  /** Whether there is a lock. */
  bool is_held () const;

 private:
  bool is_in_place (int file) const;
  void lock ();
  void release ();

  mutable std::mutex mutex_;
  std::filesystem::path directory_;
  int file_ = -1;  // open and locked
};

}  // namespace numpro
