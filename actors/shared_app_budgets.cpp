#include "actors/shared_app_budgets.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/mp11/algorithm.hpp>

#include "actors/lease.hpp"
#include "actors/shared_count.hpp"
#include "base/describe.hpp"
#include "base/secure.hpp"
#include "domain/platform_limits.hpp"

namespace pulse::actors {

namespace {

// Connecting, two greetings and an answer may each take until the time-out before the pause, and connecting after it.
static_assert(domain::shared_budget::notice >=
              persistence::redis::longest_pause + 5 * persistence::redis::usual_timeout);
static_assert(domain::shared_budget::freshness > lease::renewal);

}  // namespace

shared_app_budgets::shared_app_budgets(persistence::redis* through)
    : shared_app_budgets(
          through == nullptr ? submit{} : [through](persistence::redis_command command, persistence::redis::done done) {
            through->submit(std::move(command), std::move(done));
          }) {}

shared_app_budgets::shared_app_budgets(submit ask) : submit_(std::move(ask)), id_(base::random_token(12)) {}

void shared_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                 std::function<void(app_turn slot)> done) {
  ask(platform, budget, {}, now, std::move(done));
}

void shared_app_budgets::confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held,
                                 base::timestamp now, std::function<void(app_turn slot)> done) {
  ask(platform, budget, held, now, std::move(done));
}

void shared_app_budgets::ask(domain::channel_type platform, const domain::rate& budget, const app_turn& held,
                             base::timestamp now, std::function<void(app_turn slot)> done) {
  using wish = count_question::wish;
  const auto wants = held.is == app_turn::hold::reserved ? wish::confirm : wish::slot;
  count_question what{.wants = wants, .budget = budget, .knows = {}, .held = held};
  {
    const std::lock_guard lock{mutex_};
    what.knows = part_of(platform, budget, now).known(now);
  }
  if (!submit_) return done(go_without(platform, held, now));
  submit_(command_of(platform, what, id_, now),
          [this, platform, held, now, told_ever = what.knows.own_ever,
           done = std::move(done)](const persistence::redis_result<persistence::redis_reply>& answer) {
            const auto turn = hear(platform, now, answer, told_ever);
            done(turn ? *turn : go_without(platform, held, now));
          });
}

/// Takes in what the shared count says; nothing when it said nothing.
std::optional<app_turn> shared_app_budgets::hear(domain::channel_type platform, base::timestamp now,
                                                 const persistence::redis_result<persistence::redis_reply>& answer,
                                                 int told_ever) {
  const auto said = answer_in(answer, now);
  if (!said) return std::nullopt;
  const std::lock_guard lock{mutex_};
  const auto part = parts_.find(platform);
  if (part != parts_.end()) {
    part->second.heard(said->count, told_ever, now);
  } else if (said->count.is_open) {
    // How far it has come is for those to tell who know under which budget.
    heard_before_[platform] = {{.arrival = {},
                                .last = {},
                                .told = {},
                                .is_open = true,
                                .over = said->count.over,
                                .sharers = said->count.sharers},
                               now};
  }
  return said->turn;
}

app_turn shared_app_budgets::go_without(domain::channel_type platform, const app_turn& held, base::timestamp now) {
  using hold = app_turn::hold;
  const std::lock_guard lock{mutex_};
  auto& part = parts_.at(platform);
  if (held.is == hold::reserved && part.is_alone() && part.blocked_until() <= now)
    return {held.at, false, hold::granted, {}};
  const auto turn = part.without_answer(now);
  if (!turn.is_taken) return {turn.at, turn.is_told, hold::refused, {}};
  return {turn.at, turn.is_told, turn.at > now ? hold::reserved : hold::granted, {}};
}

void shared_app_budgets::observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                                 base::timestamp now) {
  domain::told_pace told;
  {
    const std::lock_guard lock{mutex_};
    auto& part = part_of(platform, budget, now);
    part.observe(said.budget, said.remaining, said.resets_at, now);
    told = part.known(now).told;
  }
  if (!submit_) return;
  submit_(command_of(platform, budget, told), [](const auto&) {});  // while it does not answer, this process knows
}

base::timestamp shared_app_budgets::blocked_until(domain::channel_type platform) {
  const std::lock_guard lock{mutex_};
  const auto found = parts_.find(platform);
  return found == parts_.end() ? base::timestamp{} : found->second.blocked_until();
}

void shared_app_budgets::share_among(int nodes) {
  const std::lock_guard lock{mutex_};
  nodes_ = std::max(nodes, 1);
  for (auto& [platform, part] : parts_) part.share_among(nodes_);
}

void shared_app_budgets::keep_in_touch(base::timestamp now) {
  {
    // One that takes itself to be alone must not say so before it has heard of the others.
    const std::lock_guard lock{mutex_};
    if (nodes_ == 0 || !submit_) return;
  }
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<domain::channel_type>>([this, now](auto each) {
    if (domain::has_app(each.value)) report(each.value, now);
  });
}

/// Also when there is nothing to send: a count that all have seen all the time is known to have missed nothing.
void shared_app_budgets::report(domain::channel_type platform, base::timestamp now) {
  count_question what;
  {
    const std::lock_guard lock{mutex_};
    what.knows.nodes = nodes_;
    what.knows.sharers = nodes_;
    const auto part = parts_.find(platform);
    const auto before = heard_before_.find(platform);
    if (part != parts_.end()) {
      what.knows = part->second.known(now);
    } else if (before != heard_before_.end()) {
      what.knows.heard = before->second.at;
    }
  }
  submit_(command_of(platform, what, id_, now), [this, platform, told_ever = what.knows.own_ever, now](
                                                    const persistence::redis_result<persistence::redis_reply>& answer) {
    if (hear(platform, now, answer, told_ever)) return;
    const std::lock_guard lock{mutex_};
    const auto part = parts_.find(platform);
    if (part != parts_.end()) part->second.unanswered(now);
  });
}

domain::shared_budget& shared_app_budgets::part_of(domain::channel_type platform, const domain::rate& budget,
                                                   base::timestamp now) {
  using counting = domain::shared_budget::counting;
  const auto [found, is_new] = parts_.try_emplace(platform, budget, submit_ ? counting::together : counting::never);
  if (is_new) {
    found->second.share_among(nodes_);
    const auto before = heard_before_.find(platform);
    if (before != heard_before_.end()) found->second.heard(before->second.said, 0, before->second.at);
  }
  if (found->second.budget() != budget) found->second.change(budget, now);
  return found->second;
}

}  // namespace pulse::actors
