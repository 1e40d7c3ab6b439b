#include "domain/platforms/web_address.hpp"

#include <algorithm>

namespace pulse::domain {

namespace {

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
  std::string_view port;  // without its colon; empty when there is none
};

host_and_port split(std::string_view authority) {
  const auto bracket = authority.starts_with('[') ? authority.find(']') : authority.npos;
  const auto colon = authority.find(':', bracket == authority.npos ? 0 : bracket);
  if (colon == authority.npos) return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) return host.size() > 3 && host.ends_with(']');
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; };
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), fits);
}

bool is_port(std::string_view port) { return port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit); }

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") &&
          std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || is_digit(c); }));
}

}  // namespace

std::optional<std::string> web_address_problem(std::string_view url, bool is_loopback_allowed) {
  constexpr std::string_view secure = "https://";
  constexpr std::string_view plain = "http://";
  if (url.size() > most_web_address_bytes) {
    return "must be at most " + std::to_string(most_web_address_bytes) + " bytes long";
  }
  if (!std::all_of(url.begin(), url.end(), may_stand)) return "must be an address with everything else percent-encoded";
  const bool is_secure = begins_with(url, secure);
  if (!is_secure && !begins_with(url, plain)) return "must begin with https://";
  const auto rest = url.substr(is_secure ? secure.size() : plain.size());
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != authority.npos) return "must not hold a user's name";
  const auto [host, port] = split(authority);
  if (!is_host(host) || !is_port(port)) return "must name a host, as in https://example.org/page";
  if (!is_secure && !(is_loopback_allowed && is_loopback(host))) return "must begin with https://";
  return std::nullopt;
}

}  // namespace pulse::domain
