// The live streams of a company that its owner deletes.
#include <catch2/catch.hpp>

#include "tests/http/live/live_fixture.hpp"

using namespace pulse;
using tests::live_fixture;

TEST_CASE("the live streams of everybody in a deleted company end, and those of another go on") {
  live_fixture front;
  const auto owner = front.sign_up("acme");
  const auto other = front.sign_up("other");
  auto watching = front.watch(owner);
  auto elsewhere = front.watch(other);
  REQUIRE(watching.read("hello").contains("type"));
  REQUIRE(elsewhere.read("hello").contains("type"));
  const auto name = front.get("/auth/me", owner).text("/company/name");
  REQUIRE(front.remove("/org?name=" + name, owner).status() == 200);
  while (watching.read()) continue;
  CHECK(watching.close_code() == 4401);
  front.append(front.tenant_of(other), 1);
  CHECK(elsewhere.read("events").contains("type"));
}
