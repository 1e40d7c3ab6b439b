// The external addresses of this service. Every address in an answer is made here, so that all are right behind a proxy
// that serves Pulse below a path.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::http {

/// Immutable.
class addresses {
 public:
  addresses() = default;
  /// `api_url` is API_BASE_URL and `app_url` PUBLIC_APP_URL: "https://example.org/pulse"; trailing slashes are ignored.
  explicit addresses(std::string_view api_url, std::string_view app_url = {});

  /// The public path of the API, and of the dashboard: "/pulse", or "" at the root.
  const std::string& api_prefix() const { return api_prefix_; }
  const std::string& app_prefix() const { return app_prefix_; }

  /// The whole address of a path that begins with '/' or is empty: "https://example.org/pulse/site/…".
  std::string api_url(std::string_view path = {}) const { return api_url_ + std::string{path}; }
  std::string app_url(std::string_view path = {}) const { return app_url_ + std::string{path}; }

  /// The origin of the API if it differs from the dashboard's, or "".
  std::string foreign_api_origin() const;

  /// A path without the API's or the dashboard's prefix, if it begins with one: proxies may leave it on.
  std::string_view without_prefix(std::string_view path) const;

  /// The public form of a path of this service: with the API's prefix, unless it has it already.
  std::string seen_path(std::string_view path) const;

  /// Adds the prefix to `location` and `link`, in which routes use paths of the route table.
  void place(server::response& answer) const;

 private:
  std::string api_url_;
  std::string app_url_;
  std::string api_prefix_;
  std::string app_prefix_;
};

/// The path of a web address, without a slash at the end: "/pulse" of "https://example.org/pulse/". "" when it has
/// none, or one that a page or a header could not hold unescaped.
std::string path_of_url(std::string_view url);

}  // namespace pulse::http
