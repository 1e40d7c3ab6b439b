// A thread: further parts that go out below a post one by one, in the same delivery.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/platforms/channel_type.hpp"
#include "domain/platforms/post_option.hpp"

namespace pulse::domain {

/// The name of the text option that takes further parts, of at most so many as its `max_length` says. It has several
/// lines.
inline constexpr const char* thread_option = "thread";

/// The parts in a value of such an option: what stands between lines that are nothing but three hyphens, without the
/// white space around it. Parts without a visible character are left out.
std::vector<std::string> split_thread(std::string_view value);

/// What follows below the post itself, in order: a thread's further parts, or its first comment (first_comment.hpp).
std::vector<std::string> further_parts(const chosen_options& chosen);

/// Why `value` may not be a thread below a post on `type`, of at most `most` further parts, as the end of a sentence
/// about the field; nothing when it may.
std::optional<std::string> thread_problem(channel_type type, std::string_view value, int most);

/// "2 of 5 parts are out", of a thread that is in the middle: `parts_out` is at least 1; and so in a sentence about
/// before.
std::string parts_out_words(int parts_out, int parts);
std::string parts_were_out_words(int parts_out, int parts);

}  // namespace pulse::domain
