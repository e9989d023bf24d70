/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <vector>

#include "event.h"

namespace numpro {

/** Hears what becomes of batches. Called from any thread, with no lock held. */
class Listener
{
 public:
  virtual ~Listener () = default;

  virtual void on_batch_ready (const BatchReady &) {}
  virtual void on_answered (const Answered &) {}
  virtual void on_lost (const Lost &) {}
};

/** Tells the listeners, one after the other. */
class Events
{
 public:
  /** @param id of the element, for logs */
  Events (std::string id, std::vector<std::unique_ptr<Listener>> listeners)
      : id_ (std::move (id)), listeners_ (std::move (listeners))
  {
  }

  const char *id () const { return id_.c_str (); }

  void tell (const BatchReady &event) const;
  void tell (const Answered &event) const;
  void tell (const Lost &event) const;

 private:
  std::string id_;
  std::vector<std::unique_ptr<Listener>> listeners_;
};

using EventsPtr = std::shared_ptr<const Events>;

}  // namespace numpro
