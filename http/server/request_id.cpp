#include "http/server/request_id.hpp"

#include <array>
#include <charconv>

#include "base/secure.hpp"
#include "http/server/characters.hpp"

namespace pulse::http::server {

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= request_id_bytes_max && consists_of(request_id_bytes, text);
}

request_id_source::request_id_source() {
  std::array<std::uint8_t, 8> random{};
  base::random_bytes(random);
  prefix_ = base::to_hex(random) + '-';
}

void request_id_source::next(std::string& id) {
  std::array<char, 16> digits;
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), ++number_, 16);
  id.assign(prefix_).append(digits.data(), end);
}

}  // namespace pulse::http::server
