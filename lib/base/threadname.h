/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <pthread.h>

namespace numpro {

/**
 * Names the calling thread, for debuggers and top.
 *
 * @param name of 15 bytes at most, which is what Linux keeps (pthread_setname_np(3))
 */
inline void name_thread (const char *name)
{
  pthread_setname_np (pthread_self (), name);
}

}  // namespace numpro
