// Whether what a post says can go to the channels that it is for: the same for what people write and what is made of content.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/platforms/image.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// What does not fit: a JSON pointer to the field to correct, and the end of a sentence about it.
struct misfit {
  std::string pointer;
  std::string detail;
};

/// Texts by channel type, where they differ from the post's.
using texts_by_type = std::map<std::string, std::string>;

/// Of the text, for channels of `types` that have no variant; `pointer` is the field to correct.
std::vector<misfit> text_misfits(std::string_view text, const texts_by_type& variants,
                                 const std::vector<channel_type>& types, std::string_view pointer);

/// Of the variants, for channels of `types`.
std::vector<misfit> variant_misfits(const texts_by_type& variants, const std::vector<channel_type>& types);

/// Of the title, where it is shown.
std::vector<misfit> title_misfits(std::string_view title, const std::vector<channel_type>& types);

/// Of an image, or of having none: one needs it, none takes it, or one that takes it refuses its description.
std::vector<misfit> image_misfits(const std::optional<image>& picture, const std::vector<channel_type>& types);

}  // namespace pulse::domain
