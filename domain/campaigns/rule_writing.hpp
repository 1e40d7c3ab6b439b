// What a rule writes: its template rendered with the event, or an AI provider's answer to a prompt, once it is checked.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/campaigns/filled_template.hpp"

namespace pulse::domain::campaigns {

/// Characters of a title and a text that an AI provider may give.
inline constexpr std::size_t most_answered_title_characters = 300;
inline constexpr std::size_t most_answered_text_characters = 10'000;

/// The values of a template: the rule's own, overridden by those of the event.
template_values values_of(const std::map<std::string, std::string>& given,
                          const std::map<std::string, std::string>& happened);

/// A text by others that a prompt includes as material.
struct others_text {
  std::string name;  // letters and blanks: "feed title"
  std::string text;
};

/// A prompt for an AI provider. `task` is the company's own words; whatever others have written (a feed's item, a
/// post's title) is not in it: where the prompt names such a value, the task names the material instead.
struct writing_question {
  std::string task;
  std::vector<others_text> materials;
};

base::result<writing_question, filling_problem> ask_for(const std::string& prompt, const std::string& tone,
                                                        const template_words& from,
                                                        const std::map<std::string, std::string>& given,
                                                        const std::map<std::string, std::string>& happened,
                                                        const template_surroundings& around);

struct answered_text {
  std::string title;
  std::string text;
};
/// What is wrong with an answer, as a sentence.
struct answer_problem {
  std::string sentence;
};
/// The answer, when it can be content.
base::result<answered_text, answer_problem> judge(answered_text made);

/// Why a rule writes nothing: it cannot (`is_blocked` false), or must not.
struct unwritten {
  bool is_blocked = false;
  std::string sentence;
};

/// A template filled in with the values of the rule and of the event; foreign links keep it from becoming content.
base::result<filled_template, unwritten> write_plain(const template_words& from,
                                                     const std::map<std::string, std::string>& given,
                                                     const std::map<std::string, std::string>& happened,
                                                     const template_surroundings& around);

}  // namespace pulse::domain::campaigns
