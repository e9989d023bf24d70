/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "owned.h"

namespace reader {

/** Writes JSON from top to bottom. */
class JsonWriter
{
 public:
  JsonWriter () : builder_ (json_builder_new ()) {}

  template <typename Content>
  void object (Content content)
  {
    json_builder_begin_object (builder_.get ());
    content ();
    json_builder_end_object (builder_.get ());
  }

  template <typename Content>
  void object (const char *name, Content content)
  {
    json_builder_set_member_name (builder_.get (), name);
    object (content);
  }

  template <typename Content>
  void array (const char *name, Content content)
  {
    json_builder_set_member_name (builder_.get (), name);
    json_builder_begin_array (builder_.get ());
    content ();
    json_builder_end_array (builder_.get ());
  }

  void value (const char *name, const std::string &text)
  {
    json_builder_set_member_name (builder_.get (), name);
    json_builder_add_string_value (builder_.get (), text.c_str ());
  }

  void number (const char *name, gint64 number)
  {
    json_builder_set_member_name (builder_.get (), name);
    json_builder_add_int_value (builder_.get (), number);
  }

  void number (gint64 number) { json_builder_add_int_value (builder_.get (), number); }

  void null (const char *name)
  {
    json_builder_set_member_name (builder_.get (), name);
    json_builder_add_null_value (builder_.get ());
  }

  std::string text () const
  {
    const NodePtr root (json_builder_get_root (builder_.get ()));
    const TextPtr text (json_to_string (root.get (), FALSE));
    return text.get ();
  }

 private:
  Owned<JsonBuilder> builder_;
};

}  // namespace reader
