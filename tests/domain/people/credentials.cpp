#include "domain/people/credentials.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

TEST_CASE("an address is kept in lower case") {
  CHECK(parse_email("Jane.Doe+news@Example.ORG")->value == "jane.doe+news@example.org");
  for (const auto& good :
       {std::string{"a@b.c"}, std::string{"o'brien@example.co.uk"}, std::string{"x_y-z@sub.example.org"},
        std::string{"1@2.example"}, std::string{"a@xn--bcher-kva.example"}, std::string(64, 'a') + "@b.test",
        "a@" + std::string(63, 'b') + ".test"}) {
    INFO(good);
    CHECK(parse_email(good).has_value());
  }
}

TEST_CASE("what is no address is refused") {
  for (const auto& bad : {std::string{""},
                          std::string{"@"},
                          std::string{"a@"},
                          std::string{"@b.test"},
                          std::string{"a@b"},
                          std::string{".a@b.test"},
                          std::string{"a.@b.test"},
                          std::string{"a..b@c.test"},
                          std::string{"a@b..test"},
                          std::string{"a@.b.test"},
                          std::string{"a@b.test."},
                          std::string{"a%0a@b.test"},
                          std::string{"a%c.test@b.test"},
                          std::string{"a!b@c.test"},
                          std::string{"a b@c.test"},
                          std::string{"a@b@c.test"},
                          std::string{"\"a b\"@c.test"},
                          std::string{"a@[1.2.3.4]"},
                          std::string{"a@1.2.3.4"},
                          std::string{"a@-b.test"},
                          std::string{"a@b-.test"},
                          std::string{"a@b_c.test"},
                          std::string{"a@b.test\r\nBcc: x@y.test"},
                          std::string{"a@b.t\u00e9st"},
                          std::string{"<a@b.test>"},
                          std::string{"a,b@c.test"},
                          std::string(65, 'a').append("@b.test"),
                          std::string{"a@"}.append(64, 'b').append(".test"),
                          std::string{"a@"}.append(250, 'b').append(".test")}) {
    INFO(bad);
    CHECK_FALSE(parse_email(bad).has_value());
  }
}
