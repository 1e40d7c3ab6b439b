// Deleting a whole company, on a real PostgreSQL: what waits never goes out, what goes out ends, and nothing is left.
#include "persistence/people/company_deletion.hpp"

#include <map>

#include <catch2/catch.hpp>

#include "persistence/audit/entries.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/media/library.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/pauses.hpp"
#include "persistence/seed.hpp"
#include "tests/support/publishing_store.hpp"

using namespace pulse;
using namespace pulse::persistence;
using namespace std::chrono_literals;
using domain::delivery_state;
using tests::noon;

namespace {

constexpr statement list_tables{"test_deletion_tables", R"sql(
  SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1)sql"};
constexpr statement count_personal{"test_deletion_personal", R"sql(
  SELECT count(*) FROM audit_entries WHERE tenant_id = $1 AND details::text <> '{}')sql"};
constexpr statement is_erased{"test_deletion_erased", R"sql(
  SELECT erased_at IS NOT NULL, name FROM tenants WHERE id = $1)sql"};
constexpr statement unmark_demo{"test_deletion_unmark", "UPDATE tenants SET is_demo = false"};
constexpr statement add_medium{"test_deletion_medium", R"sql(
  INSERT INTO media (tenant_id, id, project_id, name, kind, type, bytes, width, height, duration_ms, is_animated, alt_text, file, created_at)
  SELECT tenant_id, id, id, 'A', 'image', 'image/png', 1, 1, 1, 0, false, '', $2, $3 FROM projects WHERE tenant_id = $1)sql"};
constexpr statement mark_deleted{"test_deletion_mark", R"sql(
  UPDATE tenants SET deleted_at = $2, suspended_at = $2, paused_at = $2 WHERE id = $1)sql"};

constexpr password_hasher::options quick{.threads = 1, .queue_limit = 4, .memory_kib = 64, .passes = 1, .lanes = 1};

/// What stays of a deleted company, and says nothing of anybody.
const std::vector<std::string> staying{"audit_entries", "audit_heads", "subscriptions", "tenant_owners"};

struct deletion_fixture {
  std::map<std::string, std::pair<std::string, std::string>> counting;  // by table: name and text
  tests::publishing_store store;
  database login{{.url = store.url(), .connections = 1, .as = role::login}};
  base::manual_clock clock{noon()};
  base::signing_key key{base::secret{"a secret for tests"}, audit::signing_purpose};

  ~deletion_fixture() { login.stop(); }

  template <class... A>
  rows ask(const statement& what, const A&... values) {
    auto done = login.query_now(std::nullopt, what, values...);
    INFO((done.has_error() ? done.error().detail : std::string{}));
    REQUIRE(done.has_value());
    return std::move(*done);
  }
  /// A connection keeps the name of a statement, and its text, for as long as it is there.
  const std::pair<std::string, std::string>& counting_of(const std::string& table) {
    const auto sql = "SELECT count(*) FROM " + table + " WHERE tenant_id = $1";
    return counting.try_emplace(table, "test_count_" + table, sql).first->second;
  }
  /// Rows of that company in each table that has some.
  std::map<std::string, std::int64_t> rows_of(const base::uuid& company) {
    std::map<std::string, std::int64_t> made;
    const auto tables = ask(list_tables);
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const auto name = tables.get<std::string>(i, 0);
      const auto& kept = counting_of(name);
      const auto count = ask({kept.first, kept.second}, company).get<std::int64_t>(0, 0);
      if (count > 0) made[name] = count;
    }
    return made;
  }
  std::map<std::string, std::int64_t> stays_of(const base::uuid& company) {
    auto made = rows_of(company);
    for (const auto& each : staying) made.erase(each);
    return made;
  }
  std::optional<company_deletion::closing> close(const tests::company& of) {
    return store.as(of, [&](transaction& tx) { return company_deletion::close(tx, clock.now()); });
  }
  int erase(int limit = 1'000) {
    return store.as_engine([&](transaction& tx) { return company_deletion::erase(tx, clock.now(), limit); });
  }
  void erase_all(int limit = 1'000) {
    while (erase(limit) > 0) continue;
  }
  /// The company that the seed makes, which has something in most tables, as one that is no demo.
  tests::company seed() {
    password_hasher hasher{quick};
    REQUIRE(seed_demo({store.requests(), store.engine(), "http://pulse.test"}, hasher, tests::test_box(), clock));
    const auto found = store.requests().transact_now(std::nullopt, [](transaction& tx) {
      return members::find_logins(std::string{demo_email}, std::nullopt).all(tx);
    });
    REQUIRE(found->size() == 1);
    ask(unmark_demo);
    return {.id = found->front().tenant_id,
            .owner_id = found->front().member_id,
            .project_id = {},
            .website_id = {},
            .x_id = {}};
  }
  void tell(const tests::company& of, const std::string& action) {
    store.as(of, [&](transaction& tx) {
      const audit::entry made{.id = base::new_uuid(clock.now()),
                              .at = clock.now(),
                              .action = action,
                              .by = audit::actor_kind::member,
                              .actor_id = of.owner_id,
                              .session_id = {},
                              .token_id = {},
                              .subject_id = {},
                              .request_id = "test",
                              .address = "192.0.2.1",
                              .device = "a device"};
      audit::append(tx, made, audit::when::always);
    });
  }
  void seal() {
    audit::sweep_all(store.engine(), clock);
    audit::seal_all(store.engine(), clock, key);
  }
  audit::verdict verify(const tests::company& of) {
    auto found = audit::verify_one(store.engine(), of.id, key, std::nullopt);
    REQUIRE(found.has_value());
    INFO(found->problem);
    return std::move(*found);
  }
};

}  // namespace

TEST_CASE_METHOD(deletion_fixture, "what waits of a deleted company never begins, and what is going out ends first") {
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto going = store.deliveries(acme, store.add_post(acme, noon(), {acme.x_id})).front().id;
  const auto waiting = store.deliveries(acme, store.add_post(acme, noon() + 1h)).front().id;
  const auto draft = store.deliveries(acme, store.add_post(acme)).front().id;
  REQUIRE(store.begin(acme, going, fence, noon()));

  const auto closed = close(acme);
  REQUIRE(closed);
  CHECK(closed->withdrawn == 4);
  CHECK(closed->under_way == 1);
  CHECK_FALSE(close(acme));
  CHECK_FALSE(store.begin(acme, waiting, fence, noon() + 1h));
  CHECK_FALSE(store.begin(acme, draft, fence, noon() + 1h));

  // Its rows are what the engine knows of the attempt.
  CHECK(erase() == 0);
  CHECK(store.end(acme, going, fence, delivery_state::published, noon() + 1s));
  erase_all();
  CHECK(stays_of(acme.id).empty());
  CHECK_FALSE(store.begin(acme, waiting, fence, noon() + 1h));
}

TEST_CASE_METHOD(deletion_fixture, "an attempt that never ends keeps no company's rows for longer than an hour") {
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto going = store.deliveries(acme, store.add_post(acme, noon(), {acme.x_id})).front().id;
  REQUIRE(store.begin(acme, going, fence, noon()));
  REQUIRE(close(acme));
  clock.advance(59min);
  CHECK(erase() == 0);
  clock.advance(2min);
  erase_all();
  CHECK(stays_of(acme.id).empty());
  CHECK_FALSE(store.end(acme, going, fence, delivery_state::published, clock.now()));
}

TEST_CASE_METHOD(deletion_fixture, "nothing is left of a deleted company, in no table, and everything of another") {
  const auto acme = store.add_company();
  store.add_post(acme, noon() + 1h);
  tell(acme, "POST /posts");
  const auto demo = seed();
  tell(demo, "POST /posts");
  seal();
  tell(demo, "DELETE /org/members/{id}");
  ask(add_medium, demo.id, "a file of the demo", noon());
  ask(add_medium, acme.id, "a file of acme", noon());
  const auto before = rows_of(acme.id);
  CHECK(rows_of(demo.id).size() > 20);
  CHECK(ask(count_personal, demo.id).get<std::int64_t>(0, 0) > 1);

  REQUIRE(close(demo));
  tell(demo, "DELETE /org");
  // In small batches, and a process may stop between any two.
  erase_all(50);
  CHECK(stays_of(demo.id).empty());
  CHECK(ask(count_personal, demo.id).get<std::int64_t>(0, 0) == 0);
  CHECK(ask(is_erased, demo.id).get<std::string>(0, 1) == "Deleted company");
  const auto files = store.as_engine([](transaction& tx) { return media::leftovers(tx, 10); });
  CHECK(files == std::vector<std::string>{"a file of the demo"});
  CHECK(rows_of(acme.id) == before);
  CHECK(ask(count_personal, acme.id).get<std::int64_t>(0, 0) > 0);
  const auto again = store.requests().transact_now(std::nullopt, [](transaction& tx) {
    return members::find_logins(std::string{demo_email}, std::nullopt).all(tx);
  });
  CHECK(again->empty());

  CHECK(verify(demo).is_sound);
  seal();
  const auto found = verify(demo);
  CHECK(found.is_sound);
  CHECK(found.erased > 0);
  CHECK(found.unsealed == 0);
  CHECK(verify(acme).is_sound);
}

TEST_CASE_METHOD(deletion_fixture, "what comes late into a deleted company is erased, too, and then it is over") {
  const auto acme = store.add_company();
  REQUIRE(close(acme));
  erase_all();
  CHECK_FALSE(ask(is_erased, acme.id).get<bool>(0, 0));
  // As of a call that was under way: a table that no other of the company's stands in the way of.
  constexpr statement late{"test_deletion_late", R"sql(
    INSERT INTO ai_budgets (tenant_id, operator_tokens, updated_at) VALUES ($1, 1, $2))sql"};
  ask(late, acme.id, noon());
  clock.advance(16min);
  CHECK(erase() == 1);
  CHECK(stays_of(acme.id).empty());
  CHECK(erase() == 0);
  CHECK(ask(is_erased, acme.id).get<bool>(0, 0));
}

TEST_CASE_METHOD(deletion_fixture, "a company whose rows cannot be erased keeps nobody else's, and is reported") {
  const auto stuck = store.add_company();
  REQUIRE(close(stuck));
  clock.advance(1s);
  const auto acme = store.add_company();
  REQUIRE(close(acme));
  constexpr statement refuse{"test_deletion_refuse", R"sql(
    CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''this row stays''; END')sql"};
  ask(refuse);
  const auto trigger = "CREATE TRIGGER refuse BEFORE DELETE ON projects FOR EACH ROW WHEN (OLD.tenant_id = '" +
                       base::to_string(stuck.id) + "') EXECUTE FUNCTION refuse_deletion()";
  ask({"test_deletion_trigger", trigger});
  clock.advance(16min);
  while (!stays_of(acme.id).empty()) REQUIRE(erase() > 0);
  CHECK(erase() == 0);
  CHECK(ask(is_erased, acme.id).get<bool>(0, 0));
  const auto told = store.engine().transact_now(
      std::nullopt, [&](transaction& tx) { return company_deletion::erase(tx, clock.now(), 1'000); });
  REQUIRE(told.has_error());
  CHECK(told.error().detail.find("the rows of company " + base::to_string(stuck.id) +
                                 " cannot be erased: this row stays") != std::string::npos);
}

TEST_CASE_METHOD(deletion_fixture, "nobody but a company's owner brings its rows away: neither the engine nor a mark") {
  const auto acme = store.add_company();
  tell(acme, "POST /posts");
  seal();
  const auto before = rows_of(acme.id);
  erase_all();
  CHECK(store.as_engine([&](transaction& tx) { return company_deletion::erase_rows(tx, acme.id, noon(), 10); }) == 0);
  CHECK(rows_of(acme.id) == before);
  // Whoever marks it in the database is found: no entry of the chain tells of a deletion.
  ask(mark_deleted, acme.id, noon());
  const auto found = verify(acme);
  CHECK_FALSE(found.is_sound);
  CHECK(found.problem == "The company is marked as deleted, and no entry tells of that.");
}
