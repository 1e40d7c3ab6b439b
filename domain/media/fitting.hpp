// Whether a picture or film suits the platforms of a post, and what must be made of it where it does not. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "domain/media/findings.hpp"
#include "domain/platforms/channel_type.hpp"

namespace pulse::domain {

/// The facts about a file.
struct file_facts {
  media_kind kind = media_kind::image;
  std::string type;
  std::int64_t bytes = 0;
  int width = 0;
  int height = 0;
  std::int64_t duration_ms = 0;
  bool is_animated = false;
};

/// One of the three: why it may not go out, as the end of a sentence ("is larger than …"); the picture to be made of
/// it; or neither: it goes out as it is.
struct fitting {
  std::optional<std::string> problem = std::nullopt;
  std::optional<fit_order> order = std::nullopt;
};

/// For all of `types` that take such media at all: one file that each of them takes. A picture is made smaller or
/// another type where that helps; its proportions stay, an animation and a film stay as they are.
fitting fit_for(const file_facts& file, std::span<const channel_type> types);

}  // namespace pulse::domain
