// The client's address behind proxies, on which limits and log lines depend.
#include "http/server/client_address.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace pulse;
using http::server::client_address;

const std::vector<base::ip_network> proxies{*base::ip_network::parse("10.0.0.0/8"),
                                            *base::ip_network::parse("fd00::/8")};

/// Headers as name and value pairs.
std::string client(const char* peer, std::vector<http::server::header> headers) {
  http::server::request asked;
  asked.headers = std::move(headers);
  return client_address(asked, peer == nullptr ? std::nullopt : base::ip_address::parse(peer), proxies);
}

}  // namespace

TEST_CASE("without a trusted proxy the client is the socket's peer, whatever it claims") {  // asvs: 4.1.3
  CHECK(client("192.0.2.9", {}) == "192.0.2.9");
  CHECK(client("192.0.2.9", {{"x-forwarded-for", "203.0.113.1"}}) == "192.0.2.9");
  CHECK(client("192.0.2.9", {{"forwarded", "for=203.0.113.1"}}) == "192.0.2.9");
  CHECK(client("::ffff:192.0.2.9", {}) == "192.0.2.9");
}

TEST_CASE("behind trusted proxies the client is the rightmost hop that is not one of them") {  // asvs: 15.3.4
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.1"}}) == "203.0.113.1");
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "198.51.100.7, 203.0.113.1, 10.9.9.9"}}) == "203.0.113.1");
  CHECK(client("::ffff:10.0.0.1", {{"x-forwarded-for", "203.0.113.1:4711"}}) == "203.0.113.1");
  CHECK(client("fd00::1", {{"x-forwarded-for", "[2001:db8::1]:4711"}}) == "2001:db8::1");
  CHECK(client("fd00::1", {{"x-forwarded-for", "2001:DB8::1"}}) == "2001:db8::1");
  CHECK(client("10.0.0.1", {}) == "10.0.0.1");
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "10.0.0.2, 10.0.0.3"}}) == "10.0.0.2");
}

TEST_CASE("several header lines are one list") {
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "1.1.1.1"}, {"x-forwarded-for", "203.0.113.1, 10.0.0.2"}}) ==
        "203.0.113.1");
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.1"}, {"x-forwarded-for", ", ,"}}) == "203.0.113.1");
}

TEST_CASE("Forwarded is read as RFC 7239 writes it") {
  CHECK(client("10.0.0.1", {{"forwarded", "for=203.0.113.1;proto=https;by=10.0.0.1"}}) == "203.0.113.1");
  CHECK(client("10.0.0.1", {{"forwarded", "proto=https; For=\"[2001:db8:cafe::17]:4711\""}}) == "2001:db8:cafe::17");
  CHECK(client("10.0.0.1", {{"forwarded", "for=1.1.1.1, for=203.0.113.1;host=\"a,b;for=9.9.9.9\", for=10.0.0.4"}}) ==
        "203.0.113.1");
}

TEST_CASE("what a hop hides or garbles ends the search at the proxy that said so") {
  for (const char* value :
       {"for=unknown", "for=_hidden", "for=", "proto=https", "for=\"", "for=\"1.2.3.4\\\"", "=", ";;"}) {
    INFO(value);
    CHECK(client("10.0.0.1", {{"forwarded", value}}) == "10.0.0.1");
  }
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.1, unknown"}}) == "10.0.0.1");
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.1, unknown, 10.0.0.7"}}) == "10.0.0.7");
}

TEST_CASE("two headers that name different clients are believed neither") {
  CHECK(client("10.0.0.1", {{"forwarded", "for=9.9.9.9"}, {"x-forwarded-for", "203.0.113.1"}}) == "10.0.0.1");
  CHECK(client("10.0.0.1", {{"forwarded", "for=203.0.113.1"}, {"x-forwarded-for", "203.0.113.1"}}) == "203.0.113.1");
}

TEST_CASE("a very long list costs no more than its last hops") {
  std::string list;
  for (int i = 0; i < 5'000; ++i) list += "10.0.0.1,";
  CHECK(client("10.0.0.1", {{"x-forwarded-for", "203.0.113.1," + list}}) == "10.0.0.1");
}

TEST_CASE("whoever speaks over a unix socket is a trusted proxy") {
  CHECK(client(nullptr, {}) == "unix");
  CHECK(client(nullptr, {{"x-forwarded-for", "203.0.113.1"}}) == "203.0.113.1");
  CHECK(client(nullptr, {{"x-forwarded-for", "unknown"}}) == "unix");
}
