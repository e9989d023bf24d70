/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unreadable.h"

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

constexpr char kToldInWords[] = "models are told the numbers as text before each image instead";

std::string size_of (const FrameShape &shape)
{
  return std::to_string (shape.width) + "x" + std::to_string (shape.height);
}

std::string cropped_sentence (const Unreadable &numbers)
{
  return "Numbers were drawn on frames of " + size_of (numbers.drawn_on) + ", and on those of " +
         size_of (numbers.received) +
         " that came of them there is none: they were cropped, padded or turned; " + kToldInWords +
         ". Put numproverlay behind what does so.";
}

std::string partly_sentence (const Unreadable &numbers)
{
  const bool is_same_size = numbers.drawn_on.width == numbers.received.width &&
                            numbers.drawn_on.height == numbers.received.height;
  const std::string sizes =
      is_same_size ? ""
                   : ", from " + size_of (numbers.drawn_on) + " to " + size_of (numbers.received);
  return "A part of the digits is missing: frames were cropped since numbers were drawn" + sizes +
         ", or something covers the rest; " + kToldInWords +
         ". Put numproverlay behind what does so.";
}

std::string turned_sentence (Turned turned)
{
  const std::string how = turned == Turned::kSideways     ? "lie on their side"
                          : turned == Turned::kUpsideDown ? "are upside down"
                                                          : "are mirrored";
  return "Numbers " + how + ": frames were turned since they were drawn; " + kToldInWords +
         ". Put numproverlay behind what turns them.";
}

std::string small_sentence (const Unreadable &numbers)
{
  constexpr double kLeast = Unreadable::kLeastDigitHeight;
  const double times = std::ceil (10 * kLeast / std::max (numbers.digit_height, 1.0)) / 10;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return "Digits are " + std::to_string (std::lround (std::floor (numbers.digit_height))) +
         " pixels high in the images, and models may not read fewer than " +
         std::to_string (std::lround (kLeast)) + ". Make them " +
         g_ascii_formatd (text, sizeof (text), "%.1f", times) +
         " times as high: " + (numbers.is_scaled_down ? "raise max-edge, or " : "") +
         "raise font-size of numproverlay, or lower its reference-height.";
}

}  // namespace

const char *Unreadable::nick () const
{
  switch (reason) {
    case UnreadableReason::kNotDrawn:
      return "not-drawn";
    case UnreadableReason::kTime:
      return "time";
    case UnreadableReason::kCut:
      return "cut";
    case UnreadableReason::kCropped:
      return "cropped";
    case UnreadableReason::kPartly:
      return "partly";
    case UnreadableReason::kTurned:
      return "turned";
    case UnreadableReason::kCovered:
      return "covered";
    case UnreadableReason::kSmall:
      break;
  }
  return "small";
}

std::string Unreadable::sentence () const
{
  const std::string instead = std::string ("; ") + kToldInWords;
  const std::string wanted = ", or image-label=number if that is what you want.";
  switch (reason) {
    case UnreadableReason::kNotDrawn:
      return "No numbers are drawn on the frames: numproverlay has silent=true, or a color without "
             "opacity" +
             instead + ". Set silent=false and a color" + wanted;
    case UnreadableReason::kTime:
      return "Frames show their time, not their number: numproverlay has stamp=seconds or "
             "stamp=clock" +
             instead + ". Set stamp=number" + wanted;
    case UnreadableReason::kCut:
      return "A number reaches over the edge of its frame, so that digits are cut off" + instead +
             ". Set font-size, deltax, deltay or wrap of numproverlay so that all of it fits.";
    case UnreadableReason::kCropped:
      return cropped_sentence (*this);
    case UnreadableReason::kPartly:
      return partly_sentence (*this);
    case UnreadableReason::kTurned:
      return turned_sentence (turned);
    case UnreadableReason::kCovered:
      return "Nothing of the numbers' colour is where they were drawn: something covers or "
             "recolours them, or crops or turns the frames" +
             instead + ". Put numproverlay behind what does so.";
    case UnreadableReason::kSmall:
      break;
  }
  return small_sentence (*this);
}

}  // namespace numpro
