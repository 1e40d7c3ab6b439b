#include "base/failpoint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <mutex>
#include <random>
#include <thread>

#include "base/describe.hpp"

namespace pulse::base {

namespace {

constexpr int most_wait_ms = 600'000;
constexpr std::size_t places = boost::mp11::mp_size<boost::describe::describe_enumerators<failpoint>>::value;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [stop, wrong] = std::from_chars(text.data(), end, value);
  if (wrong != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return value;
}

/// Cuts the part after the last `mark` off `text`; nothing if there is none.
std::optional<std::string_view> cut_behind(std::string_view& text, char mark) {
  const auto at = text.rfind(mark);
  if (at == text.npos) return std::nullopt;
  const auto behind = text.substr(at + 1);
  text = text.substr(0, at);
  return behind;
}

std::optional<failpoint_rule> read_rule(std::string_view text) {
  failpoint_rule rule;
  if (const auto times = cut_behind(text, '*')) {
    rule.times = number_of<int>(*times);
    if (!rule.times || *rule.times < 1) return std::nullopt;
  }
  if (const auto chance = cut_behind(text, '@')) {
    const auto value = number_of<double>(*chance);
    if (!value || !(*value > 0 && *value <= 1)) return std::nullopt;
    rule.probability = *value;
  }
  const auto wait = cut_behind(text, ':');
  const auto harm = cut_behind(text, '=');
  const auto where = from_name<failpoint>(text);
  const auto what = harm ? from_name<failpoint_harm>(*harm) : std::nullopt;
  if (!where || !what || wait.has_value() != (*what == failpoint_harm::delay)) return std::nullopt;
  if (wait) {
    const auto value = number_of<int>(*wait);
    if (!value || *value < 1 || *value > most_wait_ms) return std::nullopt;
    rule.wait = std::chrono::milliseconds{*value};
  }
  rule.where = *where;
  rule.harm = *what;
  return rule;
}

struct armed_plan {
  std::mutex mutex;
  std::mt19937_64 random;
  std::array<std::optional<failpoint_rule>, places> rules;
};

armed_plan& plan_in_force() {
  static armed_plan plan;
  return plan;
}

/// The entry that fires now; counts it.
std::optional<failpoint_rule> draw(failpoint where) {
  auto& plan = plan_in_force();
  const std::lock_guard lock{plan.mutex};
  auto& rule = plan.rules.at(static_cast<std::size_t>(where));
  if (!rule || rule->times == 0) return std::nullopt;
  if (std::uniform_real_distribution<double>{0, 1}(plan.random) >= rule->probability) return std::nullopt;
  if (rule->times) --*rule->times;
  return rule;
}

}  // namespace

std::atomic<bool> detail::failpoints_armed{false};

std::optional<std::vector<failpoint_rule>> read_failpoints(std::string_view text) {
  std::vector<failpoint_rule> plan;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const auto rule = read_rule(text.substr(0, end));
    if (!rule || end + 1 == text.size()) return std::nullopt;
    for (const auto& known : plan) {
      if (known.where == rule->where) return std::nullopt;
    }
    plan.push_back(*rule);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return plan;
}

void arm_failpoints(const std::vector<failpoint_rule>& plan, std::uint64_t seed) {
  auto& armed = plan_in_force();
  const std::lock_guard lock{armed.mutex};
  armed.random.seed(seed);
  armed.rules = {};
  for (const auto& rule : plan) armed.rules.at(static_cast<std::size_t>(rule.where)) = rule;
  detail::failpoints_armed = !plan.empty();
}

void detail::strike(failpoint where) {
  const auto rule = draw(where);
  if (!rule) return;
  switch (rule->harm) {
    // `raise` stops this very thread at once; the others follow.
    case failpoint_harm::kill: ::raise(SIGKILL); break;
    case failpoint_harm::stop: ::raise(SIGSTOP); break;
    case failpoint_harm::delay: std::this_thread::sleep_for(rule->wait); break;
  }
}

}  // namespace pulse::base
