/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <string>

#include "lib/base/gstowned.h"
#include "modelsettings.h"

namespace numpro::asking {

/** numpro-reader, the stand-in for a model, as a process that ends with this one. */
class StandIn
{
 public:
  ~StandIn ();

  /** Starts it and waits until it listens. @return what is wrong, in a sentence, or nothing */
  std::string start ();

  /** Where it is; empty where it was not started. */
  const ModelPlace &server () const { return server_; }

 private:
  ObjectPtr<GSubprocess> process_;
  ModelPlace server_;
};

}  // namespace numpro::asking
