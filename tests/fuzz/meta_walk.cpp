/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A random walk over the bytes of numbers from other processes. What was cut short or changed is
// refused, and then no number is there, or it is read, and then the same bytes come of it again.
// The same seed walks the same way.
//
//   meta-walk [SEED [STEPS]]

#include <gst/numpro/numpro.h>

#include <cstdio>

#if GST_CHECK_VERSION(1, 24, 0)

#include <random>
#include <vector>

#include "randomwalk.h"

namespace {

class Walk
{
 public:
  explicit Walk (guint32 seed) : random_ (seed)
  {
    GstBuffer *buffer = gst_buffer_new ();
    gst_buffer_add_numpro_meta (buffer, 7, 17, 0, GST_SECOND);
    sound_ = serialized (buffer);
    gst_buffer_unref (buffer);
  }

  void step ()
  {
    std::vector<guint8> bytes = sound_;
    for (std::size_t i = pick (4); i > 0; --i)
      bytes[pick (bytes.size ())] = static_cast<guint8> (pick (2) ? random_ () : pick (4));
    if (pick (8) == 0)
      bytes.resize (pick (bytes.size () + 8));
    require_sound (bytes);
  }

  bool report () const
  {
    std::printf ("%d numbers refused, %d of them by their size, %d read\n", refused_, cut_, read_);
    return read_ > 0 && cut_ > 0 && refused_ > cut_;
  }

 private:
  std::size_t pick (std::size_t below) { return random_ () % below; }

  static std::vector<guint8> serialized (GstBuffer *buffer)
  {
    GByteArray *array = g_byte_array_new ();
    gst_meta_serialize_simple (&gst_buffer_get_numpro_meta (buffer)->meta, array);
    std::vector<guint8> bytes (array->data, array->data + array->len);
    g_byte_array_unref (array);
    return bytes;
  }

  void require_sound (const std::vector<guint8> &bytes)
  {
    GstBuffer *buffer = gst_buffer_new ();
    guint32 consumed = 0;
    const bool is_read = gst_meta_deserialize (buffer, bytes.data (), bytes.size (), &consumed);
    if (is_read != (gst_buffer_get_numpro_meta (buffer) != nullptr))
      g_error ("there is half a number");
    if (is_read) {
      ++read_;
      const std::vector<guint8> again = serialized (buffer);
      // What follows a number is another meta's.
      if (consumed != again.size () || !std::equal (again.begin (), again.end (), bytes.begin ()))
        g_error ("a number reads otherwise than it is written");
    } else {
      ++refused_;
      cut_ += bytes.size () < sound_.size ();
    }
    gst_buffer_unref (buffer);
  }

  std::mt19937 random_;
  std::vector<guint8> sound_;
  int refused_ = 0, cut_ = 0, read_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  return run_random_walk<Walk> (argc, argv, 20000);
}

#else

int main ()
{
  std::puts ("GStreamer is older than 1.24: numbers do not go to other processes");
  return 77;
}

#endif
