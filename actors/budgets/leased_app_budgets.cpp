#include "actors/budgets/leased_app_budgets.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "persistence/budgets/app_budgets.hpp"

namespace pulse::actors {

namespace {

/// The part of a slot's life that must be left when a tenant gets a slot that was leased ahead.
constexpr int part_for_use = 3;
/// The part of a slot's life between two requests of a node that has enough slots ahead.
constexpr int part_between_questions = 4;
/// The part of the limit that one node may hold ahead. Unused ones beyond those that can be given back are lost.
constexpr int part_of_limit = 100;

bool is_same(const domain::platform_pace& one, const domain::platform_pace& other) {
  return one.blocked_until == other.blocked_until && one.interval == other.interval && one.until == other.until;
}

}  // namespace

leased_app_budgets::leased_app_budgets(persistence::database& through, const base::clock& clock)
    : ask_([&through](const std::string& app, domain::slot_request question, std::function<void(answer)> done) {
        through.transact(
            std::nullopt,
            [app, question = std::move(question)](persistence::transaction& tx) {
              return persistence::app_budgets::ask(tx, app, question);
            },
            [done = std::move(done)](persistence::result<domain::slot_grant> said) {
              done(said.has_error() ? answer{} : answer{std::move(*said)});
            });
      }),
      clock_(clock) {}

void leased_app_budgets::reserve(const std::string& app, const domain::rate& budget, base::timestamp now,
                                 std::function<void(app_turn slot)> done) {
  std::optional<app_turn> turn;
  std::optional<sent_question> asked;
  {
    const std::lock_guard lock{mutex_};
    auto& its = share_of(app, budget, now);
    if (its.waiting.empty()) turn = take_ahead(its, now);
    if (!turn) its.waiting.push_back({budget, std::move(done)});
    asked = next(its, reason::need);
  }
  send(app, std::move(asked));
  if (turn) done(*turn);
}

void leased_app_budgets::refund(const std::string& app, const domain::rate& budget, const app_turn& slot,
                                base::timestamp now) {
  if (slot.is == app_turn::hold::refused) return;
  const std::lock_guard lock{mutex_};
  give_back(share_of(app, budget, now), slot.slot);
}

void leased_app_budgets::observe(const std::string& app, const domain::rate& budget, const app_report& said,
                                 base::timestamp now) {
  std::optional<sent_question> asked;
  {
    const std::lock_guard lock{mutex_};
    auto& its = share_of(app, budget, now);
    const auto before = its.seen.told(now);
    its.seen.observe(said.budget, said.remaining, said.resets_at, now);
    const auto after = its.seen.told(now);
    if (is_same(before, after)) return;
    its.news = after;
    asked = next(its, reason::need);
  }
  send(app, std::move(asked));
}

base::timestamp leased_app_budgets::blocked_until(const std::string& app) {
  const std::lock_guard lock{mutex_};
  const auto found = shares_.find(app);
  return found == shares_.end() ? base::timestamp{} : found->second.seen.blocked_until();
}

void leased_app_budgets::give_back_unused(base::timestamp now) {
  std::vector<std::pair<std::string, sent_question>> asked;
  {
    const std::lock_guard lock{mutex_};
    for (auto& [app, its] : shares_) {
      let_lapse(its, now);
      if (auto one = next(its, reason::give_back)) asked.emplace_back(app, std::move(*one));
    }
  }
  for (auto& [app, one] : asked) send(app, std::move(one));
}

void leased_app_budgets::stop() {
  {
    const std::lock_guard lock{mutex_};
    for (auto& [app, its] : shares_) {
      for (const auto& each : std::exchange(its.ahead, {})) give_back(its, each.slot);
    }
  }
  give_back_unused(clock_.now());
}

leased_app_budgets::share& leased_app_budgets::share_of(const std::string& app, const domain::rate& budget,
                                                        base::timestamp now) {
  auto& its = shares_.try_emplace(app, budget).first->second;
  if (its.seen.budget() != budget) {
    its.seen.change(budget, now);
    for (const auto& each : std::exchange(its.ahead, {})) give_back(its, each.slot);
  }
  let_lapse(its, now);
  return its;
}

std::optional<app_turn> leased_app_budgets::take_ahead(share& of, base::timestamp now) {
  if (of.ahead.empty() || of.seen.blocked_until() > now) return std::nullopt;
  const auto turn = of.ahead.front();
  of.ahead.pop_front();
  return turn;
}

/// Slots that are too old to be given to a tenant.
void leased_app_budgets::let_lapse(share& of, base::timestamp now) {
  const auto rest = domain::slot_life(of.seen.budget()) / part_for_use;
  const auto first =
      std::find_if(of.ahead.begin(), of.ahead.end(), [&](const app_turn& each) { return each.until - rest > now; });
  if (first == of.ahead.begin()) return;
  for (auto each = of.ahead.begin(); each != first; ++each) give_back(of, each->slot);
  of.ahead.erase(of.ahead.begin(), first);
  of.wants_ahead /= 2;
}

void leased_app_budgets::give_back(share& of, base::timestamp slot) {
  if (of.unused.size() < most_unused) of.unused.push_back(slot);
}

/// The next request, which is under way from now on. Nothing while another one is under way or none is needed.
std::optional<leased_app_budgets::sent_question> leased_app_budgets::next(share& of, reason why) {
  if (of.is_asking) return std::nullopt;
  const auto now = clock_.now();
  const auto has = static_cast<int>(of.ahead.size());
  const bool is_short = why == reason::need && 2 * has < of.wants_ahead && of.seen.blocked_until() <= now;
  const bool gives_back = why == reason::give_back && !of.unused.empty();
  if (of.waiting.empty() && !of.news && !is_short && !gives_back) return std::nullopt;
  sent_question one{{.budget = of.waiting.empty() ? of.seen.budget() : of.waiting.front().budget}, {}, now};
  while (!of.waiting.empty() && of.waiting.front().budget == one.what.budget && one.to.size() < most_together) {
    one.to.push_back(std::move(of.waiting.front().to));
    of.waiting.pop_front();
  }
  if (why == reason::need) {
    // This node asked a moment ago, so it asks often.
    if (now - of.asked_at < domain::slot_life(one.what.budget) / part_between_questions)
      of.wants_ahead =
          std::clamp(2 * of.wants_ahead, 1, std::clamp(one.what.budget.limit / part_of_limit, some_ahead, most_ahead));
    of.asked_at = now;
  }
  one.what.wanted = static_cast<int>(one.to.size());
  if (why == reason::need) one.what.ahead = std::max(of.wants_ahead - has, 0);
  one.what.news = std::exchange(of.news, {});
  one.what.unused = std::exchange(of.unused, {});
  of.is_asking = true;
  return one;
}

void leased_app_budgets::send(const std::string& app, std::optional<sent_question> one) {
  if (!one) return;
  auto what = one->what;
  ask_(app, std::move(what), [this, app, asked = std::make_shared<sent_question>(std::move(*one))](const answer& said) {
    end(app, std::move(*asked), said);
  });
}

void leased_app_budgets::end(const std::string& app, sent_question asked, const answer& said) {
  std::vector<app_turn> turns;
  std::optional<sent_question> following;
  {
    const std::lock_guard lock{mutex_};
    auto& its = shares_.at(app);
    const auto now = clock_.now();
    its.is_asking = false;
    if (said) {
      turns = hear(its, asked, *said, now);
    } else {
      // Whether the slots were given back is not known; giving them back again might remove another node's.
      if (!its.news) its.news = asked.what.news;
      for (auto& each : std::exchange(its.waiting, {})) asked.to.push_back(std::move(each.to));
      turns.assign(asked.to.size(), {now + pause, {}, false, app_turn::hold::refused, {}});
    }
    if (said) following = next(its, reason::answered);
  }
  send(app, std::move(following));
  for (std::size_t i = 0; i < asked.to.size(); ++i) asked.to[i](turns[i]);
}

/// By the clocks of both: a slot is never used before its time, and never after its life.
std::vector<app_turn> leased_app_budgets::hear(share& of, const sent_question& asked, const domain::slot_grant& said,
                                               base::timestamp now) {
  of.seen.catch_up({}, {}, said.told);
  if (of.news) of.seen.block_until(of.news->blocked_until);
  const auto life = domain::slot_life(asked.what.budget);
  std::vector<app_turn> turns;
  for (const auto& [at, is_told] : said.slots) {
    const auto later = at - said.now;
    const app_turn turn{now + later, asked.sent_at + later + life, is_told, app_turn::hold::granted, at};
    if (turns.size() < asked.to.size()) {
      turns.push_back(turn);
    } else if (asked.what.budget == of.seen.budget()) {
      of.ahead.push_back(turn);
    } else {
      give_back(of, turn.slot);
    }
  }
  // There are none left: asking with every slot would not help.
  if (std::cmp_less(said.slots.size(), asked.what.wanted + asked.what.ahead))
    of.wants_ahead = std::min(of.wants_ahead, static_cast<int>(of.ahead.size()));
  return turns;
}

}  // namespace pulse::actors
