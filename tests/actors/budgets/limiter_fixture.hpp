// Limiters and an actor that asks them, for tests of actors/budgets/limiter.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actors/budgets/limiter.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::limit_scope;

/// Limiters as the supervisors spawn them, and somebody who asks them.
struct limiter_fixture : support::actor_fixture {
  process& own = make_process();
  std::vector<limiter_actor> limiters;

  ~limiter_fixture() {
    for (auto& each : limiters) caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    settle();
  }

  limiter_actor spawn(domain::budget_rates rates = domain::rates_for(channel_type::instagram, {}),
                      std::vector<persistence::past_start> starts = {}, channel_type type = channel_type::instagram) {
    return spawn_with({rates, std::make_shared<store::past>(store::past{std::move(starts), {}})}, type);
  }
  limiter_actor spawn_with(const limiter_facts& facts, channel_type type, const base::uuid& tenant = {}) {
    limiters.push_back(system.spawn(limiter, &own.services, tenant, type, facts));
    return limiters.back();
  }
  permit_answer ask(const limiter_actor& whom, const std::string& account, std::chrono::seconds late = 0s) {
    auto answer = std::make_shared<std::optional<permit_answer>>();
    system.spawn([whom, account, answer, ready_at = clock.now() - late](caf::event_based_actor* self) {
      self->request(whom, 5s, permit_request{base::uuid_from_name(account), base::uuid_from_name("delivery"), ready_at})
          .then([answer](const permit_answer& said) { *answer = said; });
    });
    settle();
    REQUIRE(answer->has_value());
    return **answer;
  }
  template <class Message>
  void tell(const limiter_actor& whom, Message what) {
    caf::anon_send(whom, std::move(what));
    settle();
  }
};

inline domain::rate few(int limit, int burst) { return {.limit = limit, .window = 60s, .burst = burst}; }

}  // namespace pulse::actors
