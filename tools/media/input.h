/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace numpro::media {

/** Where frames come from: what a user named on the command line. */
class Input
{
 public:
  /** The live test source. */
  Input () = default;

  /**
   * @param argument a file, a URI or a V4L2 device (/dev/video0)
   * @return the input, or a sentence that says why there is none; it names no secret
   */
  static std::variant<Input, std::string> parse (const std::string &argument);

  bool is_test_source () const { return uri_.empty (); }

  /** What to open; may carry a password. Empty for the test source. */
  const std::string &uri () const { return uri_; }

  /**
   * What to call the input in front of people. Of an address it is protocol and host only: users,
   * passwords and keys are found before it, behind it and, with some cameras, in its path.
   */
  const std::string &name () const { return name_; }

  /** Whether it is a file here, which has an end. */
  bool is_file () const { return kind_ == Kind::kFile; }

  /** Whether it goes on until somebody stops it, as far as its address tells. */
  bool is_endless () const { return kind_ == Kind::kEndless || is_test_source (); }

  /** @text without what name() leaves out, in whatever spelling it occurs there. */
  std::string redacted (std::string text) const;

 private:
  enum class Kind { kFile, kEndless, kStream };

  Input (Kind kind, std::string uri, std::string name);
  static Input from_address (const std::string &address, Kind kind);

  Kind kind_ = Kind::kEndless;
  std::string uri_;
  std::string name_ = "a test source";
  std::vector<std::string> secrets_;
};

}  // namespace numpro::media
