/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <vector>

#include "fate.h"
#include "plugin/sink/events/reporter.h"

namespace numpro {

/** Holds the samples of a batch that may come again in the next one. */
class Custody
{
 public:
  /** @param overlap samples of a batch that may also open the next one */
  Custody (std::shared_ptr<Fate> fate, guint overlap) : fate_ (std::move (fate)), overlap_ (overlap)
  {
  }

  /**
   * There are tickets for the batch with these stakes. To be called before any can be lost.
   *
   * @return what is lost because it is in this batch neither
   */
  std::vector<Loss> keep (const Stakes &stakes);

  /** No batch to come has any sample of those before. @return what is lost thereby */
  std::vector<Loss> let_go ();

 private:
  std::shared_ptr<Fate> fate_;
  std::size_t overlap_;
  Stakes kept_;  // of the last batch's samples those that may open the next one
};

}  // namespace numpro
