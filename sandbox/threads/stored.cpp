// The stored state of Threads' stand-in: its accounts and limits, and the posts that a restart rebuilds.
#include <algorithm>
#include <charconv>
#include <utility>

#include "sandbox/core/json_fields.hpp"
#include "sandbox/threads/threads.hpp"

namespace pulse::sandbox::threads {

complaint threads_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name")
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username and name are";
  }
  const auto id = text_at(command, "user_id");
  if (id.empty() || text_at(command, "username").empty()) return "user_id and username are required";
  users_by_token_[hash] = id;
  users_[id] = {text_at(command, "username"), text_at(command, "name")};
  if (users_[id].second.empty()) users_[id].second = users_[id].first;
  return std::nullopt;
}

complaint threads_platform::set_limits(const boost::json::object& command) {
  const auto* posts = command.if_contains("publish");
  const auto* limit = posts != nullptr && posts->is_object() ? posts->get_object().if_contains("limit") : nullptr;
  if (command.size() != 1 || limit == nullptr || !limit->is_int64() || limit->get_int64() < 0)
    return "publish is the one limit: {\"limit\": 250}";
  posts_a_day_ = limit->get_int64();
  return std::nullopt;
}

void threads_platform::restore_id(const std::string& id) {
  std::uint64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  last_id_ = std::max(last_id_, value);
}

void threads_platform::replay(const boost::json::object& record, base::timestamp) {
  const auto part = [&record](std::string_view name) {
    const auto* value = record.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
  };
  if (const auto* one = part("granted")) {
    const auto id = text_at(*one, "user_id");
    users_.try_emplace(id, "pulse_demo", "Pulse Demo");
    users_by_token_[text_at(*one, "access")] = id;
  }
  if (const auto* one = part("container")) {
    const auto created_at = base::parse_timestamp(text_at(*one, "created_at"));
    const auto ready_at = base::parse_timestamp(text_at(*one, "ready_at"));
    if (!created_at || !ready_at) return;
    const auto flag = [one](std::string_view name) {
      const auto* value = one->if_contains(name);
      return value != nullptr && value->is_bool() && value->get_bool();
    };
    container made{text_at(*one, "user_id"),
                   text_at(*one, "type"),
                   text_at(*one, "text"),
                   "",
                   {},
                   text_at(*one, "reply_to"),
                   flag("is_child"),
                   *created_at,
                   *ready_at,
                   flag("fails"),
                   false};
    restore_id(text_at(*one, "id"));
    containers_[text_at(*one, "id")] = std::move(made);
  }
  if (const auto* one = part("published")) {
    const auto at = base::parse_timestamp(text_at(*one, "published_at"));
    if (!at) return;
    restore_id(text_at(*one, "id"));
    containers_[text_at(*one, "made_of")].is_published = true;
    posts_.push_back({text_at(*one, "id"), text_at(*one, "user_id"), text_at(*one, "text"), text_at(*one, "made_of"),
                      text_at(*one, "reply_to"), *at});
  }
  if (const auto* one = part("deleted")) {
    const auto id = text_at(*one, "id");
    std::erase_if(posts_, [&id](const post& each) { return each.id == id; });
  }
}

boost::json::object threads_platform::state() const {
  boost::json::array users;
  for (const auto& [id, names] : users_)
    users.push_back({{"user_id", id}, {"username", names.first}, {"name", names.second}});
  boost::json::array posts;
  for (const auto& each : posts_) {
    posts.push_back({{"id", each.id},
                     {"user_id", each.user_id},
                     {"text", each.text},
                     {"reply_to", each.reply_to},
                     {"created_at", base::to_string(each.published_at)}});
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}};
}

}  // namespace pulse::sandbox::threads
