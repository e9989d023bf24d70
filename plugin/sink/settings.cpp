/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

namespace numpro {

namespace {

using Rows = PropertyRows<SinkSettings>;

template <typename Enum>
gint as_int (Enum value)
{
  return static_cast<gint> (value);
}

GType leaky_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (LeakyType::kAuto), "Downstream in a live pipeline, none otherwise", "auto"},
        {as_int (LeakyType::kNone), "The stream waits", "none"},
        {as_int (LeakyType::kUpstream), "The new batch is dropped", "upstream"},
        {as_int (LeakyType::kDownstream), "The oldest batch is dropped", "downstream"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkLeakyType", values);
  }();
  return type;
}

GType on_error_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (OnError::kWarn), "A lost batch is a warning", "warn"},
        {as_int (OnError::kError), "A lost batch ends the stream", "error"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkOnError", values);
  }();
  return type;
}

GType layout_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (Layout::kFrames), "One image per sample", "frames"},
        {as_int (Layout::kGrid), "Sheets of several samples, in rows", "grid"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkLayout", values);
  }();
  return type;
}

const Property<SinkSettings> kProperties[] = {
    Rows::rate_property (
        {"sample-rate", "Sample rate", "Samples per second at most (0/1 = every new number)"}, 0, 1,
        kBeforeStart, NUMPRO_FIELD (sample_rate_n), NUMPRO_FIELD (sample_rate_d)),
    Rows::uint_property ({"batch-size", "Batch size", "Samples per batch (0 = no limit by count)"},
                         0, G_MAXINT, 32, kBeforeStart, NUMPRO_FIELD (window.size)),
    Rows::uint64_property ({"batch-time", "Batch time",
                            "Longest time span of a batch in nanoseconds (0 = no limit by time)"},
                           0, kBeforeStart, NUMPRO_FIELD (window.time)),
    Rows::uint_property ({"overlap", "Overlap",
                          "Samples of a batch that also open the next one (fewer than batch-size)"},
                         0, G_MAXINT, 0, kBeforeStart, NUMPRO_FIELD (window.overlap)),
    Rows::uint_property (
        {"max-edge", "Maximum edge",
         "Longer edge of a sample's picture in pixels; it is not enlarged (0 = as it is)"},
        0, 65500, 672, kBeforeStart, NUMPRO_FIELD (max_edge)),
    Rows::int_property ({"jpeg-quality", "JPEG quality", "Quality of images"}, 1, 100, 90,
                        kBeforeStart, NUMPRO_FIELD (jpeg_quality)),
    Rows::enum_property ({"layout", "Layout", "How images show samples"}, layout_get_type,
                         Layout::kFrames, kBeforeStart, NUMPRO_FIELD (layout)),
    Rows::uint_property ({"grid-columns", "Grid columns", "Pictures in a row of a sheet (grid)"}, 1,
                         64, 4, kBeforeStart, NUMPRO_FIELD (sheet.columns)),
    Rows::uint_property ({"grid-rows", "Grid rows", "Rows of a sheet (grid)"}, 1, 64, 3,
                         kBeforeStart, NUMPRO_FIELD (sheet.rows)),
    Rows::uint_property ({"max-batches", "Maximum batches", "Batches waiting at most"}, 1, G_MAXINT,
                         8, kBeforeStart, NUMPRO_FIELD (max_batches)),
    Rows::enum_property (
        {"leaky-type", "Leaky type", "What gives way when max-batches are waiting"}, leaky_get_type,
        LeakyType::kAuto, kBeforeStart, NUMPRO_FIELD (leaky_type)),
    Rows::enum_property (
        {"on-error", "On error", "What becomes of the stream when a batch is lost"},
        on_error_get_type, OnError::kWarn, kBeforeStart, NUMPRO_FIELD (on_error)),
    Rows::uint64_property ({"drain-timeout", "Drain timeout",
                            "How long EOS waits for batches to be taken, in nanoseconds"},
                           120 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (drain_timeout)),
    Rows::uint64_property ({"history", "History",
                            "How long samples are kept in memory for pull-history, in nanoseconds "
                            "(0 = not at all)"},
                           60 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (history)),
    Rows::bool_property ({"emit-signals", "Emit signals", "Emit new-batch"}, false, kBeforeStart,
                         NUMPRO_FIELD (emit_signals)),
    Rows::string_property (
        {"location", "Location", "Directory for bundles, one directory a batch; made if need be"},
        nullptr, kBeforeStart, NUMPRO_FIELD (location)),
    Rows::uint_property ({"max-bundles", "Maximum bundles",
                          "Bundles kept under location; the oldest are removed (0 = all are kept)"},
                         0, G_MAXINT, 0, kBeforeStart, NUMPRO_FIELD (max_bundles)),
};

}  // namespace

std::span<const Property<SinkSettings>> sink_properties ()
{
  return kProperties;
}

void mark_sink_enums ()
{
  for (GType type : {leaky_get_type (), on_error_get_type (), layout_get_type ()})
    gst_type_mark_as_plugin_api (type, static_cast<GstPluginAPIFlags> (0));
}

std::string SinkSettings::problem () const
{
  if (window.size == 0 && window.time == 0)
    return "batch-size=0 and batch-time=0: a batch would never end. Set one of them.";
  if (window.size > 0 && window.overlap >= window.size)
    return "overlap must be smaller than batch-size.";
  return {};
}

}  // namespace numpro
