#include "http/routes/media/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace pulse::http::routes {

namespace {

std::optional<std::int64_t> read_whole(std::string_view text) {
  std::int64_t made = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), made);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty() || text.front() == '-')
    return std::nullopt;
  return made;
}

}  // namespace

std::optional<byte_range> parse_range(std::string_view header, std::int64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  header.remove_prefix(unit.size());
  const auto dash = header.find('-');
  if (dash == header.npos) return std::nullopt;
  const auto from = header.substr(0, dash);
  const auto to = header.substr(dash + 1);
  if (from.empty()) {
    const auto last = read_whole(to);
    if (!last) return std::nullopt;
    const auto count = std::min(*last, size);
    return byte_range{size - count, count};
  }
  const auto first = read_whole(from);
  const auto last = to.empty() ? std::optional{size - 1} : read_whole(to);
  if (!first || !last || (!to.empty() && *last < *first)) return std::nullopt;
  if (*first >= size) return byte_range{};
  return byte_range{*first, std::min(*last, size - 1) - *first + 1};
}

}  // namespace pulse::http::routes
