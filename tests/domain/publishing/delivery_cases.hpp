// One delivery in any state, and one step further, for the tests of domain/publishing/delivery.
#pragma once

#include <utility>
#include <variant>

#include "domain/publishing/delivery.hpp"

namespace pulse::domain::delivery_cases {

using namespace std::chrono_literals;
namespace event = delivery_event;
namespace effects = delivery_effect;

inline const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

inline delivery waiting_one() {
  delivery d;
  d.id = base::uuid_from_name("delivery");
  d.due_at = noon;
  d.not_before = noon;
  d.started_at = noon;
  d.deadline_at = noon;
  return d;
}

inline delivery at(delivery_state state, delivery_step step, int attempt = 1) {
  auto d = waiting_one();
  d.state = state;
  d.step = step;
  d.attempt = attempt;
  return d;
}

template <class Effect>
const Effect* only(const decision& made) {
  if (made.effects.size() != 1) return nullptr;
  return std::get_if<Effect>(&made.effects.front());
}

inline decision after_answer(outcome result, int attempt = 1, int failures = 0, const retry_policy& policy = {},
                             double spread = 0.5) {
  auto d = at(delivery_state::sending, delivery_step::calling, attempt);
  d.failures = failures;
  d.retry = policy;
  return decide(d, event::answered{std::move(result)}, noon, {.spread = spread});
}

inline decision after_look(reconciliation found, int failures = 0, int looks = 0) {
  auto d = at(delivery_state::unknown, delivery_step::reconciling);
  d.failures = failures;
  d.failed_reconciliations = looks;
  return decide(d, event::reconciled{std::move(found)}, noon, {});
}

}  // namespace pulse::domain::delivery_cases
