// Which platform something is about: a channel, an account, a budget, a variant of a text.
#pragma once

#include <cstdint>
#include <span>

#include "base/describe.hpp"
#include "domain/platforms/list.hpp"

namespace pulse::domain {

/// A platform, by its name. Those that the list of the program names have an enumerator; a platform that is added while
/// the program starts (`add_platform`) has a value beyond them.
enum class channel_type : std::uint8_t {
#define PULSE_NAME(name) name,
  PULSE_PLATFORMS(PULSE_NAME)
#undef PULSE_NAME
};

/// The words of the API and of SQL for the platforms: what `base::to_name` and its like read.
std::span<const base::listed_word<channel_type>> listed_words(channel_type);

}  // namespace pulse::domain
