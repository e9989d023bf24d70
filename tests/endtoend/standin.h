/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <string>

/** numpro-reader, run by itself until this goes. */
class StandIn
{
 public:
  /** @throw std::runtime_error when it does not start */
  StandIn ();
  ~StandIn ();
  StandIn (const StandIn &) = delete;
  StandIn &operator= (const StandIn &) = delete;

  /** Where it is, in the words of numprosink's properties: endpoint=... model=... */
  const std::string &properties () const { return properties_; }

 private:
  GSubprocess *process_ = nullptr;
  std::string properties_;
};
