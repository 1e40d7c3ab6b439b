#include "connectors/meta/usage.hpp"

#include <algorithm>
#include <string>

#include <boost/json.hpp>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::meta {

namespace {

constexpr int whole = 100;  // percent
constexpr int slow_down_from = 90;
constexpr std::chrono::hours rolling_window{1};

/// A member that is a number from 0; a fraction is rounded up.
std::optional<int> count_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->to_number<double>();
  constexpr double most = 1'000'000;
  if (!(number >= 0)) return std::nullopt;
  return static_cast<int>(std::min(number, most) + 0.999);
}

/// The most used of the three figures of a usage, in percent.
int percent_of(const boost::json::object& usage) {
  int most = 0;
  for (const auto* name : {"call_count", "total_time", "total_cputime"})
    most = std::max(most, count_at(usage, name).value_or(0));
  return most;
}

/// One entry of `X-Business-Use-Case-Usage`.
struct business_usage {
  std::string type;
  int percent = 0;
  std::chrono::minutes regain{0};
};

std::vector<business_usage> read_business(const egress_reply& reply) {
  std::vector<business_usage> found;
  const auto text = reply.find("x-business-use-case-usage");
  const auto document = text ? object_of(std::string{*text}) : std::nullopt;
  if (!document) return found;
  for (const auto& business : *document) {
    const auto* entries = business.value().if_array();
    if (entries == nullptr) continue;
    for (const auto& entry : *entries) {
      const auto* usage = entry.if_object();
      if (usage == nullptr) continue;
      const std::chrono::minutes regain{count_at(*usage, "estimated_time_to_regain_access").value_or(0)};
      found.push_back(
          {text_at(*usage, "type"), percent_of(*usage), std::min<std::chrono::minutes>(regain, farthest_retry_after)});
    }
  }
  return found;
}

void add(std::vector<budget_report>& budgets, std::string name, int percent, std::chrono::minutes regain,
         base::timestamp now) {
  if (percent < slow_down_from && regain.count() == 0) return;
  const bool is_shut = percent >= whole || regain.count() > 0;
  const auto resets_at = regain.count() > 0 ? now + regain : now + rolling_window;
  budgets.push_back({std::move(name), whole, is_shut ? 0 : whole - percent, resets_at});
}

}  // namespace

std::vector<budget_report> read_usage(const egress_reply& reply, std::string_view type, base::timestamp now) {
  std::vector<budget_report> budgets;
  const auto text = reply.find("x-app-usage");
  if (const auto app = text ? object_of(std::string{*text}) : std::nullopt) {
    add(budgets, "calls_app", percent_of(*app), std::chrono::minutes{0}, now);
  }
  business_usage worst;
  for (const auto& usage : read_business(reply)) {
    if (usage.type != type) continue;
    worst.percent = std::max(worst.percent, usage.percent);
    worst.regain = std::max(worst.regain, usage.regain);
  }
  add(budgets, "calls_account", worst.percent, worst.regain, now);
  return budgets;
}

std::optional<base::timestamp> retry_time(const egress_reply& reply, base::timestamp now) {
  std::optional<base::timestamp> at;
  for (const auto& usage : read_business(reply)) {
    if (usage.regain.count() > 0) at = std::max(at.value_or(now), now + usage.regain);
  }
  if (const auto told = retry_after_in(reply, now)) at = std::max(at.value_or(now), *told);
  return at;
}

}  // namespace pulse::connectors::meta
