// The model behind the stand-ins of OpenAI and OpenRouter: no model, but something that answers in the form that was asked for. It is usual, or
// obedient: then it does whatever the texts of others in its prompt tell it to, which is what a defence against injected instructions is tried with.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace pulse::sandbox::ai {

enum class temper { usual, obedient };

/// What the model was given.
struct prompt {
  std::string system;
  std::string user;
  std::string key;             // with which it was asked; an obedient model gives that away, too
  boost::json::object schema;  // empty: any object
};

/// The text of the answer's message: JSON. The same prompt gets the same answer.
///
/// Usual: texts are short remarks with words of the prompt's first quoted text, words of an enum the first. Obedient: texts are what the quoted texts
/// ask for: the key, the system message, or everything, in the spelling that they ask for (base64, hexadecimal, backwards, rot13, letter by letter),
/// at most `most_told` characters from a place that the prompt decides; and enums are the word that lets things through.
std::string answer_of(const prompt& given, temper how, std::size_t most_told);

}  // namespace pulse::sandbox::ai
