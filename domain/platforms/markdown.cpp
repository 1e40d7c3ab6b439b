#include "domain/platforms/markdown.hpp"

#include <md4c-html.h>

#include <algorithm>

#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

constexpr unsigned markdown_flags = MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTML |
                                    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;

/// Counts how deep blocks and spans lie in each other: each level makes the reading of what is in it slower, for md4c's
/// HTML as for any.
class depth_gauge {
 public:
  static bool is_too_deep(std::string_view text) {
    MD_PARSER parser{};
    parser.flags = markdown_flags;
    parser.enter_block = [](MD_BLOCKTYPE, void*, void* of) { return enter(of); };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void* of) { return leave(of); };
    parser.enter_span = [](MD_SPANTYPE, void*, void* of) { return enter(of); };
    parser.leave_span = [](MD_SPANTYPE, void*, void* of) { return leave(of); };
    parser.text = [](MD_TEXTTYPE, const MD_CHAR*, MD_SIZE, void*) { return 0; };
    std::size_t depth = 0;
    return md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &depth) != 0;
  }

 private:
  static int enter(void* of) { return ++*static_cast<std::size_t*>(of) > markdown_depth_max ? -1 : 0; }
  static int leave(void* of) {
    --*static_cast<std::size_t*>(of);
    return 0;
  }
};

/// The bytes of a list's or quotation's marker at the beginning of `rest`; 0 if there is none.
std::size_t marker_bytes(std::string_view rest) {
  const auto is_blank_at = [rest](std::size_t at) { return at >= rest.size() || rest[at] == ' ' || rest[at] == '\t'; };
  if (rest.starts_with('>')) return 1;
  if (!rest.empty() && std::string_view{"-+*"}.find(rest.front()) != std::string_view::npos)
    return is_blank_at(1) ? 1 : 0;
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (digits == 0 || digits == rest.size() || (rest[digits] != '.' && rest[digits] != ')')) return 0;
  return is_blank_at(digits + 1) ? digits + 1 : 0;
}

/// Whether a line begins more lists and quotations inside each other than anybody means; md4c takes quadratic time for
/// those.
bool begins_too_deep(std::string_view text) {
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    for (std::size_t count = 0;; ++count) {
      line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
      const auto marker = marker_bytes(line);
      if (marker == 0) break;
      if (count == markdown_depth_max) return true;
      line.remove_prefix(marker);
    }
  }
  return false;
}

void append(const MD_CHAR* bytes, MD_SIZE size, void* to) { static_cast<std::string*>(to)->append(bytes, size); }

/// The value of an attribute as md4c writes it; empty when it is not there.
std::string_view attribute_of(std::string_view tag, std::string_view begin) {
  const auto at = tag.find(begin);
  if (at == tag.npos) return {};
  const auto value = tag.substr(at + begin.size());
  return value.substr(0, value.find('"'));
}

bool begins_with_https(std::string_view address) {
  constexpr std::string_view https = "https://";
  if (address.size() <= https.size()) return false;
  return std::equal(https.begin(), https.end(), address.begin(), [](char wanted, char c) {
    return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  });
}

/// Whether something is seen of an element by itself: a picture, or the words that stand for one that is not shown.
bool is_seen(std::string_view tag) {
  if (!tag.starts_with("<img ")) return false;
  return begins_with_https(attribute_of(tag, "src=\"")) || !is_blank(attribute_of(tag, "alt=\""));
}

/// Without the characters that no page may have (XML 1.0 §2.2): what stands before "#" must not hide from us what a
/// page would make of it.
std::string without_odd_characters(std::string_view text) {
  std::string left;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto rest = text.substr(at);
    const bool is_control = text[at] >= 0 && text[at] < ' ' && text[at] != '\t' && text[at] != '\n' && text[at] != '\r';
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
      at += 2;
    } else if (!is_control) {
      left += text[at];
    }
  }
  return left;
}

}  // namespace

std::optional<std::string> markdown_to_markup(std::string_view text) {
  if (begins_too_deep(text) || depth_gauge::is_too_deep(text)) return std::nullopt;
  std::string html;
  html.reserve(text.size() * 2);
  if (md_html(text.data(), static_cast<MD_SIZE>(text.size()), &append, &html, markdown_flags, 0) != 0)
    return std::nullopt;
  return html;
}

bool is_blank_markdown(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return true;
  // Nothing but a paragraph begins with a letter, and its first letter is seen.
  if (const auto first = text[begin] | 0x20; first >= 'a' && first <= 'z') return false;
  if (is_blank(text)) return true;
  const auto html = markdown_to_markup(without_odd_characters(text));
  if (!html) return false;
  // md4c has decoded what it can: what is an entity still is a sign that is seen, and "<" begins a tag.
  for (std::string_view rest = *html; !rest.empty();) {
    const auto words = rest.substr(0, rest.find('<'));
    if (!is_blank(words)) return false;
    rest.remove_prefix(words.size());
    const auto tag = rest.substr(0, std::min(rest.find('>'), rest.size() - (rest.empty() ? 0 : 1)) + 1);
    if (is_seen(tag)) return false;
    rest.remove_prefix(std::min(tag.size(), rest.size()));
  }
  return true;
}

}  // namespace pulse::domain
