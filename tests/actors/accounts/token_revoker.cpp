#include "actors/accounts/token_revoker.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "connectors/roles/revoke.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/publishing/token_revocations.hpp"
#include "tests/actors/accounts/fake_provider.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using connectors::revocation;
using connectors::revocation_kind;
namespace logins = persistence::social_accounts;
namespace revocations = persistence::token_revocations;

/// A provider that is asked to revoke, and answers as a test says.
class revoking_provider final : public connectors::authorizer, public connectors::revokes {
 public:
  std::string_view provider() const override { return "x"; }
  std::string start_url(const connectors::oauth_app&, const std::string&, const std::string&) const override {
    return {};
  }
  void exchange(connectors::oauth_app, std::string, std::string,
                std::function<void(connectors::authorized<connectors::authorization>)>) override {}
  void refresh(connectors::oauth_app, connectors::grant,
               std::function<void(connectors::authorized<connectors::grant>)>) override {}
  bool can_refresh(const connectors::grant&) const override { return false; }
  bool is_of_person() const override { return ends_all; }
  void revoke(connectors::oauth_app, connectors::grant old, std::function<void(revocation)> done) override {
    tokens.push_back(old.refresh_token ? old.refresh_token->reveal() : old.access_token.reveal());
    done(answer);
  }

  revocation answer{.kind = revocation_kind::revoked};
  bool ends_all = false;
  std::vector<std::string> tokens;
};

struct count_row {
  std::int64_t revocations = 0;
  std::int64_t tokens = 0;
};
BOOST_DESCRIBE_STRUCT(count_row, (), (revocations, tokens))

constexpr persistence::statement count_rows{"test_count_revocations", R"sql(
  SELECT (SELECT count(*) FROM token_revocations) AS revocations,
         (SELECT count(*) FROM social_accounts WHERE access_token <> ''::bytea) AS tokens)sql"};

struct fixture {
  tests::publishing_store rows;
  tests::company acme = rows.add_company("Acme");
  base::manual_clock clock{tests::noon()};
  persistence::secret_box box = tests::test_box();
  connectors::egress client{{}, clock};
  connectors::authorizer_registry providers;
  revoking_provider* platform = nullptr;
  domain::setting_values settings;
  std::unique_ptr<token_revoker> revoker;

  fixture() {
    auto made = std::make_unique<revoking_provider>();
    platform = made.get();
    providers.emplace("x", std::move(made));
    for (const auto* name : {"X_CLIENT_ID", "X_CLIENT_SECRET", "X_REDIRECT_URI", "X_OAUTH_SCOPE"})
      settings.set(name, "set");
    revoker = std::make_unique<token_revoker>(
        token_revoker::parts{rows.engine(), box, clock, client, providers, settings}, token_revoker::options{});
  }
  ~fixture() {
    client.stop();
    rows.requests().stop();
    rows.engine().stop();
  }

  void connect(const tests::company& of, const std::string& user) {
    logins::connection made{.id = base::new_uuid(clock.now()),
                            .provider = "x",
                            .external_user_id = user,
                            .name = user,
                            .member_id = of.owner_id,
                            .given = {base::secret{"access"}, base::secret{"refresh-of-" + user}, std::nullopt,
                                      std::nullopt, "", std::nullopt},
                            .accounts = {}};
    rows.as(of, [&](persistence::transaction& tx) { logins::store(tx, made, box, clock.now()); });
  }
  void disconnect(const tests::company& of) {
    rows.as(of, [&](persistence::transaction& tx) {
      for (const auto& each : logins::list(std::string{"x"}).all(tx)) {
        revocations::keep(
            tx,
            {.provider = "x", .provider_name = "X", .login_id = each.id, .member_id = of.owner_id, .now = clock.now()},
            box);
        logins::disconnect(tx, each.id, "x", clock.now());
      }
    });
  }
  int poll() {
    std::promise<int> answer;
    revoker->poll([&answer](int count) { answer.set_value(count); });
    return answer.get_future().get();
  }
  count_row count() {
    return rows.as_engine([](persistence::transaction& tx) { return *tx.execute(count_rows).first<count_row>(); });
  }
};

TEST_CASE("a login that is disconnected has no tokens at once, and they are revoked once") {
  fixture with;
  with.connect(with.acme, "1");
  with.disconnect(with.acme);
  CHECK(with.count().tokens == 0);
  CHECK(with.count().revocations == 1);
  CHECK(with.poll() == 1);
  CHECK(with.platform->tokens == std::vector<std::string>{"refresh-of-1"});
  CHECK(with.count().revocations == 0);
  CHECK(with.poll() == 0);
}

TEST_CASE("revoking is retried with growing pauses while the platform is away, and then the tokens are dropped") {
  fixture with;
  with.connect(with.acme, "1");
  with.platform->answer = {revocation_kind::later, "not now"};
  with.disconnect(with.acme);
  for (int i = 0; i < 200 && with.count().revocations > 0; ++i) {
    with.poll();
    with.clock.advance(1min);
  }
  CHECK(with.count().revocations == 0);
  CHECK(with.platform->tokens.size() == revocations::most_attempts);
}

TEST_CASE("a refusal is final") {
  fixture with;
  with.connect(with.acme, "1");
  with.platform->answer = {revocation_kind::refused, "no"};
  with.disconnect(with.acme);
  CHECK(with.poll() == 1);
  CHECK(with.count().revocations == 0);
}

TEST_CASE("one company's disconnecting does not end another company's connection with the same person") {
  fixture with;
  const auto globex = with.rows.add_company("Globex");
  with.connect(with.acme, "1");
  with.connect(globex, "1");
  with.platform->ends_all = true;
  with.disconnect(with.acme);
  CHECK(with.poll() == 1);
  CHECK(with.platform->tokens.empty());
  CHECK(with.count().tokens == 1);
  with.disconnect(globex);
  CHECK(with.poll() == 1);
  CHECK(with.platform->tokens.size() == 1);
}

}  // namespace
}  // namespace pulse::actors
