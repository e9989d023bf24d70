/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <leptonica/allheaders.h>

#include <memory>

namespace reader {

/** Lets go of what GLib, json-glib and Leptonica hand out. */
struct Release {
  void operator() (gchar *text) const { g_free (text); }
  void operator() (guchar *bytes) const { g_free (bytes); }
  void operator() (GError *error) const { g_error_free (error); }
  void operator() (GBytes *bytes) const { g_bytes_unref (bytes); }
  void operator() (GDateTime *time) const { g_date_time_unref (time); }
  void operator() (GSource *source) const
  {
    g_source_destroy (source);
    g_source_unref (source);
  }
  void operator() (JsonNode *node) const { json_node_unref (node); }
  void operator() (Pix *pix) const { pixDestroy (&pix); }
  void operator() (::Box *box) const { boxDestroy (&box); }
  void operator() (Boxa *boxes) const { boxaDestroy (&boxes); }
  void operator() (gpointer object) const { g_object_unref (object); }
};

template <typename T>
using Owned = std::unique_ptr<T, Release>;

using TextPtr = Owned<gchar>;
using ErrorPtr = Owned<GError>;
using NodePtr = Owned<JsonNode>;
using PixPtr = Owned<Pix>;

}  // namespace reader
