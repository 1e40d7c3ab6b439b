// Comments that an AI writes in a member's name: the prompts, and the checks of the answers. Two passes: one writes,
// the second reviews and may correct or refuse. Plain functions; actors/engagement/comment_writer calls the provider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/text/leaks.hpp"

namespace pulse::domain::engagement {

/// Everything that a comment is written from. All of it except figures was written by people, so the model gets it as
/// data.
struct comment_sources {
  std::string post_text;
  std::string post_author;                 // as shown at the platform; may be empty
  std::string profile;                     // the member's, Markdown; may be empty
  std::string tone;                        // "warm, short, no emoji"; may be empty
  std::vector<std::string> avoid_phrases;  // the organization's
  std::vector<std::string> examples;       // comments that the member likes
  std::string language;                    // a code that language_of knows; empty: the post's
  int most_characters = 300;               // code points
};

/// Limits of what a comment is written from; longer texts are cut, further entries left out.
inline constexpr std::size_t max_post_bytes = 12'000;
inline constexpr std::size_t max_profile_bytes = 8'000;
inline constexpr std::size_t max_avoid_phrases = 200;
inline constexpr std::size_t max_examples = 5;
inline constexpr int max_comment_characters = 1'250;  // LinkedIn's limit
/// Comments on one post that share more of their three-letter pieces are alike.
inline constexpr double most_alike = 0.5;

/// A text by somebody else, with its kind.
struct named_text {
  std::string name;
  std::string text;
};

/// One question to a model: the first two are ours alone.
struct comment_prompt {
  std::string system;
  std::string task;
  std::vector<named_text> materials;
};

/// What may be wrong with a comment.
enum class comment_fault {
  empty,
  too_long,
  has_link,      // nobody asked for one, and it is how a post would spread itself
  has_mention,   // @somebody or #something
  avoided,       // has one of the organization's phrases
  language,      // is not in the language that it should be in
  alike,         // of another comment on the post
  repeats_post,  // word for word
  confidential,  // gives away instructions, the profile, phrases or examples
  strange,       // has a piece that no person writes, such as a key or a code
};

/// A sentence for the member: why the comment is not used.
std::string_view sentence(comment_fault fault);

/// The prompt of the writing model. `faults` are those of earlier tries.
comment_prompt prompt_to_write(const comment_sources& from, const std::vector<comment_fault>& faults);

/// The prompt of the reviewing model, for a comment that has passed `find_fault`. It sees the post, the comment and the
/// phrases, and neither profile nor examples.
comment_prompt prompt_to_review(const comment_sources& from, std::string_view comment);

/// Judges comments on one post by one member.
class comment_check {
 public:
  /// `others`: the comments of others on the post. They are only compared with; no model gets them.
  comment_check(const comment_sources& from, std::vector<std::string> others);

  /// The first thing that is wrong with a comment; nothing when it may be used.
  std::optional<comment_fault> find_fault(std::string_view comment) const;

 private:
  const comment_sources from_;
  const std::vector<std::string> others_;
  confidences secrets_;
  confidences post_;
};

/// A comment without what models put around one: blanks, and quotation marks around the whole.
std::string trimmed(std::string_view comment);

/// Whether `text` has `phrase` as whole words, whatever the case, the accents and the characters between the words.
bool has_phrase(std::string_view text, std::string_view phrase);

}  // namespace pulse::domain::engagement
