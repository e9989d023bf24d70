/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accounting.h"

namespace numpro {

GstStructure *Counts::to_structure () const
{
  const struct {
    const char *name;
    guint64 count;
  } kFields[] = {{"frames", frames},        {"samples", samples},
                 {"delivered", delivered},  {"samples-dropped", samples_dropped},
                 {"waiting", waiting},      {"batches", batches},
                 {"questions", questions},  {"answered", answered},
                 {"failed", failed},        {"dropped", dropped},
                 {"pending", pending},      {"retries", retries},
                 {"parts", parts},          {"restatements", restatements},
                 {"bytes-sent", bytes_sent}};
  GstStructure *stats = gst_structure_new_empty ("numpro-sink-stats");
  for (const auto &field : kFields)
    gst_structure_set (stats, field.name, G_TYPE_UINT64, field.count, nullptr);
  return stats;
}

}  // namespace numpro
