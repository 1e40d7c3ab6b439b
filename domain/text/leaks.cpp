#include "domain/text/leaks.hpp"

#include <algorithm>
#include <optional>

namespace pulse::domain {

namespace {

constexpr std::size_t max_forms = 64;
constexpr std::size_t max_text_bytes = 64 * 1024;
constexpr std::size_t longest_word = 40;
constexpr std::size_t shortest_key = 20;
/// A run of base64 or hexadecimal that is worth decoding.
constexpr std::size_t shortest_code = 16;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_beyond_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

char unmasked(char c) {
  switch (c) {
    case '0': return 'o';
    case '1':
    case 'l': return 'i';
    case '3': return 'e';
    case '4': return 'a';
    case '5': return 's';
    case '7': return 't';
    default: return c;
  }
}

std::string turned(std::string_view text, int by) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + by) % 26);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + (c - 'A' + by) % 26);
  }
  return made;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

std::string decoded_base64(std::string_view run) {
  std::string made;
  unsigned bits = 0;
  int count = 0;
  for (const char c : run) {
    bits = (bits << 6U) | static_cast<unsigned>(base64_value(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    made += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU);
  }
  return made;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string decoded_hex(std::string_view run) {
  std::string made;
  for (std::size_t i = 0; i + 1 < run.size(); i += 2)
    made += static_cast<char>(hex_value(run[i]) * 16 + hex_value(run[i + 1]));
  return made;
}

/// Runs of an alphabet; white space and, for hexadecimal, what stands between bytes does not end one.
template <class Value>
std::vector<std::string> runs_of(std::string_view text, Value value, std::string_view between) {
  std::vector<std::string> made;
  std::string run;
  const auto end = [&] {
    if (run.size() >= shortest_code) made.push_back(run);
    run.clear();
  };
  for (const char c : text) {
    if (value(c) >= 0) {
      run += c;
    } else if (between.find(c) == between.npos) {
      end();
    }
  }
  end();
  return made;
}

/// Without the 0x or \x that may stand before each byte.
std::string without_hex_marks(std::string_view text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_mark = i + 1 < text.size() && (text[i] == '0' || text[i] == '\\') && lower(text[i + 1]) == 'x';
    if (is_mark) {
      made += ' ';
      ++i;
    } else {
      made += text[i];
    }
  }
  return made;
}

/// The hashes of all windows of a text, each made of the one before it (Karp and Rabin 1987).
template <class Visit>
void for_each_window(std::string_view text, std::size_t window, Visit visit) {
  constexpr std::uint64_t base = 0x9e3779b97f4a7c15U;
  if (window == 0 || text.size() < window) return;
  std::uint64_t leading = 1;  // base to the power of window - 1
  for (std::size_t i = 1; i < window; ++i) leading *= base;
  std::uint64_t hash = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at >= window) hash -= (static_cast<unsigned char>(text[at - window]) + 1U) * leading;
    hash = hash * base + static_cast<unsigned char>(text[at]) + 1U;
    if (at + 1 >= window) visit(hash);
  }
}

bool looks_like_key(std::string_view word) {
  if (word.starts_with("sk-") || word.starts_with("eyJ")) return word.size() >= 12;
  if (word.size() < shortest_key) return false;
  const bool is_plain =
      std::all_of(word.begin(), word.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
  const auto digits = std::count_if(word.begin(), word.end(), is_digit);
  const auto letters = std::count_if(word.begin(), word.end(), is_letter);
  return is_plain && digits >= 3 && letters >= 3;
}

}  // namespace

std::string bare(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || is_beyond_ascii(c)) made += unmasked(lower(c));
  }
  return made;
}

std::vector<std::string> bare_forms(std::string_view text) {
  text = text.substr(0, max_text_bytes);
  const std::string backwards{text.rbegin(), text.rend()};
  std::vector<std::string> made{bare(text), bare(backwards)};
  const auto add = [&made](std::string_view decoded) {
    if (made.size() < max_forms) made.push_back(bare(decoded));
  };
  for (int by = 1; by < 26; ++by) add(turned(text, by));
  add(turned(backwards, 13));
  for (const auto& run : runs_of(text, base64_value, "\n\r=")) add(decoded_base64(run));
  for (const auto& run : runs_of(text, base64_value, " \n\r\t=")) {
    for (std::size_t skipped = 0; skipped < 4; ++skipped) add(decoded_base64(std::string_view{run}.substr(skipped)));
  }
  const auto plain = without_hex_marks(text);
  for (const auto& run : runs_of(plain, hex_value, " \n\r\t,:-")) {
    add(decoded_hex(run));
    add(decoded_hex(std::string_view{run}.substr(1)));
  }
  return made;
}

void confidences::add(std::string_view text, std::size_t window) {
  const auto letters = bare(text);
  if (letters.size() < std::min(window, shortest_counted)) return;
  const auto size = std::min(window, letters.size());
  auto found = std::find_if(groups_.begin(), groups_.end(), [size](const group& each) { return each.window == size; });
  if (found == groups_.end()) found = groups_.insert(groups_.end(), group{size, {}});
  for_each_window(letters, size, [&](std::uint64_t hash) { found->hashes.push_back(hash); });
  std::sort(found->hashes.begin(), found->hashes.end());
}

bool confidences::are_in(std::string_view text) const {
  for (const auto& form : bare_forms(text)) {
    for (const auto& each : groups_) {
      bool is_there = false;
      for_each_window(form, each.window, [&](std::uint64_t hash) {
        is_there = is_there || std::binary_search(each.hashes.begin(), each.hashes.end(), hash);
      });
      if (is_there) return true;
    }
  }
  return false;
}

bool has_strange_piece(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_space(text[at])) ++at;
    auto end = at;
    std::size_t characters = 0;
    for (; end < text.size() && !is_space(text[end]); ++end) {
      if ((static_cast<unsigned char>(text[end]) & 0xc0U) != 0x80U) ++characters;
    }
    const auto word = text.substr(at, end - at);
    at = end;
    if (word.find("://") != word.npos) continue;
    const bool is_ascii = std::none_of(word.begin(), word.end(), is_beyond_ascii);  // some languages have no spaces
    if ((characters > longest_word && is_ascii) || looks_like_key(word)) return true;
  }
  return false;
}

}  // namespace pulse::domain
