/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonecurve.h"

#include <algorithm>

#include "transfer.h"

namespace numpro {

ToneCurve::ToneCurve (double peak)
    : peak_signal_ (light_to_pq (std::max (peak, kReferenceWhite))),
      most_ (light_to_pq (kReferenceWhite) / peak_signal_)
{
  // BT.2390: KS = 1.5 maxLum - 0.5.
  knee_ = 1.5 * most_ - 0.5;
}

double ToneCurve::operator() (double light) const
{
  const double signal = std::min (light_to_pq (light) / peak_signal_, 1.0);
  if (signal <= knee_)
    return std::min (light, kReferenceWhite);
  // BT.2390's Hermite spline: from the knee, where its slope is that of what is below, to the peak.
  const double t = (signal - knee_) / (1 - knee_), t2 = t * t, t3 = t2 * t;
  const double mapped =
      (2 * t3 - 3 * t2 + 1) * knee_ + (t3 - 2 * t2 + t) * (1 - knee_) + (-2 * t3 + 3 * t2) * most_;
  return pq_to_light (mapped * peak_signal_);
}

}  // namespace numpro
