#include "actors/shared_app_budgets.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "base/describe.hpp"
#include "domain/retry.hpp"

namespace pulse::actors {

namespace {

// domain::throttle::reserve. Numbers are microseconds, times since 1970, which a Lua number holds exactly until 2255.
// KEYS: the budget. ARGV: now, interval, burst, how long to remember (ms), and what the caller knows: how far it has come, until
// when the platform wants nothing, how it is to be spread and until when; and how far others may have come of whom Redis has
// forgotten.
constexpr std::string_view reserve_script = R"lua(
  local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local known = redis.call('HMGET', KEYS[1], 'arrival', 'interval', 'last', 'blocked', 'spread', 'until')
  local arrival, before, last = tonumber(known[1] or '0'), tonumber(known[2] or ARGV[2]), tonumber(known[3] or '0')
  -- The budget is another one: what was used costs what it costs under it.
  if before ~= interval then
    arrival = now + math.ceil(math.max(arrival - now, 0) / before) * interval
    last = math.min(last, now)
  end
  arrival = math.max(arrival, tonumber(ARGV[5]))
  if not known[1] then arrival = math.max(arrival, now) + tonumber(ARGV[9]) end
  local blocked = math.max(tonumber(known[4] or '0'), tonumber(ARGV[6]))
  local spread, ends = tonumber(known[5] or ARGV[7]), tonumber(known[6] or ARGV[8])
  local own, told = math.max(now, arrival - interval * (burst - 1)), blocked
  if spread > 0 and now < ends then told = math.max(told, math.min(last + spread, ends)) end
  local slot = math.max(own, told)
  arrival = math.max(arrival, slot) + interval
  last = math.max(last, slot)
  local answer = {slot, arrival, last, blocked, spread, ends}
  for at = 1, 6 do answer[at] = string.format('%.0f', answer[at]) end
  redis.call('HSET', KEYS[1], 'arrival', answer[2], 'interval', ARGV[2], 'last', answer[3], 'blocked', answer[4],
             'spread', answer[5], 'until', answer[6])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  answer[7] = told > own and '1' or '0'
  return answer
)lua";

// KEYS: the budget. ARGV: how long to remember (ms), and the platform's word: until when it wants nothing, how the rest is to be
// spread and until when.
constexpr std::string_view observe_script = R"lua(
  local blocked = math.max(tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0'), tonumber(ARGV[2]))
  redis.call('HSET', KEYS[1], 'blocked', string.format('%.0f', blocked), 'spread', ARGV[3], 'until', ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
)lua";

std::string key_of(domain::channel_type platform) {
  return "pulse:app_budget_of:" + std::string{base::to_name(platform)};
}

/// Longer than anything that is remembered holds.
std::string lifetime_of(const domain::rate& budget) {
  constexpr std::chrono::milliseconds longest_word{domain::longest_told_delay};
  return std::to_string(2 * std::max(budget.window, longest_word).count());
}

std::string micros(base::timestamp at) {
  const auto since = std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
  return std::to_string(std::max<std::int64_t>(since, 0));
}

/// The numbers of an answer; empty when it is none.
std::vector<std::int64_t> numbers_in(const persistence::redis_reply& reply) {
  std::vector<std::int64_t> numbers;
  const auto* items = reply.array();
  if (items == nullptr) return numbers;
  for (const auto& item : *items) {
    const auto* text = item.string();
    if (text == nullptr) return {};
    numbers.push_back(std::strtoll(text->c_str(), nullptr, 10));
  }
  return numbers;
}

base::timestamp time_of(std::int64_t micros) { return base::timestamp{std::chrono::microseconds{micros}}; }

}  // namespace

void shared_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                 std::function<void(app_turn slot)> done) {
  const auto known = local_.known(platform, budget, now);
  auto command = persistence::redis::eval_command(
      reserve_script, {key_of(platform)},
      {micros(now), std::to_string(domain::interval_of(budget).count()), std::to_string(budget.burst),
       lifetime_of(budget), micros(known.arrival), micros(known.told.blocked_until),
       std::to_string(known.told.interval.count()), micros(known.told.until), std::to_string(taken_by_others(budget))});
  redis_.submit(std::move(command), [this, platform, budget, now, done = std::move(done)](
                                        persistence::redis_result<persistence::redis_reply> answer) {
    constexpr std::size_t fields = 7;
    const auto said = answer.has_value() ? numbers_in(*answer) : std::vector<std::int64_t>{};
    if (said.size() != fields) return done(local_.take(platform, share_of(budget), now));
    const domain::told_pace told{time_of(said[3]), std::chrono::microseconds{said[4]}, time_of(said[5])};
    local_.catch_up(platform, budget, {time_of(said[1]), told}, time_of(said[2]), now);
    done({time_of(said[0]), said[6] == 1});
  });
}

/// While the nodes cannot agree, each has its part.
domain::rate shared_app_budgets::share_of(domain::rate budget) const {
  const int nodes = nodes_;
  budget.limit = std::max(budget.limit / nodes, 1);
  budget.burst = std::max(budget.burst / nodes, 1);
  return budget;
}

/// In microseconds of the budget: a slot a node, for what each may have been given since this one last heard. A node that is alone
/// knows it all.
std::int64_t shared_app_budgets::taken_by_others(const domain::rate& budget) const {
  const int nodes = nodes_;
  return nodes == 1 ? 0 : domain::interval_of(budget).count() * nodes;
}

void shared_app_budgets::observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                                 base::timestamp now) {
  local_.observe(platform, budget, said, now);
  const auto told = local_.known(platform, budget, now).told;
  auto command = persistence::redis::eval_command(
      observe_script, {key_of(platform)},
      {lifetime_of(budget), micros(told.blocked_until), std::to_string(told.interval.count()), micros(told.until)});
  redis_.submit(std::move(command), [](const auto&) {});  // while it does not answer, this process knows
}

}  // namespace pulse::actors
