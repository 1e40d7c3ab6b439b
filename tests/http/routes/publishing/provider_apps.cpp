// A company's own apps at providers.
#include <catch2/catch.hpp>

#include "persistence/publishing/provider_apps.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::publishing_fixture;

namespace {

constexpr auto own = R"({"client_id":"own-app","client_secret":"very-own-secret"})";

const boost::json::value& row(const tests::answered& list, std::string_view provider) {
  for (const auto& each : list.body.at("items").as_array()) {
    if (each.at("provider").as_string() == provider) return each;
  }
  throw std::runtime_error("no such provider");
}

}  // namespace

TEST_CASE("a company's own app is kept, and its secret is in no answer and not in the clear") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  CHECK(row(front.get("/provider-apps", token), "x").at("client_id").is_null());
  const auto made = front.put("/provider-apps/x", own, token);
  REQUIRE(made.status() == 200);
  const auto listed = front.get("/provider-apps", token);
  CHECK(row(listed, "x").at("client_id").as_string() == "own-app");
  CHECK(row(listed, "linkedin").at("client_id").is_null());
  for (const auto* answer : {&made, &listed}) CHECK(answer->raw.bytes().find("very-own-secret") == std::string::npos);
  constexpr persistence::statement sealed{
      "test_sealed_app", "SELECT position('very-own-secret'::bytea IN client_secret) FROM provider_apps"};
  const auto where = front.engine_database.query_now(std::nullopt, sealed);
  REQUIRE(where);
  CHECK(where->get<int>(0, 0) == 0);
}

TEST_CASE("an app can be taken away, and one that is none, or of a provider without apps, is not found") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  REQUIRE(front.put("/provider-apps/x", own, token).status() == 200);
  CHECK(front.remove("/provider-apps/x", token).status() == 204);
  CHECK(front.remove("/provider-apps/x", token).status() == 404);
  for (const std::string provider : {"nobody", "bluesky"}) {
    INFO(provider);
    CHECK(front.put("/provider-apps/" + provider, own, token).status() == 404);
  }
}

TEST_CASE("one company's app is not another's") {
  publishing_fixture front;
  const auto acme = front.sign_up("acme");
  const auto globex = front.sign_up("globex");
  REQUIRE(front.put("/provider-apps/x", own, acme).status() == 200);
  CHECK(row(front.get("/provider-apps", globex), "x").at("client_id").is_null());
  CHECK(front.remove("/provider-apps/x", globex).status() == 404);
}

TEST_CASE("what cannot stand in a header or an address is refused by name") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  CHECK(tests::names(front.put("/provider-apps/x", R"({"client_id":"a b","client_secret":"c"})", token), "/client_id"));
  CHECK(tests::names(front.put("/provider-apps/x", R"({"client_id":"a","client_secret":"\u0001"})", token),
                     "/client_secret"));
}
