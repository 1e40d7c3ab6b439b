#include "actors/shared_app_budgets.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "base/describe.hpp"

namespace pulse::actors {

namespace {

// domain::throttle::reserve. Numbers are microseconds since 1970, which a Lua number holds exactly until 2255.
// KEYS: the budget. ARGV: now, interval, burst, how far the caller knows it to be, how long to remember (ms).
constexpr std::string_view reserve_script = R"lua(
  local now, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[4]))
  local slot = math.max(now, arrival - interval * (burst - 1))
  arrival = math.max(arrival, slot) + interval
  redis.call('SET', KEYS[1], string.format('%.0f', arrival), 'PX', ARGV[5])
  return {string.format('%.0f', slot), string.format('%.0f', arrival)}
)lua";

std::int64_t micros(base::timestamp at) {
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

std::optional<base::timestamp> time_in(const persistence::redis_reply& reply, std::size_t at) {
  const auto* items = reply.array();
  const auto* text = items != nullptr && items->size() > at ? (*items)[at].string() : nullptr;
  if (text == nullptr) return std::nullopt;
  return base::timestamp{std::chrono::microseconds{std::strtoll(text->c_str(), nullptr, 10)}};
}

}  // namespace

void shared_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                 std::function<void(base::timestamp slot)> done) {
  const auto known = local_.arrival(platform, budget, now);
  auto command = persistence::redis::eval_command(
      reserve_script, {"pulse:app_budget:" + std::string{base::to_name(platform)}},
      {std::to_string(micros(now)), std::to_string(domain::interval_of(budget).count()), std::to_string(budget.burst),
       std::to_string(std::max<std::int64_t>(micros(known), 0)), std::to_string(2 * budget.window.count())});
  redis_.submit(std::move(command), [this, platform, budget, now, done = std::move(done)](
                                        persistence::redis_result<persistence::redis_reply> answer) {
    const auto slot = answer.has_value() ? time_in(*answer, 0) : std::nullopt;
    const auto arrival = answer.has_value() ? time_in(*answer, 1) : std::nullopt;
    if (!slot || !arrival) return done(local_.take(platform, budget, now));
    local_.catch_up(platform, budget, *arrival, now);
    done(*slot);
  });
}

}  // namespace pulse::actors
