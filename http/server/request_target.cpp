#include "http/server/request_target.hpp"

#include <algorithm>

#include "base/percent.hpp"
#include "base/text.hpp"
#include "http/server/characters.hpp"
#include "http/server/host.hpp"

namespace pulse::http::server {

namespace {

constexpr parse_refusal bad_target{
    400, "Bad Request", "The target must be a path that begins with '/', with everything unusual percent-encoded."};
constexpr parse_refusal bad_authority{400, "Bad Request",
                                      "The target is an address with a host that could not be one."};
constexpr parse_refusal bad_path{
    400, "Bad Request",
    "The path has a broken or forbidden percent-escape, a dot segment, or bytes that are not UTF-8 text."};

/// RFC 3986 §3.3: "." and ".." mean something to file systems and other parsers; here they mean nothing.
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash before the segment
    const auto end = path.find('/');
    const auto segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    if (end == std::string_view::npos) return false;
    path.remove_prefix(end);
  }
  return false;
}

/// Whether text that is UTF-8 already has C0 controls, DEL or C1 controls (U+0080 to U+009F: C2 80 to C2 9F).
bool has_control_characters(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && at + 1 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) < 0xa0) return true;
  }
  return false;
}

/// The path is matched after decoding, so an escaped slash or backslash, which would make a segment look like two,
/// has no place in it.
bool has_escaped_slash(std::string_view raw) {
  for (auto at = raw.find('%'); at != std::string_view::npos; at = raw.find('%', at + 1)) {
    const auto escape = raw.substr(at + 1, 2);
    if (equals_ignoring_case(escape, "2f") || equals_ignoring_case(escape, "5c")) return true;
  }
  return false;
}

/// The scheme of a whole address with what ends it, or "".
std::string_view scheme_of(std::string_view target) {
  for (const std::string_view known : {"http://", "https://"}) {
    if (equals_ignoring_case(target.substr(0, known.size()), known)) return known;
  }
  return {};
}

std::optional<parse_refusal> read_path(std::string_view target, accepted_head& head) {
  auto& path = head.path;
  auto& query = head.query;
  if (target.empty() || target.front() != '/') return bad_target;
  const auto question = target.find('?');
  const auto raw = target.substr(0, question);
  query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
  if (!consists_of(path_bytes, raw) || !consists_of(query_bytes, query)) return bad_target;

  if (raw.find('%') == std::string_view::npos) {
    path = raw;
  } else {
    if (has_escaped_slash(raw) || !base::percent_decode(raw, base::plus_sign::literal, path)) return bad_path;
    if (!base::is_clean_utf8(path) || has_control_characters(path)) return bad_path;
  }
  if (has_dot_segment(path)) return bad_path;
  return std::nullopt;
}

}  // namespace

std::optional<parse_refusal> read_target(std::string_view target, accepted_head& head) {
  const auto scheme = scheme_of(target);
  if (!scheme.empty()) {
    // The Host header is there, too, and is not asked (RFC 9112 §3.2.2).
    target.remove_prefix(scheme.size());
    const auto end = std::min(target.find_first_of("/?#"), target.size());
    if (!is_host(target.substr(0, end))) return bad_authority;
    target.remove_prefix(end);
    if (target.empty()) target = head.method == verb::options ? "*" : "/";  // RFC 9112 §3.2.4
  }
  head.target = target;
  if (!scheme.empty() && target.front() == '?') {  // an address without a path: its path is "/"
    head.path = "/";
    head.query = target.substr(1);
    return consists_of(query_bytes, head.query) ? std::nullopt : std::optional{bad_target};
  }
  if (head.method == verb::options && target == "*") {
    head.path = target;
    return std::nullopt;
  }
  return read_path(target, head);
}

}  // namespace pulse::http::server
