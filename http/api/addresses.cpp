#include "http/api/addresses.hpp"

#include "http/server/characters.hpp"

namespace pulse::http {

namespace {

std::string without_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string{url};
}

/// Scheme, host and port: "https://example.org".
std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

/// Puts `prefix` before the path in `<…>; rel="next"`, or before a bare path, unless the path already has it from the
/// request.
void prepend(const std::string& prefix, std::string& value) {
  const std::size_t at = value.starts_with('<') ? 1 : 0;
  const auto path = std::string_view{value}.substr(at);
  if (path.starts_with('/') && !is_below(path, prefix)) value.insert(at, prefix);
}

}  // namespace

std::string path_of_url(std::string_view url) {
  const auto origin = origin_of(url);
  if (origin.empty()) return {};
  auto path = without_slash(url.substr(origin.size()));
  return server::consists_of(server::path_bytes, path) && path.find('\'') == std::string::npos ? path : std::string{};
}

addresses::addresses(std::string_view api_url, std::string_view app_url)
    : api_url_(without_slash(api_url)),
      app_url_(app_url.empty() ? api_url_ : without_slash(app_url)),
      api_prefix_(path_of_url(api_url_)),
      app_prefix_(path_of_url(app_url_)) {}

std::string addresses::foreign_api_origin() const {
  const auto origin = origin_of(api_url_);
  return origin == origin_of(app_url_) ? std::string{} : std::string{origin};
}

std::string_view addresses::without_prefix(std::string_view path) const {
  for (const auto& prefix : {std::string_view{api_prefix_}, std::string_view{app_prefix_}}) {
    if (prefix.empty() || !is_below(path, prefix)) continue;
    return path.size() == prefix.size() ? std::string_view{"/"} : path.substr(prefix.size());
  }
  return path;
}

std::string addresses::seen_path(std::string_view path) const {
  std::string seen{path};
  if (!api_prefix_.empty()) prepend(api_prefix_, seen);
  return seen;
}

void addresses::place(server::response& answer) const {
  if (api_prefix_.empty()) return;
  for (auto& each : answer.headers) {
    if (each.name == "location" || each.name == "link") prepend(api_prefix_, each.value);
  }
}

}  // namespace pulse::http
