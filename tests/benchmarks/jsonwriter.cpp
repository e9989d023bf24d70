/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonwriter.h"

#include "machine.h"
#include "owned.h"

namespace numpro::bench {

namespace {

struct JsonRelease {
  void operator() (JsonNode *node) const { json_node_unref (node); }
  void operator() (JsonGenerator *generator) const { g_object_unref (generator); }
};
template <typename T>
using OwnedJson = std::unique_ptr<T, JsonRelease>;

}  // namespace

bool JsonWriter::save (const std::string &path)
{
  const OwnedJson<JsonNode> tree (json_builder_get_root (builder_.get ()));
  const OwnedJson<JsonGenerator> generator (json_generator_new ());
  json_generator_set_root (generator.get (), tree.get ());
  json_generator_set_pretty (generator.get (), TRUE);

  GError *error = nullptr;
  if (json_generator_to_file (generator.get (), path.c_str (), &error))
    return true;
  const Owned<GError> reason (error);
  g_printerr ("%s\n", reason->message);
  return false;
}

void write_machine (JsonWriter &writer)
{
  const Machine machine = Machine::here ();
  writer.object ([&] {
    writer.member ("cpu").text (machine.cpu);
    writer.member ("cores").integer (machine.cores);
    writer.member ("gstreamer").text (machine.gstreamer);
    writer.member ("buildtype").text (machine.buildtype);
  });
}

}  // namespace numpro::bench
