#include "connectors/mastodon/instance.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/web_address.hpp"

namespace pulse::connectors::mastodon {

namespace {

constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_id = 64;

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return made;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

account_place place_of(const credentials& account) {
  const auto& whole = account.external_user_id;
  const auto at = whole.find('@');
  account_place made{whole.substr(0, at), at == whole.npos ? std::string{} : whole.substr(at + 1)};
  if (!made.instance.empty()) return made;
  const auto in_handle = account.handle.rfind('@');
  if (in_handle != account.handle.npos && in_handle > 0) made.instance = account.handle.substr(in_handle + 1);
  return made;
}

std::string external_id_of(std::string_view id, std::string_view instance) {
  return fmt::format("{}@{}", id, instance);
}

base::result<instance_name, instance_problem> read_instance(std::string_view given, bool is_loopback_allowed) {
  auto text = lower(trimmed(given));
  constexpr std::string_view secure = "https://";
  if (text.starts_with(secure)) text.erase(0, secure.size());
  if (text.starts_with("http://")) return instance_problem{"must be reached by https"};
  if (const auto at = text.rfind('@'); at != text.npos) text.erase(0, at + 1);
  if (text.ends_with('/')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  if (text.empty()) return instance_problem{"must name a server, such as mastodon.social"};
  const bool is_host = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
  });
  if (text.size() > longest_host || !is_host)
    return instance_problem{"must be the address of a server, such as mastodon.social, without a path"};
  if (auto wrong = domain::web_address_problem(std::string{secure} + text, is_loopback_allowed))
    return instance_problem{std::move(*wrong)};
  return instance_name{std::move(text)};
}

std::string address_of(const instances& all, const std::string& instance) {
  return all.base_url.empty() ? "https://" + instance : all.base_url;
}

egress_request request_to(const instances& all, const std::string& instance, std::string method,
                          const std::string& path, const std::string& token) {
  egress_request request;
  request.method = std::move(method);
  request.url = address_of(all, instance) + path;
  request.headers = {{"accept", "application/json"}};
  if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
  request.address = all.base_url.empty() ? trust::user_given : trust::platform;
  return request;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= longest_id && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

}  // namespace pulse::connectors::mastodon
