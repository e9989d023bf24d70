/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>

namespace numpro {

/** How the images of a probe were sent. */
struct ProbeSetting {
  bool is_grid = false;   /**< on sheets */
  bool has_label = false; /**< with a text before each image */
};

/** What was found, in a sentence without a full stop. */
std::string probe_message (const GstNumproProbe &probe);

/** What to do about it, without a full stop; empty where nothing is to be done. */
std::string probe_cure (const GstNumproProbe &probe, const ProbeSetting &setting);

}  // namespace numpro
