/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonreport.h"

#include <json-glib/json-glib.h>

#include "contender.h"
#include "framering.h"
#include "machine.h"
#include "target.h"

namespace numpro::bench {

namespace {

struct JsonRelease {
  void operator() (JsonNode *node) const { json_node_unref (node); }
  void operator() (JsonBuilder *builder) const { g_object_unref (builder); }
  void operator() (JsonGenerator *generator) const { g_object_unref (generator); }
};
template <typename T>
using OwnedJson = std::unique_ptr<T, JsonRelease>;

class Writer
{
 public:
  Writer () : builder_ (json_builder_new_immutable ()) {}

  template <typename Members>
  void object (Members members)
  {
    json_builder_begin_object (builder_.get ());
    members ();
    json_builder_end_object (builder_.get ());
  }

  template <typename Elements>
  void array (Elements elements)
  {
    json_builder_begin_array (builder_.get ());
    elements ();
    json_builder_end_array (builder_.get ());
  }

  Writer &member (const char *name)
  {
    json_builder_set_member_name (builder_.get (), name);
    return *this;
  }

  void text (const std::string &value)
  {
    json_builder_add_string_value (builder_.get (), value.c_str ());
  }
  void integer (gint64 value) { json_builder_add_int_value (builder_.get (), value); }
  void real (double value) { json_builder_add_double_value (builder_.get (), value); }
  void boolean (bool value) { json_builder_add_boolean_value (builder_.get (), value); }

  OwnedJson<JsonNode> root ()
  {
    return OwnedJson<JsonNode> (json_builder_get_root (builder_.get ()));
  }

 private:
  OwnedJson<JsonBuilder> builder_;
};

void write_machine (Writer &writer)
{
  const Machine machine = Machine::here ();
  writer.object ([&] {
    writer.member ("cpu").text (machine.cpu);
    writer.member ("cores").integer (machine.cores);
    writer.member ("gstreamer").text (machine.gstreamer);
    writer.member ("buildtype").text (machine.buildtype);
  });
}

void write_method (Writer &writer, const Pace &pace)
{
  writer.object ([&] {
    writer.member ("rounds").integer (pace.rounds);
    writer.member ("batch-us").real (pace.batch.count ());
    writer.member ("ring-frames-at-least").integer (FrameRing::kMinFrames);
    writer.member ("ring-bytes-at-least").integer (FrameRing::kMinBytes);
    writer.member ("process-runs").integer (pace.process_runs);
  });
}

void write_kind (Writer &writer, const FrameKind &kind)
{
  writer.member ("format").text (kind.format_name ());
  writer.member ("width").integer (kind.width);
  writer.member ("height").integer (kind.height);
}

void write_cell (Writer &writer, const Cell &cell, std::optional<double> times_cheaper)
{
  writer.object ([&] {
    writer.member ("element").text (cell.key);
    write_kind (writer, cell.kind);
    writer.member ("gross-us").real (cell.gross.median);
    writer.member ("gross-deviation-us").real (cell.gross.deviation);
    if (cell.key != kFloor) {
      writer.member ("net-us").real (cell.net.median);
      writer.member ("net-deviation-us").real (cell.net.deviation);
    }
    if (times_cheaper)
      writer.member ("times-cheaper").real (*times_cheaper);
  });
}

void write_target (Writer &writer, const Target &target, const Results &results)
{
  const Cell *cell = results.find (kReference, target.kind);
  const auto times = cell ? results.times_cheaper (*cell) : std::nullopt;
  if (!times)
    return;
  writer.object ([&] {
    write_kind (writer, target.kind);
    writer.member ("max-net-us").real (target.max_net);
    writer.member ("min-times-cheaper").real (target.min_times);
    writer.member ("met").boolean (target.met_by (cell->net.median, *times));
  });
}

OwnedJson<JsonNode> make_tree (const Plan &plan, const Results &results)
{
  Writer writer;
  writer.object ([&] {
    write_machine (writer.member ("machine"));
    write_method (writer.member ("method"), plan.pace);
    writer.member ("cells").array ([&] {
      for (const Cell &cell : results.cells ())
        write_cell (writer, cell, results.times_cheaper (cell));
    });
    writer.member ("targets").array ([&] {
      for (const Target &target : targets ())
        write_target (writer, target, results);
    });
  });
  return writer.root ();
}

}  // namespace

bool write_json (const std::string &path, const Plan &plan, const Results &results)
{
  const OwnedJson<JsonNode> tree = make_tree (plan, results);
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

}  // namespace numpro::bench
