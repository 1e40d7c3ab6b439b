#include "http/auth/browser_sessions.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "http/api/router.hpp"

namespace pulse::http {

namespace {

constexpr std::string_view header_name = "x-pulse-session";
constexpr std::string_view scope = "/auth";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace

std::string_view origin_of(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return {};
  return url.substr(0, url.find('/', host + 3));
}

std::optional<std::string> find_cookie(const server::request& request, std::string_view name) {
  for (const auto& field : request.headers) {
    if (field.name != "cookie") continue;
    std::string_view left = field.value;
    while (!left.empty()) {
      const auto end = std::min(left.find(';'), left.size());
      const auto pair = trimmed(left.substr(0, end));
      if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
        return std::string{pair.substr(name.size() + 1)};
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }
  return std::nullopt;
}

browser_sessions::browser_sessions(std::string_view public_url, std::vector<std::string> origins)
    : is_secure_(public_url.starts_with("https://")), origins_(std::move(origins)) {
  // A browser accepts this prefix only together with Secure, so a page on plain http cannot plant such a cookie.
  name_ = is_secure_ ? "__Secure-pulse_refresh" : "pulse_refresh";
  device_name_ = is_secure_ ? "__Secure-pulse_device" : "pulse_device";
  const auto origin = origin_of(public_url);
  prefix_ = public_url.substr(origin.size());
  while (prefix_.ends_with('/')) prefix_.pop_back();
  origins_.emplace_back(origin);
}

bool browser_sessions::is_ours(std::string_view origin, const server::request& request) const {
  if (std::find(origins_.begin(), origins_.end(), origin) != origins_.end()) return true;
  const auto host = request.find("host");
  const auto begin = origin.find("://");
  return host && begin != std::string_view::npos && origin.substr(begin + 3) == *host;
}

result<keeping> browser_sessions::keeping_of(const server::request& request) const {
  const auto wanted = request.find(header_name);
  if (!wanted || *wanted == "body") return keeping::body;
  if (*wanted != "cookie")
    return problem{.status = 400,
                   .code = "malformed_session_header",
                   .detail = "X-Pulse-Session must be `cookie`, or `body`, which is the same as leaving it out."};
  if (const auto origin = request.find("origin"); origin && !is_ours(*origin, request))
    return problems::forbidden("foreign_origin",
                               "A page of another origin may not use this session. The operator lists allowed origins "
                               "in CORS_ORIGINS.");
  return keeping::cookie;
}

std::optional<std::string> browser_sessions::token_of(const server::request& request) const {
  return find_cookie(request, name_);
}

std::string browser_sessions::attributes(const server::request& request) const {
  // A proxy may strip the clients' prefix or pass it on. If it passes it on, the path already begins with it.
  std::string_view inner = request.path;
  if (is_below(inner, prefix_)) inner.remove_prefix(prefix_.size());
  std::string path = prefix_;
  if (is_below(inner, api_prefix) && !prefix_.ends_with(api_prefix)) path += api_prefix;
  path += scope;
  return fmt::format("; Path={}{}; HttpOnly; SameSite=Strict", path, is_secure_ ? "; Secure" : "");
}

server::header browser_sessions::keep(const server::request& request, std::string_view token,
                                      std::chrono::seconds lifetime) const {
  return {"set-cookie", fmt::format("{}={}; Max-Age={}{}", name_, token, lifetime.count(), attributes(request))};
}

server::header browser_sessions::forget(const server::request& request) const {
  return {"set-cookie", fmt::format("{}=; Max-Age=0{}", name_, attributes(request))};
}

server::header browser_sessions::keep_device(const server::request& request, std::string_view text) const {
  constexpr std::chrono::seconds lifetime = known_device_lifetime;
  return {"set-cookie", fmt::format("{}={}; Max-Age={}{}", device_name_, text, lifetime.count(), attributes(request))};
}

std::optional<std::string> browser_sessions::device_of(const server::request& request) const {
  return find_cookie(request, device_name_);
}

}  // namespace pulse::http
