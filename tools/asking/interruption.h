/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <array>

namespace numpro::asking {

/** Hears SIGINT and SIGTERM in place of what they do otherwise. */
class Interruption
{
 public:
  Interruption ();
  ~Interruption ();
  Interruption (const Interruption &) = delete;
  Interruption &operator= (const Interruption &) = delete;

  /** Looks for signals. @return the last one that came, 0 where none did */
  int signal ();

  /** Whether it came again: whoever sends it does not want to wait for what is begun. */
  bool is_repeated () const { return count_ > 1; }

 private:
  void note (int signal);

  std::array<guint, 2> sources_;
  int signal_ = 0, count_ = 0;
};

}  // namespace numpro::asking
