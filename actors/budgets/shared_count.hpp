// What Redis is asked about the count of an app's budget that all nodes keep together, and what it answers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "actors/budgets/app_budgets.hpp"
#include "domain/budgets/shared_budget.hpp"
#include "persistence/redis/redis.hpp"

namespace pulse::actors {

/// What a node asks of the count, and tells it.
struct count_question {
  /// One that is reserved, and whose time has come, is to be confirmed; for any other a slot is asked for. They are served in this
  /// order, each as a question of its own at the same time would be. Empty: it only tells what it knows.
  std::vector<app_turn> asks;
  std::optional<domain::rate> budget;  // none: it has not looked which one holds now
  domain::shared_budget::report knows;
  bool is_news = false;  // what it knows the platform has said takes the place of what the count knows
};

/// What the count says.
struct count_answer {
  std::vector<app_turn> turns;  // one for each ask; refused: nothing was taken
  domain::shared_budget::answer count;
};

/// The question of the node that calls itself `id`, which is no other's.
persistence::redis_command command_of(domain::channel_type platform, const count_question& what, const std::string& id,
                                      base::timestamp now);

/// Tells the count what the platform has said of the budget.
persistence::redis_command command_of(domain::channel_type platform, const domain::rate& budget,
                                      const domain::told_pace& told);

/// Tells the count that the slot came to nothing: it is taken out, if the count still knows it.
persistence::redis_command refund_command(domain::channel_type platform, base::timestamp slot);

/// What Redis answered to a question of `now` with so many asks; nothing when it did not, or not in this form.
std::optional<count_answer> answer_in(const persistence::redis_result<persistence::redis_reply>& reply,
                                      std::size_t asks, base::timestamp now);

}  // namespace pulse::actors
