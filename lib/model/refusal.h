/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

namespace numpro {

/** Why a server does not answer, as far as its status and its words tell. */
enum class Refusal {
  kNone,        /**< it does not refuse, or does not say why */
  kImages,      /**< more images than it takes */
  kSize,        /**< more bytes or tokens than it takes */
  kNoImages,    /**< it takes no images at all */
  kFormat,      /**< the form that the answer is to have */
  kMaxTokens,   /**< the member "max_tokens", by this name */
  kTemperature, /**< the temperature */
  kKey,         /**< the key, or what it may do */
  kModeration,  /**< what the request is about */
  kCountry,     /**< where it comes from */
  kBarrier,     /**< something in between, such as a proxy, let it not pass */
  kNoModel,     /**< there is no such model */
  kNoRoute,     /**< there is nothing at this address */
  kMethod,      /**< something else is at this address */
  kQuota,       /**< nothing is left to pay with */
  kLoading,     /**< not now: the model is being loaded */
};

/**
 * Reads a refusal.
 *
 * @param status of an error
 * @param words searchable_words() of its body
 */
Refusal refusal_of (long status, const std::string &words);

/** What a user may do about it; empty where nothing is known. @param url that was asked */
std::string cure_of (Refusal refusal, long status, const std::string &url);

}  // namespace numpro
