/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <variant>

#include "lib/model/asksettings.h"
#include "tools/media/elementoptions.h"

namespace numpro::asking {

/** Properties of numprosink that say what windows are made of. */
bool is_window_option (const char *property);

/** Properties of numprosink that say how a model is asked. */
bool is_model_option (const char *property);

/** Which model is asked, and where. */
struct ModelPlace {
  std::string endpoint, model;
};

/**
 * How a model is asked: what the command line says, else NUMPRO_ENDPOINT and NUMPRO_MODEL of the
 * environment, else what numprosink has by default.
 *
 * @param key_file holds the key; empty = that of the environment is taken
 * @param preset goes before all of these; with an empty endpoint it does not count
 * @param is_asked whether there has to be a server
 * @return the settings, or what is wrong with them, in a sentence
 */
std::variant<AskSettings, std::string> model_settings (const media::ElementOptions &options,
                                                       const std::string &key_file,
                                                       const ModelPlace &preset, bool is_asked);

}  // namespace numpro::asking
