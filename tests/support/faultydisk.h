/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <filesystem>

/**
 * A disk that fails when it is told to.
 *
 * While one lives, this process's calls that write below its directory go through it:
 * faultydisk.cpp stands before the C library's write(), fsync(), flock(), mkdir() and open(). To be
 * linked into programs that export their symbols. There is one at a time.
 */
class FaultyDisk
{
 public:
  explicit FaultyDisk (const std::filesystem::path &directory);
  ~FaultyDisk ();
  FaultyDisk (const FaultyDisk &) = delete;
  FaultyDisk &operator= (const FaultyDisk &) = delete;

  /** Room for so many bytes more, then ENOSPC. */
  void set_room (long bytes);

  /** EROFS for whatever would make a file or a directory. */
  void set_read_only (bool read_only);

  /** EIO when the directory itself is synced, as a bundle is once it has its name. */
  void set_directory_fails (bool fail);

  /** ENOLCK for whoever locks a file, as some network mounts say. */
  void set_without_locks (bool without_locks);

  /** While stuck, syncs do not come to an end. */
  void set_stuck (bool stuck);

  /** Every sync takes so long. */
  void set_delay (int milliseconds);

  /** Waits until a sync is on its way. */
  void wait_for_sync ();

  /** Syncs so far. */
  int syncs ();
};
