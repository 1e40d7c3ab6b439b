#include "actors/accounts/token_refresher.hpp"

#include <cstdio>
#include <cstdlib>
#include <future>

#include <catch2/catch.hpp>

#include "persistence/publishing/social_accounts.hpp"
#include "tests/actors/accounts/fake_provider.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using connectors::authorization_failure;
namespace logins = persistence::social_accounts;

struct token_row {
  base::uuid id;
  bool needs_reconnect = false;
  std::optional<base::timestamp> refresh_at;
};
BOOST_DESCRIBE_STRUCT(token_row, (), (id, needs_reconnect, refresh_at))

constexpr persistence::statement read_rows{"test_read_logins",
                                           "SELECT id, needs_reconnect, refresh_at FROM social_accounts ORDER BY id"};

struct fixture {
  tests::publishing_store rows;
  tests::company acme = rows.add_company("Acme");
  base::manual_clock clock{tests::noon()};
  persistence::secret_box box = tests::test_box();
  connectors::egress client{{}, clock};
  connectors::authorizer_registry providers;
  tests::fake_provider* platform = nullptr;
  domain::setting_values settings;

  fixture() {
    auto made = std::make_unique<tests::fake_provider>();
    platform = made.get();
    platform->clock = &clock;
    providers.emplace("x", std::move(made));
    for (const auto* name : {"X_CLIENT_ID", "X_CLIENT_SECRET", "X_REDIRECT_URI", "X_OAUTH_SCOPE"})
      settings.set(name, "set");
  }
  ~fixture() {
    client.stop();
    rows.requests().stop();
    rows.engine().stop();
  }

  void connect(const std::string& user, std::optional<base::timestamp> refresh_at) {
    logins::connection made{.id = base::new_uuid(clock.now()),
                            .provider = "x",
                            .external_user_id = user,
                            .name = user,
                            .member_id = acme.owner_id,
                            .given = {base::secret{"access"}, base::secret{"refresh-of-" + user}, clock.now() + 2h,
                                      std::nullopt, "", refresh_at},
                            .accounts = {{domain::channel_type::x, user, user, user, base::secret{"access"}, true}}};
    rows.as(acme, [&](persistence::transaction& tx) { logins::store(tx, made, box, clock.now()); });
  }
  int poll(token_refresher& by) {
    std::promise<int> answer;
    by.poll([&answer](int count) { answer.set_value(count); });
    return answer.get_future().get();
  }
  std::unique_ptr<token_refresher> refresher() {
    return std::make_unique<token_refresher>(
        token_refresher::parts{rows.engine(), box, clock, client, providers, settings}, token_refresher::options{});
  }
  std::vector<token_row> logins_now() {
    return rows.as_engine([](persistence::transaction& tx) { return tx.execute(read_rows).all<token_row>(); });
  }
};

}  // namespace

TEST_CASE("tokens are refreshed when they are due, and not before, and the channels have the new one") {
  fixture with;
  with.connect("1", with.clock.now() + 90min);
  const auto refresher = with.refresher();
  CHECK(with.poll(*refresher) == 0);
  with.clock.advance(90min);
  CHECK(with.poll(*refresher) == 1);
  CHECK(with.poll(*refresher) == 0);
  CHECK(with.platform->used == std::set<std::string>{"refresh-of-1"});
  CHECK(with.logins_now()[0].refresh_at == with.clock.now() + 96min);  // four fifths of two hours
  with.clock.advance(100min);
  CHECK(with.poll(*refresher) == 1);
  CHECK(with.platform->used.contains("refresh-1"));
}

/// `make proofs` plays 10,000 refreshes.
TEST_CASE("however many callers refresh at once on two nodes, each rotated token is used once", "[race]") {
  fixture with;
  const bool is_long = std::getenv("PULSE_LONG_PROOFS") != nullptr;
  const int accounts = is_long ? 100 : 20, rounds = is_long ? 100 : 5;
  constexpr int looks = 5;  // of each node at the same moment, at 16 logins each
  for (int i = 0; i < accounts; ++i) with.connect(std::to_string(i), with.clock.now());
  persistence::database other{{.url = with.rows.url(), .connections = 2, .as = persistence::role::engine}};
  {
    const auto one = with.refresher();
    const auto two = std::make_unique<token_refresher>(
        token_refresher::parts{other, with.box, with.clock, with.client, with.providers, with.settings},
        token_refresher::options{});
    for (int round = 0; round < rounds; ++round) {
      std::vector<std::promise<int>> answers(2 * looks);
      for (std::size_t i = 0; i < answers.size(); ++i)
        (i % 2 == 0 ? one : two)->poll([&answers, i](int count) { answers[i].set_value(count); });
      int taken = 0;
      for (auto& each : answers) taken += each.get_future().get();
      CHECK(taken == accounts);
      with.clock.advance(2h);
    }
  }
  other.stop();
  CHECK(with.platform->used_twice == 0);
  CHECK(with.platform->refreshes == accounts * rounds);
  if (is_long) std::printf("%d refreshes on two nodes: each token used once\n", with.platform->refreshes);
}

TEST_CASE("a refresh that fails for now is tried again later, and one that is refused asks people to connect again") {
  fixture with;
  with.connect("1", with.clock.now());
  const auto refresher = with.refresher();
  with.platform->failure = authorization_failure{authorization_failure::kind::later, "not now"};
  CHECK(with.poll(*refresher) == 1);
  CHECK(with.logins_now()[0].refresh_at == with.clock.now() + 30s);
  CHECK_FALSE(with.logins_now()[0].needs_reconnect);
  with.clock.advance(30s);
  CHECK(with.poll(*refresher) == 1);
  CHECK(with.logins_now()[0].refresh_at == with.clock.now() + 60s);
  with.clock.advance(60s);
  with.platform->failure = authorization_failure{authorization_failure::kind::refused, "The token is not accepted."};
  CHECK(with.poll(*refresher) == 1);
  CHECK(with.logins_now()[0].needs_reconnect);
  with.clock.advance(24h);
  CHECK(with.poll(*refresher) == 0);
}

TEST_CASE("a token that cannot be refreshed is reported before it expires") {
  fixture with;
  with.connect("1", std::nullopt);
  const auto refresher = with.refresher();
  CHECK(with.poll(*refresher) == 0);
  CHECK(with.logins_now()[0].needs_reconnect);
}

}  // namespace pulse::actors
