/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace numpro {

/** Says which file cannot be read or written, and why. Never leaves the library. */
class FileError : public std::runtime_error
{
 public:
  FileError (const std::filesystem::path &path, GQuark domain, gint code, const char *why)
      : std::runtime_error (path.string () + ": " + why), domain_ (domain), code_ (code)
  {
  }

  /** What `number`, an errno, says. */
  FileError (const std::filesystem::path &path, int number = errno)
      : FileError (path, G_FILE_ERROR, g_file_error_from_errno (number), g_strerror (number))
  {
  }

  /** Takes the error. */
  FileError (const std::filesystem::path &path, GError *error)
      : FileError (path, error->domain, error->code, error->message)
  {
    g_error_free (error);
  }

  void set (GError **error) const { g_set_error_literal (error, domain_, code_, what ()); }

 private:
  GQuark domain_;
  gint code_;
};

/** What a function returns; nothing with the error set where it throws one. */
template <typename Function>
auto guarded (GError **error, Function function) -> decltype (function ())
{
  try {
    return function ();
  } catch (const FileError &failure) {
    failure.set (error);
    return {};
  }
}

/** What a power cut or a killed process leaves is whole: either there, or under this prefix. */
inline constexpr std::string_view kUnfinishedPrefix = ".unfinished-";

/** ".unfinished-NAME" beside a file or a directory. */
std::filesystem::path unfinished_beside (const std::filesystem::path &path);

/** Writes a new file to the disk. @throw FileError also where there is one already */
void write_file (const std::filesystem::path &path, std::string_view contents);

/** There is the whole file under its name afterwards, or none. @throw FileError */
void write_whole_file (const std::filesystem::path &path, std::string_view contents);

/** Adds a line at the end of a file that other threads and processes may write to as well.
 *  @throw FileError */
void append_line (const std::filesystem::path &path, std::string_view line);

/** A directory's entries are on the disk only once it is synced itself. @throw FileError */
void sync_directory (const std::filesystem::path &path);

/** Makes a directory, also the one that it is to be in if that is gone. @throw FileError */
void make_directory (const std::filesystem::path &path);

/** Renames a file or a directory, to the disk; as it was where that fails. @throw FileError */
void rename_to_disk (const std::filesystem::path &from, const std::filesystem::path &to);

/** Removes a file or a directory with all that is in it, as far as that is possible. */
void remove_quietly (const std::filesystem::path &path);

}  // namespace numpro
