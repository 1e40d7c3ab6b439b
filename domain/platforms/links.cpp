#include "domain/platforms/links.hpp"

#include <unicode/idna.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/platforms/top_level_domains.hpp"

namespace pulse::domain {

namespace {

constexpr std::size_t max_link = 4096;         // twitter-text's limit for a whole URL
constexpr std::size_t max_domain_scan = 1024;  // the longest that is taken for a domain; real ones have at most 253
constexpr std::size_t max_tco_slug = 40;

using view = std::u32string_view;

// --- character classes of twitter-text -------------------------------------------------------------------------------

bool in(view set, char32_t c) { return set.find(c) != view::npos; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_alnum(char32_t c) { return is_digit(c) || is_ascii_letter(c); }
bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x4ff; }

bool is_accented_latin(char32_t c) {
  return (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
         in(U"\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb", c) ||
         (c >= 0x300 && c <= 0x36f) || (c >= 0x1e00 && c <= 0x1eff);
}

bool is_space(char32_t c) {
  return (c >= 0x9 && c <= 0xd) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x180e ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_directional(char32_t c) {
  return (c >= 0x202a && c <= 0x202e) || c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2066 && c <= 0x2069);
}

bool is_never_valid(char32_t c) { return c == 0xfffe || c == 0xfeff || c == 0xffff; }

/// The first and last characters of a domain label; '-' and, in subdomains, '_' may be between.
bool is_label_char(char32_t c) {
  return !in(U"!'#%&\"()*+,\\-./:;<=>?@[]^_{|}~$`", c) && !is_space(c) && !is_directional(c) && !is_never_valid(c) &&
         c != 0;
}

bool is_path_char(char32_t c) {
  return is_ascii_alnum(c) || is_cyrillic(c) || is_accented_latin(c) || c == 0x2013 || in(U"!*';:=+,.$/%#[]-_~@|&", c);
}

bool ends_path(char32_t c) { return is_ascii_alnum(c) || is_cyrillic(c) || is_accented_latin(c) || in(U"+-=_#/", c); }

bool is_query_char(char32_t c) { return is_ascii_alnum(c) || in(U"!?*'@();:&=+$/%#[]-_.,~|", c); }
bool ends_query(char32_t c) { return is_ascii_alnum(c) || in(U"-_&=#/", c); }

/// Whether a link may begin after `c`.
bool may_precede(char32_t c) { return !is_ascii_alnum(c) && !in(U"@\uff20$#\uff03", c) && !is_never_valid(c); }

// --- the parts of a link ---------------------------------------------------------------------------------------------

char32_t peek(view text, std::size_t at) { return at < text.size() ? text[at] : 0; }

bool matches_ignoring_case(view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at), [](char a, char32_t b) {
    return static_cast<char32_t>(a) == (b >= 'A' && b <= 'Z' ? b | 0x20 : b);
  });
}

/// The end of "http://" or "https://"; nothing if neither is at `at`.
std::optional<std::size_t> protocol_end(view text, std::size_t at) {
  if (matches_ignoring_case(text, at, "http://")) return at + 7;
  if (matches_ignoring_case(text, at, "https://")) return at + 8;
  return std::nullopt;
}

/// The end of the top-level domain at `at`; 0 if there is none, or if it continues as a word, an address or a sum.
std::size_t top_level_end(view text, std::size_t at) {
  if (const auto size = international_domain_size(text.substr(at)); size > 0) {
    const auto next = peek(text, at + size);
    if (!is_ascii_alnum(next) && !in(U"@+-", next)) return at + size;
  }
  if (matches_ignoring_case(text, at, "xn--")) {
    auto end = at + 4;
    while (is_ascii_alnum(peek(text, end)) || peek(text, end) == '-') ++end;
    return end > at + 4 ? end : 0;
  }
  std::string word;
  auto end = at;
  for (; is_ascii_alnum(peek(text, end)) && word.size() < 64; ++end) word += static_cast<char>(text[end]);
  const auto next = peek(text, end);
  if (is_ascii_alnum(next) || (next != 0 && in(U"@+-", next))) return 0;
  return is_top_level_domain(word) ? end : 0;
}

/// Finds where domains end. The text is cut into runs of what labels are made of once, from its end to its beginning,
/// so that no beginning has to follow a row of labels again: a text of nothing but beginnings takes as long as any
/// other.
class domain_finder {
 public:
  explicit domain_finder(view text) : text_(text) {
    for (auto end = text.size(); end > 0;) {
      if (!is_run_char(text[end - 1])) {
        --end;
        continue;
      }
      auto begin = end - 1;
      while (begin > 0 && is_run_char(text[begin - 1])) --begin;
      add({.begin = begin, .end = end});
      end = begin;
    }
    std::reverse(runs_.begin(), runs_.end());
  }

  /// The end of the longest domain that begins at `at`: labels and a top-level domain; 0 if there is none.
  std::size_t end_of(std::size_t at) const {
    if (at >= text_.size() || !is_label_char(text_[at])) return 0;
    const auto found = std::upper_bound(runs_.begin(), runs_.end(), at,
                                        [](std::size_t place, const run& each) { return place < each.end; });
    if (found == runs_.end()) return 0;
    const auto best = found->best_from(at);
    return best > at + max_domain_scan ? 0 : best;
  }

 private:
  /// A run of label characters, '-' and '_': a label, or several possible beginnings of one.
  struct run {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t behind_underscore = 0;  // the start of a label without an underscore
    std::size_t own = 0;                // the end of the top-level domain directly after it
    std::size_t further = 0;            // the end of the longest domain that continues after the next label

    /// An underscore is allowed in a subdomain, but not in the label before the top-level domain.
    std::size_t best_from(std::size_t at) const { return further > 0 ? further : at >= behind_underscore ? own : 0; }
  };

  static bool is_run_char(char32_t c) { return is_label_char(c) || c == '-' || c == '_'; }

  /// Adds the run before all present ones.
  void add(run made) {
    for (auto at = made.end; at > made.begin && made.behind_underscore == 0; --at) {
      if (text_[at - 1] == '_') made.behind_underscore = at;
    }
    if (peek(text_, made.end) == '.' && is_label_char(text_[made.end - 1])) {
      made.own = top_level_end(text_, made.end + 1);
      const auto next = made.end + 1;
      if (!runs_.empty() && runs_.back().begin == next && is_label_char(text_[next]))
        made.further = runs_.back().best_from(next);
    }
    runs_.push_back(made);
  }

  view text_;
  std::vector<run> runs_;  // last first while they are added
};

/// The end of "(…)" at `at`, with at most one pair inside; `at` when the brackets do not match.
std::size_t balanced_end(view text, std::size_t at) {
  int depth = 0;
  for (auto end = at; end < text.size(); ++end) {
    if (text[end] == '(') {
      if (++depth > 2) return at;
    } else if (text[end] == ')') {
      if (text[end - 1] == '(') return at;
      if (--depth == 0) return end + 1;
    } else if (!is_path_char(text[end])) {
      return at;
    }
  }
  return at;
}

/// The end of the path whose '/' is at `at`, without the punctuation that belongs to the sentence.
std::size_t path_end(view text, std::size_t at) {
  auto best = at + 1;
  for (auto end = at + 1; end < text.size();) {
    if (text[end] == '(') {
      const auto closed = balanced_end(text, end);
      if (closed == end) break;
      best = end = closed;
    } else if (is_path_char(text[end])) {
      if (ends_path(text[end++])) best = end;
    } else {
      break;
    }
  }
  return best;
}

/// The end of the query whose '?' is at `at`; `at` when it has none of the characters that one ends with.
std::size_t query_end(view text, std::size_t at) {
  auto best = at;
  for (auto end = at + 1; end < text.size() && is_query_char(text[end]); ++end) {
    if (ends_query(text[end])) best = end + 1;
  }
  return best;
}

/// Whether the name could exist in the DNS: labels of at most 63 bytes as Punycode (RFC 5891, UTS #46).
class host_check {
 public:
  bool passes(view host) const {
    if (!idna_) return true;
    const auto utf16 =
        icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(host.data()), static_cast<int32_t>(host.size()));
    icu::UnicodeString ascii;
    icu::IDNAInfo info;
    UErrorCode failed = U_ZERO_ERROR;
    idna_->nameToASCII(utf16, ascii, info, failed);
    constexpr uint32_t fatal = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                               UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL;
    return U_SUCCESS(failed) && (info.getErrors() & fatal) == 0;
  }

 private:
  static std::unique_ptr<icu::IDNA> make() {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::IDNA>{icu::IDNA::createUTS46Instance(UIDNA_DEFAULT, status)};
  }
  std::unique_ptr<icu::IDNA> idna_ = make();
};

// --- links -----------------------------------------------------------------------------------------------------------

/// A domain and the text after it, before they are judged.
struct candidate {
  std::size_t begin = 0;
  std::size_t domain_begin = 0;
  std::size_t domain_end = 0;
  std::size_t end = 0;
  bool with_path = false;
};

std::optional<candidate> candidate_at(view text, std::size_t at, const domain_finder& domains) {
  candidate found;
  found.begin = at;
  for (const auto domain_begin : {protocol_end(text, at).value_or(at), at}) {
    found.domain_begin = domain_begin;
    found.domain_end = domains.end_of(domain_begin);
    if (found.domain_end > 0) break;
  }
  if (found.domain_end == 0) return std::nullopt;
  found.end = found.domain_end;
  if (peek(text, found.end) == ':' && is_digit(peek(text, found.end + 1))) {
    ++found.end;
    while (is_digit(peek(text, found.end))) ++found.end;
  }
  if (peek(text, found.end) == '/') {
    found.with_path = true;
    found.end = path_end(text, found.end);
  }
  if (peek(text, found.end) == '?') found.end = query_end(text, found.end);
  return found;
}

/// A link with its protocol. Those of X's own shortener end with their slug, and have a short one.
void add_with_protocol(view text, const candidate& found, const host_check& hosts, std::vector<text_range>& links) {
  if (!hosts.passes(text.substr(found.domain_begin, found.domain_end - found.domain_begin))) return;
  auto end = found.end;
  if (found.with_path && matches_ignoring_case(text, found.domain_begin, "t.co/") &&
      found.domain_end == found.domain_begin + 4) {
    const auto slug = found.domain_end + 1;
    auto slug_end = slug;
    while (is_ascii_alnum(peek(text, slug_end))) ++slug_end;
    if (slug_end - slug > max_tco_slug) return;
    if (slug_end > slug) end = peek(text, slug_end) == '?' ? query_end(text, slug_end) : slug_end;
  }
  links.push_back({found.begin, end});
}

/// The ASCII domains inside a candidate without a protocol: languages without spaces put words and domains side by
/// side.
void add_bare(view text, const candidate& found, const host_check& hosts, std::vector<text_range>& links) {
  const auto domain = text.substr(0, found.domain_end);
  const auto is_ascii_label = [](char32_t c) { return is_ascii_alnum(c) || c == '-' || is_accented_latin(c); };
  std::optional<text_range> last;
  for (auto begin = found.domain_begin; begin < domain.size();) {
    std::size_t best = 0;
    auto label = begin;
    while (true) {
      auto end = label;
      while (end < domain.size() && is_ascii_label(domain[end])) ++end;
      if (end == label || peek(domain, end) != '.') {
        label = std::max(end, label);
        break;
      }
      label = end + 1;
      if (const auto tld = top_level_end(domain, label); tld > 0) best = tld;
    }
    if (best > 0 && hosts.passes(domain.substr(begin, best - begin))) {
      last = text_range{begin, best};
      links.push_back(*last);
    }
    begin = best > 0 ? best : std::max(begin + 1, label);
  }
  if (last && found.with_path && last->end == found.domain_end) links.back().end = found.end;
}

}  // namespace

std::vector<text_range> find_links(view text) {
  std::vector<text_range> links;
  if (text.find(U'.') == view::npos) return links;
  const host_check hosts;
  const domain_finder domains{text};
  std::size_t consumed = 0;  // the character before a link must not be part of the one before
  for (std::size_t at = 0; at < text.size();) {
    const bool may_begin = at == 0 || (at > consumed && may_precede(text[at - 1]));
    const auto found = may_begin ? candidate_at(text, at, domains) : std::nullopt;
    if (!found) {
      ++at;
      continue;
    }
    if (found->end - found->begin <= max_link) {
      if (found->domain_begin != found->begin) {
        add_with_protocol(text, *found, hosts, links);
      } else if (at == 0 || !in(U"-_./", text[at - 1])) {
        add_bare(text, *found, hosts, links);
      }
    }
    at = consumed = found->end;
  }
  return links;
}

}  // namespace pulse::domain
