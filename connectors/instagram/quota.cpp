#include "connectors/instagram/quota.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::instagram {

namespace {

constexpr std::chrono::minutes fresh{1};
constexpr std::chrono::hours usable{1};

std::optional<int> count_at(const boost::json::object& object, std::string_view name) {
  constexpr std::int64_t most = 10'000'000;
  const auto* value = object.if_contains(name);
  const auto* number = value == nullptr ? nullptr : value->if_int64();
  if (number == nullptr || *number < 0 || *number > most) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

std::optional<quota> read_quota(const std::string& body) {
  const auto document = object_of(body);
  const auto* data = document ? document->if_contains("data") : nullptr;
  if (data == nullptr || !data->is_array() || data->get_array().empty()) return std::nullopt;
  const auto* first = data->get_array().front().if_object();
  const auto* config = first == nullptr ? nullptr : first->if_contains("config");
  if (config == nullptr || !config->is_object()) return std::nullopt;
  const auto used = count_at(*first, "quota_usage");
  const auto total = count_at(config->get_object(), "quota_total");
  const auto window = count_at(config->get_object(), "quota_duration");
  if (!used || !total || *total == 0) return std::nullopt;
  quota said{*used, *total};
  if (window && *window > 0) said.window = std::chrono::seconds{*window};
  return said;
}

bool quota_book::begin_post(const std::string& account) {
  const std::lock_guard lock{mutex_};
  if (accounts_.size() >= max_accounts && !accounts_.contains(account)) accounts_.clear();
  auto [found, is_new] = accounts_.try_emplace(account);
  auto& one = found->second;
  const bool is_scarce = one.said && one.said->total - one.said->used <= look_always_from;
  if (!is_new && !is_scarce && ++one.posts < posts_between_looks) return false;
  one.posts = 0;
  return true;
}

void quota_book::learn(const std::string& account, const quota& said, base::timestamp now) {
  const std::lock_guard lock{mutex_};
  const auto found = accounts_.find(account);
  if (found == accounts_.end()) return;
  found->second.said = said;
  found->second.at = now;
}

void quota_book::spend(const std::string& account) {
  const std::lock_guard lock{mutex_};
  const auto found = accounts_.find(account);
  if (found != accounts_.end() && found->second.said) ++found->second.said->used;
}

bool quota_book::is_used_up(const std::string& account, base::timestamp now) const {
  const std::lock_guard lock{mutex_};
  const auto found = accounts_.find(account);
  if (found == accounts_.end() || !found->second.said || found->second.at + fresh < now) return false;
  return found->second.said->used >= found->second.said->total;
}

std::optional<budget_report> quota_book::report(const std::string& account, base::timestamp now) const {
  const std::lock_guard lock{mutex_};
  const auto found = accounts_.find(account);
  if (found == accounts_.end() || !found->second.said || found->second.at + usable < now) return std::nullopt;
  const auto& said = *found->second.said;
  if (said.used >= said.total) return std::nullopt;
  return budget_report{"posts", said.total, said.total - said.used, now + said.window};
}

}  // namespace pulse::connectors::instagram
