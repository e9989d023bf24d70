/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metaserialization.h"

#include <type_traits>

namespace numpro {

namespace {

GstDebugCategory *meta_debug ()
{
  static GstDebugCategory *const category = [] {
    GstDebugCategory *made = nullptr;
    GST_DEBUG_CATEGORY_INIT (made, "numprometa", 0, "numbers from other processes");
    return made;
  }();
  return category;
}

#define GST_CAT_DEFAULT (meta_debug ())

constexpr guint8 kVersion = 1;

// What is written, in this order. Changing it takes another version.
template <typename Meta, typename Field>
void for_each_field (Meta &meta, Field &&field)
{
  field (meta.number);
  field (meta.slot);
  field (meta.slot_start);
  field (meta.slot_duration);
  field (meta.look.color);
  field (meta.look.halign);
  field (meta.look.valign);
  field (meta.look.stamp);
  field (meta.x);
  field (meta.y);
  field (meta.width);
  field (meta.height);
  field (meta.ink_x);
  field (meta.ink_y);
  field (meta.ink_width);
  field (meta.ink_height);
  field (meta.digit_height);
  field (meta.frame_width);
  field (meta.frame_height);
  field (meta.frame_par_n);
  field (meta.frame_par_d);
  field (meta.frame_orientation);
}

// Little-endian, of 4 or 8 bytes, without gaps.
template <typename Value>
void write (guint8 *to, Value value)
{
  static_assert (sizeof (Value) == 4 || sizeof (Value) == 8);
  if constexpr (sizeof (Value) == 8)
    GST_WRITE_UINT64_LE (to, value);
  else
    GST_WRITE_UINT32_LE (to, static_cast<guint32> (value));
}

constexpr guint32 last_of (GstNumproHAlign)
{
  return GST_NUMPRO_HALIGN_RIGHT;
}

constexpr guint32 last_of (GstNumproVAlign)
{
  return GST_NUMPRO_VALIGN_BOTTOM;
}

constexpr guint32 last_of (GstNumproStamp)
{
  return GST_NUMPRO_STAMP_NONE;
}

// Returns false where there is no such value.
template <typename Value>
bool read (const guint8 *from, Value &value)
{
  if constexpr (sizeof (Value) == 8) {
    value = GST_READ_UINT64_LE (from);
  } else {
    const guint32 read = GST_READ_UINT32_LE (from);
    if constexpr (std::is_enum_v<Value>) {
      if (read > last_of (Value{}))
        return false;
    }
    value = static_cast<Value> (read);
  }
  return true;
}

gsize size_of_fields ()
{
  const GstNumproMeta any = {};
  gsize size = 0;
  for_each_field (any, [&size] (const auto &field) { size += sizeof field; });
  return size;
}

}  // namespace

gboolean serialize_meta (const GstMeta *meta, GstByteArrayInterface *data, guint8 *version)
{
  guint8 *to = gst_byte_array_interface_append (data, size_of_fields ());
  if (!to)
    return FALSE;
  for_each_field (*reinterpret_cast<const GstNumproMeta *> (meta), [&to] (const auto &field) {
    write (to, field);
    to += sizeof field;
  });
  *version = kVersion;
  return TRUE;
}

GstMeta *deserialize_meta (const GstMetaInfo *, GstBuffer *buffer, const guint8 *data, gsize size,
                           guint8 version)
{
  if (version != kVersion) {
    GST_WARNING (
        "a frame's number is in version %u of its format, of which only %u is known; "
        "use the same gst-numpro on both sides",
        version, kVersion);
    return nullptr;
  }
  if (size != size_of_fields ()) {
    GST_WARNING ("a frame's number has %" G_GSIZE_FORMAT " bytes instead of %" G_GSIZE_FORMAT
                 ": what came is damaged",
                 size, size_of_fields ());
    return nullptr;
  }
  GstNumproMeta read_meta = {};
  bool is_sound = true;
  for_each_field (read_meta, [&] (auto &field) {
    is_sound = read (data, field) && is_sound;
    data += sizeof field;
  });
  if (!is_sound) {
    GST_WARNING ("a frame's number has a look that there is not: what came is damaged");
    return nullptr;
  }
  GstNumproMeta *meta = gst_buffer_add_numpro_meta (buffer, read_meta.number, read_meta.slot,
                                                    read_meta.slot_start, read_meta.slot_duration);
  read_meta.meta = meta->meta;
  *meta = read_meta;
  return &meta->meta;
}

}  // namespace numpro
