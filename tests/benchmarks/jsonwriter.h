/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <memory>
#include <string>

namespace numpro::bench {

/** Writes a JSON document from its beginning to its end. */
class JsonWriter
{
 public:
  JsonWriter () : builder_ (json_builder_new_immutable ()) {}

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

  JsonWriter &member (const char *name)
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

  /** @return false, after saying why on stderr, when the file cannot be written */
  bool save (const std::string &path);

 private:
  struct Release {
    void operator() (JsonBuilder *builder) const { g_object_unref (builder); }
  };
  std::unique_ptr<JsonBuilder, Release> builder_;
};

/** Writes an object that tells of this machine. */
void write_machine (JsonWriter &writer);

}  // namespace numpro::bench
