// The sweeps of a company's rules and their work in hand, on virtual time, with controlled work.
#include "actors/campaigns/rules.hpp"

#include <algorithm>
#include <map>

#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

base::uuid id(int number) { return base::uuid_from_name("run " + std::to_string(number)); }

/// Work in memory: what there is to do is set by the test, and answers come when the test says so.
class fake_work final : public rule_work {
 public:
  found next_found;
  bool is_away = false;
  bool throws = false;      // the rules' actor crashes when it looks
  bool holds_back = false;  // answers to `perform` wait for the test
  bool wants_ai = false;    // runs ask before they are done
  int looks = 0;
  int listeners = 0;
  std::vector<base::uuid> performed_runs;
  std::vector<base::uuid> asked;
  std::vector<std::function<void(performed)>> waiting;
  std::vector<std::function<void()>> answers;
  std::vector<std::string> fed;
  std::function<void()> heard;

  void sweep(const base::uuid&, std::int64_t, std::function<void(std::shared_ptr<found>)> done) override {
    ++looks;
    if (throws) throw std::runtime_error{"as the test wants it"};
    done(is_away ? nullptr : std::make_shared<found>(next_found));
  }
  void perform(const base::uuid&, std::int64_t, const base::uuid& run_id,
               std::function<void(performed)> done) override {
    performed_runs.push_back(run_id);
    if (holds_back) return waiting.push_back(std::move(done));
    const bool asks = wants_ai && std::count(asked.begin(), asked.end(), run_id) == 0;
    if (!asks) std::erase(next_found.runs, run_id);
    done({asks ? rest::asks : rest::done, false, asks ? std::make_shared<connectors::ai::request>() : nullptr});
  }
  void ask(const base::uuid&, std::int64_t, const base::uuid& run_id, std::shared_ptr<connectors::ai::request>,
           std::function<void()> done) override {
    asked.push_back(run_id);
    answers.push_back(std::move(done));
  }
  void read(const base::uuid&, std::int64_t, feed what, std::function<void()> done) override {
    fed.push_back(what.url);
    next_found.feeds.clear();
    done();
  }
  std::uint64_t listen(const base::uuid&, std::function<void()> to) override {
    ++listeners;
    heard = std::move(to);
    return 1;
  }
  void deafen(const base::uuid&, std::uint64_t) override { --listeners; }
};

struct with_rules : support::actor_fixture {
  fake_work work;
  process& of = make_process();
  base::uuid tenant_id = tables.add_tenant();

  with_rules() {
    tables.has_rules = true;
    of.services.automation = &work;
  }
  ~with_rules() { kill(of); }

  std::size_t told(const std::string& type) const {
    return static_cast<std::size_t>(std::count_if(tables.events.begin(), tables.events.end(),
                                                  [&type](const auto& each) { return each.type == type; }));
  }
  void begin() {
    launch(of);
    notify(of, tenant_id);
    settle();
  }
};

}  // namespace

TEST_CASE("rules are swept when their company's rows change, and when the next moment comes") {
  with_rules on;
  on.work.next_found.next = on.clock.now() + 90s;
  on.begin();
  const int first = on.work.looks;
  CHECK(first >= 1);
  on.advance_long(80s);
  CHECK(on.work.looks == first);
  on.work.next_found.next = on.clock.now() + 1h;
  on.advance_long(15s);
  CHECK(on.work.looks == first + 1);
  CHECK(on.notify(on.of, on.tenant_id));
  on.settle();
  CHECK(on.work.looks == first + 2);
}

TEST_CASE("found work is done two items at a time, each once, and then the next is looked for") {
  with_rules on;
  on.work.holds_back = true;
  on.work.next_found.runs = {id(1), id(2), id(3)};
  on.begin();
  CHECK(on.work.performed_runs == std::vector{id(1), id(2)});
  on.notify(on.of, on.tenant_id);  // found again while they are in hand
  on.settle();
  CHECK(on.work.performed_runs.size() == 2);
  on.work.next_found.runs.clear();
  const int before = on.work.looks;
  for (std::size_t i = 0; i < on.work.waiting.size(); ++i) {
    on.work.waiting[i]({rule_work::rest::done, false, {}});
    on.settle();
  }
  CHECK(on.work.performed_runs.size() == 3);
  CHECK(on.work.looks > before);
}

TEST_CASE("a run that waits for an AI provider holds nobody up, and goes on when there is an answer") {
  with_rules on;
  on.work.wants_ai = true;
  on.work.next_found.runs = {id(1), id(2), id(3)};
  on.begin();
  CHECK(on.work.asked.size() == 3);
  CHECK(on.work.performed_runs.size() == 3);
  on.work.answers.front()();
  on.settle();
  CHECK(on.work.performed_runs.size() == 4);
  CHECK(on.work.performed_runs.back() == id(1));
}

TEST_CASE("while the database is away rules keep retrying, and lose nothing") {
  with_rules on;
  on.work.is_away = true;
  on.begin();
  on.advance_long(3s);
  CHECK(on.work.looks >= 4);
  CHECK(on.work.performed_runs.empty());
  on.work.is_away = false;
  on.work.next_found.runs = {id(1)};
  on.advance_long(1s);
  CHECK(on.work.performed_runs == std::vector{id(1)});
}

TEST_CASE("rules that listen are told of events, and also look for them") {
  with_rules on;
  on.work.next_found.listens = true;
  on.begin();
  CHECK(on.work.listeners == 1);
  const int before = on.work.looks;
  on.work.heard();
  on.settle();
  CHECK(on.work.looks == before + 1);
  on.advance_long(5s);
  CHECK(on.work.looks >= before + 3);
  on.work.next_found.listens = false;
  on.work.heard();
  on.settle();
  CHECK(on.work.listeners == 0);
}

TEST_CASE("a feed is read once at a time") {
  with_rules on;
  on.work.next_found.feeds = {{base::uuid_from_name("rule"), "https://example.org/feed", "", ""}};
  on.begin();
  CHECK(on.work.fed == std::vector<std::string>{"https://example.org/feed"});
}

TEST_CASE("rules end when another node has their company, and with their company's supervisor") {
  with_rules on;
  on.work.next_found.listens = true;
  on.begin();
  CHECK(on.work.listeners == 1);
  on.work.next_found.is_ours = false;
  on.work.heard();
  on.settle();
  on.advance_long(1s);
  CHECK(on.work.listeners == 0);
}

TEST_CASE("rules that keep crashing are left alone for a minute, people are told, posts go out, and then they go on") {
  with_rules on;
  part_health health;
  on.of.services.health = &health;
  on.work.throws = true;
  on.work.next_found.next = on.clock.now() + 1h;
  on.begin();
  on.advance(2s);
  CHECK(on.work.looks == 3);
  CHECK(on.told("RulesDegraded") == 1);
  CHECK(health.rules_crashes() == 3);
  CHECK(health.rules_parked() == 1);
  const auto channel = on.tables.add_channel(on.tenant_id);
  const auto id = on.tables.add_delivery(channel, on.clock.now() + 1s);
  on.notify(on.of, on.tenant_id);
  on.advance(2s);
  CHECK(on.state(id) == domain::delivery_state::published);
  on.advance_long(40s);
  CHECK(on.work.looks == 3);  // left alone, whoever tells the supervisor that rows have changed
  on.work.throws = false;
  on.advance_long(30s);
  CHECK(on.work.looks >= 4);
  CHECK(on.told("RulesDegraded") == 1);
}

}  // namespace pulse::actors
