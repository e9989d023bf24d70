/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <filesystem>

/** An empty directory that goes with all that is in it. */
class TemporaryDirectory
{
 public:
  TemporaryDirectory ()
  {
    gchar *made = g_dir_make_tmp ("numpro-XXXXXX", nullptr);
    path_ = made;
    g_free (made);
  }
  ~TemporaryDirectory () { std::filesystem::remove_all (path_); }
  TemporaryDirectory (const TemporaryDirectory &) = delete;
  TemporaryDirectory &operator= (const TemporaryDirectory &) = delete;

  const std::filesystem::path &path () const { return path_; }

 private:
  std::filesystem::path path_;
};
