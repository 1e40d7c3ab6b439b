// The model behind the stand-ins of OpenAI and OpenRouter: no real model, but code that answers in the requested form.
// A "usual" one behaves; an "obedient" one follows all instructions in quoted texts, to test the defence against prompt
// injection.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace pulse::sandbox::ai {

enum class temper { usual, obedient };

/// The input of the model.
struct prompt {
  std::string system;
  std::string user;
  std::string key;             // the key of the call; an obedient model reveals it, too
  boost::json::object schema;  // empty: any object
};

/// The text of the answer's message: JSON. The same prompt gets the same answer.
///
/// Usual: texts are short remarks with words of the first quoted text, and enums take their first value. Obedient:
/// texts are what the quoted texts ask for (the key, the system message, or everything), in the requested spelling
/// (base64, hexadecimal, backwards, rot13, letter by letter), at most `most_told` characters from a place that depends
/// on the prompt; and enums take the value that lets the text through.
std::string answer_of(const prompt& given, temper how, std::size_t most_told);

}  // namespace pulse::sandbox::ai
