// Internet addresses and networks, as values that can be compared.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::base {

/// An IPv4 or IPv6 address. An IPv4 address and the IPv6 form that carries it (::ffff:192.0.2.1) are the same address.
class ip_address {
 public:
  /// Reads what inet_pton reads: "192.0.2.1", "2001:db8::1"; no zone, no port, no brackets.
  static std::optional<ip_address> parse(std::string_view text);

  /// As it is usually written: "192.0.2.1", "2001:db8::1".
  std::string to_string() const;
  bool is_v4() const;

  /// The network that one customer has all of: the address itself, or the /64 of an IPv6 address, written as a network.
  std::string network() const;

  friend bool operator==(const ip_address&, const ip_address&) = default;

 private:
  friend class ip_network;
  std::array<unsigned char, 16> bytes_{};
};

/// All addresses that begin with the same bits.
class ip_network {
 public:
  /// Reads "10.0.0.0/8", "2001:db8::/32", or an address alone. Bits beyond the prefix must be zero: what is written is
  /// what is meant.
  static std::optional<ip_network> parse(std::string_view text);

  bool contains(const ip_address& address) const;

 private:
  ip_address first_;
  unsigned prefix_bits_ = 128;  // of the 128 of the IPv6 form
};

}  // namespace pulse::base
