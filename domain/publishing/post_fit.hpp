// Whether a post's content suits its channels: the same checks for posts by people and for posts made from content.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/platforms/image.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// A problem: a JSON pointer to the field to correct, and the end of a sentence about it.
struct misfit {
  std::string pointer;
  std::string detail;
};

/// Texts by channel type, where they differ from the post's.
using texts_by_type = std::map<std::string, std::string>;

/// Checks the text against channels of `types` that have no variant; `pointer` is the field to correct.
std::vector<misfit> text_misfits(std::string_view text, const texts_by_type& variants,
                                 const std::vector<channel_type>& types, std::string_view pointer);

/// Checks the variants against channels of `types`.
std::vector<misfit> variant_misfits(const texts_by_type& variants, const std::vector<channel_type>& types);

/// Checks the title where it is shown.
std::vector<misfit> title_misfits(std::string_view title, const std::vector<channel_type>& types);

/// Checks an image, or its absence: one requires an image, none accepts it, or one refuses its description.
std::vector<misfit> image_misfits(const std::optional<image>& picture, const std::vector<channel_type>& types);

}  // namespace pulse::domain
