/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "elementoptions.h"

#include <string_view>

#include "duration.h"

namespace numpro::media {

namespace {

class Value
{
 public:
  explicit Value (GType type) { g_value_init (&value_, type); }
  ~Value () { g_value_unset (&value_); }
  Value (const Value &) = delete;
  Value &operator= (const Value &) = delete;

  GValue *get () { return &value_; }

 private:
  GValue value_ = G_VALUE_INIT;
};

std::string nicks_of (GParamSpec *spec)
{
  std::string text;
  const GEnumClass *kinds = G_PARAM_SPEC_ENUM (spec)->enum_class;
  for (guint i = 0; i < kinds->n_values; ++i)
    text += (text.empty () ? "" : "|") + std::string (kinds->values[i].value_nick);
  return text;
}

// What the descriptions of properties that are times say of their unit, which people do not write.
constexpr std::string_view kNanoseconds = ", in nanoseconds";

bool is_time (GParamSpec *spec)
{
  return G_IS_PARAM_SPEC_UINT64 (spec) &&
         std::string_view (g_param_spec_get_blurb (spec)).ends_with (kNanoseconds);
}

std::string words_of (GParamSpec *spec)
{
  std::string words = g_param_spec_get_blurb (spec);
  if (is_time (spec))
    words.resize (words.size () - kNanoseconds.size ());
  return words;
}

std::string placeholder_of (GParamSpec *spec)
{
  if (is_time (spec))
    return "TIME";
  if (G_IS_PARAM_SPEC_ENUM (spec))
    return nicks_of (spec);
  if (G_IS_PARAM_SPEC_STRING (spec))
    return "TEXT";
  if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    return "true|false";
  if (GST_IS_PARAM_SPEC_FRACTION (spec))
    return "N/D";
  return G_IS_PARAM_SPEC_BOXED (spec) ? "STRUCTURE" : "N";
}

// For a sentence that says what an option takes.
std::string what_is_taken (GParamSpec *spec)
{
  return is_time (spec) ? kDurationWords : placeholder_of (spec);
}

std::string element_default_of (GParamSpec *spec)
{
  if (is_time (spec))
    return duration_text (G_PARAM_SPEC_UINT64 (spec)->default_value);
  if (G_IS_PARAM_SPEC_ENUM (spec)) {
    const auto *kind = g_enum_get_value (G_PARAM_SPEC_ENUM (spec)->enum_class,
                                         G_PARAM_SPEC_ENUM (spec)->default_value);
    return kind->value_nick;
  }
  // Colours are written in hexadecimal digits.
  if (G_IS_PARAM_SPEC_UINT (spec) && std::string_view (spec->name).ends_with ("color")) {
    const TextPtr text (g_strdup_printf ("0x%08x", G_PARAM_SPEC_UINT (spec)->default_value));
    return text.get ();
  }
  if (G_IS_PARAM_SPEC_DOUBLE (spec)) {
    const TextPtr text (g_strdup_printf ("%g", G_PARAM_SPEC_DOUBLE (spec)->default_value));
    return text.get ();
  }
  if (G_IS_PARAM_SPEC_STRING (spec)) {
    const char *text = G_PARAM_SPEC_STRING (spec)->default_value;
    return text ? text : "none";
  }
  if (G_IS_PARAM_SPEC_BOXED (spec))
    return "none";
  Value value (G_PARAM_SPEC_VALUE_TYPE (spec));
  g_param_value_set_default (spec, value.get ());
  const TextPtr text (gst_value_serialize (value.get ()));
  return text.get ();
}

// GStreamer reads "-1" as the highest number that there is, and nothing as 0.
bool is_value_for (GParamSpec *spec, const std::string &text)
{
  const bool is_unsigned = G_IS_PARAM_SPEC_UINT (spec) || G_IS_PARAM_SPEC_UINT64 (spec);
  return G_IS_PARAM_SPEC_STRING (spec) || (!text.empty () && !(is_unsigned && text[0] == '-'));
}

}  // namespace

ElementOptions::ElementOptions (const char *factory, const Choice &is_option, Values defaults)
    : element_ (gst_element_factory_make (factory, nullptr)), values_ (std::move (defaults))
{
  if (!element_)
    return;
  gst_object_ref_sink (element_.get ());
  guint count = 0;
  const OwnedBy<GParamSpec *, g_free> specs (
      g_object_class_list_properties (G_OBJECT_GET_CLASS (element_.get ()), &count));
  for (guint i = 0; i < count; ++i) {
    GParamSpec *spec = specs.get ()[i];
    if (spec->owner_type == G_OBJECT_TYPE (element_.get ()) && (spec->flags & G_PARAM_WRITABLE) &&
        is_option (spec->name))
      add_property (spec);
  }
  entries_.push_back ({});
}

std::string ElementOptions::default_of (GParamSpec *spec) const
{
  const auto given = values_.find (spec->name);
  return given == values_.end () ? element_default_of (spec) : given->second;
}

void ElementOptions::add_property (GParamSpec *spec)
{
  const std::string &placeholder = texts_.emplace_back (placeholder_of (spec));
  const std::string &words =
      texts_.emplace_back (words_of (spec) + " (default: " + default_of (spec) + ")");
  const int flags = G_IS_PARAM_SPEC_BOOLEAN (spec) ? G_OPTION_FLAG_OPTIONAL_ARG : 0;
  entries_.push_back ({spec->name, 0, flags, G_OPTION_ARG_CALLBACK,
                       reinterpret_cast<gpointer> (&ElementOptions::on_option), words.c_str (),
                       placeholder.c_str ()});
}

void ElementOptions::add_to (GOptionGroup *group) const
{
  g_option_group_add_entries (group, entries_.data ());
}

gboolean ElementOptions::on_option (const gchar *name, const gchar *value, gpointer self,
                                    GError **error)
{
  return static_cast<ElementOptions *> (self)->read (name, value ? value : "true", error);
}

bool ElementOptions::read (const char *name, const char *text, GError **error)
{
  const char *property = name + 2;  // behind the dashes
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element_.get ()), property);
  Value value (G_PARAM_SPEC_VALUE_TYPE (spec));
  std::string given = text;
  if (is_time (spec)) {
    const auto duration = parse_duration (given);
    given = duration ? std::to_string (*duration) : "";
  }
  if (!is_value_for (spec, given) || !gst_value_deserialize (value.get (), given.c_str ())) {
    // What can only be written may be secret.
    const bool is_shown = spec->flags & G_PARAM_READABLE;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s takes %s%s%s%s", name,
                 what_is_taken (spec).c_str (), is_shown ? ", not \"" : "", is_shown ? text : "",
                 is_shown ? "\"" : "");
    return false;
  }
  if (g_param_value_validate (spec, value.get ())) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s=%s is out of range", name,
                 text);
    return false;
  }
  values_[property] = given;
  return true;
}

std::optional<std::string> ElementOptions::text_of (const std::string &property) const
{
  const auto value = values_.find (property);
  return value == values_.end () ? std::nullopt : std::optional (value->second);
}

void ElementOptions::apply_to (GstElement *element) const
{
  for (const auto &[property, text] : values_)
    gst_util_set_object_arg (G_OBJECT (element), property.c_str (), text.c_str ());
}

}  // namespace numpro::media
