// Addresses inside the network are refused in all their spellings when they are entered.
#include <catch2/catch.hpp>

#include "domain/platforms/ip_address.hpp"
#include "domain/platforms/web_address.hpp"
#include "tests/support/inside_addresses.hpp"

using pulse::domain::is_inside_host;
using pulse::domain::web_address_problem;
using pulse::tests::inside_hosts;
using pulse::tests::inside_urls;

TEST_CASE("no spelling of an inside address is taken, with any scheme, port and path") {  // asvs: 1.3.6
  REQUIRE(inside_hosts.size() + inside_urls.size() >= 200);
  for (const auto& host : inside_hosts) {
    INFO(host);
    CHECK(is_inside_host(host, false));
    for (const auto* form :
         {"https://{}/a.jpg", "https://{}:8443/a.jpg", "HTTPS://{}", "https://{}?a=b", "http://{}/a.jpg"}) {
      std::string url{form};
      url.replace(url.find("{}"), 2, host);
      INFO(url);
      CHECK(web_address_problem(url, false));
    }
  }
  for (const auto& url : inside_urls) {
    INFO(url);
    CHECK(web_address_problem(url, false));
  }
}

TEST_CASE("of inside addresses one thing is said, whatever they are") {
  for (const auto* url :
       {"https://127.0.0.1/", "https://10.0.0.1/", "https://redis/", "https://metadata.google.internal/",
        "https://[::1]/", "https://2130706433/", "https://printer.local/", "https://1.2.3.4.5/"}) {
    INFO(url);
    CHECK(web_address_problem(url, false) == "must be on the public internet");
  }
}

TEST_CASE("names in other letters are judged as a browser reads them") {
  // Full-width letters, the ideographic full stop, capitals, what is not seen, and names that no root server knows.
  for (const auto* host :
       {"\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54", "a\u3002local", "a.\uff34\uff25\uff33\uff34",
        "loc\u00adalhost", "example.\u30c6\u30b9\u30c8", "\u2460\u2461\u2466.0.0.1", "127\u30020\u30020\u30021",
        "a.\u24db\u24de\u24d2\u24d0\u24db", "b\u00fccher.t\u00ebst", "\xff\xfe", "a..local", "redis\u3002"}) {
    INFO(host);
    CHECK(is_inside_host(host, false));
  }
  for (const auto* host : {"b\u00fccher.de", "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
                           "\uff45\uff58ample.com", "example\u3002org"}) {
    INFO(host);
    CHECK_FALSE(is_inside_host(host, false));
  }
}

TEST_CASE("where this machine is allowed, its neighbours are not") {
  for (const auto* host : {"127.0.0.1", "[::1]", "localhost", "127.1"}) CHECK_FALSE(is_inside_host(host, true));
  for (const auto* host : {"10.0.0.1", "169.254.169.254", "redis", "printer.local", "[fe80::1]", "0.0.0.0", "a.test",
                           "kubernetes.default.svc"})
    CHECK(is_inside_host(host, true));
}

TEST_CASE("addresses on the public internet are taken") {
  for (const auto* url : {"https://example.org/a.jpg", "https://cdn.example.co.uk:8443/a.jpg?b=c#d", "https://8.8.8.8/",
                          "https://0x08080808/", "https://example.blog/", "https://xn--e1afmkfd.xn--p1ai/",
                          "https://xn--fsqu00a.xn--fiqs8s./", "https://a.b.c.co.uk/", "https://[2606:4700::1111]/a",
                          "https://[2001:4860:4860::8888]:8443/", "https://[::ffff:8.8.8.8]/",
                          "https://xn--bcher-kva.de/a.jpg", "https://localhost.example.org/", "https://1.example.org/",
                          "https://example.org./a.jpg", "https://a_b.example.org/"}) {
    INFO(url);
    CHECK_FALSE(web_address_problem(url, false));
  }
}

TEST_CASE("IPv6 is read as RFC 4291 writes it") {
  using pulse::domain::parse_address;
  for (const auto* good : {"::", "1::", "::1", "1:2:3:4:5:6:7:8", "1::8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
                           "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "ABCD:ef01::"}) {
    INFO(good);
    CHECK(parse_address(good));
  }
  for (const auto* bad :
       {":", ":::", "1:", ":1", "1:2", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "::1.2.3.4:1", "1:2:3:4:5:6:7:8::"}) {
    INFO(bad);
    CHECK_FALSE(parse_address(bad));
  }
}
