// The stored data of a person: exporting and erasing it.
#include "persistence/people/archive.hpp"

#include <catch2/catch.hpp>

#include "persistence/audit/entries.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/postgres/database.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;

namespace {

const base::timestamp start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

constexpr statement add_company{"test_archive_company",
                                "INSERT INTO tenants (id, name, created_at) VALUES ($1, 'Acme', $2)"};
constexpr statement add_person{"test_archive_person", R"sql(
  INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, is_active, created_at, profile_markdown)
  VALUES ($1, $2, $3, $4, 'a secret hash', 'member', true, $5, 'profile of ' || $4::text))sql"};
constexpr statement add_invite{"test_archive_invite", R"sql(
  INSERT INTO invites (tenant_id, id, code_hash, email, role, uses_max, created_by, created_at, expires_at)
  VALUES ($1, $2, $3, $4, 'member', 1, $5, $6, $6))sql"};
constexpr statement add_identity{"test_archive_identity", R"sql(
  INSERT INTO member_identities (tenant_id, id, member_id, provider, issuer, subject, name, created_at)
  VALUES ($1, $2, $3, 'linkedin', 'https://www.linkedin.com/oauth', $4, $4 || ' at LinkedIn', $5))sql"};
constexpr statement add_mail{"test_archive_mail", R"sql(
  INSERT INTO mail_outbox (tenant_id, id, recipient, subject, body, created_at) VALUES ($1, $2, $3, 'Hello', '', $4))sql"};
constexpr statement count_mails{"test_archive_mails", "SELECT recipient FROM mail_outbox ORDER BY recipient"};
constexpr statement deactivate{"test_archive_deactivate", "UPDATE members SET is_active = false WHERE id = $1"};

struct archive_fixture {
  std::string url = tests::migrated_database();
  database login{{.url = url, .connections = 1, .as = role::login}};
  database engine{{.url = url, .connections = 1, .as = role::engine}};
  database requests{{.url = url, .connections = 1, .as = role::request}};
  base::manual_clock clock{start};
  base::signing_key key{base::secret{"a secret for tests"}, audit::signing_purpose};
  base::uuid company = base::uuid_from_name("company");
  base::uuid jane = base::uuid_from_name("jane");
  base::uuid john = base::uuid_from_name("john");

  archive_fixture() {
    run(add_company, company, start);
    run(add_person, company, jane, "jane@example.com", "Jane", start);
    run(add_person, company, john, "john@example.com", "John", start);
  }
  ~archive_fixture() {
    login.stop();
    engine.stop();
    requests.stop();
  }
  template <class... A>
  void run(const statement& what, const A&... values) {
    const auto done = login.query_now(std::nullopt, what, values...);
    INFO((done.has_error() ? done.error().detail : std::string{}));
    REQUIRE(done.has_value());
  }
  void tell(const std::string& name, const base::uuid& actor, const base::uuid& subject) {
    const audit::entry made{.id = base::uuid_from_name(name),
                            .at = start,
                            .action = "POST /x",
                            .by = audit::actor_kind::member,
                            .actor_id = actor,
                            .session_id = {},
                            .token_id = {},
                            .subject_id = subject,
                            .request_id = name,
                            .address = "192.0.2.77",
                            .device = "Jane's phone"};
    const auto done =
        requests.transact_now(company, [&](transaction& tx) { audit::append(tx, made, audit::when::always); });
    REQUIRE(done.has_value());
  }
  std::string read(const std::optional<base::uuid>& member, int limit = 2) {
    archive::place at;
    std::string lines;
    bool has_more = true;
    while (has_more) {
      const auto done = requests.transact_now(company, [&](transaction& tx) {
        std::pair made{std::string{}, at};
        has_more = archive::read_next(tx, member, limit, made.second, made.first);
        return made;
      });
      REQUIRE(done.has_value());
      lines += done->first;
      at = done->second;
    }
    return lines;
  }
  bool erase(const base::uuid& member) {
    const auto done =
        requests.transact_now(company, [&](transaction& tx) { return archive::erase(tx, member, start); });
    INFO((done.has_error() ? done.error().detail : std::string{}));
    REQUIRE(done.has_value());
    return *done;
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("an archive has what is kept, of one or of all, and no hash") {
  archive_fixture kept;
  kept.tell("one", kept.jane, kept.john);
  kept.tell("two", kept.john, kept.john);
  const auto of_jane = kept.read(kept.jane);
  CHECK(holds(of_jane, "jane@example.com"));
  CHECK(holds(of_jane, "profile of Jane"));
  CHECK(holds(of_jane, "192.0.2.77"));
  CHECK_FALSE(holds(of_jane, "john@example.com"));
  CHECK_FALSE(holds(of_jane, "Acme"));
  const auto of_all = kept.read(std::nullopt, 1);
  for (const auto* part : {"Acme", "jane@example.com", "john@example.com", "\"kind\" : \"audit_entry\""})
    CHECK(holds(of_all, part));
  CHECK_FALSE(holds(of_all, "a secret hash"));
  CHECK(of_all == kept.read(std::nullopt, 500));
}

TEST_CASE("an archive of one tells where else they sign in, and not where others do") {
  archive_fixture kept;
  for (const auto& [whom, name] : {std::pair{kept.jane, "jane-there"}, std::pair{kept.john, "john-there"}})
    kept.run(add_identity, kept.company, base::uuid_from_name(name), whom, name, start);
  const auto of_jane = kept.read(kept.jane);
  CHECK(holds(of_jane, "\"kind\" : \"sign_in_elsewhere\""));
  CHECK(holds(of_jane, "jane-there at LinkedIn"));
  CHECK_FALSE(holds(of_jane, "john-there"));
  CHECK(holds(kept.read(std::nullopt), "john-there"));
}

TEST_CASE("what is personal of somebody who has left is taken out, and the audit's chain stays sound") {
  archive_fixture kept;  // asvs: 14.2.4
  kept.tell("one", kept.jane, kept.john);
  kept.tell("two", kept.john, kept.jane);
  kept.tell("three", kept.john, kept.john);
  audit::seal_all(kept.engine, kept.clock, kept.key);
  kept.tell("four", kept.jane, kept.jane);
  kept.run(add_invite, kept.company, base::uuid_from_name("i"), bytes{"hash"}, "jane@example.com", kept.john, start);
  for (const auto* to : {"jane@example.com", "john@example.com"})
    kept.run(add_mail, kept.company, base::uuid_from_name(to), to, start);
  CHECK_FALSE(kept.erase(kept.jane));  // she is active
  CHECK_FALSE(kept.erase(base::uuid_from_name("nobody")));
  kept.run(deactivate, kept.jane);
  CHECK(kept.erase(kept.jane));
  const auto all = kept.read(std::nullopt);
  for (const auto* part : {"jane@example.com", "\"Jane\"", "profile of Jane"}) CHECK_FALSE(holds(all, part));
  CHECK(holds(all, "john@example.com"));
  const auto mails = kept.login.query_now(std::nullopt, count_mails);
  REQUIRE(mails.has_value());
  REQUIRE(mails->size() == 1);
  CHECK(mails->get<std::string>(0, 0) == "john@example.com");
  CHECK_FALSE(holds(kept.read(kept.jane), "192.0.2.77"));
  audit::seal_all(kept.engine, kept.clock, kept.key);
  const auto found = audit::verify_one(kept.engine, kept.company, kept.key, std::nullopt);
  REQUIRE(found.has_value());
  CHECK(found->problem == "");
  CHECK(found->entries == 4);
  CHECK(found->erased == 2);
}

TEST_CASE("nobody is erased, and nothing given out, across companies") {
  archive_fixture kept;
  const auto other = base::uuid_from_name("other company");
  const auto stranger = base::uuid_from_name("stranger");
  kept.run(add_company, other, start);
  kept.run(add_person, other, stranger, "stranger@example.com", "Stranger", start);
  kept.run(deactivate, stranger);
  CHECK_FALSE(kept.erase(stranger));
  CHECK_FALSE(holds(kept.read(std::nullopt), "stranger@example.com"));
  CHECK(kept.read(stranger).empty());
}
