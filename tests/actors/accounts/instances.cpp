// Connecting at providers with many instances, and with app passwords.
#include <future>

#include <catch2/catch.hpp>

#include "actors/accounts/oauth_connecting.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using connectors::authorization;
using connectors::authorization_failure;
using connectors::authorized;
using connectors::grant;
using connectors::oauth_app;
namespace logins = persistence::social_accounts;

/// Instances whose name holds "broken" do not take the app.
class fake_instances final : public connectors::authorizer, public connectors::registers_apps {
 public:
  std::string_view provider() const override { return "mastodon"; }
  base::result<connectors::instance_name, connectors::instance_problem> instance_of(
      std::string_view given) const override {
    if (given.find(' ') != given.npos) return connectors::instance_problem{"must be a server"};
    return connectors::instance_name{std::string{given}};
  }
  void register_app(oauth_app wanted, std::function<void(authorized<oauth_app>)> done) override {
    ++registered;
    if (wanted.instance.find("broken") != std::string::npos)
      return done(authorization_failure{authorization_failure::kind::refused, "It is none."});
    wanted.client_id = "app-" + std::to_string(registered);
    wanted.client_secret = base::secret{"secret-" + std::to_string(registered)};
    done(std::move(wanted));
  }
  std::string start_url(const oauth_app& app, const std::string& state, const std::string& verifier) const override {
    proof = verifier;
    return "https://" + app.instance + "/oauth/authorize?client_id=" + app.client_id + "&state=" + state;
  }
  void exchange(oauth_app app, std::string, std::string verifier,
                std::function<void(authorized<authorization>)> done) override {
    exchanged = app;
    verified = verifier == proof;
    if (failure) return done(*failure);
    authorization made{.tokens = {.access_token = base::secret{"access"}},
                       .user_id = "42@" + app.instance,
                       .user_name = "Acme",
                       .accounts = {}};
    made.accounts.push_back(
        {domain::channel_type::mastodon, made.user_id, "acme@" + app.instance, "Acme", base::secret{"access"}});
    done(std::move(made));
  }
  void refresh(oauth_app, grant, std::function<void(authorized<grant>)> done) override {
    done(authorization_failure{authorization_failure::kind::refused, "No."});
  }
  bool can_refresh(const grant&) const override { return false; }

  int registered = 0;
  bool verified = false;
  mutable std::string proof;
  oauth_app exchanged;
  std::optional<authorization_failure> failure;
};

class fake_passwords final : public connectors::authorizer, public connectors::signs_in {
 public:
  std::string_view provider() const override { return "bluesky"; }
  void sign_in(std::string identifier, base::secret password,
               std::function<void(authorized<authorization>)> done) override {
    if (password.reveal() == "busy") return done(authorization_failure{authorization_failure::kind::later, "Busy."});
    if (password.reveal() != "good") return done(authorization_failure{authorization_failure::kind::refused, "Wrong."});
    authorization made{.tokens = {.access_token = base::secret{"access"}},
                       .user_id = "did:plc:a",
                       .user_name = identifier,
                       .accounts = {}};
    made.accounts.push_back(
        {domain::channel_type::bluesky, "did:plc:a", identifier, identifier, base::secret{"access"}});
    done(std::move(made));
  }
  std::string start_url(const oauth_app&, const std::string&, const std::string&) const override { return {}; }
  void exchange(oauth_app, std::string, std::string, std::function<void(authorized<authorization>)> done) override {
    done(authorization_failure{});
  }
  void refresh(oauth_app, grant, std::function<void(authorized<grant>)> done) override {
    done(authorization_failure{});
  }
  bool can_refresh(const grant&) const override { return false; }
};

struct fixture {
  tests::publishing_store rows;
  tests::company acme = rows.add_company("Acme");
  base::manual_clock clock{tests::noon()};
  persistence::secret_box box = tests::test_box();
  connectors::authorizer_registry providers;
  fake_instances* instances = nullptr;
  domain::setting_values settings;
  std::optional<oauth_connecting> connecting;

  fixture() {
    auto made = std::make_unique<fake_instances>();
    instances = made.get();
    providers.emplace("mastodon", std::move(made));
    providers.emplace("bluesky", std::make_unique<fake_passwords>());
    settings.set("MASTODON_REDIRECT_URI", "https://pulse.test/channels/mastodon/oauth/callback");
    settings.set("MASTODON_OAUTH_SCOPE", "write:statuses");
    connecting.emplace(oauth_connecting::parts{rows.requests(), box, clock, providers, settings, "https://pulse.test"});
  }
  ~fixture() {
    rows.requests().stop();
    rows.engine().stop();
  }

  connect_started start(const tests::company& of, const std::string& instance,
                        std::optional<base::uuid> project = std::nullopt) {
    std::promise<connect_started> answer;
    connect_request wanted{.provider = "mastodon", .tenant_id = of.id, .member_id = of.owner_id, .project_id = project};
    wanted.instance = instance;
    connecting->start(wanted, [&answer](connect_started said) { answer.set_value(std::move(said)); });
    return answer.get_future().get();
  }
  std::string finish(const connect_started& started) {
    const auto state = started.authorization_url.substr(started.authorization_url.find("state=") + 6);
    std::promise<connect_finished> answer;
    connecting->finish({"mastodon", state, "code-1", "", started.browser_key},
                       [&answer](connect_finished said) { answer.set_value(std::move(said)); });
    return answer.get_future().get().dashboard_url;
  }
  connect_signed_in sign_in(const std::string& password, std::optional<base::uuid> project = std::nullopt) {
    std::promise<connect_signed_in> answer;
    connecting->sign_in({.provider = "bluesky",
                         .tenant_id = acme.id,
                         .member_id = acme.owner_id,
                         .project_id = project,
                         .identifier = "acme.bsky.social",
                         .password = base::secret{password}},
                        [&answer](connect_signed_in said) { answer.set_value(std::move(said)); });
    return answer.get_future().get();
  }
  std::vector<logins::provider_account> accounts_of(const tests::company& of, const std::string& provider) {
    return rows.as(of, [&](persistence::transaction& tx) { return logins::list_accounts(provider).all(tx); });
  }
};

}  // namespace

TEST_CASE("an instance learns of the app once, and the code goes back to that instance with the app's secret") {
  fixture with;
  const auto started = with.start(with.acme, "a.example", with.acme.project_id);
  REQUIRE_FALSE(started.problem);
  CHECK(started.authorization_url.starts_with("https://a.example/oauth/authorize?client_id=app-1&"));
  CHECK(with.finish(started) == "https://pulse.test/app/channels?provider=mastodon&result=connected&accounts=1");
  CHECK(with.instances->verified);
  CHECK(with.instances->exchanged.instance == "a.example");
  CHECK(with.instances->exchanged.client_secret.reveal() == "secret-1");
  CHECK(with.accounts_of(with.acme, "mastodon").at(0).external_user_id == "42@a.example");
  with.start(with.acme, "a.example");
  CHECK(with.instances->registered == 1);
  with.start(with.acme, "b.example");
  CHECK(with.instances->registered == 2);
  const auto other = with.rows.add_company("Other");
  with.start(other, "a.example");
  CHECK(with.instances->registered == 3);
}

TEST_CASE("an instance that no longer knows the app gets a new one the next time") {
  fixture with;
  with.instances->failure = authorization_failure{authorization_failure::kind::app, "Unknown client."};
  CHECK(with.finish(with.start(with.acme, "a.example")).ends_with("result=error&reason=app_refused"));
  with.instances->failure.reset();
  CHECK(with.finish(with.start(with.acme, "a.example")).ends_with("result=choose&accounts=1"));
  CHECK(with.instances->registered == 2);
}

TEST_CASE("a wrong instance, and one that refuses the app, are reported at the field") {
  fixture with;
  const auto none = with.start(with.acme, "no server");
  CHECK(none.is_instance_wrong);
  CHECK(none.problem == "must be a server");
  CHECK(with.instances->registered == 0);
  const auto broken = with.start(with.acme, "broken.example");
  CHECK(broken.is_instance_wrong);
  CHECK(broken.problem == "cannot be used: It is none.");
}

TEST_CASE("with a foreign project no instance is asked") {
  fixture with;
  const auto other = with.rows.add_company("Other");
  const auto started = with.start(with.acme, "a.example", other.project_id);
  CHECK(started.problem == "There is no such project here.");
  CHECK(with.instances->registered == 0);
}

TEST_CASE("a name and a password for apps connect an account, and its channel is there") {
  fixture with;
  using kind = connect_signed_in::kind;
  CHECK(with.sign_in("good", with.acme.project_id).result == kind::connected);
  CHECK(with.accounts_of(with.acme, "bluesky").at(0).handle == "acme.bsky.social");
  CHECK(with.sign_in("good", with.acme.project_id).result == kind::connected);
  CHECK(with.sign_in("good").result == kind::choose);
  const auto wrong = with.sign_in("wrong");
  CHECK(wrong.result == kind::refused);
  CHECK(wrong.reason == "Wrong.");
  CHECK(with.sign_in("busy").result == kind::later);
}

TEST_CASE("with a foreign project nothing of a sign-in is stored") {
  fixture with;
  const auto other = with.rows.add_company("Other");
  CHECK(with.sign_in("good", other.project_id).result == connect_signed_in::kind::unknown_project);
  CHECK(with.accounts_of(with.acme, "bluesky").empty());
  CHECK(with.accounts_of(other, "bluesky").empty());
}

}  // namespace pulse::actors
