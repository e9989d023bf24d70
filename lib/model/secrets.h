/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "modeloptions.h"

namespace numpro {

/** What nobody may see in what a server says: keys and values of headers, which some repeat. */
class Secrets
{
 public:
  Secrets () = default;
  Secrets (std::initializer_list<std::string> secrets);

  /**
   * Adds a secret, also as it stands in a URL. What comes behind a blank in it is one too, because
   * servers repeat the key of "Bearer KEY" alone.
   */
  void add (const std::string &secret);

  /** A complaint with *** in place of all secrets of four bytes or more. */
  std::string hide_in_complaint (std::string text) const;

  /** A model's words with *** in place of the secrets that cannot be taken for such words. */
  std::string hide_in_answer (std::string text) const;

 private:
  void add_text (const std::string &text);

  std::vector<std::string> secrets_;
};

/** All that requests hold to show who asks. */
Secrets secrets_of (const HttpOptions &options);

}  // namespace numpro
