/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <memory>
#include <string>

namespace examples {

/** numpro-reader, started for as long as this lives. */
class StandIn
{
 public:
  /** @param program where it is; problem() says what is wrong */
  explicit StandIn (const std::string &program);
  ~StandIn ();
  StandIn (const StandIn &) = delete;
  StandIn &operator= (const StandIn &) = delete;

  /** A sentence; empty when it is running. */
  const std::string &problem () const { return problem_; }
  const std::string &endpoint () const { return endpoint_; }
  const std::string &model () const { return model_; }

 private:
  struct Unref {
    void operator() (gpointer object) const { g_object_unref (object); }
  };

  void read_address ();

  std::unique_ptr<GSubprocess, Unref> process_;
  std::string problem_, endpoint_, model_;
};

}  // namespace examples
