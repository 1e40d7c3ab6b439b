#include "config/value_text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/ip_address.hpp"

namespace pulse::config {

namespace {

constexpr std::size_t max_origins = 32;
constexpr std::size_t max_networks = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<std::int64_t> read_whole(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::int64_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) return std::nullopt;
  return value;
}

bool is_visible(std::string_view text) {
  return text.size() <= max_value_size &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

bool cut_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_port(std::string_view text) {
  const auto value = read_whole(text);
  return value && *value >= 1 && *value <= 65535;
}

bool is_ip(const std::string& text) {
  in6_addr ignored{};
  return inet_pton(AF_INET, text.c_str(), &ignored) == 1 || inet_pton(AF_INET6, text.c_str(), &ignored) == 1;
}

bool is_host_name(std::string_view text) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; };
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), fits) && text.front() != '.' &&
         text.front() != '-';
}

bool is_host_and_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == text.npos || !is_ip(std::string{text.substr(1, end - 1)})) return false;
    const auto rest = text.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const auto colon = text.find(':');
  if (colon != text.npos && !is_port(text.substr(colon + 1))) return false;
  return is_host_name(text.substr(0, colon));
}

namespace {

std::string lower(std::string_view text) {
  std::string made{text};
  std::transform(made.begin(), made.end(), made.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return made;
}

/// Scheme and host in lower case, as a browser sends an origin; nothing if it is malformed.
std::optional<std::string> read_origin(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  auto origin = lower(text);
  std::string_view rest = origin;
  if (!cut_prefix(rest, "http://") && !cut_prefix(rest, "https://")) return std::nullopt;
  if (!is_host_and_port(rest)) return std::nullopt;
  return origin;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::vector<std::string>> read_origins(std::string_view text) {
  if (text == "*") return std::vector<std::string>{"*"};
  std::vector<std::string> list;
  if (text.empty()) return list;
  while (true) {
    const auto comma = text.find(',');
    auto origin = read_origin(trimmed(text.substr(0, comma)));
    if (!origin || list.size() == max_origins) return std::nullopt;
    list.push_back(std::move(*origin));
    if (comma == text.npos) return list;
    text.remove_prefix(comma + 1);
  }
}

std::optional<std::vector<std::string>> read_networks(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto network = trimmed(text.substr(0, comma));
    if (!base::ip_network::parse(network) || list.size() == max_networks) return std::nullopt;
    list.emplace_back(network);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return list;
}

namespace {

/// What SQLAlchemy's asyncpg calls `ssl` is libpq's `sslmode`, with the same words.
std::string with_libpq_parameters(std::string_view rest) {
  const auto question = rest.find('?');
  std::string made{rest.substr(0, question)};
  if (question == rest.npos) return made;
  char separator = '?';
  for (auto parameters = rest.substr(question + 1); !parameters.empty();) {
    const auto end = std::min(parameters.find('&'), parameters.size());
    auto parameter = parameters.substr(0, end);
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    made += separator;
    separator = '&';
    if (cut_prefix(parameter, "ssl=")) {
      made += "sslmode=";
      if (parameter == "true") parameter = "require";
    }
    made += parameter;
  }
  return made;
}

}  // namespace

std::optional<std::string> read_database_address(std::string_view text) {
  constexpr std::string_view schemes[] = {"postgresql",          "postgres",           "postgresql+asyncpg",
                                          "postgresql+psycopg2", "postgresql+psycopg", "postgres+asyncpg"};
  const auto colon = text.find("://");
  if (!is_visible(text) || colon == text.npos) return std::nullopt;
  if (std::find(std::begin(schemes), std::end(schemes), text.substr(0, colon)) == std::end(schemes))
    return std::nullopt;
  const auto rest = text.substr(colon);
  // A second @ or a # is a password's character that should have been percent-encoded: libpq would misread it.
  if (rest == "://" || std::count(rest.begin(), rest.end(), '@') > 1 || rest.find('#') != rest.npos)
    return std::nullopt;
  return "postgresql" + with_libpq_parameters(rest);
}

bool is_redis_address(std::string_view text) {
  if (!is_visible(text)) return false;
  const bool is_unix = cut_prefix(text, "unix://");
  if (!is_unix && !cut_prefix(text, "redis://")) return false;
  if (const auto at = text.rfind('@'); at != text.npos) text.remove_prefix(at + 1);
  if (is_unix) return text.starts_with('/') && text.size() > 1;
  if (!is_host_and_port(text.substr(0, text.find('/')))) return false;
  const auto slash = text.find('/');
  if (slash == text.npos || slash + 1 == text.size()) return true;
  return read_whole(text.substr(slash + 1)).value_or(-1) >= 0;
}

bool is_web_address(std::string_view text) {
  if (!is_visible(text) || text.find_first_of("?#@\\") != text.npos) return false;
  if (!cut_prefix(text, "http://") && !cut_prefix(text, "https://")) return false;
  return is_host_and_port(text.substr(0, text.find('/')));
}

std::string_view without_slashes(std::string_view address) {
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

bool is_graph_version(std::string_view text) {
  const auto dot = text.find('.');
  if (!text.starts_with('v') || dot == text.npos) return false;
  const auto is_small = [](std::string_view digits) { return digits.size() <= 3 && read_whole(digits).has_value(); };
  return is_small(text.substr(1, dot - 1)) && is_small(text.substr(dot + 1));
}

bool is_year_month(std::string_view text) {
  const auto value = read_whole(text);
  return value && *value >= 202301 && *value <= 209912;
}

bool is_line(std::string_view text) {
  return text.size() <= max_value_size &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
}

std::string without_password(std::string_view url) {
  std::string made;
  const auto scheme_end = url.find("://");
  const auto at = url.rfind('@');
  auto rest = url;
  if (scheme_end != url.npos && at != url.npos && at > scheme_end) {
    const auto colon = url.find(':', scheme_end + 3);
    made = url.substr(0, std::min(colon, at));
    if (colon < at) made += ":***";
    rest = url.substr(at);
  }
  constexpr std::string_view parameter = "password=";
  for (auto hidden = rest.find(parameter); hidden != rest.npos; hidden = rest.find(parameter)) {
    const auto value = hidden + parameter.size();
    made += rest.substr(0, value);
    made += "***";
    rest = rest.substr(std::min(rest.find('&', value), rest.size()));
  }
  made += rest;
  return made;
}

std::string_view password_of(std::string_view url) {
  const auto scheme_end = url.find("://");
  const auto at = url.rfind('@');
  if (scheme_end == url.npos || at == url.npos || at < scheme_end) return {};
  const auto colon = url.find(':', scheme_end + 3);
  return colon < at ? url.substr(colon + 1, at - colon - 1) : std::string_view{};
}

}  // namespace pulse::config
