// Addresses that lead inside, in all the spellings that were tried, are refused when they are written.
#include <catch2/catch.hpp>

#include "domain/platforms/ip_address.hpp"
#include "domain/platforms/web_address.hpp"

using pulse::domain::is_inside_host;
using pulse::domain::web_address_problem;

namespace {

const std::vector<std::string> hosts{
    // this machine
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.0.0.1.",
    "127.255.255.254",
    "127.127.127.127",
    "2130706433",
    "0x7f.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "0X7F000001",
    "0x7F.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0x0.0.01",
    "00177.0.0.1",
    "0",
    "0.0.0.0",
    "0x0",
    "00",
    "0.1",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::0001]",
    "[0000::1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::FFFF:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::1]",
    "[2001:0:7f00:1::1]",
    "localhost",
    "LOCALHOST",
    "LocalHost",
    "localhost.",
    "db.localhost",
    "a.b.localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "loopback",
    // neighbours
    "10.0.0.1",
    "10.1",
    "10.255.255.255",
    "0xa000001",
    "0x0a.0.0.1",
    "012.0.0.1",
    "167772161",
    "172.16.0.1",
    "172.31.255.255",
    "0xac100001",
    "2886729729",
    "192.168.0.1",
    "192.168.1.1",
    "192.168.257",
    "0xc0a80101",
    "3232235777",
    "0300.0250.1.1",
    "192.168.1.1.",
    "100.64.0.1",
    "100.127.255.255",
    "[::ffff:10.0.0.1]",
    "[::ffff:a00:1]",
    "[::ffff:192.168.1.1]",
    "[64:ff9b::192.168.1.1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:c0a8:101::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fdff::]",
    "[fec0::1]",
    // the link, and the clouds' metadata
    "169.254.169.254",
    "169.254.1",
    "169.254.0.1",
    "0xa9fea9fe",
    "0xa9.0xfe.0xa9.0xfe",
    "0251.0376.0251.0376",
    "2852039166",
    "169.254.43518",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::169.254.169.254]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "[2606:4700::1111%25eth0]",
    "[fd00:ec2::254]",
    "metadata",
    "metadata.google.internal",
    "metadata.internal",
    "instance-data",
    "instance-data.ec2.internal",
    "100.100.100.200",
    // reserved, documentation, benchmarks, multicast, broadcast
    "0.1.2.3",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "0xffffffff",
    "4294967295",
    "[ff02::1]",
    "[ff05::2]",
    "[2001:db8::1]",
    "[2001:10::1]",
    "[2001:20::1]",
    "[3fff::1]",
    "[4000::1]",
    "[5f00::1]",
    "[100::1]",
    // names of inside
    "redis",
    "postgres",
    "db",
    "kubernetes",
    "kubernetes.default.svc.cluster.local",
    "printer.local",
    "nas.lan",
    "router.home",
    "gateway.corp",
    "wiki.intranet",
    "api.private",
    "service.internal",
    "box.home.arpa",
    "1.0.0.127.in-addr.arpa",
    "a.onion",
    "a.invalid",
    // special-use names: RFC 6761, 6762, 7686, 8375, 9476 and ICANN's .internal
    "a.test",
    "test",
    "A.TEST",
    "a.b.test.",
    "a.example",
    "www.acme.example",
    "a.invalid.",
    "x.local",
    "X.LOCAL.",
    "a.alt",
    "secret.onion",
    "home.arpa.",
    "example.arpa",
    "e164.arpa",
    "1.in-addr.arpa",
    "a.home.arpa",
    "svc.internal",
    // names of a network's own, which no root server knows
    "kubernetes.default.svc",
    "api.default.svc.cluster",
    "db.service.consul",
    "web.docker",
    "pc.workgroup",
    "mail.mail",
    "x.localdomain",
    "x.intra",
    "x.domain",
    "x.host-only",
    "x.y.z.qqqq",
    "printer.localnet",
    "a.b_c",
    // the root zone's former tests of international names, and others that it does not know
    "example.xn--zckzah",
    "example.xn--9t4b11yi5a",
    "example.xn--0zwm56d",
    "example.xn--kgbechtv",
    "example.XN--JXALPDLP",
    "a.xn--",
    "a.xn--a",
    // one label
    "com",
    "com.",
    "intranet.",
    "xn--p1ai",
    // addresses that are none
    "1.2.3.4.5",
    "256.1.1.1",
    "127.0.0.256",
    "4294967296",
    "0x100000000",
    "08.8.8.8",
    "1.1.1.1.1.1",
    "a.0x7f",
    "a.1",
};

/// What is no host at all, and what hides one.
const std::vector<std::string> urls{
    "https://127%2e0%2e0%2e1/",
    "https://%6cocalhost/",
    "https://loc%61lhost/",
    "https://127.0.0.1%00.example.org/",
    "https://example.org@127.0.0.1/",
    "https://example.org:80@127.0.0.1/",
    "https://127.0.0.1:443@example.org/",
    "https://@127.0.0.1/",
    "https://a:b@localhost/",
    "https:///127.0.0.1/",
    "https:127.0.0.1",
    "https:/127.0.0.1/",
    "//127.0.0.1/",
    "https://[::1/",
    "https://::1/",
    "https://[::1]a/",
    "https://[]/",
    "https://[127.0.0.1",
    "https://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/",
    "https://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1/",
    "https://127\xe3\x80\x82"
    "0.0.1/",
    "https://loc\xc2\xad"
    "alhost/",
    "https://127.0.0.1\\@example.org/",
    "https://example.org\\.127.0.0.1/",
    "https://127.0.0.1 /",
    "https:// 127.0.0.1/",
    "https://127.0.0.1\t/",
    "https://exam\nple.org/",
    "http://example.org/",
    "http://10.0.0.1/",
    "ftp://example.org/a.jpg",
    "file:///etc/passwd",
    "gopher://example.org/",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "dict://example.org:11211/",
    "https://",
    "https://.",
    "https://..",
    "https://.example.org/",
    "https://example..org/",
    "https://example.org:0/",
    "https://example.org:65536/",
    "https://example.org:-1/",
    "https://example.org:8o/",
    "https://example.org:443:443/",
    "https://?a",
    "https://#a",
    "",
    " ",
    "https",
    "https://*/",
    "https://example.org\x7f/",
    "https://\xff/",
};

}  // namespace

TEST_CASE("no spelling of an inside address is taken, with any scheme, port and path") {  // asvs: 1.3.6
  REQUIRE(hosts.size() + urls.size() >= 200);
  for (const auto& host : hosts) {
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
  for (const auto& url : urls) {
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
