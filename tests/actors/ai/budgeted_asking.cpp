#include "actors/ai/budgeted_asking.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "persistence/ai/budgets.hpp"
#include "tests/support/egress_calls.hpp"
#include "tests/support/publishing_store.hpp"

using namespace pulse;
using namespace pulse::tests;
namespace ai = connectors::ai;
namespace budgets = persistence::ai_budgets;
using kind = ai::failure_kind;

namespace {

/// Uses what it is told, and answers when it is told.
class scripted_provider final : public ai::provider {
 public:
  void complete(ai::request, ai::callback done) override {
    ++asked;
    if (!is_held) return done(next);
    const std::lock_guard guard{mutex};
    held.push_back(std::move(done));
  }
  void answer_held() {
    std::vector<ai::callback> waiting;
    {
      const std::lock_guard guard{mutex};
      waiting.swap(held);
    }
    for (auto& done : waiting) done(next);
  }
  std::string_view name() const override { return "scripted"; }
  const std::string& default_model() const override { return model; }
  estimate at_most(const ai::request&) const override { return {100, 40}; }

  std::string model = "scripted-1";
  std::atomic<int> asked{0};
  std::atomic<bool> is_held{false};
  std::mutex mutex;
  std::vector<ai::callback> held;  // guarded by mutex
  ai::answer next = ai::reply{
      .value = {{"text", "x"}}, .tokens_in = 20, .tokens_out = 10, .cost_micro_usd = 7, .model = "scripted-1"};
};

template <class Condition>
void wait_until(Condition holds) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    REQUIRE(std::chrono::steady_clock::now() < end);
    std::this_thread::yield();
  }
}

struct fixture {
  publishing_store store;
  company acme = store.add_company();
  base::manual_clock clock{noon()};
  persistence::database engine{{.url = store.url(), .connections = 4, .as = persistence::role::engine}};
  scripted_provider provider;
  domain::ai_allowance allowance{250, 100'000};
  std::unique_ptr<actors::budgeted_asking> asking = make();

  ~fixture() { engine.stop(); }
  std::unique_ptr<actors::budgeted_asking> make() {
    return std::make_unique<actors::budgeted_asking>(
        actors::budgeted_asking::parts{engine, clock, &provider, "", allowance});
  }
  void allow(domain::ai_allowance most) {
    allowance = most;
    asking = make();
  }
  ai::answer ask(const base::uuid& tenant_id) {
    awaited<std::shared_ptr<ai::answer>> got;
    asking->ask({tenant_id, actors::ai_purpose::comment, {}},
                [call = got.callback()](ai::answer given) { call(std::make_shared<ai::answer>(std::move(given))); });
    return *got.get();
  }
  budgets::month_row month(const base::uuid& tenant_id) {
    return *engine.transact_now(tenant_id, [this](persistence::transaction& tx) {
      return budgets::find_month(tx, domain::ai_month_begin(clock.now()));
    });
  }
  std::vector<budgets::usage_row> usage(const base::uuid& tenant_id) {
    return *engine.transact_now(tenant_id, [this](persistence::transaction& tx) {
      return budgets::list_usage(tx, domain::ai_month_begin(clock.now()));
    });
  }
};

}  // namespace

TEST_CASE("an answer's usage replaces its reservation, and is counted by purpose") {
  fixture with;
  REQUIRE(with.ask(with.acme.id).has_value());
  CHECK(with.month(with.acme.id).tokens == 30);
  CHECK(with.month(with.acme.id).micro_usd == 7);
  CHECK(with.month(with.acme.id).reserved_tokens == 0);
  with.provider.next = ai::failure{
      .kind = kind::not_of_schema, .reason = "x", .retry_at = {}, .tokens_in = 5, .tokens_out = 1, .cost_micro_usd = 2};
  CHECK(with.ask(with.acme.id).error().kind == kind::not_of_schema);
  const auto used = with.usage(with.acme.id);
  REQUIRE(used.size() == 1);
  CHECK(used[0].purpose == "comment");
  CHECK(used[0].provider == "scripted");
  CHECK(used[0].answered == 1);
  CHECK(used[0].failed == 1);
  CHECK(used[0].tokens_in == 25);
  CHECK(used[0].micro_usd == 9);
}

TEST_CASE("the month's budget stops a question, and the next month allows it") {
  fixture with;
  for (int i = 0; i < 6; ++i) CHECK(with.ask(with.acme.id).has_value());  // 30 of 250 each; a seventh may need 100
  const auto refused = with.ask(with.acme.id);
  CHECK(refused.error().kind == kind::budget_spent);
  CHECK(refused.error().reason.find("/ai/budget") != std::string::npos);
  CHECK(with.provider.asked == 6);
  const auto other = with.store.add_company("Other");
  CHECK(with.ask(other.id).has_value());
  with.clock.advance(std::chrono::hours{24 * 31});
  CHECK(with.ask(with.acme.id).has_value());
}

TEST_CASE("a budget of money stops as one of tokens does, and none at all stops at once") {
  fixture with;
  with.allow({1'000'000, 60});
  for (int i = 0; i < 3; ++i) CHECK(with.ask(with.acme.id).has_value());  // 7 of 60 each; the fourth may need 40
  CHECK(with.ask(with.acme.id).error().kind == kind::budget_spent);
  with.allow({0, 0});
  CHECK(with.ask(with.store.add_company("Other").id).error().kind == kind::budget_spent);
}

TEST_CASE("many questions at a time never reserve more than there is") {  // asvs: 2.3.2
  fixture with;
  with.provider.is_held = true;
  std::vector<std::unique_ptr<actors::budgeted_asking>> processes;
  std::atomic<int> refused{0};
  std::atomic<int> answered{0};
  for (int i = 0; i < 8; ++i) processes.push_back(with.make());
  for (std::size_t i = 0; i < 40; ++i) {
    processes[i % processes.size()]->ask({with.acme.id, actors::ai_purpose::content, {}},
                                         [&](const ai::answer& given) { ++(given.has_value() ? answered : refused); });
  }
  // Two fit into 250; the others are refused before anything is answered.
  wait_until([&] { return refused == 38 && with.provider.asked == 2; });
  CHECK(with.month(with.acme.id).reserved_tokens == 200);
  with.provider.answer_held();
  wait_until([&] { return answered == 2; });
  CHECK(with.month(with.acme.id).tokens == 60);
}

TEST_CASE("reservations of a process that died stay counted") {
  fixture with;
  with.provider.is_held = true;
  with.asking->ask({with.acme.id, actors::ai_purpose::content, {}}, [](const ai::answer&) {});
  wait_until([&] { return with.provider.asked == 1; });
  auto left_behind = std::move(with.asking);
  with.asking = with.make();
  with.provider.is_held = false;
  CHECK(with.month(with.acme.id).tokens == 100);
  CHECK(with.ask(with.acme.id).has_value());
  CHECK(with.month(with.acme.id).reserved_tokens == 100);
}

TEST_CASE("without a provider every question is refused, and the missing setting is named") {
  fixture with;
  actors::budgeted_asking none{{with.engine, with.clock, nullptr, "Set OPENAI_API_KEY.", {1, 1}}};
  awaited<std::string> got;
  none.ask({with.acme.id, actors::ai_purpose::content, {}}, [call = got.callback()](const ai::answer& given) {
    call(given.error().kind == kind::not_configured ? given.error().reason : std::string{});
  });
  CHECK(got.get() == "Set OPENAI_API_KEY.");
  CHECK(none.provider().empty());
}

TEST_CASE("a company's number of parallel questions is limited, and others are not held up") {
  fixture with;
  with.allow({1'000'000, 1'000'000});
  with.provider.is_held = true;
  for (int i = 0; i < actors::budgeted_asking::max_at_a_time; ++i)
    with.asking->ask({with.acme.id, actors::ai_purpose::content, {}}, [](const ai::answer&) {});
  const auto refused = with.ask(with.acme.id);
  CHECK(refused.error().kind == kind::rate_limited);
  CHECK(refused.error().retry_at > with.clock.now());
  wait_until([&] { return with.provider.asked == actors::budgeted_asking::max_at_a_time; });
  with.provider.is_held = false;
  CHECK(with.ask(with.store.add_company("Other").id).has_value());
}
