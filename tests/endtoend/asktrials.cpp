/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Questions about films, from pixels only: what comes back from the stand-in for a model, through
// numprosink's messages, is held against what is in the film.
//
//   ask-trials COUNT SEED [--h264] [--sink PROPERTIES]
//
// Film n has the seed SEED + n, so that a miss can be had again alone. Fails when less than 97 % of
// the answers are right: as many events as there are, each within one slot at both ends.
//
// Would catch: answers of another batch, spans that are a number or a slot off, running time or the
// number for stream time, an event that is cut at the end of a batch or lost in it, images that are
// not the ones of the ledger, colours or numbers that do not survive scaling and JPEG.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "tests/support/readerprocess.h"
#include "trial.h"

namespace {

constexpr double kLeast = 0.97;

struct Options {
  unsigned count = 0, seed = 0;
  TrialRule rule;
};

bool read_number (const char *text, unsigned &number)
{
  char *end = nullptr;
  number = static_cast<unsigned> (std::strtoul (text, &end, 10));
  return end != text && *end == '\0';
}

bool read_options (int argc, char **argv, Options &options)
{
  if (argc < 3 || !read_number (argv[1], options.count) || !read_number (argv[2], options.seed) ||
      options.count == 0)
    return false;
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp (argv[i], "--h264") == 0)
      options.rule.h264 = true;
    else if (std::strcmp (argv[i], "--sink") == 0 && i + 1 < argc)
      options.rule.sink_properties = argv[++i];
    else
      return false;
  }
  return true;
}

bool ask_all (const Options &options)
{
  unsigned right = 0;
  for (unsigned i = 0; i < options.count; ++i) {
    Trial trial (options.seed + i);
    const std::string miss = trial.run (options.rule);
    right += miss.empty ();
    if (!miss.empty ())
      std::printf ("seed %u: %s: %s\n", options.seed + i, trial.description ().c_str (),
                   miss.c_str ());
    std::fflush (stdout);
  }
  std::printf ("%s%s%s: %u of %u questions right, %.1f %%\n", options.rule.h264 ? "H.264" : "raw",
               options.rule.sink_properties.empty () ? "" : ", ",
               options.rule.sink_properties.c_str (), right, options.count,
               100.0 * right / options.count);
  return right >= kLeast * options.count;
}

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  Options options;
  if (!read_options (argc, argv, options)) {
    std::fprintf (stderr, "usage: ask-trials COUNT SEED [--h264] [--sink PROPERTIES]\n");
    return 2;
  }
  try {
    const ReaderProcess reader;
    options.rule.reader = reader.properties ();
    return ask_all (options) ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception &problem) {
    std::fprintf (stderr, "%s\n", problem.what ());
    return EXIT_FAILURE;
  }
}
