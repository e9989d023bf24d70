/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <dlfcn.h>
#include <glib.h>
#include <netdb.h>

#include <atomic>
#include <cstring>

namespace {

// A name that is looked up until the test says otherwise.
constexpr char kSlowName[] = "slow.numpro.invalid";
std::atomic<bool> hold_names = false;
std::atomic<int> held_names = 0;

}  // namespace

// Stands before the C library's, also where libcurl calls it.
extern "C" int getaddrinfo (const char *name, const char *service, const addrinfo *hints,
                            addrinfo **found)
{
  if (name && std::strcmp (name, kSlowName) == 0) {
    ++held_names;
    while (hold_names)
      g_usleep (1000);
    --held_names;
    return EAI_FAIL;
  }
  static const auto real =
      reinterpret_cast<decltype (&getaddrinfo)> (dlsym (RTLD_NEXT, "getaddrinfo"));
  return real (name, service, hints, found);
}
