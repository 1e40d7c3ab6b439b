#include "domain/platforms/web_address.hpp"

#include <catch2/catch.hpp>

using pulse::domain::web_address_problem;

TEST_CASE("an address on the web is https, with a host, and nothing that must be encoded") {
  for (const auto* good : {"https://example.org", "https://example.org/a.jpg", "HTTPS://Example.ORG/a?b=c#d",
                           "https://example.org:8443/a%20b.png", "https://[2606:4700::1111]/a", "https://1.2.3.4/"}) {
    INFO(good);
    CHECK_FALSE(web_address_problem(good, false));
  }
  for (const auto* bad : {"",
                          "example.org",
                          "http://example.org/a.jpg",
                          "ftp://example.org",
                          "https://",
                          "https:///a",
                          "https://user@example.org/",
                          "https://a:b@example.org",
                          "https://example.org:port/",
                          "https://example.org:123456/",
                          "https://exa mple.org",
                          "https://example.org/a b",
                          "https://example.org/\"",
                          "https://example.org/é",
                          "https://.example.org",
                          "https://[]/",
                          "https://example.org\\@other",
                          "javascript:alert(1)",
                          "https://ex*mple.org",
                          "http://localhost/a",
                          "http://127.0.0.1/a"}) {
    INFO(bad);
    CHECK(web_address_problem(bad, false));
  }
  CHECK_FALSE(web_address_problem("https://example.org/" + std::string(1'980, 'a'), false));
  CHECK(web_address_problem("https://example.org/" + std::string(1'981, 'a'), false));
}

TEST_CASE("this machine may be named by plain http where that is allowed, and nothing else may") {
  for (const auto* good : {"http://localhost/a", "http://127.0.0.1:9000/a.jpg", "http://[::1]:9000/"}) {
    INFO(good);
    CHECK_FALSE(web_address_problem(good, true));
  }
  for (const auto* bad :
       {"http://example.org/", "http://127.example.org/", "http://localhost.example.org/", "http://10.0.0.1/"}) {
    INFO(bad);
    CHECK(web_address_problem(bad, true));
  }
}

TEST_CASE("each label of a host is one that the DNS could have") {
  const std::string longest(63, 'a');
  for (const auto& good : {"https://" + longest + ".com", "https://a." + longest + ".com/",
                           std::string{"https://a-b.com"}, std::string{"https://a_b.example.com."}}) {
    INFO(good);
    CHECK_FALSE(web_address_problem(good, false));
  }
  for (const auto& bad :
       {"https://" + longest + "a.com", "https://www." + longest + "a.com/b", std::string{"https://-a.com"},
        std::string{"https://a-.com"}, std::string{"https://a.-b.com"}, std::string{"https://a.b-.com/x"},
        std::string{"https://-.com"}, std::string{"https://a.com-"}, std::string{"https://a..com"}}) {
    INFO(bad);
    CHECK(web_address_problem(bad, false));
  }
  CHECK(pulse::domain::is_inside_host("-a.com", false));
  CHECK(pulse::domain::is_inside_host(longest + "a.com", false));
}
