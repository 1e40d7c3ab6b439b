#include "actors/accounts/oauth_connecting.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "persistence/publishing/oauth_states.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "tests/actors/accounts/fake_provider.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using connectors::authorization_failure;
namespace logins = persistence::social_accounts;

struct fixture {
  tests::publishing_store rows;
  tests::company acme = rows.add_company("Acme");
  base::manual_clock clock{tests::noon()};
  persistence::secret_box box = tests::test_box();
  connectors::authorizer_registry providers;
  tests::fake_provider* platform = nullptr;
  domain::setting_values settings;
  std::optional<oauth_connecting> connecting;

  fixture() {
    auto made = std::make_unique<tests::fake_provider>();
    platform = made.get();
    platform->clock = &clock;
    platform->given = {.tokens = {.access_token = base::secret{"access"},
                                  .expires_at = clock.now() + 2h,
                                  .refresh_token = base::secret{"refresh"}},
                       .user_id = "42",
                       .user_name = "Acme",
                       .accounts = {{domain::channel_type::x, "42", "acme", "Acme", base::secret{"access"}}}};
    providers.emplace("x", std::move(made));
    settings.set("X_CLIENT_ID", "app");
    settings.set("X_CLIENT_SECRET", "hidden");
    settings.set("X_REDIRECT_URI", "https://pulse.test/channels/x/oauth/callback");
    settings.set("X_OAUTH_SCOPE", "tweet.write");
    connecting.emplace(oauth_connecting::parts{rows.requests(), box, clock, providers, settings, "https://pulse.test"});
  }
  ~fixture() {
    rows.requests().stop();
    rows.engine().stop();
  }

  connect_started start(std::optional<base::uuid> project = std::nullopt,
                        domain::login_purpose purpose = domain::login_purpose::publish) {
    std::promise<connect_started> answer;
    connecting->start({"x", acme.id, acme.owner_id, project, purpose},
                      [&answer](connect_started said) { answer.set_value(std::move(said)); });
    return answer.get_future().get();
  }
  std::string finish(connect_return back) {
    std::promise<connect_finished> answer;
    connecting->finish(std::move(back), [&answer](connect_finished said) { answer.set_value(std::move(said)); });
    return answer.get_future().get().dashboard_url;
  }
  static std::string state_of(const connect_started& started) {
    return started.authorization_url.substr(started.authorization_url.find("state=") + 6);
  }
  connect_return back(const connect_started& started) {
    return {"x", state_of(started), "code-1", "", started.browser_key};
  }
  std::vector<logins::provider_login> logins_of(const tests::company& of) {
    return rows.as(of, [](persistence::transaction& tx) { return logins::list(std::string{"x"}).all(tx); });
  }
  std::vector<logins::provider_account> accounts_of(const tests::company& of) {
    return rows.as(of, [](persistence::transaction& tx) { return logins::list_accounts(std::string{"x"}).all(tx); });
  }
};

}  // namespace

TEST_CASE("an account is connected: the code is exchanged with its proof, and the channel is there") {
  fixture with;
  const auto started = with.start(with.acme.project_id);
  REQUIRE_FALSE(started.problem);
  CHECK(started.authorization_url.find(started.browser_key) == std::string::npos);
  const auto state = fixture::state_of(started);
  CHECK(with.finish(with.back(started)) == "https://pulse.test/app/channels?provider=x&result=connected&accounts=1");
  REQUIRE(with.platform->exchanges.size() == 1);
  CHECK(with.platform->exchanges[0].code == "code-1");
  CHECK(with.platform->exchanges[0].verifier == with.platform->verifiers.at(state));
  CHECK(with.platform->exchanges[0].verifier.size() >= 43);
  CHECK(with.platform->exchanges[0].redirect_uri == "https://pulse.test/channels/x/oauth/callback");
  REQUIRE(with.accounts_of(with.acme).size() == 1);
  CHECK(with.accounts_of(with.acme)[0].handle == "acme");
  CHECK(with.logins_of(with.acme)[0].needs_reconnect == false);
}

TEST_CASE("a login for engagement is never used to publish, and its member can remove it") {
  fixture with;
  const auto url = with.finish(with.back(with.start(std::nullopt, domain::login_purpose::engage)));
  CHECK(url == "https://pulse.test/app/engagement/accounts?provider=x&result=connected");
  CHECK(with.logins_of(with.acme).empty());
  CHECK(with.accounts_of(with.acme).empty());
  const auto own = [&with](const base::uuid& who) {
    return with.rows.as(with.acme, [&](persistence::transaction& tx) { return logins::list_own(who).all(tx); });
  };
  REQUIRE(own(with.acme.owner_id).size() == 1);
  CHECK(own(with.acme.owner_id)[0].name == "Acme");
  // The same person connects to publish: another login, with its own tokens and accounts.
  CHECK(with.finish(with.back(with.start())).find("result=choose&accounts=1") != std::string::npos);
  CHECK(with.logins_of(with.acme).size() == 1);
  CHECK(with.accounts_of(with.acme).size() == 1);
  CHECK(own(with.acme.owner_id).size() == 1);
  const auto forget = [&with](const base::uuid& who) {
    return with.rows.as(with.acme,
                        [&](persistence::transaction& tx) { return logins::forget_own(tx, who, std::string{"x"}); });
  };
  CHECK_FALSE(forget(base::uuid_from_name("somebody else")));
  CHECK(forget(with.acme.owner_id));
  CHECK(own(with.acme.owner_id).empty());
  CHECK(with.logins_of(with.acme).size() == 1);
}

TEST_CASE("the database itself refuses a publishing account from a login for engagement") {
  fixture with;
  with.finish(with.back(with.start(std::nullopt, domain::login_purpose::engage)));
  with.finish(with.back(with.start()));
  constexpr persistence::statement move{"test_move_account", R"sql(
    UPDATE accounts SET social_account_id = (SELECT id FROM social_accounts WHERE purpose = 'engage'))sql"};
  const auto moved = with.rows.requests().query_now(with.acme.id, move);
  REQUIRE(moved.has_error());
  CHECK(moved.error().constraint == "accounts_purpose");
}

TEST_CASE("a state works once, within ten minutes, in its browser and for its provider") {
  fixture with;
  const auto started = with.start();
  auto back = with.back(started);
  const std::string refused = "https://pulse.test/app/channels?provider=x&result=error&reason=invalid_state";
  SECTION("another browser") {
    back.browser_key = "other";
    CHECK(with.finish(back) == refused);
    back.browser_key = started.browser_key;  // it is used up all the same
  }
  SECTION("another provider") {
    back.provider = "linkedin";
    CHECK(with.finish(back).find("reason=invalid_state") != std::string::npos);
    back.provider = "x";
  }
  SECTION("no browser") {
    back.browser_key = "";
    CHECK(with.finish(back) == refused);
    back.browser_key = started.browser_key;
  }
  SECTION("a state that was never given") { back.state = "guess"; }
  SECTION("too late") { with.clock.advance(10min + 1s); }
  SECTION("the second time") {
    CHECK(with.finish(back).find("result=choose") != std::string::npos);
    with.platform->exchanges.clear();
  }
  CHECK(with.finish(back) == refused);
  CHECK(with.platform->exchanges.empty());
}

TEST_CASE("a refusal at the platform, and an invalid code, store nothing and say so") {
  fixture with;
  auto back = with.back(with.start());
  back.code.clear();
  back.error = "access_denied";
  CHECK(with.finish(back) == "https://pulse.test/app/channels?provider=x&result=denied&reason=access_denied");
  CHECK(with.platform->exchanges.empty());
  for (const auto& [why, word] : {std::pair{authorization_failure::kind::refused, "refused"},
                                  std::pair{authorization_failure::kind::app, "app_refused"},
                                  std::pair{authorization_failure::kind::later, "platform_unavailable"}}) {
    with.platform->failure = authorization_failure{why, "no"};
    CHECK(with.finish(with.back(with.start())).ends_with(std::string{"result=error&reason="} + word));
  }
  CHECK(with.logins_of(with.acme).empty());
}

TEST_CASE("a connection belongs to the company that began it, and no other sees it") {
  fixture with;
  const auto other = with.rows.add_company("Other");
  with.finish(with.back(with.start()));
  CHECK(with.accounts_of(with.acme).size() == 1);
  CHECK(with.accounts_of(other).empty());
  CHECK(with.logins_of(other).empty());
}

TEST_CASE("connecting again stores the new tokens in the same account") {
  fixture with;
  with.finish(with.back(with.start()));
  const auto first = with.accounts_of(with.acme);
  with.platform->given.tokens.access_token = base::secret{"newer"};
  with.platform->given.accounts[0].access_token = base::secret{"newer"};
  with.finish(with.back(with.start()));
  const auto second = with.accounts_of(with.acme);
  REQUIRE(second.size() == 1);
  CHECK(second[0].id == first[0].id);
  CHECK(with.logins_of(with.acme).size() == 1);
}

TEST_CASE("without an app's settings connecting is refused, and the missing setting is named") {
  fixture with;
  with.settings.set("X_CLIENT_SECRET", "");
  const auto started = with.start();
  CHECK(started.is_misconfigured);
  CHECK(started.problem == "This installation cannot connect accounts at X: the setting X_CLIENT_SECRET is missing.");
}

}  // namespace pulse::actors
