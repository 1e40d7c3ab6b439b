// Suggests the known word for a mistyped one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pulse::config {

/// Letters to insert, delete, change or swap with their neighbour to turn `a` into `b`, at most `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The word of `known` that `word` is probably a typing error of: at most two edits apart (one for words of up to five
/// letters, because two would change half of it), capitals aside. Nothing when there is none.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace pulse::config
