/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <turbojpeg.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "loopcheck.h"

inline std::string contents_of (const std::filesystem::path &path)
{
  std::ostringstream text;
  text << std::ifstream (path, std::ios::binary).rdbuf ();
  return text.str ();
}

/** Whether the bytes decode as a JPEG of this size, to the end and without a warning. */
inline bool is_whole_jpeg (const std::string &file, guint width, guint height)
{
  const std::unique_ptr<void, int (*) (tjhandle)> handle (tjInitDecompress (), tjDestroy);
  const auto *bytes = reinterpret_cast<const unsigned char *> (file.data ());
  int w = 0, h = 0, sampling = 0, space = 0;
  if (tjDecompressHeader3 (handle.get (), bytes, file.size (), &w, &h, &sampling, &space) != 0 ||
      static_cast<guint> (w) != width || static_cast<guint> (h) != height)
    return false;
  std::vector<unsigned char> pixels (static_cast<std::size_t> (3 * w * h));
  return tjDecompress2 (handle.get (), bytes, file.size (), pixels.data (), w, 3 * w, h, TJPF_RGB,
                        0) == 0;
}

/** Fails unless a bundle has a ledger and all images that it names. @return its numbers */
inline std::vector<guint64> numbers_of_whole_bundle (const std::filesystem::path &bundle)
{
  const std::string json = contents_of (bundle / "ledger.json");
  GError *error = nullptr;
  GstNumproLedger *ledger =
      gst_numpro_ledger_new_from_json (json.data (), static_cast<gssize> (json.size ()), &error);
  fail_unless_in_loop (ledger, "%s: %s", bundle.c_str (), error ? error->message : "");
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    fail_unless_in_loop (
        is_whole_jpeg (contents_of (bundle / sample->image), sample->width, sample->height),
        "%s/%s is no whole image", bundle.c_str (), sample->image);
    numbers.push_back (sample->number);
  }
  fail_unless_in_loop (std::to_string (gst_numpro_ledger_get_batch (ledger)) ==
                           std::to_string (std::stoull (bundle.filename ().string ())),
                       "%s has another batch's ledger", bundle.c_str ());
  gst_numpro_ledger_unref (ledger);
  return numbers;
}

/** The bundles in a directory, in order; what is hidden is none. */
inline std::vector<std::filesystem::path> bundles_in (const std::filesystem::path &directory)
{
  std::vector<std::filesystem::path> bundles;
  for (const auto &entry : std::filesystem::directory_iterator (directory)) {
    if (!entry.path ().filename ().string ().starts_with ("."))
      bundles.push_back (entry.path ());
  }
  std::sort (bundles.begin (), bundles.end ());
  return bundles;
}
