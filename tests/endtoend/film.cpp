/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "film.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr int kTint = 12;   // of each component: no two films have quite the same colour
constexpr int kNoise = 16;  // levels of luma

// Red is left out: it is the numbers' colour.
constexpr struct {
  const char *name;
  int r, g, b;
} kColors[] = {
    {"green", 20, 170, 30}, {"blue", 30, 40, 220},     {"yellow", 235, 220, 20},
    {"cyan", 20, 220, 230}, {"magenta", 230, 20, 225}, {"gray", 120, 120, 120},
    {"black", 12, 12, 12},  {"white", 243, 243, 243},
};
constexpr int kAll = std::size (kColors), kAskedFor = 5;

constexpr int kChromaWidth = Film::kWidth / 2, kChromaHeight = Film::kHeight / 2;
constexpr int kLumaSize = Film::kWidth * Film::kHeight, kChromaSize = kChromaWidth * kChromaHeight;

guint8 level (double value)
{
  return static_cast<guint8> (std::clamp (value + 0.5, 0.0, 255.0));
}

}  // namespace

Film::Film (unsigned seed, GstClockTime slot) : random_ (seed)
{
  frames_ = pick (16 * kFps, 30 * kFps);
  choose_colors ();
  choose_events (slot);
}

// The library's distributions differ from one library to another.
int Film::pick (int from, int to)
{
  return from + static_cast<int> (random_ () % static_cast<unsigned> (to - from + 1));
}

// BT.601 of limited range, as caps() says.
Film::Yuv Film::shade_of (std::size_t color)
{
  const auto &named = kColors[color];
  const double r = named.r + pick (-kTint, kTint), g = named.g + pick (-kTint, kTint),
               b = named.b + pick (-kTint, kTint);
  return {level (16 + 0.257 * r + 0.504 * g + 0.098 * b),
          level (128 - 0.148 * r - 0.291 * g + 0.439 * b),
          level (128 + 0.439 * r - 0.368 * g - 0.071 * b)};
}

void Film::choose_colors ()
{
  const int event = pick (0, kAskedFor - 1);
  const int background = (event + pick (1, kAll - 1)) % kAll;
  int mover = 0;
  while (mover == event || mover == background)
    ++mover;
  event_ = shade_of (static_cast<std::size_t> (event));
  background_ = shade_of (static_cast<std::size_t> (background));
  mover_ = shade_of (static_cast<std::size_t> (mover));

  const std::string name = kColors[event].name;
  if (pick (0, 1) == 0) {
    question_ = "the screen is " + name;
    place_ = {0, 0, kWidth, kHeight};
    return;
  }
  question_ = pick (0, 1) == 0 ? "something " + name : "a " + name + " bar";
  const int width = 2 * pick (60, 160), height = 2 * pick (40, 80);
  place_ = {2 * pick (0, (kWidth - width) / 2), 2 * pick (0, (kHeight - height) / 2), width,
            height};
}

void Film::choose_events (GstClockTime slot)
{
  const int shortest = static_cast<int> (gst_util_uint64_scale_ceil (slot, kFps, GST_SECOND)) + 1;
  const int kind = pick (0, 9);
  const int count = kind == 0 ? 0 : kind <= 2 ? 2 : 1;
  // Each has a share of the film to itself, and a pause at its end.
  for (int i = 0; i < count; ++i) {
    const int from = frames_ / count * i, room = frames_ / count - shortest;
    const int length = pick (shortest, room / 2);
    const int start = from + pick (0, room - length);
    truth_.push_back ({time_of (start), time_of (start + length)});
  }
}

GstClockTime Film::time_of (int frame)
{
  return gst_util_uint64_scale (static_cast<guint64> (frame), GST_SECOND, kFps);
}

GstCaps *Film::caps ()
{
  return gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "I420", "width", G_TYPE_INT,
                              kWidth, "height", G_TYPE_INT, kHeight, "framerate", GST_TYPE_FRACTION,
                              kFps, 1, "colorimetry", G_TYPE_STRING, "bt601", nullptr);
}

void Film::fill (guint8 *planes, const Bar &bar, const Yuv &color) const
{
  for (int y = bar.y; y < bar.y + bar.height; ++y)
    std::memset (planes + y * kWidth + bar.x, color.y, static_cast<std::size_t> (bar.width));
  guint8 *u = planes + kLumaSize, *v = u + kChromaSize;
  for (int y = bar.y / 2; y < (bar.y + bar.height) / 2; ++y) {
    std::memset (u + y * kChromaWidth + bar.x / 2, color.u,
                 static_cast<std::size_t> (bar.width / 2));
    std::memset (v + y * kChromaWidth + bar.x / 2, color.v,
                 static_cast<std::size_t> (bar.width / 2));
  }
}

void Film::add_noise (guint8 *luma, int index) const
{
  std::uint32_t state = static_cast<std::uint32_t> (index) * 2654435761U + 1;
  for (int i = 0; i < kLumaSize; ++i) {
    state = state * 1664525U + 1013904223U;
    const int noisy = luma[i] + static_cast<int> (state >> 24) % kNoise - kNoise / 2;
    luma[i] = static_cast<guint8> (std::clamp (noisy, 16, 235));
  }
}

bool Film::shows_event (int index) const
{
  return std::any_of (truth_.begin (), truth_.end (), [&] (const Interval &event) {
    return time_of (index) >= event.start && time_of (index) < event.end;
  });
}

GstBuffer *Film::frame (int index) const
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, kLumaSize + 2 * kChromaSize, nullptr);
  GstMapInfo map;
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  fill (map.data, {0, 0, kWidth, kHeight}, background_);
  if (shows_event (index))
    fill (map.data, place_, event_);
  const int size = 40;
  fill (map.data, {index * 4 % (kWidth - size), index * 2 % (kHeight - size), size, size}, mover_);
  add_noise (map.data, index);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = time_of (index);
  GST_BUFFER_DURATION (buffer) = time_of (index + 1) - time_of (index);
  return buffer;
}
