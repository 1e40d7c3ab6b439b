// What Redis is asked about the count of an app's budget that all nodes keep together, and what it answers.
#pragma once

#include <optional>
#include <string>

#include "actors/app_budgets.hpp"
#include "domain/shared_budget.hpp"
#include "persistence/redis.hpp"

namespace pulse::actors {

/// What a node asks of the count, and tells it.
struct count_question {
  enum class wish {
    slot,
    confirm,  // `held`, whose time has come
    report,   // nothing: it tells what it knows
  };

  wish wants = wish::report;
  std::optional<domain::rate> budget;  // none: it has not looked which one holds now
  domain::shared_budget::report knows;
  app_turn held;
};

/// What the count says.
struct count_answer {
  app_turn turn;  // refused: nothing was taken
  domain::shared_budget::answer count;
};

/// The question of the node that calls itself `id`, which is no other's.
persistence::redis_command command_of(domain::channel_type platform, const count_question& what, const std::string& id,
                                      base::timestamp now);

/// Tells the count what the platform has said of the budget.
persistence::redis_command command_of(domain::channel_type platform, const domain::rate& budget,
                                      const domain::told_pace& told);

/// What Redis answered to a question of `now`; nothing when it did not, or not in this form.
std::optional<count_answer> answer_in(const persistence::redis_result<persistence::redis_reply>& reply,
                                      base::timestamp now);

}  // namespace pulse::actors
