/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "lib/base/owned.h"

namespace numpro {

/** A directory of bundles: one directory per batch, named after its number. */
class BundleStore
{
 public:
  explicit BundleStore (std::filesystem::path location) : location_ (std::move (location)) {}

  /**
   * Makes the directory if need be, sees whether it can be written to, and removes what a killed
   * process left unfinished.
   *
   * @return what is wrong; empty when nothing is
   */
  std::string open ();

  /** One more than the highest batch there is; 0 when there is none. */
  guint64 next_batch () const;

  /**
   * Writes a batch and what is to be asked about it under a temporary name, to the disk, then gives
   * it its own: there is a whole bundle, or none. Makes the directory again if it was removed, but
   * not what is above it: where that is gone a disk is, and its place is not to be filled.
   *
   * @param cancelled asked between files, which may take long on a slow disk
   * @return what is wrong; empty when it is written
   */
  std::string write (GstNumproBatch *batch, const std::vector<PromptPtr> &prompts,
                     const std::function<bool ()> &cancelled) const;

  /**
   * Writes what was asked and answered into a bundle, and the answer as a line into answers.jsonl.
   * What is killed meanwhile leaves a bundle without its answer.
   *
   * @param bundle its directory; empty when there is none
   * @param index of the question about its batch, from 1
   * @param request, answer JSON
   * @return what is wrong; empty when all is written
   */
  std::string write_answer (const std::filesystem::path &bundle, guint index,
                            const std::string &request, const std::string &answer) const;

  /** Removes the oldest bundles until there are no more than this. */
  void keep (guint bundles) const;

  /** The batches that there are bundles of, in order. */
  std::vector<guint64> batches () const;

  /** Where a batch's bundle is. */
  std::filesystem::path path_of (guint64 batch) const;

 private:
  void append_answer (const std::string &answer) const;

  std::filesystem::path location_;
};

// Files in a bundle

constexpr const char *kLedgerName = "ledger.json";

/** What is asked; @param index of the question, from 1 */
std::string question_name (std::size_t index);
std::string answer_name (std::size_t index);

}  // namespace numpro
