#include "connectors/ai/offline.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "connectors/ai/prompt.hpp"
#include "connectors/ai/schema.hpp"

namespace pulse::connectors::ai {

namespace {

constexpr int max_depth = 8;
constexpr std::size_t quoted_words = 9;
constexpr std::size_t usual_length = 280;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> made;
  std::string word;
  const auto end = [&] {
    if (!word.empty() && word.find("://") == word.npos && word.find('@') == word.npos && word.size() <= 40)
      made.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      end();
    } else {
      word += c;
    }
  }
  end();
  return made;
}

std::uint64_t seed_of(const request& asked) {
  std::string all = asked.system + '\n' + asked.task;
  for (const auto& each : asked.materials) all += '\n' + each.name + '\n' + each.text;
  const auto hash = base::sha256(all);
  std::uint64_t seed = 0;
  for (int i = 0; i < 8; ++i) seed = (seed << 8U) | hash[static_cast<std::size_t>(i)];
  return seed;
}

/// The text cut to `most` code points, at a character.
std::string cut(std::string text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) continue;
    if (seen++ == most) return text.substr(0, at);
  }
  return text;
}

class maker {
 public:
  explicit maker(const request& asked) : seed_(seed_of(asked)) {
    for (const auto& each : asked.materials) {
      words_ = words_of(visible(each.text));
      if (!words_.empty()) break;
    }
    if (words_.empty()) words_ = words_of(visible(asked.task));
  }

  boost::json::value make(const boost::json::object& schema, int depth) {
    const auto* type = schema.if_contains("type");
    const auto word = type != nullptr && type->is_string() ? std::string{type->get_string()} : std::string{"object"};
    if (word == "string") return make_string(schema);
    if (word == "boolean") return true;
    if (word == "integer" || word == "number") return number(schema, "minimum", 0);
    if (word == "array") return make_array(schema, depth);
    boost::json::object made;
    const auto* properties = schema.if_contains("properties");
    if (properties == nullptr || !properties->is_object() || depth == 0) return made;
    for (const auto& [name, each] : properties->get_object()) {
      if (each.is_object()) made[name] = make(each.get_object(), depth - 1);
    }
    return made;
  }

 private:
  static std::int64_t number(const boost::json::object& schema, std::string_view name, std::int64_t otherwise) {
    const auto* found = schema.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : otherwise;
  }

  boost::json::value make_array(const boost::json::object& schema, int depth) {
    boost::json::array made;
    const auto* items = schema.if_contains("items");
    const auto least = std::clamp<std::int64_t>(number(schema, "minItems", 0), 0, 100);
    for (std::int64_t i = 0; i < least && items != nullptr && items->is_object() && depth > 0; ++i)
      made.push_back(make(items->get_object(), depth - 1));
    return made;
  }

  boost::json::value make_string(const boost::json::object& schema) {
    const auto* words = schema.if_contains("enum");
    if (words != nullptr && words->is_array() && !words->get_array().empty()) return words->get_array().front();
    const auto most = static_cast<std::size_t>(
        std::max<std::int64_t>(0, number(schema, "maxLength", static_cast<std::int64_t>(usual_length))));
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(0, number(schema, "minLength", 0)));
    if (most == 0) return "";
    auto text = std::string{offline_provider::mark} + quote();
    while (base::count_code_points(text) < std::min(least, most)) text += ' ' + quote();
    return boost::json::string{cut(std::move(text), most)};
  }

  /// Some words in a row; another place each time.
  std::string quote() {
    if (words_.empty()) return "nothing to say";
    seed_ = seed_ * 6364136223846793005U + 1442695040888963407U;
    const auto begin = static_cast<std::size_t>(seed_ >> 33U) % words_.size();
    std::string made;
    for (std::size_t i = 0; i < std::min(quoted_words, words_.size()); ++i)
      made += (i == 0 ? "" : " ") + words_[(begin + i) % words_.size()];
    return made;
  }

  std::uint64_t seed_;
  std::vector<std::string> words_;
};

}  // namespace

void offline_provider::complete(request asked, callback done) {
  if (size_of(asked) > max_request_bytes)
    return done(failure{.kind = failure_kind::too_large, .reason = std::string{sentence(failure_kind::too_large)}});
  auto made = maker{asked}.make(asked.schema, max_depth);
  if (const auto wrong = schema_problem(asked.schema, made))
    return done(failure{.kind = failure_kind::not_of_schema,
                        .reason = fmt::format("{} What is wrong: {}.", sentence(failure_kind::not_of_schema), *wrong)});
  reply answered;
  answered.value = std::move(made.get_object());
  answered.model = model_;
  done(std::move(answered));
}

}  // namespace pulse::connectors::ai
