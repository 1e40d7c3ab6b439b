// Addresses inside the network are refused when a post is written, before anything is stored or fetched.
#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"
#include "tests/support/inside_addresses.hpp"

using namespace pulse;

TEST_CASE("a post whose picture is at an inside address, however that is written, is refused and stored nowhere") {
  tests::publishing_fixture front;  // asvs: 1.3.6
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  std::size_t tried = 0;
  const auto refuse = [&](const std::string& url) {
    INFO(url);
    const auto body = boost::json::object{
        {"project_id", project}, {"text", "A"}, {"image", {{"url", url}, {"alt_text", "a picture"}}}};
    const auto refused = front.post("/posts", boost::json::serialize(body), token);
    CHECK(refused.status() == 422);
    CHECK(tests::names(refused, "/image/url"));
    ++tried;
    return refused;
  };
  for (const auto& host : tests::inside_hosts) {
    // One thing is said of all: which names there are inside is told to nobody.
    CHECK(refuse("https://" + host + "/a.jpg").raw.bytes().find("must be on the public internet") != std::string::npos);
  }
  for (const auto& url : tests::inside_urls) {
    // What is not UTF-8 does not come as far as that: it is no JSON.
    if (url.find('\xff') == std::string::npos) refuse(url);
  }
  CHECK(tried >= 129);
  CHECK(front.get("/posts", token).body.at("items").as_array().empty());
}
