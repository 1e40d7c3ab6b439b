// A content warning and the text behind it, which some platforms count together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/platforms/post_option.hpp"
#include "domain/publishing/post_fit.hpp"

namespace pulse::domain {

/// Where a content warning and the text behind it are too long together though each fits; an option of the name
/// `content_warning` is one, whatever the platform.
std::vector<misfit> warning_misfits(std::string_view text, const texts_by_type& variants,
                                    const options_by_platform& chosen, const std::vector<channel_type>& types);

/// The same of one platform, as the end of a sentence about the warning; nothing when they fit.
std::optional<std::string> warning_problem(channel_type type, std::string_view text, const options_by_platform& chosen);

}  // namespace pulse::domain
