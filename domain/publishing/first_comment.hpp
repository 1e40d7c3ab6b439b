// A first comment: what the same account says below a post of its own, right after it, in the same delivery.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/platforms/channel_type.hpp"
#include "domain/platforms/post_option.hpp"

namespace pulse::domain {

/// The name of the text option that takes it, of at most so many code points as its `max_length` says. It may have
/// several lines.
inline constexpr const char* first_comment_option = "first_comment";

/// What the explanation says when the post is out, and when its comment is out too. What a reconciliation found
/// follows.
inline constexpr std::string_view comment_follows = "The post is out; its first comment follows.";
inline constexpr std::string_view comment_is_out = "The first comment is out, too.";

/// Whether what follows below the post is a comment, and no thread.
bool has_first_comment(const chosen_options& chosen);

/// Why `value` may not be the first comment below a post on `type`, as the end of a sentence about it; nothing when it
/// may. What the platform says of hashtags and mentions in a post holds here, too.
std::optional<std::string> first_comment_problem(channel_type type, std::string_view value);

}  // namespace pulse::domain
