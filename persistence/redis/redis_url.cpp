#include <charconv>

#include "base/percent.hpp"
#include "persistence/redis/redis.hpp"

namespace pulse::persistence {
namespace {

redis_failure unreadable(std::string sentence) { return {redis_failure_kind::bug, std::move(sentence)}; }

bool read_number(std::string_view text, int min, int max, int& to) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), to);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && to >= min && to <= max;
}

/// Takes `[user]:password@` off the front.
void take_login(std::string_view& rest, redis_address& to) {
  const auto at = rest.rfind('@');
  if (at == std::string_view::npos) return;
  const auto login = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  const auto colon = login.find(':');
  to.user = base::percent_decoded(login.substr(0, colon));
  if (colon != std::string_view::npos) to.password = base::percent_decoded(login.substr(colon + 1));
}

/// `db=n&password=…`; false when something else is there.
bool read_query(std::string_view query, redis_address& to) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return false;
    const auto name = pair.substr(0, equals);
    const auto value = pair.substr(equals + 1);
    if (name == "password") {
      to.password = base::percent_decoded(value);
    } else if (name != "db" || !read_number(value, 0, 1023, to.database)) {
      return false;
    }
  }
  return true;
}

/// `host[:port]` or `[v6]:port`; false when malformed.
bool read_host(std::string_view text, redis_address& to) {
  const bool is_v6 = text.starts_with('[');
  const auto end = is_v6 ? text.find(']') : text.find(':');
  if (is_v6 && end == std::string_view::npos) return false;
  to.host = is_v6 ? text.substr(1, end - 1) : text.substr(0, end);
  auto port = end == std::string_view::npos ? std::string_view{} : text.substr(is_v6 ? end + 1 : end);
  if (to.host.empty()) return false;
  if (port.empty()) return true;
  return port.front() == ':' && read_number(port.substr(1), 1, 65535, to.port);
}

}  // namespace

redis_result<redis_address> parse_redis_url(std::string_view url) {
  redis_address to;
  const auto query_at = url.find('?');
  const auto query = query_at == std::string_view::npos ? std::string_view{} : url.substr(query_at + 1);
  auto rest = url.substr(0, query_at);
  if (rest.starts_with("unix://")) {
    rest.remove_prefix(7);
    take_login(rest, to);
    if (!rest.starts_with('/')) return unreadable("Redis' URL must name the socket by its full path: unix:///path");
    to.socket_path = base::percent_decoded(rest);
  } else if (rest.starts_with("redis://")) {
    rest.remove_prefix(8);
    take_login(rest, to);
    const auto slash = rest.find('/');
    const auto database = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    if (!read_host(rest.substr(0, slash), to)) return unreadable("Redis' URL has no readable host and port");
    if (!database.empty() && !read_number(database, 0, 1023, to.database)) {
      return unreadable("Redis' URL must end in the number of a database");
    }
  } else if (rest.starts_with("rediss://")) {
    return unreadable("Redis over TLS (rediss://) is not supported: use a tunnel or a unix socket");
  } else {
    return unreadable("Redis' URL must begin with redis:// or unix://");
  }
  if (!read_query(query, to)) return unreadable("Redis' URL may only have the options db and password");
  return to;
}

}  // namespace pulse::persistence
