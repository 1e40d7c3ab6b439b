#include "connectors/egress/address_guard.hpp"

#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>

#include <curl/curl.h>

#include "domain/platforms/web_address.hpp"

namespace pulse::connectors {

namespace {

struct url_parts {
  std::string scheme;
  std::string host;
  bool with_user = false;
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return std::nullopt;
  std::string copy{text};
  curl_free(text);
  return copy;
}

std::optional<url_parts> split_url(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed{curl_url(), &curl_url_cleanup};
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
    return std::nullopt;
  }
  url_parts parts;
  parts.scheme = part_of(parsed.get(), CURLUPART_SCHEME).value_or("");
  parts.host = part_of(parsed.get(), CURLUPART_HOST).value_or("");
  parts.with_user = part_of(parsed.get(), CURLUPART_USER) || part_of(parsed.get(), CURLUPART_PASSWORD);
  if (const auto zone = part_of(parsed.get(), CURLUPART_ZONEID); zone && parts.host.size() > 2) {
    parts.host = fmt::format("{}%{}", parts.host.substr(1, parts.host.size() - 2), *zone);
  }
  return parts;
}

}  // namespace

std::optional<ip_address> address_of(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    return domain::address_of_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    ip_address result;
    std::memcpy(result.bytes.data(), &v6.sin6_addr, result.bytes.size());
    result.zoned = v6.sin6_scope_id != 0;
    return result;
  }
  return std::nullopt;
}

bool may_reach(const ip_address& address, reach how_far) {
  if (is_global(address)) return true;
  switch (how_far) {
    case reach::internet: return false;
    case reach::internet_and_loopback: return domain::is_loopback_address(address);
  }
  return false;
}

std::optional<std::string> user_url_problem(const std::string& url, reach how_far) {
  const auto parts = url.find('\0') == std::string::npos ? split_url(url) : std::nullopt;
  if (!parts) return "The address is not a valid URL.";
  if (parts->scheme != "http" && parts->scheme != "https") return "The address must begin with http:// or https://.";
  if (parts->with_user) return "The address must not contain a user name or password.";
  if (parts->host.empty()) return "The address has no host.";
  const bool is_loopback_allowed = how_far == reach::internet_and_loopback;
  if (domain::is_inside_host(parts->host, is_loopback_allowed)) return std::string{not_reached};
  return std::nullopt;
}

}  // namespace pulse::connectors
