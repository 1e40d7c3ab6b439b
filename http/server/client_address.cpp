#include "http/server/client_address.hpp"

#include <algorithm>
#include <deque>

#include "http/server/characters.hpp"

namespace pulse::http::server {

namespace {

/// The addresses on the way, the nearest hop last; nothing in the place of what is no address.
using hops = std::deque<std::optional<base::ip_address>>;

void add(hops& to, std::optional<base::ip_address> hop) {
  to.push_back(std::move(hop));
  if (to.size() > forwarded_hops_max) to.pop_front();
}

/// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"
std::optional<base::ip_address> read_hop(std::string_view text) {
  if (text.starts_with('[')) return base::ip_address::parse(text.substr(1, text.find(']') - 1));
  const auto colon = text.find(':');
  const bool has_port = colon != text.npos && text.find(':', colon + 1) == text.npos;
  return base::ip_address::parse(has_port ? text.substr(0, colon) : text);
}

/// Takes what stands before `separator` off the front, quoted separators aside; trimmed.
std::string_view take_unquoted(std::string_view& text, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (quoted && c == '\\') {
      ++end;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      break;
    }
  }
  end = std::min(end, text.size());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(taken);
}

/// The `for` of one element of Forwarded. An address needs no escapes, so a value with some is none.
std::optional<base::ip_address> read_forwarded_element(std::string_view element) {
  while (!element.empty()) {
    auto value = take_unquoted(element, ';');
    const auto name = take_unquoted(value, '=');
    if (!equals_ignoring_case(name, "for")) continue;
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return read_hop(value);
  }
  return std::nullopt;
}

/// Nothing when the request has no such header. Several lines are one list (RFC 9110 §5.3).
template <class Read>
std::optional<hops> read_hops(const request& request, std::string_view header_name, Read read) {
  std::optional<hops> found;
  for (const auto& each : request.headers) {
    if (each.name != header_name) continue;
    if (!found) found.emplace();
    std::string_view list = each.value;
    while (!list.empty()) {
      const auto element = take_unquoted(list, ',');
      if (!element.empty()) add(*found, read(element));
    }
  }
  return found;
}

std::optional<base::ip_address> nearest_stranger(std::optional<base::ip_address> at, const hops& way,
                                                 std::span<const base::ip_network> trusted) {
  for (auto hop = way.rbegin(); hop != way.rend() && is_trusted(at, trusted) && *hop; ++hop) at = *hop;
  return at;
}

}  // namespace

bool is_trusted(const std::optional<base::ip_address>& peer, std::span<const base::ip_network> trusted) {
  return !peer || std::any_of(trusted.begin(), trusted.end(),
                              [&](const base::ip_network& each) { return each.contains(*peer); });
}

std::string client_address(const request& request, const std::optional<base::ip_address>& peer,
                           std::span<const base::ip_network> trusted) {
  auto client = peer;
  if (is_trusted(peer, trusted)) {
    const auto forwarded = read_hops(request, "forwarded", read_forwarded_element);
    const auto listed = read_hops(request, "x-forwarded-for", read_hop);
    const auto by_forwarded = nearest_stranger(peer, forwarded.value_or(hops{}), trusted);
    const auto by_list = nearest_stranger(peer, listed.value_or(hops{}), trusted);
    if (!forwarded || !listed) {
      client = forwarded ? by_forwarded : by_list;
    } else if (by_forwarded == by_list) {
      client = by_list;
    }
  }
  return client ? client->to_string() : unix_peer;
}

}  // namespace pulse::http::server
