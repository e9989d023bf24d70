/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <cstdio>
#include <string>
#include <vector>

/** numpro-reader, the stand-in for a model, run by itself until this goes. */
class ReaderProcess
{
 public:
  /** @throw std::runtime_error when it cannot be started; not when it ends at once */
  explicit ReaderProcess (const std::vector<std::string> &options = {});
  /** Aborts when it does not end well, such as for leaks. */
  ~ReaderProcess ();
  ReaderProcess (const ReaderProcess &) = delete;
  ReaderProcess &operator= (const ReaderProcess &) = delete;

  /** The first line that it printed, "" if it ended. */
  const std::string &first_line () const { return first_line_; }

  /**
   * Where it is, in the words of numprosink's properties: endpoint=... model=...
   *
   * @throw std::runtime_error when it does not listen
   */
  const std::string &properties () const;

  /** The endpoint alone. @throw std::runtime_error when it does not listen */
  std::string endpoint () const;

  /** The next line that it prints, "" if it has ended. */
  std::string read_line ();

  /** Has it end. @return the exit status */
  int stop ();

  /** Waits until it ends. @return the exit status. @throw std::runtime_error if it was killed */
  int wait ();

 private:
  GPid pid_ = 0;
  std::FILE *out_ = nullptr;
  std::string first_line_;
};
