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

TEST_CASE("a delivery that was moved after its retry was recorded, before it is handed back, is due at its new time") {
  agenda a;
  a.replace({{noon, delivery("a")}}, true);
  auto retry = a.take_due(noon).at(0);
  retry.attempt = 1;
  retry.not_before = noon + 1min;
  auto row = retry;
  row.due_at = row.not_before = noon + 2s;
  a.replace({{row.not_before, row}}, true);
  a.put_back(retry, retry.not_before);
  CHECK(a.next() == noon + 2s);
  CHECK(a.take_due(noon + 2s).at(0).due_at == noon + 2s);
}

TEST_CASE("rows that were read before a retry was recorded do not change when it is due") {
  agenda a;
  a.replace({{noon, delivery("a")}}, true);
  auto retry = a.take_due(noon).at(0);
  a.replace({{noon, retry}}, true);
  retry.attempt = 1;
  retry.not_before = noon + 1min;
  a.put_back(retry, retry.not_before);
  CHECK(a.next() == noon + 1min);

  a.replace({{retry.not_before, retry}}, true);
  REQUIRE(a.take_due(noon + 1min).size() == 1);
  retry.state = domain::delivery_state::sending;
  a.replace({{noon, retry}}, true);
  retry.state = domain::delivery_state::waiting;
  retry.not_before = noon + 2min;
  a.put_back(retry, retry.not_before);
  CHECK(a.next() == noon + 2min);
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
