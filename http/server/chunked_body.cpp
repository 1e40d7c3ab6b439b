#include "http/server/chunked_body.hpp"

#include <algorithm>
#include <charconv>

#include "http/server/characters.hpp"
#include "http/server/refusals.hpp"

namespace pulse::http::server {

namespace {

constexpr parse_refusal bad_chunk{400, "Bad Request",
                                  "The chunked body is not chunks of a hexadecimal size, CR LF, content and CR LF."};
constexpr parse_refusal bad_extension{400, "Bad Request",
                                      "A chunk has an extension that is not 'name' or 'name=value'."};
constexpr parse_refusal bad_trailer{400, "Bad Request", "The chunked body ends with a line that is not 'name: value'."};
constexpr parse_refusal too_much_around{
    400, "Bad Request", "The chunked body has too many chunks, or too many bytes of extensions or trailers."};

constexpr std::size_t size_digits_max = 16;

constexpr byte_table hexadecimal_bytes =
    make_byte_table([](unsigned char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });

void skip_blanks(std::string_view& rest) {
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
}

bool take_token(std::string_view& rest) {
  std::size_t size = 0;
  while (size < rest.size() && contains(token_bytes, rest[size])) ++size;
  rest.remove_prefix(size);
  return size > 0;
}

/// RFC 9110 §5.6.4.
bool take_quoted(std::string_view& rest) {
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\') rest.remove_prefix(1);
    if (rest.empty() || !contains(value_bytes, rest.front())) return false;
    rest.remove_prefix(1);
  }
  if (rest.empty()) return false;
  rest.remove_prefix(1);
  return true;
}

/// RFC 9112 §7.1.1: `;name`, `;name=value`, any number of them, with the white space that old senders put around.
bool are_extensions(std::string_view rest) {
  while (!rest.empty()) {
    skip_blanks(rest);
    if (!rest.starts_with(';')) return false;
    rest.remove_prefix(1);
    skip_blanks(rest);
    if (!take_token(rest)) return false;
    auto after = rest;
    skip_blanks(after);
    if (!after.starts_with('=')) continue;
    after.remove_prefix(1);
    skip_blanks(after);
    rest = after;
    if (!(rest.starts_with('"') ? take_quoted(rest) : take_token(rest))) return false;
  }
  return true;
}

}  // namespace

void chunked_decoder::reset(std::size_t body_bytes_max) {
  state_ = state::size;
  line_.clear();
  body_bytes_max_ = body_bytes_max;
  left_ = chunks_ = extension_bytes_ = trailer_bytes_ = trailers_ = 0;
}

base::result<std::size_t, parse_refusal> chunked_decoder::take(std::string_view received, std::string& body) {
  std::size_t at = 0;
  while (at < received.size() && state_ != state::done) {
    if (state_ == state::content) {
      const auto piece = received.substr(at, left_);
      body += piece;
      at += piece.size();
      left_ -= piece.size();
      if (left_ == 0) state_ = state::content_end;
      continue;
    }
    const auto feed = received.find('\n', at);
    const auto piece = received.substr(at, feed == std::string_view::npos ? feed : feed + 1 - at);
    if (line_.size() + piece.size() > line_bytes_max()) {
      return state_ == state::content_end ? bad_chunk : too_much_around;
    }
    line_ += piece;
    at += piece.size();
    if (feed == std::string_view::npos) break;
    if (const auto why = end_line(body.size())) return *why;
    line_.clear();
  }
  return at;
}

std::size_t chunked_decoder::line_bytes_max() const {
  switch (state_) {
    case state::size: return chunk_line_bytes_max;
    case state::content_end: return 2;
    case state::trailer: return trailer_bytes_max - trailer_bytes_ + 2;
    case state::content:
    case state::done: break;
  }
  return 0;
}

std::optional<parse_refusal> chunked_decoder::end_line(std::size_t body_bytes) {
  std::string_view line = line_;
  if (!line.ends_with("\r\n")) return bad_chunk;
  line.remove_suffix(2);
  if (state_ == state::size) return begin_chunk(line, body_bytes);
  if (state_ == state::trailer) return read_trailer(line);
  if (!line.empty()) return bad_chunk;
  state_ = state::size;
  return std::nullopt;
}

std::optional<parse_refusal> chunked_decoder::begin_chunk(std::string_view line, std::size_t body_bytes) {
  std::size_t digits = 0;
  while (digits < line.size() && contains(hexadecimal_bytes, line[digits])) ++digits;
  if (digits == 0 || digits > size_digits_max) return bad_chunk;
  const auto extensions = line.substr(digits);
  if (!extensions.empty() && !are_extensions(extensions)) {
    return extensions.find(';') == std::string_view::npos ? bad_chunk : bad_extension;
  }
  extension_bytes_ += extensions.size();
  if (extension_bytes_ > chunk_extension_bytes_max || ++chunks_ > chunk_count_max) return too_much_around;
  std::size_t size = 0;
  std::from_chars(line.data(), line.data() + digits, size, 16);  // sixteen digits always fit
  if (size > body_bytes_max_ - std::min(body_bytes, body_bytes_max_)) return body_too_large;
  left_ = size;
  state_ = size == 0 ? state::trailer : state::content;
  return std::nullopt;
}

std::optional<parse_refusal> chunked_decoder::read_trailer(std::string_view line) {
  if (line.empty()) {
    state_ = state::done;
    return std::nullopt;
  }
  trailer_bytes_ += line.size() + 2;
  if (trailer_bytes_ > trailer_bytes_max || ++trailers_ > trailer_count_max) return too_much_around;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return bad_trailer;
  if (!consists_of(token_bytes, line.substr(0, colon)) || !consists_of(value_bytes, line.substr(colon + 1))) {
    return bad_trailer;
  }
  return std::nullopt;
}

}  // namespace pulse::http::server
