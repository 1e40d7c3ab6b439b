#include "connectors/egress/address_guard.hpp"

#include <catch2/catch.hpp>

using pulse::connectors::is_global;
using pulse::connectors::may_reach;
using pulse::connectors::parse_address;
using pulse::connectors::reach;
using pulse::connectors::user_url_problem;

TEST_CASE("Addresses that the whole internet reaches are global") {
  const auto* address =
      GENERATE("8.8.8.8", "1.1.1.1", "192.0.3.1", "192.88.98.1", "172.15.255.255", "172.32.0.1", "100.63.255.255",
               "100.128.0.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "11.0.0.0", "128.0.0.1",
               "2001:4860:4860::8888", "2a00:1450:4001::1", "[2606:4700::1111]", "2001:200::1", "2003::1",
               "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "0x08080808", "010.8.8.8");
  CAPTURE(address);
  CHECK(is_global(std::string_view{address}));
}

TEST_CASE("No spelling of a special address is global") {  // asvs: 1.3.6
  const auto* address = GENERATE(
      // this machine
      "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "0X7F000001", "2130706433", "017700000001", "0177.0.0.1",
      "0177.0x0.0.01", "127.0.0.1.", "127.255.255.254", "0", "0.0.0.0", "0x0", "0x", "00", "::1", "[::1]",
      "0:0:0:0:0:0:0:1", "::0001", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "[::FFFF:127.0.0.1]",
      "0:0:0:0:0:ffff:7f00:0001", "64:ff9b::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1",
      "2001:0:7f00:1::1",
      // neighbours
      "10.0.0.1", "10.1", "0xa000001", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.168.257",
      "0xc0a80101", "3232235777", "100.64.0.1", "100.127.255.255", "::ffff:10.0.0.1", "64:ff9b::192.168.1.1", "fc00::1",
      "fd12:3456::1", "fec0::1",
      // the link, and the clouds' metadata
      "169.254.169.254", "169.254.1", "0xa9fea9fe", "2852039166", "::ffff:169.254.169.254", "fe80::1", "fe80::1%eth0",
      "[fe80::1%25lo]", "2001:4860:4860::8888%eth0", "fd00:ec2::254",
      // reserved, documentation, benchmarks, multicast, broadcast
      "0.1.2.3", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "192.88.99.1",
      "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "ff02::1", "2001:db8::1", "2001:10::1",
      "2001:20::1", "3fff::1", "4000::1", "5f00::1", "100::1",
      // no address at all
      "", "example.com", "localhost", "127.0.0.1 ", " 127.0.0.1", "1.2.3.4.5", "256.1.1.1", "8.8.8.8x", "08.8.8.8",
      "8..8.8", ":::", "12345::", "8.8.8.8%1", "[8.8.8.8", "4294967296");
  CAPTURE(address);
  CHECK_FALSE(is_global(std::string_view{address}));
}

TEST_CASE("An address with a NUL in it is not an address") {
  using namespace std::string_view_literals;
  CHECK_FALSE(is_global("8.8.8.8\0"sv));
  CHECK_FALSE(is_global("2a00::1\0"sv));
}

TEST_CASE("A user's URL is refused by its text alone where that is enough") {  // asvs: 13.2.4
  const auto* url =
      GENERATE("", "example.com", "//example.com", "ftp://example.com/", "file:///etc/passwd", "gopher://8.8.8.8/",
               "http://user:secret@example.com/", "http://user@example.com/", "http://", "http://?x=1",
               "http://127.0.0.1/", "http://127.1:8080/", "http://2130706433/", "http://0x7f000001/",
               "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1%25eth0]/",
               "https://169.254.169.254/latest/meta-data", "http://localhost/", "http://LOCALHOST:5432/",
               "http://localhost./", "http://db.localhost/", "http://exa mple.com/", "javascript:alert(1)");
  CAPTURE(url);
  CHECK(user_url_problem(url).has_value());
}

TEST_CASE("A user's URL may reach this machine, and no neighbour of it, where that is allowed") {
  const auto* own = GENERATE("http://127.0.0.1:9100/a.jpg", "http://127.8.8.8/", "http://[::1]:9100/",
                             "http://localhost/", "http://[::ffff:127.0.0.1]/", "https://example.com/");
  CAPTURE(own);
  CHECK_FALSE(user_url_problem(own, reach::internet_and_loopback));
  const auto* other =
      GENERATE("http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/", "http://[::]/", "http://[fe80::1]/",
               "http://[::ffff:10.0.0.1]/", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/");
  CAPTURE(other);
  CHECK(user_url_problem(other, reach::internet_and_loopback));
  CHECK(may_reach(*parse_address("127.0.0.1"), reach::internet_and_loopback));
  CHECK_FALSE(may_reach(*parse_address("127.0.0.1"), reach::internet));
  CHECK_FALSE(may_reach(*parse_address("192.168.0.1"), reach::internet_and_loopback));
}

TEST_CASE("A user's URL with a public host may be tried") {
  const auto* url =
      GENERATE("http://example.com", "https://example.com:8443/a?b=c#d", "HTTPS://EXAMPLE.COM/", "http://8.8.8.8/",
               "http://[2a00:1450:4001::1]:80/", "https://notlocalhost.example.org/", "https://localhost.example.com/");
  CAPTURE(url);
  CHECK(user_url_problem(url).value_or("") == "");
}
