// A member's LinkedIn session in a browser: who may have one, what is stored and shown, and when it ends.
#include <catch2/catch.hpp>

#include "persistence/engagement/browser_logins.hpp"
#include "persistence/engagement/browser_sessions.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using namespace std::chrono_literals;
namespace logins = persistence::browser_logins;
namespace sessions = persistence::browser_sessions;
using domain::engagement::login_failure;
using persistence::transaction;

namespace {

constexpr std::string_view all_rows = R"sql(
  SELECT coalesce(string_agg(t::text, '|'), '') FROM (
    SELECT s::text FROM browser_sessions s UNION ALL SELECT l::text FROM browser_logins l UNION ALL SELECT a::text FROM audit_entries a) t(t))sql";
constexpr persistence::statement read_rows{"test_browser_rows", all_rows};
constexpr persistence::statement count_kept{"test_count_browser_rows",
                                            "SELECT (SELECT count(*) FROM browser_sessions) || ' ' || (SELECT count(*) "
                                            "FROM browser_logins WHERE credentials IS NOT "
                                            "NULL OR code IS NOT NULL OR state NOT IN ('connected', 'failed'))"};
constexpr persistence::statement read_cookies{
    "test_browser_cookies", "SELECT id, cookies FROM browser_sessions WHERE member_id = $1 AND expires_at > $2"};

/// As persistence/engagement/acts does when LinkedIn wants a new sign-in.
constexpr persistence::statement end_session{"test_end_browser_sessions", R"sql(
  UPDATE browser_sessions SET cookies = NULL, origin = NULL, connected_at = NULL, expires_at = NULL, problem = 'over', ended_at = now())sql"};

struct browser_fixture : tests::people_fixture {
  std::string owner, ada, ada_id, bob;
  base::uuid company;

  browser_fixture() {
    const auto made = sign_up("owner@example.com");
    owner = made.text("/access_token");
    company = *base::parse_uuid(made.text("/company/id"));
    const auto joined = join("ada");
    ada = joined.text("/access_token");
    ada_id = joined.text("/member/id");
    bob = join("bob").text("/access_token");
    say({true, ""});
  }
  tests::answered join(const std::string& name) {
    const auto code = post("/org/invites", R"({"role":"member"})", owner).text("/code");
    return post("/org/invites/accept",
                R"({"code":")" + code + R"(","email":")" + name + R"(@example.com","password":")" + password + "\"}");
  }
  /// What the operator's processes say.
  void say(const sessions::adapter& word) {
    const auto now = clock.now();
    REQUIRE(as_engine.transact_now(std::nullopt, [&](transaction& tx) { sessions::say_adapter(tx, word, now); })
                .has_value());
  }
  template <class Job>
  auto as_company(Job job) {
    auto done = as_engine.transact_now(company, job);
    REQUIRE(done.has_value());
    return std::move(*done);
  }
  tests::answered allow(const std::string& who, bool is_allowed = true) {
    return put("/integrations/linkedin/browser", is_allowed ? R"({"is_allowed":true})" : R"({"is_allowed":false})",
               who);
  }
  tests::answered status(const std::string& who) { return get("/integrations/linkedin/session-status", who); }
  tests::answered start(const std::string& who) {
    return post("/integrations/linkedin/login-start",
                R"({"email":"ada@linkedin.test","password":"seven quiet bicycles"})", who);
  }
  tests::answered verify(const std::string& who, const std::string& id, const std::string& code = "314159") {
    return post("/integrations/linkedin/login-verify", R"({"login_id":")" + id + R"(","code":")" + code + "\"}", who);
  }
  tests::answered hand_over(const std::string& who, const std::string& li_at = "AQED-of-ada") {
    return post("/integrations/linkedin/session-cookies", R"({"li_at":")" + li_at + "\"}", who);
  }
  /// As whoever drives browsers takes what waits.
  std::vector<logins::taken> take() {
    const auto now = clock.now();
    auto found = as_engine.transact_now(std::nullopt, [now](transaction& tx) { return logins::take(tx, now, 10); });
    REQUIRE(found.has_value());
    return *found;
  }
  logins::taken take_one() {
    auto found = take();
    REQUIRE(found.size() == 1);
    return found.front();
  }
  bool connect(const logins::taken& one) {
    const auto now = clock.now();
    return as_company([&](transaction& tx) {
      return logins::connect(tx, one, {base::secret{"AQED-of-ada"}, base::secret{"ajax:1"}},
                             base::timestamp{now + domain::engagement::session_term}, secrets, now);
    });
  }
  std::optional<sessions::cookies> cookies_of(const std::string& member_id) {
    const auto id = *base::parse_uuid(member_id);
    return as_company([&](transaction& tx) -> std::optional<sessions::cookies> {
      const auto found = tx.execute(read_cookies, id, clock.now());
      if (found.empty()) return std::nullopt;
      return sessions::open_sealed(tx.tenant_id().value(), found.get<base::uuid>(0, 0),
                                   found.get<persistence::bytes>(0, 1), secrets);
    });
  }
  std::string rows() {
    return as_company([](transaction& tx) { return tx.execute(read_rows).get<std::string>(0, 0); });
  }
  std::string kept() {
    return as_company([](transaction& tx) { return tx.execute(count_kept).get<std::string>(0, 0); });
  }
};

}  // namespace

TEST_CASE("acting through a browser is refused with the reason until operator and member both want it") {
  browser_fixture front;
  const auto refused = [&](std::string_view code) {
    CHECK(front.status(front.ada).code() == code);
    CHECK(front.start(front.ada).code() == code);
    CHECK(front.hand_over(front.ada).code() == code);
    CHECK(front.verify(front.ada, front.ada_id).code() == code);
    CHECK(front.start(front.ada).status() == 403);
  };
  refused("browser_not_allowed");
  front.say({false, ""});
  refused("browser_adapter_off");
  CHECK(front.allow(front.ada).code() == "browser_adapter_off");
  front.say({true, "There is no browser at /usr/bin/chromium."});
  refused("browser_not_installed");
  CHECK(front.get("/integrations/status", front.ada).text("/browser_reason").find("chromium") != std::string::npos);
  front.say({true, ""});
  CHECK(front.get("/integrations/status", front.ada).body.at_pointer("/is_browser_wanted") == false);
  CHECK(front.allow(front.ada).status() == 200);
  CHECK(front.status(front.ada).status() == 200);
  const auto told = front.get("/integrations/status", front.ada);
  CHECK(told.body.at_pointer("/is_browser_allowed") == true);
  CHECK(told.body.at_pointer("/is_browser_wanted") == true);
  CHECK(told.text("/browser_risks").find("terms") != std::string::npos);
  CHECK(front.allow(front.ada).status() == 200);  // once more
  // Nobody has said anything for a while: no process drives browsers.
  front.clock.advance(sessions::word_counts_for + 1s);
  refused("browser_adapter_off");
  CHECK(front.allow(front.ada, false).status() == 200);  // off goes always
}

TEST_CASE("a sign-in goes from the password by the code to the session, and no secret is told or kept in the clear") {
  browser_fixture front;
  front.allow(front.ada);
  const auto begun = front.start(front.ada);
  REQUIRE(begun.status() == 202);
  CHECK(begun.text("/state") == "starting");
  const auto id = begun.text("/login_id");
  CHECK(front.verify(front.ada, id).code() == "no_code_wanted");

  const auto one = front.take_one();
  CHECK(front.take().empty());
  const auto opened = logins::open(one, front.secrets);
  REQUIRE(opened.has_value());
  CHECK(opened->password.reveal() == "seven quiet bicycles");
  CHECK(front.as_company([&](transaction& tx) { return logins::ask_for_code(tx, one, false); }));
  CHECK(front.status(front.ada).text("/login/state") == "needs_code");
  const auto given = front.verify(front.ada, id);
  CHECK(given.status() == 202);
  CHECK(given.text("/state") == "checking");
  CHECK(front.verify(front.ada, id).code() == "no_code_wanted");
  const auto look = [&] {
    return front.as_company([&](transaction& tx) { return logins::look_after(tx, one, front.secrets); });
  };
  CHECK(look().code == std::optional<std::string>{"314159"});
  CHECK(look().code == std::nullopt);
  CHECK(look().is_wanted);
  CHECK(front.connect(one));

  const auto status = front.status(front.ada);
  CHECK(status.body.at_pointer("/is_connected") == true);
  CHECK(status.text("/origin") == "login");
  CHECK(status.text("/login/state") == "connected");
  CHECK(status.raw.body.find("AQED") == std::string::npos);
  CHECK(front.verify(front.ada, id).status() == 410);
  CHECK(front.cookies_of(front.ada_id)->li_at.reveal() == "AQED-of-ada");
  const auto rows = front.rows();
  CHECK(rows.find("LINKEDIN sign-in by a browser") != std::string::npos);
  for (const auto* word : {"seven quiet", "314159", "AQED-of", "ajax:1", "ada@linkedin.test"})
    CHECK(rows.find(word) == std::string::npos);
}

TEST_CASE("a sign-in that failed says why, and one that nobody ended is over in time") {
  browser_fixture front;
  front.allow(front.ada);
  front.start(front.ada);
  const auto one = front.take_one();
  CHECK(front.as_company([&](transaction& tx) { return logins::fail(tx, one, login_failure::wrong_password); }));
  const auto told = front.status(front.ada);
  CHECK(told.text("/login/state") == "failed");
  CHECK(told.text("/login/reason") == "wrong_password");
  CHECK(told.text("/login/sentence").find("address") != std::string::npos);
  CHECK_FALSE(front.connect(one));

  front.clock.advance(1s);  // so that it is the last one
  const auto id = front.start(front.ada).text("/login_id");
  const auto other = front.take_one();
  CHECK(front.as_company([&](transaction& tx) { return logins::ask_for_code(tx, other, false); }));
  front.clock.advance(domain::engagement::login_time_max + 1s);
  front.say({true, ""});
  CHECK(front.verify(front.ada, id).status() == 410);
  CHECK(front.status(front.ada).text("/login/reason") == "timed_out");
  CHECK(front.start(front.ada).status() == 202);
}

TEST_CASE("a company has one sign-in at a time, and a member five an hour") {
  browser_fixture front;
  front.allow(front.ada);
  front.allow(front.bob);
  front.start(front.ada);
  CHECK(front.start(front.ada).code() == "login_running");
  const auto other = front.start(front.bob);
  CHECK(other.status() == 409);
  CHECK(other.code() == "login_running");
  // Stopping it lets others begin, and whoever drives it learns that nobody wants it.
  const auto one = front.take_one();
  CHECK(front.remove("/integrations/linkedin/session-cookies", front.ada).status() == 204);
  CHECK_FALSE(front.as_company([&](transaction& tx) { return logins::look_after(tx, one, front.secrets); }).is_wanted);
  CHECK_FALSE(front.connect(one));
  CHECK(front.status(front.ada).text("/login/reason") == "withdrawn");
  CHECK(front.start(front.bob).status() == 202);
  CHECK(front.remove("/integrations/linkedin/session-cookies", front.bob).status() == 204);

  for (int i = 1; i < domain::engagement::logins_an_hour; ++i) {  // the one that was stopped counts, too
    REQUIRE(front.start(front.ada).status() == 202);
    const auto next = front.take_one();
    front.as_company([&](transaction& tx) { return logins::fail(tx, next, login_failure::wrong_password); });
  }
  const auto refused = front.start(front.ada);
  CHECK(refused.status() == 429);
  CHECK(refused.raw.find("retry-after").has_value());
  // Off and on again is no way around it, and shows nothing of what was before.
  front.allow(front.ada, false);
  front.allow(front.ada);
  CHECK(front.start(front.ada).status() == 429);
  CHECK(front.status(front.ada).body.at_pointer("/login").is_null());
  front.clock.advance(1h + 1s);
  front.say({true, ""});
  // An access token of the test does not live that long.
  front.ada = front.log_in("ada@example.com").text("/access_token");
  CHECK(front.start(front.ada).status() == 202);
}

TEST_CASE("cookies go when their member says so, switches it off, is deactivated, and after a term") {
  browser_fixture front;
  front.allow(front.ada);
  CHECK(front.hand_over(front.ada, "two words").status() == 422);
  CHECK(front.hand_over(front.ada, "a;b").status() == 422);
  const auto again = [&] {
    front.allow(front.ada);
    REQUIRE(front.hand_over(front.ada).body.at_pointer("/is_connected") == true);
    REQUIRE(front.cookies_of(front.ada_id).has_value());
  };
  SECTION("they say so") {
    again();
    front.say({false, ""});  // whatever the operator says
    CHECK(front.remove("/integrations/linkedin/session-cookies", front.ada).status() == 204);
    CHECK(front.remove("/integrations/linkedin/session-cookies", front.ada).status() == 404);
    CHECK(front.kept() == "1 0");
  }
  SECTION("they switch it off") {
    again();
    front.start(front.ada);
    CHECK(front.kept() == "1 1");
    CHECK(front.allow(front.ada, false).status() == 200);
    CHECK(front.kept() == "0 0");
  }
  SECTION("they are deactivated") {
    again();
    front.start(front.ada);
    CHECK(front.remove("/org/members/" + front.ada_id, front.owner).status() == 204);
    CHECK(front.kept() == "0 0");
    // Let in again, they begin with nothing.
    CHECK(front.post("/org/members/" + front.ada_id + "/reactivate", "", front.owner).status() == 204);
    CHECK(front.status(front.log_in("ada@example.com").text("/access_token")).code() == "browser_not_allowed");
  }
  SECTION("their term is over") {
    again();
    front.clock.advance(domain::engagement::session_term);
    front.say({true, ""});
    CHECK_FALSE(front.cookies_of(front.ada_id).has_value());
    front.ada = front.log_in("ada@example.com").text("/access_token");
    CHECK(front.status(front.ada).body.at_pointer("/is_connected") == false);
    const auto forget = [&](auto what) {
      const auto now = front.clock.now();
      return *front.as_engine.transact_now(std::nullopt, [&](transaction& tx) { return what(tx, now, 10); });
    };
    CHECK(forget(&sessions::forget_over) == 1);
    CHECK(forget(&sessions::forget_over) == 0);
    CHECK(front.kept() == "1 0");
    front.start(front.ada);
    CHECK(forget(&logins::forget) == 0);
    front.clock.advance(24h);
    CHECK(forget(&logins::forget) == 1);
  }
  CHECK_FALSE(front.cookies_of(front.ada_id).has_value());
}

TEST_CASE("a session that LinkedIn has ended says so until its member signs in again") {
  browser_fixture front;
  front.allow(front.ada);
  front.hand_over(front.ada);
  CHECK(front.get("/integrations/status", front.ada).text("/engages_by") == "browser");
  front.as_company([&](transaction& tx) { return tx.execute(end_session).affected(); });
  const auto told = front.status(front.ada);
  CHECK(told.body.at_pointer("/is_connected") == false);
  CHECK(told.text("/problem") == "over");
  CHECK_FALSE(told.text("/ended_at").empty());
  CHECK(front.get("/integrations/status", front.ada).body.at_pointer("/engages_by").is_null());
  front.hand_over(front.ada);
  CHECK(front.status(front.ada).body.at_pointer("/problem").is_null());
}

TEST_CASE("nobody sees or uses another member's session: no owner, no colleague, no other company") {
  browser_fixture front;
  front.allow(front.ada);
  front.hand_over(front.ada);
  const auto id = front.start(front.ada).text("/login_id");
  const auto one = front.take_one();
  front.as_company([&](transaction& tx) { return logins::ask_for_code(tx, one, false); });
  const auto stranger = front.sign_up("stranger@example.com", "Other").text("/access_token");
  for (const auto& who : {front.owner, front.bob, stranger}) {
    front.allow(who);
    const auto seen = front.status(who);
    CHECK(seen.body.at_pointer("/is_connected") == false);
    CHECK(seen.body.at_pointer("/login").is_null());
    CHECK(front.verify(who, id).status() == 404);
    CHECK(front.verify(who, base::to_string(base::uuid_from_name("nobody's"))).status() == 404);
    CHECK(front.remove("/integrations/linkedin/session-cookies", who).status() == 404);
    CHECK(front.allow(who, false).status() == 200);
  }
  CHECK(front.status(front.ada).body.at_pointer("/is_connected") == true);
  CHECK(front.status(front.ada).text("/login/state") == "needs_code");
  // Cookies of one row are nothing in another.
  CHECK(front.cookies_of(front.ada_id).has_value());
}
