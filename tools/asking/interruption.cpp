/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "interruption.h"

#include <glib-unix.h>

#include <csignal>

namespace numpro::asking {

Interruption::Interruption ()
{
  const auto interrupt = [] (gpointer self) -> gboolean {
    static_cast<Interruption *> (self)->note (SIGINT);
    return G_SOURCE_CONTINUE;
  };
  const auto terminate = [] (gpointer self) -> gboolean {
    static_cast<Interruption *> (self)->note (SIGTERM);
    return G_SOURCE_CONTINUE;
  };
  sources_ = {g_unix_signal_add (SIGINT, interrupt, this),
              g_unix_signal_add (SIGTERM, terminate, this)};
}

Interruption::~Interruption ()
{
  for (const guint source : sources_)
    g_source_remove (source);
}

int Interruption::signal ()
{
  while (g_main_context_iteration (nullptr, FALSE)) {
  }
  return signal_;
}

void Interruption::note (int signal)
{
  signal_ = signal;
  ++count_;
}

}  // namespace numpro::asking
