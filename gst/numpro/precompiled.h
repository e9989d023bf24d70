/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What most files include, compiled once for each library where Meson's b_pch is set. Nothing
// relies on it. More would take longer to load than it saves; "#pragma once" is for included files.

#ifndef GST_NUMPRO_PRECOMPILED_H
#define GST_NUMPRO_PRECOMPILED_H

#include <gst/gst.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#endif
