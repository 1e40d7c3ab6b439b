#include "sandbox/x/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/secure.hpp"

namespace pulse::sandbox::x {

namespace {

constexpr int link_length = 23;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_domain_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool has_protocol(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

/// The length of a bare domain with its path at the beginning of `word`; 0 if there is none.
std::size_t bare_domain_size(std::string_view word) {
  constexpr std::string_view endings[] = {".com", ".org", ".net", ".io",  ".co", ".de",
                                          ".dev", ".app", ".eu",  ".edu", ".gov"};
  std::size_t size = 0;
  while (size < word.size() && is_domain_char(word[size])) ++size;
  auto domain = word.substr(0, size);
  while (domain.ends_with('.')) domain.remove_suffix(1);
  const bool known = std::any_of(std::begin(endings), std::end(endings), [domain](auto ending) {
    return domain.size() > ending.size() && domain.ends_with(ending);
  });
  if (!known || domain.starts_with('.') || domain.starts_with('-')) return 0;
  if (size < word.size() && word[size] == '@') return 0;
  return domain.size() == size && size < word.size() && word[size] == '/' ? word.size() : domain.size();
}

std::size_t without_punctuation(std::string_view link) {
  constexpr std::string_view closing = ".,;:!?'\")";
  while (!link.empty() && closing.find(link.back()) != std::string_view::npos) link.remove_suffix(1);
  return link.size();
}

/// Decodes one code point of valid UTF-8 and advances `at`.
std::uint32_t next_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  std::uint32_t point = lead & (0x3fu >> more);
  for (int i = 0; i < more && at < text.size(); ++i)
    point = point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fu);
  return point;
}

bool is_combining(std::uint32_t c) { return c >= 0x300 && c <= 0x36f; }
bool is_joiner(std::uint32_t c) { return c == 0x200d; }
/// Modifiers of the preceding sign: selectors, keycaps, skin tones, tags.
bool is_modifier(std::uint32_t c) {
  return c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xe0020 && c <= 0xe007f);
}
bool is_regional(std::uint32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }
bool is_pictograph(std::uint32_t c) { return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2190 && c <= 0x2bff); }

int weight_of(std::uint32_t c) {
  const bool light = c <= 4351 || (c >= 8192 && c <= 8205) || (c >= 8208 && c <= 8223) || (c >= 8242 && c <= 8247);
  return light ? 1 : 2;
}

int plain_length(std::string_view text) {
  int length = 0;
  std::uint32_t before = 0;
  bool half_flag = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_point(text, at);
    const bool joined = is_joiner(before) && is_pictograph(c);
    const bool second_half = half_flag && is_regional(c);
    half_flag = is_regional(c) && !second_half;
    if (!is_combining(c) && !is_modifier(c) && !joined && !second_half && !(is_joiner(c) && is_pictograph(before)))
      length += weight_of(c);
    before = is_modifier(c) ? before : c;
  }
  return length;
}

std::string short_link_of(std::string_view link) {
  return "https://t.co/" + base::to_hex(base::sha256(link)).substr(0, 10);
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
}

}  // namespace

std::vector<found_link> find_links(std::string_view text) {
  std::vector<found_link> links;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins_word = at == 0 || is_blank(text[at - 1]) || text[at - 1] == '(' || text[at - 1] == '"';
    if (!begins_word && text[at] != 'h') {  // no protocol begins here either
      ++at;
      continue;
    }
    const auto word = text.substr(at, std::min(text.find_first_of(" \n\t\r", at), text.size()) - at);
    std::size_t size = 0;
    if (has_protocol(word)) {
      size = without_punctuation(word);
    } else if (begins_word) {
      size = without_punctuation(word.substr(0, bare_domain_size(word)));
    }
    if (size > std::string_view{"https://"}.size() || (size > 0 && !has_protocol(word))) {
      links.push_back({at, at + size});
      at += size;
    } else {
      ++at;
    }
  }
  return links;
}

int weighted_length(std::string_view text) {
  int length = 0;
  std::size_t done = 0;
  for (const auto& link : find_links(text)) {
    const auto written = text.substr(link.begin, link.end - link.begin);
    length += plain_length(text.substr(done, link.begin - done));
    length += has_protocol(written) ? link_length : std::min(link_length, static_cast<int>(written.size()));
    done = link.end;
  }
  return length + plain_length(text.substr(done));
}

wrapped_text wrap(std::string_view text) {
  wrapped_text wrapped;
  std::size_t done = 0;
  for (const auto& link : find_links(text)) {
    const auto written = text.substr(link.begin, link.end - link.begin);
    append_escaped(wrapped.text, text.substr(done, link.begin - done));
    wrapped.links.push_back({short_link_of(written), (has_protocol(written) ? "" : "http://") + std::string{written}});
    wrapped.text += wrapped.links.back().url;
    done = link.end;
  }
  append_escaped(wrapped.text, text.substr(done));
  return wrapped;
}

}  // namespace pulse::sandbox::x
