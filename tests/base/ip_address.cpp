#include "base/ip_address.hpp"

#include <catch2/catch.hpp>

using pulse::base::ip_address;
using pulse::base::ip_network;

namespace {

bool contains(std::string_view network, std::string_view address) {
  return ip_network::parse(network).value().contains(ip_address::parse(address).value());
}

}  // namespace

TEST_CASE("addresses are read in their usual forms, and nothing else is one") {
  CHECK(ip_address::parse("192.0.2.1")->to_string() == "192.0.2.1");
  CHECK(ip_address::parse("2001:DB8:0::1")->to_string() == "2001:db8::1");
  CHECK(ip_address::parse("::ffff:192.0.2.1") == ip_address::parse("192.0.2.1"));
  CHECK(ip_address::parse("::ffff:192.0.2.1")->to_string() == "192.0.2.1");
  for (const std::string_view text : {"", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "[::1]", "::1%eth0",
                                      "1.2.3.4:80", " 1.2.3.4", "::1::", "01.2.3.4"}) {
    INFO(text);
    CHECK_FALSE(ip_address::parse(text));
  }
  CHECK_FALSE(ip_address::parse(std::string_view{"1.2.3.4\0", 8}));
  CHECK_FALSE(ip_address::parse(std::string(500, '1')));
}

TEST_CASE("a network contains what begins with its bits") {
  CHECK(contains("10.0.0.0/8", "10.255.1.2"));
  CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  CHECK(contains("192.0.2.128/25", "192.0.2.200"));
  CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  CHECK(contains("192.0.2.7", "192.0.2.7"));
  CHECK(contains("192.0.2.7", "::ffff:192.0.2.7"));
  CHECK_FALSE(contains("192.0.2.7", "192.0.2.8"));
  CHECK(contains("0.0.0.0/0", "203.0.113.9"));
  CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(contains("::/0", "192.0.2.1"));
  CHECK(contains("::ffff:10.0.0.0/104", "10.9.9.9"));
}

TEST_CASE("a malformed network is refused, also one with bits beyond its prefix") {
  for (const std::string_view text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8x",
        "10.0.0.0/0008", "10.0.0.1/8", "2001:db8::1/64", "example.org/8"}) {
    INFO(text);
    CHECK_FALSE(ip_network::parse(text));
  }
}

TEST_CASE("one customer's addresses are one network") {
  CHECK(ip_address::parse("192.0.2.1")->network() == "192.0.2.1");
  CHECK(ip_address::parse("2001:db8:1:2::1")->network() == "2001:db8:1:2::/64");
  CHECK(ip_address::parse("2001:db8:1:2:ffff::9")->network() == "2001:db8:1:2::/64");
}
