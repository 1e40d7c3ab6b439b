#include "base/ip_address.hpp"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace pulse::base {

namespace {

constexpr std::size_t text_bytes_max = INET6_ADDRSTRLEN;
constexpr std::array<unsigned char, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned v4_offset_bits = 96;
constexpr unsigned customer_bits = 64;

/// Whether all bits from `bit` on are zero.
bool is_zero_from(const std::array<unsigned char, 16>& bytes, unsigned bit) {
  for (unsigned i = bit; i < 128; ++i) {
    if ((bytes[i / 8] >> (7 - i % 8) & 1) != 0) return false;
  }
  return true;
}

}  // namespace

std::optional<ip_address> ip_address::parse(std::string_view text) {
  std::array<char, text_bytes_max + 1> ended{};
  if (text.size() > text_bytes_max || text.find('\0') != text.npos) return std::nullopt;
  std::copy(text.begin(), text.end(), ended.begin());
  ip_address made;
  if (::inet_pton(AF_INET6, ended.data(), made.bytes_.data()) == 1) return made;
  std::copy(v4_prefix.begin(), v4_prefix.end(), made.bytes_.begin());
  if (::inet_pton(AF_INET, ended.data(), made.bytes_.data() + v4_prefix.size()) == 1) return made;
  return std::nullopt;
}

bool ip_address::is_v4() const { return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes_.begin()); }

std::string ip_address::to_string() const {
  std::array<char, text_bytes_max + 1> text{};
  const bool v4 = is_v4();
  ::inet_ntop(v4 ? AF_INET : AF_INET6, bytes_.data() + (v4 ? v4_prefix.size() : 0), text.data(), text.size());
  return text.data();
}

std::string ip_address::network() const {
  if (is_v4()) return to_string();
  auto first = *this;
  std::fill(first.bytes_.begin() + customer_bits / 8, first.bytes_.end(), static_cast<unsigned char>(0));
  return fmt::format("{}/{}", first.to_string(), customer_bits);
}

std::optional<ip_network> ip_network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = ip_address::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  ip_network made;
  made.first_ = *address;
  if (slash == text.npos) return made;

  // An IPv4 network is counted in IPv4's bits only where it is written so.
  const bool is_v4_text = text.substr(0, slash).find(':') == text.npos;
  const auto digits = text.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (failure != std::errc{} || end != digits.data() + digits.size() || digits.size() > 3) return std::nullopt;
  if (bits > (is_v4_text ? 32U : 128U)) return std::nullopt;
  made.prefix_bits_ = bits + (is_v4_text ? v4_offset_bits : 0);
  if (!is_zero_from(made.first_.bytes_, made.prefix_bits_)) return std::nullopt;
  return made;
}

bool ip_network::contains(const ip_address& address) const {
  const auto whole = prefix_bits_ / 8;
  if (!std::equal(first_.bytes_.begin(), first_.bytes_.begin() + whole, address.bytes_.begin())) return false;
  const auto left = prefix_bits_ % 8;
  if (left == 0) return true;
  const auto mask = static_cast<unsigned char>(0xff << (8 - left));
  return (first_.bytes_[whole] & mask) == (address.bytes_[whole] & mask);
}

}  // namespace pulse::base
