// The chain of the audit on a real PostgreSQL: verifying detects every manipulation of its rows.
#include "persistence/audit/chain.hpp"

#include <catch2/catch.hpp>

#include <ctime>
#include <iostream>
#include <sstream>

#include "persistence/audit/entries.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;
namespace audit = pulse::persistence::audit;

namespace {

const base::timestamp start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

constexpr statement add_tenant{"test_add_tenant", "INSERT INTO tenants (id, name, created_at) VALUES ($1, 'A', $2)"};
constexpr statement add_many{"test_add_many_entries", R"sql(
  INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, actor_id, request_id, details)
  SELECT $1, gen_random_uuid(), $2::timestamptz + n * interval '1 second', 'POST /org/teams', 0, 'member', $1, 'request ' || n,
         json_build_object('address', '192.0.2.1', 'device', 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0',
                           'changes', json_build_array(json_build_object('what', 'teams', 'after', json_build_object('name', 'Team ' || n))))
  FROM generate_series(1, $3::int) n)sql"};

struct chain_fixture {
  std::string url = tests::migrated_database();
  database login{{.url = url, .connections = 1, .statement_timeout = std::chrono::minutes{5}, .as = role::login}};
  database engine{{.url = url, .connections = 1, .as = role::engine}};
  base::manual_clock clock{start};
  base::signing_key key{base::secret{"a secret for tests"}, audit::signing_purpose};
  base::uuid tenant = base::uuid_from_name("tenant");

  explicit chain_fixture(int entries = 20) {
    run(add_tenant, tenant, start);
    add(entries);
    audit::seal_all(engine, clock, key);
  }
  ~chain_fixture() {
    login.stop();
    engine.stop();
  }
  void add(int entries) { run(add_many, tenant, clock.now(), entries); }
  /// As whoever owns the database: no guard of ours stands in the way.
  template <class... A>
  void run(const statement& what, const A&... values) {
    const auto done = login.query_now(std::nullopt, what, values...);
    INFO((done.has_error() ? done.error().detail : std::string{}));
    REQUIRE(done.has_value());
  }
  audit::verdict verify(std::optional<audit::exported_head> known = std::nullopt) {
    auto found = audit::verify_one(engine, tenant, key, std::move(known));
    INFO((found.has_error() ? found.error().detail : std::string{}));
    REQUIRE(found.has_value());
    return *found;
  }
  audit::exported_head head() {
    const auto found =
        engine.transact_now(std::nullopt, [this](transaction& tx) { return audit::find_head(tx, tenant, key); });
    REQUIRE((found.has_value() && found->has_value()));
    return **found;
  }
};

constexpr statement unguard{"test_unguard_audit", "ALTER TABLE audit_entries DISABLE TRIGGER keep_sealed"};
constexpr statement change_actor{"test_change_actor", "UPDATE audit_entries SET actor_id = $1 WHERE seq = 7"};
constexpr statement change_details{"test_change_details",
                                   R"sql(UPDATE audit_entries SET details = '{"address":"x"}' WHERE seq = 7)sql"};
constexpr statement delete_one{"test_delete_entry", "DELETE FROM audit_entries WHERE seq = 7"};
constexpr statement renumber{"test_renumber", "UPDATE audit_entries SET seq = seq - 1 WHERE seq > 7"};
constexpr statement lift_index{"test_lift_index", "DROP INDEX audit_entries_in_order"};
constexpr statement swap_two{"test_swap", "UPDATE audit_entries SET seq = 15 - seq WHERE seq IN (7, 8)"};
constexpr statement cut_off{"test_cut_off", "DELETE FROM audit_entries WHERE seq > 15"};
constexpr statement cut_head{"test_cut_head", R"sql(
  UPDATE audit_heads SET entries = 15, hash = (SELECT hash FROM audit_entries WHERE seq = 15))sql"};
constexpr statement keep_head{"test_keep_head", "CREATE TABLE kept_heads AS SELECT * FROM audit_heads"};
constexpr statement put_head_back{"test_put_head_back", R"sql(
  UPDATE audit_heads h SET entries = k.entries, hash = k.hash, sealed_at = k.sealed_at, signature = k.signature FROM kept_heads k)sql"};
constexpr statement drop_head{"test_drop_head", "DELETE FROM audit_heads"};
constexpr statement take_out{"test_take_out", R"sql(
  UPDATE audit_entries SET details = '{}', salt = NULL, erased_at = $1 WHERE seq = 7)sql"};

}  // namespace

TEST_CASE("companies are sealed together, as many entries of each, and each has a chain of its own") {
  chain_fixture chain{0};
  const std::vector all{base::uuid_from_name("first"), base::uuid_from_name("second"), base::uuid_from_name("third")};
  for (const auto& each : all) {
    chain.run(add_tenant, each, start);
    chain.run(add_many, each, chain.clock.now(), each == all[0] ? 2 : 5);
  }
  const auto seal = [&chain](int most) {
    const auto done = chain.engine.transact_now(std::nullopt, [&](transaction& tx) {
      return audit::seal(tx, audit::find_unsealed(tx, 10), chain.key, chain.clock.now(), most);
    });
    REQUIRE(done.has_value());
    return *done;
  };
  const auto left = [&chain](const base::uuid& of) {
    auto found = audit::verify_one(chain.engine, of, chain.key, std::nullopt);
    REQUIRE(found.has_value());
    CHECK(found->is_sound);
    return std::pair{found->entries, found->unsealed};
  };
  using counts = std::pair<std::int64_t, std::int64_t>;
  CHECK(seal(9) == 8);
  CHECK(left(all[0]) == counts{2, 0});
  CHECK(left(all[1]) == counts{3, 2});
  CHECK(left(all[2]) == counts{3, 2});
  CHECK(seal(9) == 4);
  CHECK(seal(9) == 0);
  for (const auto& each : {all[1], all[2]}) CHECK(left(each) == counts{5, 0});
}

TEST_CASE("a company whose end is locked is passed over, and the others are sealed") {
  chain_fixture chain;
  const auto other = base::uuid_from_name("other");
  chain.run(add_tenant, other, start);
  chain.run(add_many, other, start, 3);
  chain.add(5);
  constexpr statement hold{"test_hold_head", "SELECT FROM audit_heads WHERE tenant_id = $1 FOR UPDATE"};
  const auto done = chain.login.transact_now(std::nullopt, [&](transaction& tx) {
    tx.execute(hold, chain.tenant);
    audit::seal_all(chain.engine, chain.clock, chain.key);
    return true;
  });
  REQUIRE(done.has_value());
  CHECK(chain.verify().unsealed == 5);
  CHECK(audit::verify_one(chain.engine, other, chain.key, std::nullopt)->entries == 3);
  audit::seal_all(chain.engine, chain.clock, chain.key);
  CHECK(chain.verify().unsealed == 0);
}

TEST_CASE("a chain that nobody touched is sound, and grows behind a head that was exported") {
  chain_fixture chain;
  const auto first = chain.verify();
  CHECK(first.is_sound);
  CHECK(first.entries == 20);
  CHECK(first.unsealed == 0);
  const auto head = chain.head();
  chain.add(5);
  CHECK(chain.verify(head).unsealed == 5);
  audit::seal_all(chain.engine, chain.clock, chain.key);
  const auto second = chain.verify(head);
  CHECK(second.problem == "");
  CHECK(second.entries == 25);
}

TEST_CASE("an entry that is changed is found, whatever of it") {  // asvs: 11.4.3
  chain_fixture chain;
  chain.run(unguard);
  SECTION("who did it") { chain.run(change_actor, base::uuid_from_name("somebody else")); }
  SECTION("its details") { chain.run(change_details); }
  const auto found = chain.verify();
  CHECK_FALSE(found.is_sound);
  CHECK(found.place == 7);
}

TEST_CASE("an entry that is deleted is found, also when the others are numbered anew") {  // asvs: 16.4.2
  chain_fixture chain;
  chain.run(unguard);
  chain.run(delete_one);
  SECTION("with a gap") {}
  SECTION("without") {
    chain.run(lift_index);
    chain.run(renumber);
  }
  const auto found = chain.verify();
  CHECK_FALSE(found.is_sound);
  CHECK(found.place == 7);
}

TEST_CASE("entries that change places are found") {
  chain_fixture chain;
  chain.run(unguard);
  chain.run(lift_index);
  chain.run(swap_two);
  const auto found = chain.verify();
  CHECK_FALSE(found.is_sound);
  CHECK(found.place == 7);
}

TEST_CASE("a chain that is cut off is found, against an exported head even when its own head is put back with it") {
  chain_fixture chain{15};
  chain.run(keep_head);
  chain.add(5);
  audit::seal_all(chain.engine, chain.clock, chain.key);
  const auto exported = chain.head();
  chain.run(cut_off);
  CHECK_FALSE(chain.verify().is_sound);
  chain.run(cut_head);  // without a signature
  CHECK_FALSE(chain.verify().is_sound);
  chain.run(put_head_back);  // with one that was good once
  CHECK(chain.verify().is_sound);
  const auto found = chain.verify(exported);
  CHECK_FALSE(found.is_sound);
  CHECK(found.problem.find("shortened") != std::string::npos);
  chain.run(drop_head);
  CHECK_FALSE(chain.verify(exported).is_sound);
}

TEST_CASE("a signed end that is deleted or put back is found while entries behind it are there") {
  chain_fixture chain{15};
  chain.run(keep_head);
  chain.add(5);
  audit::seal_all(chain.engine, chain.clock, chain.key);
  REQUIRE(chain.verify().is_sound);
  SECTION("put back to one that was good once") {
    chain.run(put_head_back);
    CHECK(chain.verify().place == 16);
  }
  SECTION("deleted") {
    chain.run(drop_head);
    CHECK(chain.verify().place == 1);
  }
  const auto found = chain.verify();
  CHECK_FALSE(found.is_sound);
  CHECK(found.problem.find("The signed end was deleted or put back") != std::string::npos);
  std::ostringstream said;
  CHECK_FALSE(audit::verify_all(chain.engine, chain.key, {}, said));
  CHECK(said.str().find("NOT SOUND") != std::string::npos);
}

TEST_CASE(
    "a chain that was made anew by somebody without the key is found, and so is a head that was changed or is "
    "another's") {
  chain_fixture chain;
  const auto exported = chain.head();
  {
    const base::signing_key stranger{base::secret{"another secret"}, audit::signing_purpose};
    chain.run(drop_head);
    chain.run(unguard);
    static constexpr statement begin_anew{"test_begin_anew", R"sql(
      UPDATE audit_entries SET seq = NULL, hash = NULL, details_digest = NULL, action = 'GET /nothing')sql"};
    chain.run(begin_anew);
    audit::seal_all(chain.engine, chain.clock, stranger);
  }
  CHECK_FALSE(chain.verify().is_sound);
  CHECK_FALSE(chain.verify(exported).is_sound);
  auto changed = exported;
  changed.entries = 19;
  CHECK_FALSE(chain.verify(changed).is_sound);
  auto others = exported;
  others.company_id = base::uuid_from_name("other");
  CHECK_FALSE(chain.verify(others).is_sound);
}

TEST_CASE(
    "after a change of the key, heads from before and the chain's old end are good as long as the old key is known") {
  chain_fixture chain;
  const auto exported = chain.head();
  const base::secret old_secret{"a secret for tests"};
  const base::signing_key renewed{base::secret{"a new secret"}, audit::signing_purpose, {old_secret}};
  const base::signing_key forgetful{base::secret{"a new secret"}, audit::signing_purpose};
  const auto verify = [&](const base::signing_key& with) {
    const auto found = audit::verify_one(chain.engine, chain.tenant, with, exported);
    REQUIRE(found.has_value());
    return found->is_sound;
  };
  CHECK(verify(renewed));  // the stored end is still the old key's
  CHECK_FALSE(verify(forgetful));
  chain.add(5);
  audit::seal_all(chain.engine, chain.clock, renewed);
  CHECK(verify(renewed));
  CHECK_FALSE(verify(forgetful));
  const auto end = chain.engine.transact_now(
      std::nullopt, [&](transaction& tx) { return audit::find_head(tx, chain.tenant, renewed); });
  REQUIRE((end.has_value() && end->has_value()));
  CHECK((*end)->public_key != exported.public_key);
}

TEST_CASE("what is personal can be taken out of an entry, and nothing else; the chain stays sound") {
  chain_fixture chain;
  const auto exported = chain.head();
  CHECK(chain.login.query_now(std::nullopt, change_details).has_error());
  CHECK(chain.login.query_now(std::nullopt, change_actor, base::uuid{})
            .has_value());  // the owner of the table may: it is found
  chain_fixture other;
  static constexpr statement put_in_place{"test_put_in_place", R"sql(
    UPDATE audit_entries SET details = '{"address":"x"}', salt = NULL, erased_at = $1 WHERE seq = 7)sql"};
  CHECK(other.login.query_now(std::nullopt, put_in_place, start).has_error());
  other.run(take_out, start);
  CHECK(other.login.query_now(std::nullopt, put_in_place, start).has_error());
  const auto found = other.verify(other.head());
  CHECK(found.is_sound);
  CHECK(found.erased == 1);
}

TEST_CASE("an entry whose personal part was taken out holds nothing in its place") {
  const auto* forged = GENERATE(R"(details = '{"address":"192.0.2.9"}', salt = NULL)",
                                R"(details = '{}')",  // with its salt: nothing was taken out
                                R"(details = '{ }', salt = NULL)");
  chain_fixture chain;
  chain.run(unguard);
  const auto sql = std::string{"UPDATE audit_entries SET erased_at = $1, "} + forged + " WHERE seq = 7";
  chain.run({"test_forge_erased", sql}, start);
  const auto found = chain.verify();
  CHECK_FALSE(found.is_sound);
  CHECK(found.place == 7);
}

TEST_CASE("whoever serves requests can write entries, and neither place, change nor delete them") {
  chain_fixture chain;  // asvs: 13.2.2 16.4.2
  database requests{{.url = chain.url, .connections = 1, .as = role::request}};
  const audit::entry made{.id = base::uuid_from_name("made"),
                          .at = start,
                          .action = "POST /x",
                          .by = audit::actor_kind::nobody,
                          .actor_id = {},
                          .session_id = {},
                          .token_id = {},
                          .subject_id = {},
                          .request_id = "r",
                          .address = "192.0.2.1",
                          .device = ""};
  const auto written = requests.transact_now(
      chain.tenant, [&](transaction& tx) { audit::append_refusal(tx, made, 403, "not_permitted"); });
  CHECK(written.has_value());
  static constexpr statement place{"test_place", "UPDATE audit_entries SET seq = 1 WHERE action = 'POST /x'"};
  static constexpr statement remove{"test_remove", "DELETE FROM audit_entries WHERE action = 'POST /x'"};
  static constexpr statement forge{"test_forge", R"sql(
    INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, request_id, details, seq, hash, details_digest)
    VALUES (pulse_tenant(), gen_random_uuid(), now(), 'x', 0, 'nobody', 'r', '{}', 99, '', ''))sql"};
  for (const auto& forbidden : {place, remove, forge}) CHECK(requests.query_now(chain.tenant, forbidden).has_error());
  requests.stop();
}

TEST_CASE("a chain of many stretches is verified as one, and what is wrong far behind is found") {
  constexpr int entries = 5 * audit::verification::stretch_rows + 10;
  chain_fixture chain{entries};
  const auto head = chain.head();
  const auto untouched = chain.verify(head);
  CHECK(untouched.problem == "");
  CHECK(untouched.entries == entries);
  chain.run(unguard);
  constexpr std::int64_t place = 3 * audit::verification::stretch_rows + 1;
  std::string problem;
  SECTION("changed") {
    static constexpr statement change{"test_change_far", "UPDATE audit_entries SET code = 'x' WHERE seq = $1"};
    chain.run(change, place);
    problem = "was changed, or put into another place";
  }
  SECTION("deleted") {
    static constexpr statement remove{"test_delete_far", "DELETE FROM audit_entries WHERE seq = $1"};
    chain.run(remove, place);
    problem = "was deleted";
  }
  SECTION("cut off") {
    static constexpr statement cut{"test_cut_far", "DELETE FROM audit_entries WHERE seq >= $1"};
    chain.run(cut, place);
    problem = "The last entries were deleted";
  }
  const auto found = chain.verify(head);
  CHECK_FALSE(found.is_sound);
  CHECK(found.problem.find(problem) != std::string::npos);
  CHECK(found.place == place);
}

TEST_CASE("heads are printed and read again, and all chains are verified against them") {  // asvs: 16.4.3
  chain_fixture chain;
  std::ostringstream printed;
  CHECK_FALSE(audit::print_heads(chain.engine, chain.key, printed));
  const auto heads = audit::parse_heads(printed.str());
  REQUIRE(heads.has_value());
  REQUIRE(heads->size() == 1);
  std::ostringstream said;
  CHECK(audit::verify_all(chain.engine, chain.key, *heads, said));
  CHECK(said.str().find("sound, 20 entries, as when the head was exported") != std::string::npos);
  CHECK(audit::parse_heads("nonsense").has_error());
  chain.run(unguard);
  chain.run(delete_one);
  CHECK_FALSE(audit::verify_all(chain.engine, chain.key, {}, said));
  CHECK(said.str().find("NOT SOUND. Entry 7 was deleted.") != std::string::npos);
}

TEST_CASE("verifying goes through many entries a second", "[.][measure]") {
  constexpr int entries = 200'000;
  chain_fixture chain{entries};
  const auto head = chain.head();
  const auto begin = std::chrono::steady_clock::now();
  const auto cpu_begin = std::clock();
  const auto found = chain.verify(head);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
  CHECK(found.is_sound);
  CHECK(found.entries == entries);
  std::cout << "verified " << entries << " entries in " << took.count() << " s (" << entries / took.count()
            << " a second), of which this process worked " << cpu << " s\n";
}
