/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace numpro {

struct JsonNodeUnref {
  void operator() (JsonNode *node) const { json_node_unref (node); }
};
using JsonNodePtr = std::unique_ptr<JsonNode, JsonNodeUnref>;

struct GFree {
  void operator() (void *memory) const { g_free (memory); }
};
using TextPtr = std::unique_ptr<gchar, GFree>;

/** Says where in a JSON text something is wrong, and what. Never leaves the library. */
class JsonError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/** The members of a JSON object, read strictly: what is missing or of another type is an error. */
class JsonFields
{
 public:
  /** @param path of the object in its document, for messages */
  JsonFields (JsonObject *object, std::string path) : object_ (object), path_ (std::move (path)) {}

  bool has (const char *name) const;
  guint64 uint64 (const char *name) const;
  /** Nanoseconds; GST_CLOCK_TIME_NONE where the member is null or absent. */
  GstClockTime time (const char *name) const;
  std::string string (const char *name) const;
  bool boolean (const char *name) const;
  double real (const char *name) const;
  JsonArray *array (const char *name) const;
  JsonObject *object (const char *name) const;

  [[noreturn]] void fail (const char *name, const char *what) const;

 private:
  JsonNode *member (const char *name, JsonNodeType type) const;

  JsonObject *object_;
  std::string path_;
};

/** Parses a text whose outermost value is an object. */
JsonNodePtr parse_json_object (const gchar *json, gssize length);

/** Adds a member that any JsonFields::uint64() reads back, also beyond what JSON readers take. */
void add_uint64 (JsonObject *object, const char *name, guint64 value);

/** Adds a time, GST_CLOCK_TIME_NONE as null. */
void add_time (JsonObject *object, const char *name, GstClockTime time);

/** Takes the object; indented text, owned by the caller. */
gchar *json_object_to_text (JsonObject *object);

}  // namespace numpro
