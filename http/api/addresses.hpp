// The external addresses of this service. Every address in an answer is made here, so that all of them are right
// behind a proxy that serves it below a path.
#pragma once

#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::http {

/// Immutable.
class addresses {
 public:
  addresses() = default;
  /// `api_url` is API_BASE_URL and `app_url` PUBLIC_APP_URL: "https://example.org/pulse"; slashes at the end do not count.
  explicit addresses(std::string_view api_url, std::string_view app_url = {});

  /// The path under which others see the API, and the dashboard: "/pulse", or "" where that is the root.
  const std::string& api_prefix() const { return api_prefix_; }
  const std::string& app_prefix() const { return app_prefix_; }

  /// The whole address of a path that begins with '/' or is empty: "https://example.org/pulse/site/…".
  std::string api_url(std::string_view path = {}) const { return api_url_ + std::string{path}; }
  std::string app_url(std::string_view path = {}) const { return app_url_ + std::string{path}; }

  /// The origin of the API when it is another one than the dashboard's, or "".
  std::string foreign_api_origin() const;

  /// A path without the API's prefix, or the dashboard's, when it begins with one: proxies may leave it on.
  std::string_view without_prefix(std::string_view path) const;

  /// A path of this service as others see it: with the API's prefix, where it is not there already.
  std::string seen_path(std::string_view path) const;

  /// Routes name what they point at as the route table does; this puts the prefix before `location` and `link`.
  void place(server::response& answer) const;

 private:
  std::string api_url_;
  std::string app_url_;
  std::string api_prefix_;
  std::string app_prefix_;
};

/// The path of a web address, without a slash at the end: "/pulse" of "https://example.org/pulse/". "" when it has none, or
/// one that could not stand in a page or a header as it is.
std::string path_of_url(std::string_view url);

}  // namespace pulse::http
