/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

namespace numpro {

/**
 * Makes the light of a picture of high dynamic range fit an SDR display: the electro-electrical
 * transfer function (EETF) of ITU-R BT.2390, which is also in annex 5 of ITU-R BT.2408. What is
 * dark stays as it is, what is bright is compressed ever more towards the display's peak.
 *
 * The display's white is taken to be kReferenceWhite, so that what is white on paper is nearly
 * white in an image, and its black to be black.
 */
class ToneCurve
{
 public:
  /** @param peak the brightest that there is in the picture, cd/m2 */
  explicit ToneCurve (double peak);

  /** @param light cd/m2 @return cd/m2, kReferenceWhite at most */
  double operator() (double light) const;

 private:
  double peak_signal_, knee_, most_;
};

}  // namespace numpro
