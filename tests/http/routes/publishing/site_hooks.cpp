// A website channel's signed webhook: set, tested, used, removed; address and secret are never shown again.
#include <catch2/catch.hpp>

#include "persistence/publishing/site_hooks.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;

namespace {

constexpr std::string_view address = "https://example.org/hooks/very-secret-path";

struct hook_fixture : tests::publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token);
  std::string channel = post("/channels", in_project(project) + R"("type":"website"})", token).text("/id");
  std::string path = "/channels/" + channel + "/webhook";

  tests::answered set(const std::string& where = std::string{address}) {
    return put(path, R"({"address":")" + where + "\"}", token);
  }
};

}  // namespace

TEST_CASE("a website channel's webhook is set, read, set anew and removed") {
  hook_fixture front;
  const auto none = front.get(front.path, front.token);
  CHECK(none.status() == 200);
  CHECK(none.body.at_pointer("/webhook").is_null());
  const auto made = front.set();
  REQUIRE(made.status() == 200);
  CHECK(made.text("/webhook/host") == "example.org");
  CHECK(made.text("/secret").starts_with("whsec_"));
  const auto read = front.get(front.path, front.token);
  CHECK(read.status() == 200);
  CHECK(read.raw.bytes().find("very-secret-path") == std::string::npos);
  CHECK(read.raw.bytes().find(made.text("/secret")) == std::string::npos);
  CHECK(front.set("https://example.net/x").text("/secret") != made.text("/secret"));
  CHECK(front.get(front.path, front.token).text("/webhook/host") == "example.net");
  CHECK(front.remove(front.path, front.token).status() == 204);
  CHECK(front.remove(front.path, front.token).status() == 404);
  CHECK(front.post(front.path + "/test", {}, front.token).status() == 404);
}

TEST_CASE("a webhook's address is none inside, and only a website channel has one") {
  hook_fixture front;
  for (const auto* inside : {"http://10.0.0.1/x", "https://localhost/x", "ftp://example.org", "example.org", ""}) {
    CAPTURE(inside);
    CHECK(names(front.set(inside), "/address"));
  }
  const auto x = front.post("/channels",
                            in_project(front.project) +
                                R"("type":"x","account":{"external_user_id":"7","handle":"acme","access_token":"t"}})",
                            front.token);
  REQUIRE(x.status() == 201);
  CHECK(front.put("/channels/" + x.text("/id") + "/webhook", R"({"address":"https://example.org/x"})", front.token)
            .status() == 409);
}

TEST_CASE("another company's webhook answers exactly like a missing one") {
  hook_fixture front;
  REQUIRE(front.set().status() == 200);
  const auto stranger = front.sign_up("other");
  CHECK(front.get(front.path, stranger).status() == 404);
  CHECK(front.put(front.path, R"({"address":"https://example.org/x"})", stranger).status() == 404);
  CHECK(front.post(front.path + "/test", {}, stranger).status() == 404);
  CHECK(front.remove(front.path, stranger).status() == 404);
  CHECK(front.get(front.path, front.token).text("/webhook/host") == "example.org");
}

TEST_CASE("a test message waits at once, as often as somebody asks") {
  hook_fixture front;
  REQUIRE(front.set().status() == 200);
  CHECK(front.post(front.path + "/test", {}, front.token).status() == 204);
  CHECK(front.post(front.path + "/test", {}, front.token).status() == 204);
  CHECK(front.get(front.path, front.token).body.at_pointer("/webhook/waiting") == 2);
}
