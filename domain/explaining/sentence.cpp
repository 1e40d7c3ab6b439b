#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

namespace {

bool is_ended(std::string_view words) {
  if (words.ends_with('"') || words.ends_with(')')) words.remove_suffix(1);
  return words.ends_with('.') || words.ends_with('!') || words.ends_with('?');
}

}  // namespace

std::string ended(std::string_view words) {
  while (words.ends_with(' ')) words.remove_suffix(1);
  std::string text{words};
  if (!text.empty() && !is_ended(text)) text += '.';
  return text;
}

std::string as_sentence(std::string_view words) {
  auto text = ended(words);
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace pulse::domain
