#include "sandbox/core/faults.hpp"

#include <algorithm>
#include <utility>

#include "base/describe.hpp"

namespace pulse::sandbox {

namespace {

constexpr std::size_t max_faults = 1'000;
constexpr std::int64_t max_delay_ms = 600'000;
constexpr std::int64_t max_cut_bytes = 1'000'000;
constexpr std::int64_t max_retry_after_s = 86'400;

std::string problem_of(const fault_command& command) {
  const bool delays =
      command.kind == fault_kind::slow || command.kind == fault_kind::late || command.kind == fault_kind::pending;
  const bool answers = command.kind == fault_kind::status;
  if (command.count.value_or(1) < 0 || command.skip.value_or(0) < 0) return "count and skip must not be negative";
  if (delays != command.ms.has_value())
    return delays ? "ms is required for this kind" : "ms is for slow, late and pending only";
  if (answers != command.status.has_value())
    return answers ? "status is required for this kind" : "status is for the kind status only";
  if (command.ms.value_or(0) < 0 || command.ms.value_or(0) > max_delay_ms) return "ms must be from 0 to 600000";
  if (command.status && (*command.status < 400 || *command.status > 599)) return "status must be from 400 to 599";
  if (command.bytes && (command.kind != fault_kind::cut || *command.bytes < 0 || *command.bytes > max_cut_bytes)) {
    return "bytes is for the kind cut, and from 0 to 1000000";
  }
  if (command.retry_after && (!answers || *command.retry_after < 0 || *command.retry_after > max_retry_after_s)) {
    return "retry_after is for the kind status, and from 0 to 86400 seconds";
  }
  return {};
}

bool matches(const fault_match& match, const http::server::request& request, const std::string& account) {
  if (match.method && *match.method != http::server::to_string(request.method)) return false;
  if (match.path_prefix && !request.path.starts_with(*match.path_prefix)) return false;
  if (match.account && *match.account != account) return false;
  return !match.body_contains || request.body.find(*match.body_contains) != std::string::npos;
}

}  // namespace

base::result<fault, fault_problem> fault_list::add(fault_command command) {
  if (auto problem = problem_of(command); !problem.empty()) return fault_problem{std::move(problem)};
  if (faults_.size() >= max_faults) return fault_problem{"there are too many faults already"};
  fault added;
  added.id = std::string{'f'}.append(std::to_string(next_id_++));
  added.command = std::move(command);
  faults_.push_back(added);
  return added;
}

bool fault_list::remove(const std::string& id) {
  return std::erase_if(faults_, [&id](const fault& one) { return one.id == id; }) > 0;
}

boost::json::array fault_list::to_json() const {
  boost::json::array list;
  for (const auto& one : faults_) {
    boost::json::object entry{{"id", one.id},
                              {"platform", one.command.platform},
                              {"kind", base::to_name(one.command.kind)},
                              {"struck", one.struck},
                              {"skipped", one.skipped}};
    if (const auto count = one.command.count.value_or(1); count > 0) entry["left"] = count - one.struck;
    list.push_back(std::move(entry));
  }
  return list;
}

std::optional<fault> fault_list::strike(std::string_view platform, const http::server::request& request,
                                        const std::string& account) {
  for (auto one = faults_.begin(); one != faults_.end(); ++one) {
    if (one->command.platform != platform || (one->command.match && !matches(*one->command.match, request, account)))
      continue;
    if (one->skipped < one->command.skip.value_or(0)) {
      ++one->skipped;
      continue;
    }
    ++one->struck;
    auto struck = *one;
    const auto count = one->command.count.value_or(1);
    if (count > 0 && one->struck >= count) faults_.erase(one);
    return struck;
  }
  return std::nullopt;
}

}  // namespace pulse::sandbox
