/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reader {

struct RequestImage {
  std::string jpeg;
  bool is_sheet = false; /**< a text "<Frame a to Frame b>" stands before it */
};

/** What somebody asks for: the body of a POST to /v1/chat/completions. */
struct CompletionRequest {
  std::string model;
  std::string instruction; /**< the texts before the images */
  std::string question;    /**< the texts after the images; of a request without images, all */
  std::vector<RequestImage> images;
  std::shared_ptr<const nlohmann::ordered_json>
      schema;                /**< of response_format; null if text will do */
  bool has_format = false;   /**< an answer in another form than text is asked for */
  std::size_t text_size = 0; /**< bytes of all texts */

  /** The request, or in a sentence what is wrong with it. */
  static std::variant<CompletionRequest, std::string> parse (std::string_view body);
};

}  // namespace reader
