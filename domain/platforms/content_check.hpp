// What a platform would refuse of a post, as far as that is known while the post is written.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// Whether the platform refuses some text that a post may have.
bool can_refuse_text(const platform& by);

/// Why `text` may not go to channels of `type` ("has 301 characters, x takes 280"), as the end of a sentence about it;
/// nothing when it may. An invisible text is always refused.
std::optional<std::string> text_problem_for(channel_type type, std::string_view text);

/// Why `title` may not go to channels of `type`; nothing when it may, and where no title is shown.
std::optional<std::string> title_problem_for(channel_type type, std::string_view title);

/// Why these media may not go to channels of `type` that take media at all; nothing when they may. Only their number
/// and descriptions are judged: their content is known when they are fetched.
std::optional<std::string> media_problem_for(channel_type type, std::span<const media> all);

}  // namespace pulse::domain
