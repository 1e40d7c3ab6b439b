#include "actors/budgets/shared_app_budgets.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <boost/mp11/algorithm.hpp>

#include "actors/budgets/shared_count.hpp"
#include "actors/system/lease.hpp"
#include "base/describe.hpp"
#include "base/secure.hpp"
#include "domain/budgets/reading.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::actors {

namespace {

// Connecting, two greetings and an answer may each take until the time-out before the pause, and connecting after it. What waits for
// the question before adds nothing to it: slot_questions says why.
static_assert(domain::shared_budget::notice >=
              persistence::redis::longest_pause + 5 * persistence::redis::usual_timeout);
static_assert(domain::shared_budget::freshness > lease::renewal);

count_question question_of(const slot_questions::question& what, const domain::shared_budget::report& knows) {
  count_question made{.asks = {}, .budget = what.asks.front().budget, .knows = knows, .is_news = what.told.has_value()};
  for (const auto& each : what.asks) made.asks.push_back(each.held);
  if (what.told) {
    made.knows.told.interval = what.told->told.interval;
    made.knows.told.until = what.told->told.until;
  }
  return made;
}

}  // namespace

shared_app_budgets::shared_app_budgets(persistence::redis* through)
    : shared_app_budgets(
          through == nullptr ? submit{} : [through](persistence::redis_command command, persistence::redis::done done) {
            through->submit(std::move(command), std::move(done));
          }) {}

shared_app_budgets::shared_app_budgets(submit ask, monotonic_clock clock)
    : submit_(std::move(ask)), clock_(std::move(clock)), id_(base::random_token(12)) {}

void shared_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                 std::function<void(app_turn slot)> done) {
  ask(platform, {budget, {}, now, std::move(done)});
}

void shared_app_budgets::confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held,
                                 base::timestamp now, std::function<void(app_turn slot)> done) {
  ask(platform, {budget, held, now, std::move(done)});
}

void shared_app_budgets::ask(domain::channel_type platform, slot_questions::ask one) {
  if (!submit_) {
    app_turn turn;
    {
      const std::lock_guard lock{mutex_};
      part_of(platform, one.budget, one.now);
      turn = go_without(platform, one.held, one.now);
    }
    return one.done(turn);
  }
  std::optional<sending> next;
  {
    const std::lock_guard lock{mutex_};
    const auto at = clock_();
    questions_[platform].add(std::move(one), at);
    next = next_of(platform, at);
  }
  send(platform, std::move(next));
}

/// What is to be sent now, and what this node knows at that time.
std::optional<shared_app_budgets::sending> shared_app_budgets::next_of(domain::channel_type platform,
                                                                       slot_questions::monotonic_time at) {
  auto what = questions_[platform].next(at);
  if (!what) return std::nullopt;
  sending next{std::move(*what), {}};
  const auto& [asks, now, word] = next.what;
  if (!asks.empty()) next.knows = part_of(platform, asks.front().budget, now).known(now);
  return next;
}

void shared_app_budgets::send(domain::channel_type platform, std::optional<sending> next) {
  if (!next) return;
  const auto sent = std::make_shared<sending>(std::move(*next));
  const auto& [asks, now, word] = sent->what;
  auto command = asks.empty() ? command_of(platform, word->budget, word->told)
                              : command_of(platform, question_of(sent->what, sent->knows), id_, now);
  submit_(std::move(command), [this, platform, sent](const reply& answer) { end(platform, *sent, answer); });
}

/// The question has its answer, or has none; what waited for it goes next.
void shared_app_budgets::end(domain::channel_type platform, sending& sent, const reply& answer) {
  auto& asks = sent.what.asks;
  std::vector<app_turn> turns;
  std::optional<sending> next;
  {
    const std::lock_guard lock{mutex_};
    std::optional<std::vector<app_turn>> heard;
    if (!asks.empty()) {
      heard = hear(platform, answer, asks.size(), sent.knows.own_ever, sent.what.now);
    } else if (answer.has_value()) {
      heard.emplace();  // a word alone is not replied to
    }
    if (heard) questions_[platform].answered();
    turns = heard ? std::move(*heard) : give_up(platform, sent.what);
    next = next_of(platform, clock_());
  }
  send(platform, std::move(next));
  for (std::size_t i = 0; i < asks.size(); ++i) asks[i].done(turns[i]);
}

/// All of it goes on without an answer, and so does what waited behind it and is added to it.
std::vector<app_turn> shared_app_budgets::give_up(domain::channel_type platform, slot_questions::question& asked) {
  std::vector<app_turn> turns;
  for (const auto& each : asked.asks) turns.push_back(go_without(platform, each.held, asked.now));
  for (auto& each : questions_[platform].failed()) {
    part_of(platform, each.budget, each.now);
    turns.push_back(go_without(platform, each.held, each.now));
    asked.asks.push_back(std::move(each));
  }
  return turns;
}

/// Takes in what the shared count says; nothing when it said nothing.
std::optional<std::vector<app_turn>> shared_app_budgets::hear(domain::channel_type platform, const reply& answer,
                                                              std::size_t asks, int told_ever, base::timestamp now) {
  auto said = answer_in(answer, asks, now);
  if (!said) return std::nullopt;
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
  return std::move(said->turns);
}

app_turn shared_app_budgets::go_without(domain::channel_type platform, const app_turn& held, base::timestamp now) {
  using hold = app_turn::hold;
  auto& part = parts_.at(platform);
  if (held.is == hold::reserved && part.is_alone() && part.blocked_until() <= now)
    return {held.at, false, hold::granted, {}};
  const auto turn = part.without_answer(now);
  if (!turn.is_taken) return {turn.at, turn.is_told, hold::refused, {}};
  return {turn.at, turn.is_told, turn.at > now ? hold::reserved : hold::granted, {}};
}

void shared_app_budgets::observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                                 base::timestamp now) {
  std::optional<sending> next;
  {
    const std::lock_guard lock{mutex_};
    auto& part = part_of(platform, budget, now);
    part.observe(said.budget, said.remaining, said.resets_at, now);
    if (!submit_) return;
    questions_[platform].tell({budget, part.known(now).told});
    next = next_of(platform, clock_());
  }
  send(platform, std::move(next));  // while it does not answer, this process knows
}

void shared_app_budgets::refund(domain::channel_type platform, const domain::rate& budget, base::timestamp slot,
                                base::timestamp now) {
  {
    const std::lock_guard lock{mutex_};
    if (part_of(platform, budget, now).refund(slot)) return;
  }
  if (!submit_ || budget == domain::unbounded_app) return;
  submit_(refund_command(platform, slot), [](const reply&) {});
}

base::timestamp shared_app_budgets::earliest_read(domain::channel_type platform, const domain::rate& budget,
                                                  base::timestamp now) {
  const std::lock_guard lock{mutex_};
  const auto known = part_of(platform, budget, now).known(now);
  return domain::earliest_read(budget, known.arrival, known.last, known.told, now);
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
  for (const auto& each : domain::platforms()) {
    if (each.has_app) report(each.type, now);
  }
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
  submit_(command_of(platform, what, id_, now),
          [this, platform, told_ever = what.knows.own_ever, now](const reply& answer) {
            const std::lock_guard lock{mutex_};
            if (hear(platform, answer, 0, told_ever, now)) return;
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
