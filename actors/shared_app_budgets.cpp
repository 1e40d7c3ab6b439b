#include "actors/shared_app_budgets.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <boost/mp11/algorithm.hpp>

#include "actors/lease.hpp"
#include "base/describe.hpp"
#include "base/secure.hpp"
#include "domain/platform_limits.hpp"
#include "domain/retry.hpp"

namespace pulse::actors {

namespace {

// Connecting, two greetings and an answer may each take until the time-out before the pause, and connecting after it.
static_assert(domain::shared_budget::notice >=
              persistence::redis::longest_pause + 5 * persistence::redis::usual_timeout);
static_assert(domain::shared_budget::freshness > lease::renewal);

// The count that all nodes keep: domain::throttle::reserve, and what domain::shared_budget says of it. Numbers are microseconds, times
// since 1970, which a Lua number holds exactly until 2255.
// KEYS: the budget, and what each node said when the roll was called. ARGV: now, interval, burst, how long to remember (ms); what the
// caller knows: how far the count has come, its last slot, until when the platform wants nothing, how it is to be spread and until
// when, when it last heard, and how many slots it took on its own since; its name, how many nodes there are, freshness, how long a roll
// is called; and what it wants: "slot", "confirm" and the slot and since when it was reserved, or "report" with an interval and a burst
// of 0: it has not looked which budget holds now.
constexpr std::string_view script = R"lua(
  local now, interval, burst, nodes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[13])
  local names = {'arrival', 'interval', 'last', 'blocked', 'spread', 'until', 'seen', 'opens', 'began', 'heard', 'burst'}
  local known = redis.call('HMGET', KEYS[1], unpack(names))
  local function of(at) return tonumber(known[at] or '0') end
  local arrival, before, last = of(1), of(2), of(3)
  -- The budget is another one: what was used costs what it costs under it.
  if interval > 0 and before > 0 and before ~= interval then
    arrival = now + math.ceil(math.max(arrival - now, 0) / before) * interval
    last = math.min(last, now)
  end
  if interval == 0 then interval, burst = before, of(11) end
  arrival, last = math.max(arrival, tonumber(ARGV[5])), math.max(last, tonumber(ARGV[6]))
  local blocked = math.max(of(4), tonumber(ARGV[7]))
  local spread, ends = tonumber(known[5] or ARGV[8]), tonumber(known[6] or ARGV[9])

  local opens, began, heard, own = of(8), of(9), of(10), tonumber(ARGV[11])
  local fresh, full = tonumber(ARGV[14]), math.max(burst, nodes) * interval
  if nodes > 1 and now - of(7) > fresh then  -- emptied, or perhaps away: the roll is called
    opens, began, heard = now + tonumber(ARGV[15]), now, of(7)
    redis.call('DEL', KEYS[2])
  end
  heard = math.max(heard, tonumber(ARGV[10]))
  local function count(slots) arrival = math.max(arrival, now) + math.min(slots * interval, full) end
  if began > 0 then
    redis.call('HSET', KEYS[2], ARGV[12], ARGV[11])
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
    local are_all = redis.call('HLEN', KEYS[2]) >= nodes
    if burst > 0 and (are_all or now >= opens) then
      local slots = 0
      for _, each in ipairs(redis.call('HVALS', KEYS[2])) do slots = slots + tonumber(each) end
      if slots > 0 then count(slots) end
      if not are_all and heard > 0 and began - heard > fresh then arrival = math.max(arrival, now + full) end
      opens, began = now, 0
    end
  else
    local more = own - tonumber(redis.call('HGET', KEYS[2], ARGV[12]) or '0')
    if more > 0 then count(more) end
  end
  if began == 0 then redis.call('HDEL', KEYS[2], ARGV[12]) end

  local slot, is_told, is_taken = opens, false, false
  if began == 0 and ARGV[16] ~= 'report' then
    local held = tonumber(ARGV[17])
    is_taken = true
    if ARGV[16] == 'confirm' and blocked <= now and (tonumber(ARGV[18]) == opens or held >= opens + interval) then
      slot = held
    else
      local its_own, told = math.max(now, arrival - interval * (burst - 1)), blocked
      if spread > 0 and now < ends then told = math.max(told, math.min(last + spread, ends)) end
      slot, is_told = math.max(its_own, told), told > its_own
      arrival = math.max(arrival, slot) + interval
      last = math.max(last, slot)
    end
  end
  local answer = {slot, arrival, last, blocked, spread, ends, opens}
  for at = 1, 7 do answer[at] = string.format('%.0f', answer[at]) end
  redis.call('HSET', KEYS[1], 'arrival', answer[2], 'last', answer[3], 'blocked', answer[4], 'spread', answer[5],
             'until', answer[6], 'opens', answer[7], 'began', string.format('%.0f', began),
             'heard', string.format('%.0f', heard), 'seen', string.format('%.0f', math.max(now, of(7))))
  if burst > 0 then redis.call('HSET', KEYS[1], 'interval', string.format('%.0f', interval), 'burst', burst) end
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  answer[8], answer[9], answer[10] = is_told and '1' or '0', is_taken and '1' or '0', began == 0 and '1' or '0'
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
std::string lifetime_of(std::chrono::milliseconds window) {
  constexpr std::chrono::milliseconds longest_word{domain::longest_told_delay};
  return std::to_string(2 * std::max(window, longest_word).count());
}

std::string micros(std::chrono::microseconds value) { return std::to_string(value.count()); }

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

/// What the script takes.
struct question {
  std::string wish = "report";
  std::optional<domain::rate> budget;
  domain::shared_budget::report knows;
  app_turn held;
};

persistence::redis_command command_of(domain::channel_type platform, const question& what, const std::string& id,
                                      base::timestamp now) {
  using limits = domain::shared_budget;
  const auto& knows = what.knows;
  const auto interval = what.budget ? domain::interval_among(*what.budget, knows.nodes) : std::chrono::microseconds{0};
  const auto key = key_of(platform);
  return persistence::redis::eval_command(
      script, {key, key + ":roll"},
      {micros(now), micros(interval), std::to_string(what.budget ? what.budget->burst : 0),
       lifetime_of(what.budget ? what.budget->window : std::chrono::milliseconds{0}), micros(knows.arrival),
       micros(knows.last), micros(knows.told.blocked_until), micros(knows.told.interval), micros(knows.told.until),
       micros(knows.heard), std::to_string(knows.own), id, std::to_string(knows.nodes), micros(limits::freshness),
       micros(limits::roll_call), what.wish, micros(what.held.at), micros(what.held.since)});
}

}  // namespace

shared_app_budgets::shared_app_budgets(persistence::redis& through)
    : shared_app_budgets([&through](persistence::redis_command command, persistence::redis::done done) {
        through.submit(std::move(command), std::move(done));
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
  question what{
      .wish = held.is == app_turn::hold::reserved ? "confirm" : "slot", .budget = budget, .knows = {}, .held = held};
  {
    const std::lock_guard lock{mutex_};
    what.knows = part_of(platform, budget, now).known(now);
  }
  submit_(command_of(platform, what, id_, now),
          [this, platform, held, now, reported = what.knows.own,
           done = std::move(done)](const persistence::redis_result<persistence::redis_reply>& answer) {
            const auto turn = hear(platform, now, answer, reported);
            done(turn ? *turn : go_without(platform, held, now));
          });
}

/// Takes in what the shared count says; nothing when it said nothing.
std::optional<app_turn> shared_app_budgets::hear(domain::channel_type platform, base::timestamp now,
                                                 const persistence::redis_result<persistence::redis_reply>& answer,
                                                 int reported) {
  using hold = app_turn::hold;
  constexpr std::size_t fields = 10;
  const auto said = answer.has_value() ? numbers_in(*answer) : std::vector<std::int64_t>{};
  if (said.size() != fields) return std::nullopt;
  const auto at = time_of(said[0]);
  const bool is_told = said[7] == 1;
  const bool is_taken = said[8] == 1;
  const bool is_open = said[9] == 1;
  const domain::told_pace told{time_of(said[3]), std::chrono::microseconds{said[4]}, time_of(said[5])};
  {
    const std::lock_guard lock{mutex_};
    const auto part = parts_.find(platform);
    if (part != parts_.end()) part->second.heard({time_of(said[1]), time_of(said[2]), told, is_open}, reported, now);
  }
  if (!is_taken) {
    constexpr auto soon = domain::shared_budget::look_again;
    return app_turn{std::min<base::timestamp>(at, now + soon), false, hold::refused, {}};
  }
  return app_turn{at, is_told, at > now ? hold::reserved : hold::granted, time_of(said[6])};
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
  submit_(persistence::redis::eval_command(
              observe_script, {key_of(platform)},
              {lifetime_of(budget.window), micros(told.blocked_until), micros(told.interval), micros(told.until)}),
          [](const auto&) {});  // while it does not answer, this process knows
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
    if (nodes_ == 0) return;
  }
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<domain::channel_type>>([this, now](auto each) {
    if (domain::has_app(each.value)) report(each.value, now);
  });
}

/// Also when there is nothing to send: a count that all have seen all the time is known to have missed nothing.
void shared_app_budgets::report(domain::channel_type platform, base::timestamp now) {
  question what;
  {
    const std::lock_guard lock{mutex_};
    what.knows.nodes = nodes_;
    const auto part = parts_.find(platform);
    if (part != parts_.end()) what.knows = part->second.known(now);
  }
  // One that does not answer is noticed by who wants something of it.
  submit_(command_of(platform, what, id_, now), [this, platform, reported = what.knows.own, now](
                                                    const persistence::redis_result<persistence::redis_reply>& answer) {
    hear(platform, now, answer, reported);
  });
}

domain::shared_budget& shared_app_budgets::part_of(domain::channel_type platform, const domain::rate& budget,
                                                   base::timestamp now) {
  const auto [found, is_new] = parts_.try_emplace(platform, budget);
  if (is_new) found->second.share_among(nodes_);
  if (found->second.budget() != budget) found->second.change(budget, now);
  return found->second;
}

}  // namespace pulse::actors
