/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "owned.h"

namespace numpro {

/** Says which file cannot be read or written, and why. Never leaves the library. */
class FileError : public std::runtime_error
{
 public:
  FileError (const std::filesystem::path &path, GQuark domain, gint code, const std::string &why)
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

}  // namespace numpro
