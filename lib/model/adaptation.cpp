/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "adaptation.h"

namespace numpro {

namespace {

std::string in_parts (const Adaptation &adaptation)
{
  const guint limit = adaptation.image_limit;
  return "The server takes " + std::to_string (limit) + (limit == 1 ? " image" : " images") +
         " in a request: a batch of " + std::to_string (adaptation.images) + " is asked about in " +
         std::to_string (adaptation.parts) +
         " parts, each a request; lower batch-size or set layout=grid to have fewer";
}

}  // namespace

std::string Adaptation::sentence () const
{
  if (kind == Kind::kParts)
    return in_parts (*this);
  return std::string ("The server refuses the schema of answers: they are asked for ") +
         words_for (format);
}

}  // namespace numpro
