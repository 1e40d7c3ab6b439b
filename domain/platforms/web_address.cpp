#include "domain/platforms/web_address.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/international_names.hpp"
#include "domain/platforms/ip_address.hpp"
#include "domain/platforms/top_level_domains.hpp"

namespace pulse::domain {

namespace {

constexpr std::size_t most_label_bytes = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What RFC 3986 lets stand in an address as it is.
bool may_stand(char c) {
  constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%";
  return is_letter(c) || is_digit(c) || others.find(c) != others.npos;
}

bool begins_with(std::string_view url, std::string_view scheme) {
  return url.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [](char wanted, char c) {
           return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
         });
}

struct host_and_port {
  std::string_view host;  // with the brackets of an IPv6 address
  std::string_view port;  // without its colon; empty if there is none
};

host_and_port split(std::string_view authority) {
  const auto bracket = authority.starts_with('[') ? authority.find(']') : authority.npos;
  const auto colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  if (colon == authority.npos) return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

/// Whether each label is one that the DNS could have: of 1 to 63 bytes, and with no hyphen at its beginning or end (RFC
/// 1035 §2.3.1, RFC 1123 §2.1). A full stop at the end of the name is none.
bool has_labels(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  for (std::size_t begin = 0; begin <= host.size();) {
    const auto end = std::min(host.find('.', begin), host.size());
    const auto label = host.substr(begin, end - begin);
    if (label.empty() || label.size() > most_label_bytes || label.front() == '-' || label.back() == '-') return false;
    begin = end + 1;
  }
  return true;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) return host.ends_with(']') && parse_address(host).has_value();
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; };
  return !host.empty() && host.size() <= 254 && std::all_of(host.begin(), host.end(), fits);
}

/// Digits, or 0x and hexadecimal ones: what a resolver may take for a part of an address.
bool is_number(std::string_view label) {
  const bool is_hexadecimal = label.starts_with("0x");
  if (is_hexadecimal) label.remove_prefix(2);
  return std::all_of(label.begin(), label.end(),
                     [is_hexadecimal](char c) { return is_digit(c) || (is_hexadecimal && c >= 'a' && c <= 'f'); });
}

/// Whether the root zone has `label`, in lower case.
bool is_known_top_level(std::string_view label) {
  if (!label.starts_with("xn--")) return is_top_level_domain(label);
  const auto letters = to_letters(label);
  return letters && international_domain_size(*letters) == letters->size();
}

/// Whether `name` is one that no root server leads anywhere: one label, the special-use names (RFC 6761, 6762, 7686,
/// 8375, 9476, .internal), what networks call their own machines (kubernetes.default.svc), all of .arpa, and addresses
/// that are none.
bool is_inside_name(std::string_view name, bool is_loopback_allowed) {
  if (name == "localhost" || name.ends_with(".localhost")) return !is_loopback_allowed;
  const auto dot = name.rfind('.');
  if (dot == name.npos) return true;
  const auto top = name.substr(dot + 1);
  if (is_number(top) || top == "arpa") return true;
  return !is_known_top_level(top);
}

/// Nothing, or 1 to 65535.
bool is_port(std::string_view port) {
  if (port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return false;
  unsigned value = 0;
  for (const char c : port) value = value * 10 + static_cast<unsigned>(c - '0');
  return port.empty() || (value >= 1 && value <= 65'535);
}

bool is_loopback(std::string_view host) {
  if (host == "localhost") return true;
  const auto address = parse_address(host);
  return address && is_loopback_address(*address);
}

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return made;
}

}  // namespace

bool is_inside_host(std::string_view host, bool is_loopback_allowed) {
  if (const auto address = parse_address(host))
    return !is_global(*address) && !(is_loopback_allowed && is_loopback_address(*address));
  const auto is_ascii = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
  };
  if (!is_ascii(host)) {
    const auto spelt = to_ascii_name(host);
    return !spelt || !is_ascii(*spelt) || is_inside_host(*spelt, is_loopback_allowed);
  }
  auto name = lower(host);
  while (name.ends_with('.')) name.pop_back();
  return !has_labels(name) || is_inside_name(name, is_loopback_allowed);
}

std::optional<std::string> web_address_problem(std::string_view url, bool is_loopback_allowed) {
  constexpr std::string_view secure = "https://";
  constexpr std::string_view plain = "http://";
  if (url.size() > most_web_address_bytes) {
    return fmt::format("must be at most {} bytes long", most_web_address_bytes);
  }
  if (!std::all_of(url.begin(), url.end(), may_stand)) return "must be an address with everything else percent-encoded";
  const bool is_secure = begins_with(url, secure);
  if (!is_secure && !begins_with(url, plain)) return "must begin with https://";
  const auto rest = url.substr(is_secure ? secure.size() : plain.size());
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != authority.npos) return "must not hold a user's name";
  const auto [host, port] = split(authority);
  const auto is_named =
      is_host(host) && (has_labels(host) || host.starts_with('[') || is_inside_name(lower(host), false));
  if (!is_named || !is_port(port)) return "must name a host, as in https://example.org/page";
  if (!is_secure && !(is_loopback_allowed && is_loopback(host))) return "must begin with https://";
  if (is_inside_host(host, is_loopback_allowed)) return "must be on the public internet";
  return std::nullopt;
}

}  // namespace pulse::domain
