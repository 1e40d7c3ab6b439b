// Cross-origin requests (the Fetch standard's CORS protocol): which pages may read our answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.hpp"

namespace pulse::http::server {

/// The origins that may call with credentials, compared to the letter. Immutable.
class cors_policy {
 public:
  explicit cors_policy(std::vector<std::string> origins);

  /// Whether there are any: without, responses carry no CORS headers and OPTIONS is the handler's.
  bool active() const { return !origins_.empty(); }

  bool allows(std::string_view origin) const;

  /// Whether the request asks for leave rather than for a resource.
  bool is_preflight(const request& asked) const;

  /// The answer to a preflight; 403 without a body to an origin that is not allowed.
  response answer_preflight(const request& asked) const;

  /// Appends the header lines that let a page of this origin, "" when none was sent, read the response.
  void append_headers(std::string_view origin, std::string& head) const;

 private:
  std::vector<std::string> origins_;
};

}  // namespace pulse::http::server
