#include "actors/budgets/shared_count.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/describe.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::actors {

namespace {

// The count that all nodes keep: domain::throttle::reserve, and what domain::shared_budget says of it. Numbers are microseconds, times
// since 1970, which a Lua number holds exactly until 2255, and Redis writes and answers in full.
// KEYS: the budget, what each node said when the roll was called, how many slots of each node's own are counted, and the latest slots,
// so that one that came to nothing can be taken out again. ARGV: now,
// interval, burst, how long to remember (ms); what the caller knows: how far the count has come, its last slot, until when the platform
// wants nothing, how it is to be spread and until when, when it last heard, and how many slots it took on its own since; its name, how
// many nodes may have something to say, freshness, how long a roll is called; how many slots it ever took on its own, what those since
// weigh now, whether one before it may have taken some, how many nodes share, the interval of what it knows, whether the platform's
// word is news, how many refunds it knows of, and whether it has taken slots alone since it heard. Then what it wants, one after the
// other: "slot", or "confirm" with the slot and since when it was reserved. Who wants nothing only reports, with an interval and a burst of 0: it has not looked which budget holds now.
// Asks of one call are what as many calls of the same time would be: what comes before the first of them changes nothing a second time.
constexpr std::string_view script = R"lua(
  local now, interval, burst, nodes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[13])
  local names = {'arrival', 'last', 'blocked', 'spread', 'until', 'seen', 'opens', 'began', 'heard', 'among', 'among_at',
                 'since', 'kept', 'over', 'called', 'refunds', 'base', 'listed', 'interval', 'burst', 'half'}
  local known, was = redis.call('HMGET', KEYS[1], unpack(names)), {}
  for at, name in ipairs(names) do was[name] = tonumber(known[at]) end
  local function of(name) return was[name] or 0 end
  local arrival, before, last, over, fresh = of('arrival'), of('interval'), of('last'), of('over'), tonumber(ARGV[14])
  -- The budget is another one: what was used costs what it costs under it.
  local is_other = interval > 0 and before > 0 and before ~= interval
  if is_other then
    arrival = now + math.ceil(math.max(arrival - now, 0) / before) * interval
    last = math.min(last, now)
  end
  if interval == 0 then interval, burst = before, of('burst') end

  -- The most nodes that anybody has said lately: all set aside for as many, and fewer only when nobody says more.
  local among, among_at, since, told_nodes = of('among'), of('among_at'), of('since'), tonumber(ARGV[19])
  if told_nodes > 0 and (told_nodes >= among or now - among_at > fresh) then
    if told_nodes ~= among then since = now end
    among, among_at = told_nodes, now
  end
  if told_nodes > 0 then nodes = math.max(nodes, among) end
  local share, half = 0, burst
  if among > 1 then
    share = math.floor(burst / (2 * among))
    if share > 0 or now - since <= fresh then half = burst - math.floor(burst / 2) end
  end
  if is_other or half ~= of('half') then over = arrival - half * interval end

  local its, its_arrival = tonumber(ARGV[20]), tonumber(ARGV[5])
  if its > 0 and interval > 0 and its ~= interval then  -- it has not heard yet that the budget is another one
    its_arrival = now + math.ceil(math.max(its_arrival - now, 0) / its) * interval
  end
  -- What it knows is of before some refunds, each of which lowered it by an interval at most. Who has taken slots alone since is not
  -- lowered: from where those began the count may have fallen by less, or by nothing.
  local refunds, its_refunds = of('refunds'), tonumber(ARGV[22])
  if ARGV[23] == '0' then its_arrival = its_arrival - math.max(refunds - its_refunds, 0) * interval end
  refunds = math.max(refunds, its_refunds)
  if its_arrival > arrival then arrival = its_arrival; over = math.max(over, arrival - half * interval) end
  last = math.max(last, tonumber(ARGV[6]))
  local blocked = math.max(of('blocked'), tonumber(ARGV[7]))
  local spread, ends = was['spread'], was['until']
  if ARGV[21] == '1' or not spread then spread = tonumber(ARGV[8]) end
  if ARGV[21] == '1' or not ends then ends = tonumber(ARGV[9]) end

  -- Of what the caller took on its own, what is not counted yet: an answer to it may have been lost.
  local id, ever, full = ARGV[12], tonumber(ARGV[16]), math.max(burst, nodes) * interval
  local own = tonumber(ARGV[11])
  if own > 0 then own = math.min(own, ever - tonumber(redis.call('HGET', KEYS[3], id) or '0')) end
  local function has_counted(name, slots)
    redis.call('HSET', KEYS[3], name, slots)
    redis.call('PEXPIRE', KEYS[3], ARGV[4])
  end
  local opens, began, heard, kept, called = of('opens'), of('began'), of('heard'), of('kept'), of('called')
  if nodes > 1 and now - of('seen') > fresh then  -- emptied, or perhaps away: the roll is called
    opens, began, heard, kept, called = now + tonumber(ARGV[15]), now, of('seen'), of('seen'), 0
    redis.call('DEL', KEYS[2])
  end
  heard = math.max(heard, tonumber(ARGV[10]))
  called = told_nodes > 0 and math.max(called, nodes) or 1
  -- What all took: on top of a count that fell meanwhile, or what of it is left on top of one that did not. Each is enough, as
  -- together they fell no faster than one.
  local function close()
    local slots, left, there, unsure = 0, 0, 0, 0
    local said = redis.call('HGETALL', KEYS[2])
    for at = 1, #said, 2 do
      local took, rest, is_unsure, of_all = string.match(said[at + 1], '(%d+) (%d+) (%d) (%d+)')
      slots, left = slots + tonumber(took) * interval, left + tonumber(rest)
      there, unsure = there + 1, unsure + tonumber(is_unsure)
      if tonumber(took) > 0 then has_counted(said[at], of_all) end
    end
    local absent = math.max(called - there, 0)
    -- What it forgot, one that is absent may have been given: all that there was until the others noticed.
    if absent > 0 and heard > kept then arrival = math.max(arrival, heard + fresh + half * interval) end
    -- What it took on its own: its share, and as much of the rate as where two share it.
    if absent + unsure > 0 and heard > 0 and began - heard > fresh then
      local most = share * interval + math.ceil((now - heard) / 2)
      slots, left = slots + (absent + unsure) * most, left + (absent + unsure) * math.min(most, math.ceil(full / 2))
    end
    if slots > 0 or arrival > of('arrival') then
      local risen = math.max(arrival, now) + math.min(slots, full)
      arrival = math.max(arrival, math.min(risen, now + math.max(arrival - heard, 0) + left))
      over = math.max(over, arrival - half * interval)
    end
    opens, began = now, 0
  end
  -- Then it makes no difference that nobody has said yet what a slot costs.
  local function has_nothing_to_reckon()
    for _, said in ipairs(redis.call('HVALS', KEYS[2])) do
      if string.sub(said, 1, 2) ~= '0 ' then return false end
    end
    return redis.call('HLEN', KEYS[2]) >= called
  end
  if began > 0 then
    local left = math.min(tonumber(ARGV[17]), math.max(own, 0) * interval)
    redis.call('HSET', KEYS[2], id, string.format('%d %.0f %s %d', math.max(own, 0), left, ARGV[18], ever))
    redis.call('PEXPIRE', KEYS[2], ARGV[4])
    local is_done = now >= opens or redis.call('HLEN', KEYS[2]) >= called
    if is_done and (burst > 0 or has_nothing_to_reckon()) then close() end
  elseif own > 0 then
    arrival = math.max(arrival, now) + math.min(own * interval, full)
    over = math.max(over, arrival - half * interval)
    has_counted(id, ever)
  end

  -- The latest slots, on top of what was there before the first of them: no list of an arrival that was reached in another way.
  local base, listed, latest = of('base'), of('listed'), {}
  local function list(slot)
    if interval < 1000 then return end  -- so many that none of them matters
    if listed ~= arrival then
      redis.call('DEL', KEYS[4])
      base, latest = arrival, {}
    end
    latest[#latest + 1] = string.format('%.0f', slot)
    listed = math.max(arrival, slot) + interval
  end

  local slots = {}
  local function give(wish, held, reserved_since)
    local slot, is_told = opens, 0
    if began == 0 then
      if wish == 'confirm' and blocked <= now and (reserved_since == opens or held >= opens + interval) then
        slot = held
      else
        local its_own, told = math.max(now, arrival - interval * (half - 1)), blocked
        if spread > 0 and now < ends then told = math.max(told, math.min(last + spread, ends)) end
        slot, is_told = math.max(its_own, told), told > its_own and 1 or 0
        list(slot)
        arrival = math.max(arrival, slot) + interval
        last = math.max(last, slot)
      end
    end
    slots[#slots + 1] = slot
    slots[#slots + 1] = is_told
  end
  local at = 24
  while at <= #ARGV do
    give(ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]))
    at = at + (ARGV[at] == 'confirm' and 3 or 1)
  end

  if #latest > 0 then
    local most = 256
    for _ = 1, redis.call('RPUSH', KEYS[4], unpack(latest)) - most do
      base = math.max(base, tonumber(redis.call('LPOP', KEYS[4]))) + interval
    end
    redis.call('PEXPIRE', KEYS[4], ARGV[4])
  end

  over = math.max(over, 0)
  local state = {arrival, last, blocked, spread, ends, math.max(now, of('seen')), opens, began, heard, among, among_at,
                 since, kept, over, called, refunds, base, listed, interval, burst, half}
  local changed = {}
  for at = 1, burst > 0 and 21 or 18 do
    if state[at] ~= was[names[at]] then
      changed[#changed + 1] = names[at]
      changed[#changed + 1] = state[at]
    end
  end
  if #changed > 0 then redis.call('HSET', KEYS[1], unpack(changed)) end
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  return {arrival, last, blocked, spread, ends, opens, over, among, began == 0 and 1 or 0, refunds, unpack(slots)}
)lua";

// KEYS: the budget, and its latest slots. ARGV: the slot that came to nothing. The list is believed only if it leads to the arrival.
constexpr std::string_view refund_script = R"lua(
  local known = redis.call('HMGET', KEYS[1], 'arrival', 'interval', 'base')
  local arrival, interval, base = tonumber(known[1]), tonumber(known[2]), tonumber(known[3])
  if not arrival or not interval or not base then return end
  local slots = redis.call('LRANGE', KEYS[2], 0, -1)
  local function arrived(without)
    local at = base
    for place, slot in ipairs(slots) do
      if place ~= without then at = math.max(at, tonumber(slot)) + interval end
    end
    return at
  end
  if arrived(0) ~= arrival then return end
  for place = #slots, 1, -1 do
    if slots[place] == ARGV[1] then
      local lower = arrived(place)
      redis.call('LREM', KEYS[2], -1, slots[place])
      redis.call('HSET', KEYS[1], 'arrival', lower, 'listed', lower)
      redis.call('HINCRBY', KEYS[1], 'refunds', 1)
      return
    end
  end
)lua";

// KEYS: the budget. ARGV: how long to remember (ms), and the platform's word: until when it wants nothing, how the rest is to be
// spread and until when.
constexpr std::string_view observe_script = R"lua(
  local blocked = math.max(tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0'), tonumber(ARGV[2]))
  redis.call('HSET', KEYS[1], 'blocked', blocked, 'spread', ARGV[3], 'until', ARGV[4])
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
    const auto* number = item.integer();
    if (number == nullptr) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

base::timestamp time_of(std::int64_t micros) { return base::timestamp{std::chrono::microseconds{micros}}; }

}  // namespace

persistence::redis_command command_of(domain::channel_type platform, const count_question& what, const std::string& id,
                                      base::timestamp now) {
  using limits = domain::shared_budget;
  const auto& knows = what.knows;
  const auto interval = what.budget ? domain::interval_among(*what.budget, knows.nodes) : std::chrono::microseconds{0};
  const auto key = key_of(platform);
  std::vector<std::string> arguments{micros(now),
                                     micros(interval),
                                     std::to_string(what.budget ? what.budget->burst : 0),
                                     lifetime_of(what.budget ? what.budget->window : std::chrono::milliseconds{0}),
                                     micros(knows.arrival),
                                     micros(knows.last),
                                     micros(knows.told.blocked_until),
                                     micros(knows.told.interval),
                                     micros(knows.told.until),
                                     micros(knows.heard),
                                     std::to_string(knows.own),
                                     id,
                                     std::to_string(knows.nodes),
                                     micros(limits::freshness),
                                     micros(limits::roll_call),
                                     std::to_string(knows.own_ever),
                                     micros(knows.own_left),
                                     knows.is_unsure ? "1" : "0",
                                     std::to_string(knows.sharers),
                                     micros(knows.interval),
                                     what.is_news ? "1" : "0",
                                     std::to_string(knows.refunds),
                                     knows.is_ahead ? "1" : "0"};
  for (const auto& held : what.asks) {
    const bool is_reserved = held.is == app_turn::hold::reserved;
    arguments.emplace_back(is_reserved ? "confirm" : "slot");
    if (is_reserved) arguments.insert(arguments.end(), {micros(held.at), micros(held.since)});
  }
  return persistence::redis::eval_command(script, {key, key + ":roll", key + ":counted", key + ":slots"}, arguments);
}

persistence::redis_command command_of(domain::channel_type platform, const domain::rate& budget,
                                      const domain::told_pace& told) {
  return persistence::redis::eval_command(
      observe_script, {key_of(platform)},
      {lifetime_of(budget.window), micros(told.blocked_until), micros(told.interval), micros(told.until)});
}

persistence::redis_command refund_command(domain::channel_type platform, base::timestamp slot) {
  const auto key = key_of(platform);
  return persistence::redis::eval_command(refund_script, {key, key + ":slots"}, {micros(slot)});
}

std::optional<count_answer> answer_in(const persistence::redis_result<persistence::redis_reply>& reply,
                                      std::size_t asks, base::timestamp now) {
  using hold = app_turn::hold;
  constexpr std::size_t fields = 10;
  const auto said = reply.has_value() ? numbers_in(*reply) : std::vector<std::int64_t>{};
  if (said.size() != fields + 2 * asks) return std::nullopt;
  count_answer answer;
  answer.count = {.arrival = time_of(said[0]),
                  .last = time_of(said[1]),
                  .told = {time_of(said[2]), std::chrono::microseconds{said[3]}, time_of(said[4])},
                  .is_open = said[8] == 1,
                  .over = time_of(said[6]),
                  .sharers = static_cast<int>(said[7]),
                  .refunds = said[9]};
  for (std::size_t i = fields; i < said.size(); i += 2) {
    const auto at = time_of(said[i]);
    if (answer.count.is_open) {
      answer.turns.push_back({at, said[i + 1] == 1, at > now ? hold::reserved : hold::granted, time_of(said[5])});
    } else {
      constexpr auto soon = domain::shared_budget::look_again;
      answer.turns.push_back({std::min<base::timestamp>(at, now + soon), false, hold::refused, {}});
    }
  }
  return answer;
}

}  // namespace pulse::actors
