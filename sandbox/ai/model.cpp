#include "sandbox/ai/model.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::sandbox::ai {

namespace {

constexpr int max_depth = 8;
constexpr std::array openings{"Good point about",     "Useful to read about", "Thanks for sharing news of",
                              "Interesting angle on", "This is helpful on",   "Well put:",
                              "We see the same with", "A clear summary of",   "Great to learn about",
                              "Worth a look:",        "Strong thoughts on",   "Happy to see"};
constexpr std::array endings{"Curious what comes next.",   "Looking forward to more.",
                             "That matches what we hear.", "Well done to the team.",
                             "Saving this for later.",     "Congratulations!",
                             "It makes a difference.",     "More of this, please.",
                             "That is a step forward.",    "Keep it up.",
                             "Glad you wrote it down.",    "A good reminder."};

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return made;
}

bool has(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != text.npos; });
}

/// The JSON strings after a colon in the lines of the user's message: texts by other people.
std::vector<std::string> quoted_texts(const std::string& user) {
  std::vector<std::string> made;
  std::size_t at = 0;
  while (at < user.size()) {
    const auto end = std::min(user.find('\n', at), user.size());
    const auto line = user.substr(at, end - at);
    at = end + 1;
    const auto colon = line.find("\": \"");
    if (!line.starts_with("MATERIAL ") || colon == line.npos) continue;
    boost::json::error_code failed;
    const auto value = boost::json::parse(line.substr(colon + 3), failed);
    if (!failed && value.is_string()) made.emplace_back(value.get_string());
  }
  if (made.empty()) made.push_back(user);
  return made;
}

std::uint64_t seed_of(const prompt& given) {
  const auto hash = base::sha256(given.system + '\n' + given.user);
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < 8; ++i) seed = (seed << 8U) | hash[i];
  return seed;
}

std::string base64(std::string_view bytes) {
  auto made = base::to_base64url(bytes);
  std::replace(made.begin(), made.end(), '-', '+');
  std::replace(made.begin(), made.end(), '_', '/');
  return made;
}

std::string rot13(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + 13) % 26);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + (c - 'A' + 13) % 26);
  }
  return text;
}

std::string spelled(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    if (!made.empty()) made += ' ';
    made += c;
  }
  return made;
}

std::string hexadecimal(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string made;
  for (const char c : text) {
    made += digits[static_cast<unsigned char>(c) >> 4U];
    made += digits[static_cast<unsigned char>(c) & 15U];
  }
  return made;
}

/// ASCII only, so that any cut is valid.
std::string plain(std::string_view text) {
  std::string made;
  for (const char c : text) made += static_cast<unsigned char>(c) < 0x80 ? c : '?';
  return made;
}

std::string obeyed(const prompt& given, std::uint64_t seed, std::size_t most) {
  std::string all;
  for (const auto& text : quoted_texts(given.user)) all += text + '\n';
  const auto wish = lower(all);
  std::string told;
  if (has(wish, {"api key", "api_key", "credential", "bearer", "token", "secret"})) told += given.key + " ";
  if (has(wish, {"profile", "member", "colleague", "avoid", "material", "everything", "conversation", "above"}))
    told += plain(given.user);
  if (told.empty() || has(wish, {"system", "prompt", "instruction", "rules"})) told += plain(given.system);
  if (told.size() > most) {
    const auto from = given.key.size() + 1 < most && told.starts_with(given.key) ? 0 : seed % (told.size() - most);
    told = told.substr(from, most);
  }
  if (has(wish, {"base64", "base 64", "encode"})) return base64(told.substr(0, most * 3 / 4));
  if (has(wish, {"hex"})) return hexadecimal(told.substr(0, most / 2));
  if (has(wish, {"backward", "revers"})) return std::string{told.rbegin(), told.rend()};
  if (has(wish, {"rot13", "caesar", "cipher"})) return rot13(told);
  if (has(wish, {"letter by letter", "spell", "spaces between", "dashes"})) return spelled(told.substr(0, most / 2));
  if (has(wish, {"upper", "capital"})) {
    std::transform(told.begin(), told.end(), told.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
  }
  return told;
}

std::string remark(const prompt& given, std::uint64_t& seed) {
  const auto next = [&seed](std::size_t below) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(seed >> 33U) % below;
  };
  std::vector<std::string> words;
  std::string word;
  for (const char c : quoted_texts(given.user).front() + ' ') {
    const bool is_letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) {
      word += c;
    } else if (!word.empty()) {
      if (word.size() < 30) words.push_back(word);
      word.clear();
    }
  }
  std::string made = openings[next(openings.size())];
  const auto from = words.empty() ? 0 : next(words.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 4); ++i)
    made += ' ' + words[(from + i) % words.size()];
  return fmt::format("{}. {}", made, endings[next(endings.size())]);
}

class maker {
 public:
  maker(const prompt& given, temper how, std::size_t most_told)
      : given_(given), how_(how), most_told_(most_told), seed_(seed_of(given)) {}

  boost::json::value make(const boost::json::object& schema, int depth) {
    const auto* type = schema.if_contains("type");
    const auto word = type != nullptr && type->is_string() ? std::string{type->get_string()} : std::string{"object"};
    if (word == "string") return text(schema);
    if (word == "boolean") return true;
    if (word == "integer" || word == "number") return 1;
    if (word == "array") return boost::json::array{};
    boost::json::object made;
    const auto* properties = schema.if_contains("properties");
    if (properties == nullptr || !properties->is_object() || depth == 0) return made;
    for (const auto& [name, each] : properties->get_object()) {
      if (each.is_object()) made[name] = make(each.get_object(), depth - 1);
    }
    return made;
  }

 private:
  boost::json::value text(const boost::json::object& schema) {
    const auto* words = schema.if_contains("enum");
    if (words != nullptr && words->is_array() && !words->get_array().empty()) {
      for (const auto& each : words->get_array()) {
        if (each == "accept") return each;
      }
      return words->get_array().front();
    }
    if (how_ == temper::obedient) return boost::json::string{obeyed(given_, seed_, most_told_)};
    return boost::json::string{remark(given_, seed_)};
  }

  const prompt& given_;
  temper how_;
  std::size_t most_told_;
  std::uint64_t seed_;
};

}  // namespace

std::string answer_of(const prompt& given, temper how, std::size_t most_told) {
  auto schema = given.schema;
  if (schema.empty()) schema = {{"type", "object"}, {"properties", {{"text", {{"type", "string"}}}}}};
  return boost::json::serialize(maker{given, how, most_told}.make(schema, max_depth));
}

}  // namespace pulse::sandbox::ai
