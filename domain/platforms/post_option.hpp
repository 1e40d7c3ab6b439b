// Options of a platform for a post, beyond text and media: a board, who may see it, what must be disclosed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::domain {

enum class option_kind {
  choice,       // one of `choices`
  text,         // one line, of at most `max_length` code points
  web_address,  // http or https, of at most `max_length` bytes
  yes_or_no,    // "yes" or "no"
};
BOOST_DESCRIBE_ENUM(option_kind, choice, text, web_address, yes_or_no)

struct option_choice {
  std::string value;  // as it is sent
  std::string words;  // as people read it
};
BOOST_DESCRIBE_STRUCT(option_choice, (), (value, words))

/// One option of a platform, as its description declares it: from it come the composer's field, the API's check and the
/// documentation.
struct post_option {
  std::string name;  // "privacy_level"
  option_kind kind = option_kind::text;
  std::string label;         // for people: "Who can see it"
  std::string hint{};        // a sentence; may be empty
  bool is_required = false;  // must be chosen with every post: there is no default
  std::vector<option_choice> choices{};
  int max_length = 0;
};
BOOST_DESCRIBE_STRUCT(post_option, (), (name, kind, label, hint, is_required, choices, max_length))

/// The choices for one platform, by the names of its options.
using chosen_options = std::map<std::string, std::string>;

/// The choices of a post, by the platforms' names.
using options_by_platform = std::map<std::string, chosen_options>;

}  // namespace pulse::domain
