// Cross-origin requests (the Fetch standard's CORS protocol): which pages may read our answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/message.hpp"
#include "http/server/outgoing.hpp"

namespace pulse::http::server {

/// The origins that may call with credentials, compared to the letter, and the paths that any page may read without
/// them. Immutable.
class cors_policy {
 public:
  /// `open_paths` are beginnings of paths, "/site/".
  explicit cors_policy(std::vector<std::string> origins, std::vector<std::string> open_paths = {});

  /// Whether answers to the path differ by origin, so that caches must tell origins apart.
  bool varies(std::string_view path) const { return !origins_.empty() && !is_open(path); }

  /// Whether the request asks for leave rather than for a resource. Without any origin and off the open paths OPTIONS
  /// is the handler's.
  bool is_preflight(const request& request) const;

  /// The answer to a preflight; 403 without a body to an origin that is not allowed.
  response answer_preflight(const request& request) const;

  /// Inserts the headers that let a page of the request's origin read the response.
  void insert_headers(const request& request, outgoing_fields& to) const;

 private:
  bool allows(std::string_view origin) const;
  bool is_open(std::string_view path) const;

  std::vector<std::string> origins_;
  std::vector<std::string> open_paths_;
};

}  // namespace pulse::http::server
