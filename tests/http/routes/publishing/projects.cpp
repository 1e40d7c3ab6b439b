// The routes of projects through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::count;
using tests::names;
using tests::publishing_fixture;

TEST_CASE("a project is made, read, listed and changed") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto made =
      front.post("/projects", R"({"name":"Launch","description":"Spring","time_zone":"Europe/Amsterdam"})", token);
  CHECK(made.status() == 201);
  const auto id = made.text("/id");
  CHECK(made.raw.find("location") == "/projects/" + id);
  CHECK(made.text("/time_zone") == "Europe/Amsterdam");
  CHECK(front.get("/projects/" + id, token).text("/description") == "Spring");
  CHECK(front.get("/api/projects/" + id, token).status() == 200);
  const auto changed = front.patch("/projects/" + id, R"({"name":"Relaunch"})", token);
  CHECK(changed.status() == 200);
  CHECK(changed.text("/name") == "Relaunch");
  CHECK(changed.text("/time_zone") == "Europe/Amsterdam");
  CHECK(count(front.get("/projects", token)) == 1);
}

TEST_CASE("a project without a time zone is in UTC") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  CHECK(front.post("/projects", R"({"name":"Plain"})", token).text("/time_zone") == "UTC");
}

TEST_CASE("a project is refused by the field that is wrong") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto zone = front.post("/projects", R"({"name":"A","time_zone":"Mars/Olympus"})", token);
  CHECK(zone.status() == 422);
  CHECK(names(zone, "/time_zone"));
  CHECK(names(front.post("/projects", R"({"name":""})", token), "/name"));
  CHECK(names(front.post("/projects", R"({"name":"   "})", token), "/name"));
  CHECK(names(front.post("/projects", R"({"name":"A","colour":"red"})", token), "/colour"));
  front.add_project(token, "Taken");
  const auto taken = front.post("/projects", R"({"name":"Taken"})", token);
  CHECK(taken.status() == 409);
  CHECK(taken.code() == "name_taken");
  const auto other = front.add_project(token, "Other");
  CHECK(front.patch("/projects/" + other, R"({"name":"Taken"})", token).code() == "name_taken");
  CHECK(count(front.get("/projects", token)) == 2);
}
