/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probewords.h"

#include <span>

#include "probefinding.h"

namespace numpro {

namespace {

std::span<const guint64> sent_in (const GstNumproProbe &probe)
{
  return {probe.sent, probe.n_sent};
}

std::vector<guint64> missing_in (const GstNumproProbe &probe)
{
  return missing_numbers (sent_in (probe), {probe.seen, probe.n_seen});
}

std::string listed (const std::vector<guint64> &numbers)
{
  std::string text;
  for (guint64 number : numbers)
    text += (text.empty () ? "" : ", ") + std::to_string (number);
  return text;
}

// "4 of 8"
std::string share_missing (const GstNumproProbe &probe)
{
  return std::to_string (missing_in (probe).size ()) + " of " + std::to_string (probe.n_sent);
}

std::string finding_words (const GstNumproProbe &probe)
{
  const std::string count = std::to_string (probe.n_sent);
  const std::vector<guint64> missing = missing_in (probe);
  switch (probe.finding) {
    case GST_NUMPRO_PROBE_FINDING_GOOD:
      return "All " + count + " numbers were seen, in their order";
    case GST_NUMPRO_PROBE_FINDING_REORDERED:
      return "The numbers were seen in another order" +
             (missing.empty () ? "" : ", and " + share_missing (probe) + " not at all") +
             ": the server mixes up images";
    case GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED:
      return "Of each two neighbouring numbers one was not seen (" + share_missing (probe) +
             "): the server merges images, or drops every second one";
    case GST_NUMPRO_PROBE_FINDING_FRONT_CUT:
      return "The first " + share_missing (probe) +
             " numbers were not seen: the server cuts the front of what does not fit its context";
    case GST_NUMPRO_PROBE_FINDING_END_CUT:
      return "The last " + share_missing (probe) +
             " numbers were not seen: the server drops images that are too many";
    case GST_NUMPRO_PROBE_FINDING_SOME_MISSING:
      return share_missing (probe) + " numbers were not seen (" + listed (missing) + ")";
    case GST_NUMPRO_PROBE_FINDING_MISREAD:
      return "Not all of the " + count + " numbers were read right at this size";
    case GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN:
      break;
  }
  return "None of the " + count +
         " numbers was seen: images do not arrive, or are too small to be read";
}

std::string limit_words (guint limit)
{
  return "; the server takes " + std::to_string (limit) + (limit == 1 ? " image" : " images") +
         " in a request";
}

}  // namespace

std::string probe_message (const GstNumproProbe &probe)
{
  std::string message = finding_words (probe);
  if (probe.image_limit > 0 && probe.parts > 1)
    message += limit_words (probe.image_limit);
  if (probe.schema == GST_NUMPRO_PROBE_SCHEMA_IGNORED)
    message += "; the schema of answers is ignored";
  if (probe.schema == GST_NUMPRO_PROBE_SCHEMA_REFUSED)
    message += "; the schema of answers is refused";
  return message;
}

std::string probe_cure (const GstNumproProbe &probe, const ProbeSetting &setting)
{
  const std::string grid = setting.is_grid ? "" : ", or set layout=grid";
  const std::size_t arrived = probe.n_sent - missing_in (probe).size ();
  switch (probe.finding) {
    case GST_NUMPRO_PROBE_FINDING_GOOD:
      return probe.parts > 1 ? "to ask in one request lower batch-size" + grid : "";
    case GST_NUMPRO_PROBE_FINDING_REORDERED:
      return setting.is_grid ? "lower batch-size until one sheet is enough" : "set layout=grid";
    case GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED:
      return setting.is_grid     ? "update the server"
             : setting.has_label ? "set layout=grid, or update the server"
                                 : "set image-label=number or layout=grid, or update the server";
    case GST_NUMPRO_PROBE_FINDING_FRONT_CUT:
      return "have the server start with a longer context, lower max-edge or batch-size" + grid;
    case GST_NUMPRO_PROBE_FINDING_END_CUT:
      return "lower batch-size to " + std::to_string (arrived) + grid;
    case GST_NUMPRO_PROBE_FINDING_SOME_MISSING:
      return "raise max-edge, or font-size of numproverlay; if that does not help, lower batch-size" +
             grid;
    case GST_NUMPRO_PROBE_FINDING_MISREAD:
      return "raise max-edge, or font-size of numproverlay";
    case GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN:
      break;
  }
  return "set model to one that takes images; where it does, raise max-edge, or font-size of "
         "numproverlay";
}

}  // namespace numpro
