// Sessions of browsers: the refresh token in a cookie that no script can read, instead of in the body.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/api/problem.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// Where a client keeps its refresh token.
enum class keeping : std::uint8_t { body, cookie };

/// How long a device that has signed in is known.
inline constexpr std::chrono::hours known_device_lifetime{24 * 365};

/// The cookies of sessions in browsers. A client asks for them with `X-Pulse-Session: cookie`. No page of another
/// origin can send this header without permission (CORS): that is the defence against forged requests, together with
/// SameSite=Strict and a check of Origin. Immutable, thread-safe.
class browser_sessions {
 public:
  /// `public_url` is the API's address (API_BASE_URL). `origins` are pages that may use cookies, in addition to those
  /// of the host that the request names.
  browser_sessions(std::string_view public_url, std::vector<std::string> origins);

  /// How the client wants to keep its token. 400: wrong header value. 403: a foreign page asks for a cookie.
  result<keeping> keeping_of(const server::request& request) const;

  /// The refresh token in the request's cookie.
  std::optional<std::string> token_of(const server::request& request) const;

  /// The values of Set-Cookie: HttpOnly, SameSite=Strict, Secure where the API's address is https, and only for the
  /// routes below "/auth" of the address that the client uses.
  server::header keep(const server::request& request, std::string_view token, std::chrono::seconds lifetime) const;
  server::header forget(const server::request& request) const;

  /// A cookie of its own with the text by which the device is recognized at later sign-ins.
  server::header keep_device(const server::request& request, std::string_view text) const;
  std::optional<std::string> device_of(const server::request& request) const;

 private:
  bool is_ours(std::string_view origin, const server::request& request) const;
  std::string attributes(const server::request& request) const;

  std::string name_;
  std::string device_name_;
  std::string prefix_;  // of the path, without a slash at the end
  bool is_secure_ = false;
  std::vector<std::string> origins_;
};

/// The value of the first cookie called `name` in the header Cookie (RFC 6265 §5.4), or nothing.
std::optional<std::string> find_cookie(const server::request& request, std::string_view name);

/// Scheme, host and port of an address, in the form of a browser's Origin.
std::string_view origin_of(std::string_view url);

}  // namespace pulse::http
