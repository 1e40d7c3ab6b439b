#include "http/server/head_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "http/server/characters.hpp"
#include "http/server/host.hpp"
#include "http/server/request_target.hpp"

namespace pulse::http::server {

namespace {

using refused = std::optional<parse_refusal>;

constexpr parse_refusal bad_request(std::string_view detail) { return {400, "Bad Request", detail}; }

constexpr parse_refusal bare_line_feed = bad_request("A line of the header does not end with CR LF.");
constexpr parse_refusal bad_request_line = bad_request("The request line is not 'METHOD /target HTTP/1.1'.");
constexpr parse_refusal bad_field_name =
    bad_request("A header line is not 'name: value' with nothing before the colon but the name.");
constexpr parse_refusal bad_field_value =
    bad_request("A header value has control characters, or one that decides something is not valid UTF-8.");
constexpr parse_refusal bad_host = bad_request("Exactly one valid Host header is required.");
constexpr parse_refusal bad_content_length = bad_request("Content-Length must be one number made of digits only.");
constexpr parse_refusal repeated = bad_request("A header that may stand only once is repeated.");
constexpr parse_refusal transfer_coded = {
    411, "Length Required",
    "Transfer-Encoding is not supported but for a lone 'chunked' on an HTTP/1.1 request that has a body and no "
    "Content-Length. Send the body with a Content-Length."};
constexpr parse_refusal target_too_long = {414, "URI Too Long", "The request target is longer than 8192 bytes."};
constexpr parse_refusal header_too_large = {431, "Request Header Fields Too Large",
                                            "The header of the request is too large."};
constexpr parse_refusal too_many_headers = {431, "Request Header Fields Too Large",
                                            "The request has more than 100 headers."};
constexpr parse_refusal bad_expectation = {417, "Expectation Failed",
                                           "The only expectation supported is '100-continue'."};
constexpr parse_refusal unknown_method = {501, "Not Implemented", "The method is not known here."};
constexpr parse_refusal method_not_allowed = {405, "Method Not Allowed", "The method is not allowed here."};
constexpr parse_refusal bad_version = {505, "HTTP Version Not Supported", "Only HTTP/1.1 and HTTP/1.0 are supported."};

/// Headers whose value decides something here or in the product: a byte that two readers could take for different
/// characters is refused in them.
constexpr std::array<std::string_view, 11> deciding_headers{
    "host",          "expect",         "origin",          "connection",        "x-tenant-id", "content-type",
    "authorization", "content-length", "idempotency-key", "transfer-encoding", "if-match"};

/// Takes a line without its CR LF off the front of `rest`; nothing when it does not end so.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return std::nullopt;
  const auto line = rest.substr(0, end - 1);
  rest.remove_prefix(end + 1);
  return line;
}

refused read_version(std::string_view version, accepted_head& head) {
  const bool formed = version.size() == 8 && version.starts_with("HTTP/") &&
                      is_digit(static_cast<unsigned char>(version[5])) && version[6] == '.' &&
                      is_digit(static_cast<unsigned char>(version[7]));
  if (!formed) return bad_request_line;
  if (version[5] != '1') return bad_version;
  head.http_1_0 = version == "HTTP/1.0";  // a later minor version is spoken as the last that we know (RFC 9110 §2.5)
  head.keep_alive = !head.http_1_0;
  return std::nullopt;
}

refused read_method(std::string_view method, accepted_head& head) {
  for (const auto known : {verb::get, verb::post, verb::head, verb::put, verb::patch, verb::delete_, verb::options}) {
    if (method == to_string(known)) {
      head.method = known;
      return std::nullopt;
    }
  }
  if (method == "TRACE" || method == "CONNECT") return method_not_allowed;
  return unknown_method;
}

refused read_request_line(std::string_view line, accepted_head& head) {
  const auto first = line.find(' ');
  if (first == std::string_view::npos || first == 0) return bad_request_line;
  const auto second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return bad_request_line;
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, second - first - 1);
  if (!consists_of(token_bytes, method)) return bad_request_line;
  if (const auto why = read_version(line.substr(second + 1), head)) return why;
  if (target.size() > target_bytes_max) return target_too_long;
  if (const auto why = read_method(method, head)) return why;
  return read_target(target, head);
}

/// What has been seen of the headers that decide the framing, or that may stand only once.
struct seen_fields {
  bool host = false;
  bool content_length = false;
  bool transfer_encoding = false;
  bool authorization = false;
  bool tenant = false;
  bool content_type = false;
  bool idempotency_key = false;
  bool origin = false;
  bool request_id = false;
  bool expect = false;
  bool close = false;
};

refused once(bool& seen, const parse_refusal& otherwise = repeated) {
  if (seen) return otherwise;
  seen = true;
  return std::nullopt;
}

refused read_content_length(std::string_view value, seen_fields& seen, accepted_head& head) {
  if (const auto why = once(seen.content_length, bad_content_length)) return why;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), head.content_length);
  const bool whole = failure == std::errc{} && end == value.data() + value.size();
  if (!whole || !consists_of(digit_bytes, value)) return bad_content_length;
  return std::nullopt;
}

void read_connection(std::string_view value, seen_fields& seen, accepted_head& head) {
  while (!value.empty()) {
    const auto option = take_list_element(value);
    if (equals_ignoring_case(option, "close")) seen.close = true;
    if (equals_ignoring_case(option, "keep-alive")) head.keep_alive = true;
  }
  if (seen.close) head.keep_alive = false;
}

refused read_expect(std::string_view value, seen_fields& seen, accepted_head& head) {
  if (const auto why = once(seen.expect)) return why;
  if (!equals_ignoring_case(value, "100-continue")) return bad_expectation;
  head.expects_continue = !head.http_1_0;  // RFC 9110 §10.1.1: ignored in HTTP/1.0
  return std::nullopt;
}

/// The headers that the server itself acts upon; all others pass. The length comes first because it tells most apart.
refused take_field(const field& line, seen_fields& seen, accepted_head& head) {
  const auto name = line.name;
  const auto is = [name](std::string_view lower) { return equals_ignoring_case(name, lower); };
  switch (name.size()) {
    case 4:
      if (!is("host")) break;
      if (const auto why = once(seen.host, bad_host)) return why;
      if (!is_host(line.value)) return bad_host;
      break;
    case 6:
      if (is("expect")) return read_expect(line.value, seen, head);
      if (is("origin")) return once(seen.origin);
      break;
    case 10:
      if (is("connection")) read_connection(line.value, seen, head);
      break;
    case 11:
      if (is("x-tenant-id")) return once(seen.tenant);
      break;
    case 12:
      if (is("content-type")) return once(seen.content_type);
      if (!is("x-request-id")) break;
      head.request_id = line.value;
      return once(seen.request_id);
    case 13:
      if (is("authorization")) return once(seen.authorization);
      break;
    case 14:
      if (is("content-length")) return read_content_length(line.value, seen, head);
      break;
    case 15:
      if (is("idempotency-key")) return once(seen.idempotency_key);
      break;
    case 17:
      if (!is("transfer-encoding")) break;
      if (line.value != "chunked") return transfer_coded;
      return once(seen.transfer_encoding, transfer_coded);
      break;
    default: break;
  }
  return std::nullopt;
}

refused read_field(std::string_view line, field& out) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return bad_field_name;
  out = {line.substr(0, colon), trimmed(line.substr(colon + 1)), false};
  if (!consists_of(token_bytes, out.name)) return bad_field_name;  // also a folded line, which begins with a space
  bool ascii = true;
  for (const char c : out.value) {
    if (!contains(value_bytes, c)) return bad_field_value;
    ascii = ascii && static_cast<signed char>(c) >= 0;
  }
  if (ascii || base::is_clean_utf8(out.value)) return std::nullopt;
  for (const auto deciding : deciding_headers) {
    if (equals_ignoring_case(out.name, deciding)) return bad_field_value;
  }
  out.is_latin_1 = true;
  return std::nullopt;
}

/// RFC 9112 §6.3: how long the body is, said once. A body in chunks on a method that has none is how requests are
/// smuggled (RFC 9110 §9.3.1).
refused judge_framing(const seen_fields& seen, accepted_head& head) {
  if (!seen.transfer_encoding) return std::nullopt;
  if (seen.content_length || head.http_1_0 || is_read(head.method)) return transfer_coded;
  head.is_chunked = true;
  return std::nullopt;
}

/// As it is before the first line is read; the memory stays.
void reset(accepted_head& head) {
  head.method = verb::get;
  head.http_1_0 = false;
  head.keep_alive = true;
  head.expects_continue = false;
  head.is_chunked = false;
  head.content_length = 0;
  head.target = head.query = head.request_id = {};
  head.path.clear();
  head.fields.clear();
}

}  // namespace

std::optional<std::size_t> empty_line_before(std::string_view received) {
  if (received == "\r") return std::nullopt;
  return received.starts_with("\r\n") ? 2 : 0;
}

base::result<std::size_t, parse_refusal> find_head(std::string_view received, std::size_t& scanned,
                                                   std::size_t header_bytes_max) {
  // A first byte that cannot begin a method (an empty line, TLS) is not worth waiting for the rest.
  if (!received.empty() && !contains(token_bytes, received.front())) return bad_request_line;
  for (;;) {
    const auto feed = received.find('\n', scanned);
    if (feed == std::string_view::npos) break;
    if (feed == 0 || received[feed - 1] != '\r') return bare_line_feed;
    scanned = feed + 1;
    const bool line_is_empty = feed >= 2 && received[feed - 2] == '\n';
    if (!line_is_empty) continue;
    if (scanned > header_bytes_max) return header_too_large;
    return scanned;
  }
  scanned = received.size();
  if (received.size() < header_bytes_max) return std::size_t{0};
  return received.find('\n') == std::string_view::npos ? target_too_long : header_too_large;
}

std::optional<parse_refusal> parse_head(std::string_view block, accepted_head& head) {
  reset(head);
  auto rest = block;
  const auto request_line = take_line(rest);
  if (!request_line) return bare_line_feed;
  if (auto why = read_request_line(*request_line, head)) return why;

  seen_fields seen;
  for (;;) {
    const auto line = take_line(rest);
    if (!line) return bare_line_feed;
    if (line->empty()) break;
    if (head.fields.size() == header_count_max) return too_many_headers;
    field next;
    if (auto why = read_field(*line, next)) return why;
    if (auto why = take_field(next, seen, head)) return why;
    head.fields.push_back(next);
  }
  if (!rest.empty()) return bad_request("Bytes follow the end of the header block.");
  if (!seen.host && !head.http_1_0) return bad_host;
  return judge_framing(seen, head);
}

}  // namespace pulse::http::server
