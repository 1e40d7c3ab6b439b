// The law of the shared budgets, on virtual time: several nodes, the real script in a real Redis that dies, forgets, stops and comes
// back at random, and somebody who counts the calls in every window.
#include <algorithm>
#include <deque>
#include <future>
#include <list>

#include <catch2/catch.hpp>

#include "actors/budgets/shared_app_budgets.hpp"
#include "actors/system/lease.hpp"
#include "tests/support/private_servers.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using std::chrono::milliseconds;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

/// What a client of Redis may take to notice that Redis is there again.
constexpr milliseconds longest_unaware = 1'500ms;

struct world {
  support::random_source& random;
  persistence::redis& redis;
  domain::rate budget;
  base::timestamp now = noon;
  bool is_away = false;
  std::deque<base::timestamp> calls{};
  int counted = 0;
  int own = 0;  // of those, what nodes took on their own beside others
  int refunded = 0;
  bool is_anybody_answered = false;

  /// What cannot be kept, says shared_budget: when a roll has ended without some, and nobody who spoke was ever answered before, then what
  /// the others were told is gone, and the law begins anew.
  void begin_anew_if_nobody_knew() {
    const std::string key = "pulse:app_budget_of:x";
    const auto number_of = [this](persistence::redis_command command) {
      const auto reply = redis.run(std::move(command));
      if (!reply) return std::int64_t{0};
      if (const auto* number = reply->integer()) return *number;
      const auto* text = reply->string();
      return text == nullptr ? std::int64_t{0} : std::int64_t{std::stoll(*text)};
    };
    if (number_of({"HGET", key, "heard"}) > 0) return;
    if (number_of({"HLEN", key + ":roll"}) < number_of({"HGET", key, "called"})) calls.clear();
  }

  /// Every call, in the order of time.
  void call() {
    calls.push_back(now);
    ++counted;
    while (calls.front() <= now - budget.window) calls.pop_front();
    INFO("limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count() << " ms, at "
                  << (now - noon).count() << " us");
    REQUIRE(static_cast<int>(calls.size()) <= budget.limit);
  }
};

/// A node, and the tenants on it: each with a slot that it waits for, as actors/budgets/limiter.
struct node {
  world& in;
  base::timestamp unaware_until;
  base::timestamp next_touch;
  int count = 1;      // of nodes, as it knows
  milliseconds pace;  // on the average, between two wishes of a tenant
  std::vector<std::optional<app_turn>> tenants;
  std::deque<base::timestamp> unspent{};  // slots that came to nothing, which is soon known
  bool is_clumsy;
  bool is_known = false;
  shared_app_budgets budgets;

  node(world& in_, int nodes)
      : in(in_),
        unaware_until(in.now),
        next_touch(in.now),
        pace(in.random.between(1, 4) == 1 ? 100'000 : in.random.between(10, 5'000)),
        tenants(in.random.between<std::size_t>(1, 3)),
        is_clumsy(in.random.between(0, 1) == 1),
        budgets([this](persistence::redis_command command, persistence::redis::done done) {
          if (!is_answered())
            return done(persistence::redis_failure{persistence::redis_failure_kind::unavailable, "away"});
          auto answer = in.redis.run(command);
          if (command.size() > 3 && command[3] == "pulse:app_budget_of:x") hear(answer);
          done(std::move(answer));
        }) {
    share_among(nodes);
  }

  /// The ninth number says whether the count is open; only then the node counts as answered.
  void hear(const persistence::redis_result<persistence::redis_reply>& answer) {
    const auto* items = answer ? answer->array() : nullptr;
    if (items == nullptr || items->size() < 9 || *(*items)[8].integer() == 0) return;
    if (!is_known && in.is_anybody_answered) in.begin_anew_if_nobody_knew();
    is_known = in.is_anybody_answered = true;
  }

  bool is_answered() const { return !in.is_away && in.now >= unaware_until; }

  void share_among(int nodes) {
    count = nodes;
    budgets.share_among(nodes);
  }

  app_turn ask(const std::optional<app_turn>& held) {
    app_turn turn;
    const auto done = [&turn](app_turn said) { turn = said; };
    if (held) {
      budgets.confirm(channel_type::x, in.budget, *held, in.now, done);
    } else {
      budgets.reserve(channel_type::x, in.budget, in.now, done);
    }
    return turn;
  }

  void live() {
    if (in.now >= next_touch) {
      budgets.keep_in_touch(in.now);
      next_touch = in.now + lease::renewal + milliseconds{in.random.between(0, 500)};
    }
    while (!unspent.empty() && in.random.between(0, 2) == 0) {
      budgets.refund(channel_type::x, in.budget, unspent.front(), in.now);
      unspent.pop_front();
      ++in.refunded;
    }
    for (auto& slot : tenants) {
      if (slot ? slot->at > in.now : in.random.between<std::int64_t>(0, pace.count() / 10) > 0) continue;
      const bool is_reserved = slot && slot->is == app_turn::hold::reserved;
      slot = ask(is_reserved ? slot : std::nullopt);
      if (slot->is != app_turn::hold::granted) continue;
      const auto used = slot->at;
      slot.reset();
      if (is_clumsy && in.random.between(1, 3) == 1) {
        unspent.push_back(used);
        continue;
      }
      in.call();
      if (!is_answered() && count > 1) ++in.own;
    }
  }
};

/// Some time, and never past that of a slot that somebody waits for: the law is about slots that are used when they are due.
void pass_time(world& in, const std::list<node>& nodes) {
  base::timestamp next = in.now + milliseconds{in.random.between(1, 20)};
  for (const auto& each : nodes) {
    for (const auto& slot : each.tenants) {
      if (slot && slot->at > in.now) next = std::min(next, slot->at);
    }
  }
  in.now = next;
}

/// The number of nodes changes, or a process is followed by another one. Who goes leaves nothing that only it knows, while Redis is
/// there: the header says what is not kept otherwise.
void change_nodes(world& in, std::list<node>& nodes) {
  const auto all_hear = [&] {
    for (auto& each : nodes) each.share_among(static_cast<int>(nodes.size()));
    for (auto& each : nodes) each.budgets.keep_in_touch(in.now);
  };
  const bool is_answered = std::all_of(nodes.begin(), nodes.end(), [](const node& each) { return each.is_answered(); });
  const auto kind = in.random.between(0, 2);
  if (kind == 0 && nodes.size() < 4) {
    nodes.emplace_back(in, static_cast<int>(nodes.size()) + 1);
    all_hear();
  } else if (kind == 1 && nodes.size() > 2) {
    nodes.pop_back();
    all_hear();
  } else if (kind == 2 && is_answered && nodes.size() > 1) {
    nodes.front().budgets.keep_in_touch(in.now);
    nodes.pop_front();
    nodes.emplace_back(in, static_cast<int>(nodes.size()) + 1);
    all_hear();
  }
}

/// One thing that becomes of Redis.
void disturb(world& in, std::list<node>& nodes) {
  switch (in.random.between(0, 3)) {
    case 0:
      if (!in.is_away) REQUIRE(in.redis.run({"FLUSHDB"}));
      break;
    case 1:
    case 2:
      if (in.is_away) {
        if (in.random.between(0, 1) == 0) REQUIRE(in.redis.run({"FLUSHDB"}));
        for (auto& each : nodes)
          each.unaware_until = in.now + milliseconds{in.random.between(0, static_cast<int>(longest_unaware.count()))};
      }
      in.is_away = !in.is_away;
      break;
    default:  // the connections of all end, and each is made anew
      for (auto& each : nodes) each.unaware_until = in.now + milliseconds{in.random.between(0, 700)};
  }
}

domain::rate some_budget(support::random_source& random) {
  domain::rate budget;
  if (random.between(1, 2) == 1) {  // such that each node has a share of its own
    budget.limit = random.between(16, 60);
    budget.burst = random.between(8, budget.limit);
    budget.window = milliseconds{random.between(10'000, 90'000)};
    return budget;
  }
  budget.limit = random.between(1, 3) == 1 ? random.between(1, 200) : random.between(1, 12);
  budget.burst = random.between(1, budget.limit);
  budget.window =
      milliseconds{random.between(1, 3) == 1 ? random.between(200, 120'000) : random.between(5'000, 30'000)};
  return budget;
}

}  // namespace

TEST_CASE("never more than the limit within any window, however many nodes share it and whatever becomes of Redis") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  persistence::redis redis{{.url = tests::shared_servers().redis_url()}};
  int counted = 0;
  int own = 0;
  int refunded = 0;
  for (int round = 0; round < 60; ++round) {
    REQUIRE(redis.run({"FLUSHDB"}));
    world in{random, redis, some_budget(random)};
    const int count = random.between(1, 4);
    const bool has_changes = count > 1 && random.between(1, 3) == 1;
    INFO(count << " nodes");
    std::list<node> nodes;
    for (int i = 0; i < count; ++i) nodes.emplace_back(in, count);
    const milliseconds calm{random.between(1, 3) == 1 ? 2'000 : 15'000};
    // By then all have been answered: what is not kept before, the header says.
    auto next = noon + 8s + milliseconds{random.between<std::int64_t>(0, 2 * calm.count())};
    while (in.now < noon + 150s) {
      pass_time(in, nodes);
      if (in.now >= next) {
        disturb(in, nodes);
        if (has_changes && in.random.between(1, 3) == 1) change_nodes(in, nodes);
        next = in.now + milliseconds{random.between<std::int64_t>(0, 2 * calm.count())};
      }
      for (auto& each : nodes) each.live();
    }
    counted += in.counted;
    own += in.own;
    refunded += in.refunded;
  }
  CHECK(counted > 400);  // it was put to the test
  CHECK(own > 100);
  CHECK(refunded > 50);
}

}  // namespace pulse::actors
