#include "actors/publishing/agenda.hpp"

#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

domain::delivery delivery(const std::string& name, const std::string& channel = "channel") {
  domain::delivery d;
  d.id = base::uuid_from_name(name);
  d.channel_id = base::uuid_from_name(channel);
  return d;
}

std::vector<base::uuid> ids(const std::vector<domain::delivery>& of) {
  std::vector<base::uuid> found;
  for (const auto& each : of) found.push_back(each.id);
  return found;
}

}  // namespace

TEST_CASE("an agenda gives out what is due, in the order of its time, and once") {
  agenda a;
  a.replace(
      {{noon + 2s, delivery("b")}, {noon + 1s, delivery("a")}, {noon + 3s, delivery("c")}, {noon + 2s, delivery("b2")}},
      true);
  CHECK(a.next() == noon + 1s);
  CHECK(a.take_due(noon).empty());
  CHECK(ids(a.take_due(noon + 2s)) == std::vector{delivery("a").id, delivery("b").id, delivery("b2").id});
  CHECK(a.take_due(noon + 2s).empty());
  CHECK(a.held() == 3);
  CHECK(a.next() == noon + 3s);
}

TEST_CASE("rows that are read again do not change deliveries that a channel holds") {
  agenda a;
  a.replace({{noon, delivery("a")}}, true);
  REQUIRE(a.take_due(noon).size() == 1);
  a.replace({{noon, delivery("a")}, {noon, delivery("b")}}, true);
  CHECK(ids(a.take_due(noon)) == std::vector{delivery("b").id});
  a.release(delivery("a").id);
  a.replace({{noon, delivery("a")}}, true);
  CHECK(ids(a.take_due(noon)) == std::vector{delivery("a").id});
}

TEST_CASE("a delivery that a channel hands back is due again at its time") {
  agenda a;
  a.replace({{noon, delivery("a")}}, true);
  auto taken = a.take_due(noon);
  a.put_back(taken.at(0), noon + 5s);
  CHECK(a.held() == 0);
  CHECK(a.next() == noon + 5s);
  CHECK(a.take_due(noon + 5s).size() == 1);
}

TEST_CASE("an unknown outcome keeps the result of reconciliation, unless its row has changed") {
  agenda a;
  auto unknown = delivery("a");
  unknown.state = domain::delivery_state::unknown;
  unknown.attempt = 1;
  auto row = unknown;
  unknown.failed_reconciliations = 3;
  a.put_back(unknown, noon + 9s);
  a.replace({{noon, row}}, true);
  CHECK(a.next() == noon + 9s);
  CHECK(a.take_due(noon + 9s).at(0).failed_reconciliations == 3);

  a.put_back(unknown, noon + 9s);
  row.attempt = 2;
  a.replace({{noon, row}}, true);
  CHECK(a.next() == noon);
  a.replace({}, true);
  CHECK_FALSE(a.next());
}

TEST_CASE("when a channel is gone, its deliveries belong to nobody") {
  agenda a;
  a.replace({{noon, delivery("a", "one")}, {noon, delivery("b", "two")}}, true);
  REQUIRE(a.take_due(noon).size() == 2);
  a.release_channel(base::uuid_from_name("one"));
  CHECK(a.held() == 1);
  a.replace({{noon, delivery("a", "one")}, {noon, delivery("b", "two")}}, true);
  CHECK(ids(a.take_due(noon)) == std::vector{delivery("a").id});
  CHECK_FALSE(a.empty());
}

}  // namespace pulse::actors
