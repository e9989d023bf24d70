/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/base/owned.h"

namespace numpro {

/** A GstNumproBundleDir, which copies share. Functions return what is wrong; empty: nothing is. */
class BundleStore
{
 public:
  explicit BundleStore (const std::string &location)
      : dir_ (gst_numpro_bundle_dir_new (location.c_str ()), gst_numpro_bundle_dir_unref)
  {
  }

  GstNumproBundleDir *dir () const { return dir_.get (); }

  std::string open () const
  {
    GError *error = nullptr;
    gst_numpro_bundle_dir_prepare (dir_.get (), &error);
    return message_of (error);
  }

  std::string write (GstNumproBatch *batch, const std::vector<PromptPtr> &prompts,
                     GCancellable *cancellable) const
  {
    std::vector<GstNumproPrompt *> asked;
    for (const PromptPtr &prompt : prompts)
      asked.push_back (prompt.get ());
    GError *error = nullptr;
    gst_numpro_bundle_dir_write (dir_.get (), batch, asked.data (),
                                 static_cast<guint> (asked.size ()), cancellable, &error);
    return message_of (error);
  }

  /** @param location of the bundle; empty when the batch has none */
  std::string write_answer (const std::string &location, guint index, const std::string &request,
                            GstNumproAnswer *answer) const
  {
    const BundlePtr bundle (location.empty () ? nullptr
                                              : gst_numpro_bundle_new (location.c_str ()));
    GError *error = nullptr;
    gst_numpro_bundle_dir_write_answer (dir_.get (), bundle.get (), index, request.c_str (), answer,
                                        &error);
    return message_of (error);
  }

  std::string path_of (guint64 batch) const
  {
    const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_.get (), batch));
    return gst_numpro_bundle_get_path (bundle.get ());
  }

 private:
  // Takes the error.
  static std::string message_of (GError *error)
  {
    const ErrorPtr owned (error);
    return error ? error->message : "";
  }

  std::shared_ptr<GstNumproBundleDir> dir_;
};

}  // namespace numpro
