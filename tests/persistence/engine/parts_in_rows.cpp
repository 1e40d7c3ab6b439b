// What the engine reads about unfinished threads, and about a company's own apps.
#include <chrono>

#include <catch2/catch.hpp>

#include "tests/persistence/engine/one_post.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::noon;

std::vector<agenda_entry> agenda(one_post& of) {
  return of.store.as_engine([&](transaction& tx) {
    return select_agenda(tx, of.acme.id, of.store.node_id(), of.fence,
                         {.until = noon() + 1h, .most_of_channel = 10, .with_begun = true});
  });
}

bool keep(one_post& of, const intent& what, const attempt_handles& handles) {
  return of.store.as_engine([&](transaction& tx) { return keep_handles(tx, of.store.node_id(), what, handles); });
}

constexpr statement add_login{"test_add_login", R"sql(
  INSERT INTO social_accounts (tenant_id, id, platform, external_user_id, access_token, connected_by, created_at, updated_at, app_client_id)
  VALUES (pulse_tenant(), $1, 'x', $2, '', $3, $4, $4, $5))sql"};
constexpr statement add_account{"test_add_account", R"sql(
  INSERT INTO accounts (tenant_id, id, platform, external_user_id, handle, access_token, created_at, updated_at, social_account_id)
  VALUES (pulse_tenant(), $1, 'x', $2, '', '', $3, $3, $1))sql"};

}  // namespace

TEST_CASE("a new owner knows how late the first part of a thread was, whatever the later ones are") {
  one_post of;
  REQUIRE(of.wins(of.wanted()));
  auto first = of.outcome(delivery_state::waiting);
  first.external_id = "7";
  first.outcome = domain::outcome_kind::published;
  domain::publish_retry_scheduled told;
  told.lateness_ms = 5.25;
  first.event = told;
  REQUIRE(of.records(first));
  auto second = of.wanted(noon() + 1min);
  second.attempt = 2;
  REQUIRE(of.wins(second));
  auto later = of.outcome(delivery_state::waiting, delivery_state::sending, 2);
  later.outcome = domain::outcome_kind::published;
  told.lateness_ms = 60'000;
  later.event = told;
  REQUIRE(of.records(later));
  const auto rows = agenda(of);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].is_begun);
  CHECK(rows[0].began_late_us == 5'250);
}

TEST_CASE("a thread whose first part was kept has begun, also where nobody recorded that it is out") {
  one_post of;
  const auto intent = of.wanted();
  REQUIRE(of.wins(intent));
  REQUIRE(keep(of, intent, {{"container", "5"}}));
  CHECK_FALSE(agenda(of).at(0).is_begun);
  REQUIRE(keep(of, intent, {{"part_1", "7"}}));
  CHECK(agenda(of).at(0).is_begun);
  REQUIRE(of.records(of.outcome(delivery_state::waiting)));
  CHECK(agenda(of).at(0).is_begun);
  CHECK_FALSE(agenda(of).at(0).began_late_us);
}

TEST_CASE("accounts that were connected with an app of the company's own are named with it, to that company alone") {
  one_post of;
  const auto other = of.store.add_company("other");
  const auto own = base::uuid_from_name("own");
  const auto installations = base::uuid_from_name("installation's");
  of.store.as(of.acme, [&](transaction& tx) {
    for (const auto& [id, app] : {std::pair{own, std::optional<std::string>{"client"}},
                                  std::pair{installations, std::optional<std::string>{}}}) {
      tx.execute(add_login, id, base::to_string(id), of.acme.owner_id, noon(), app);
      tx.execute(add_account, id, base::to_string(id), noon());
    }
  });
  const auto apps = of.store.as_engine([&](transaction& tx) { return select_own_apps(tx, of.acme.id); });
  CHECK(apps.by_account.size() == 1);
  CHECK(apps.of(own) == "client");
  CHECK(apps.of(installations).empty());
  CHECK(of.store.as_engine([&](transaction& tx) { return select_own_apps(tx, other.id); }).by_account.empty());
}

}  // namespace pulse::persistence
