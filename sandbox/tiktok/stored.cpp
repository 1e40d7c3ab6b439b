// Registers accounts, and replays the journal of earlier runs.
#include <algorithm>
#include <charconv>
#include <utility>

#include "sandbox/core/json_fields.hpp"
#include "sandbox/tiktok/tiktok.hpp"

namespace pulse::sandbox::tiktok {

complaint tiktok_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name")
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username and name are";
  }
  const auto id = text_at(command, "user_id");
  if (id.empty() || text_at(command, "username").empty()) return "user_id and username are required";
  users_by_token_[hash] = id;
  auto& one = creators_[id];
  one.username = text_at(command, "username");
  one.name = text_at(command, "name").empty() ? one.username : text_at(command, "name");
  return std::nullopt;
}

complaint tiktok_platform::set_limits(const boost::json::object& command) {
  for (const auto& [key, value] : command) {
    if (key == "fail_reason" && value.is_string()) {
      fail_reason_ = value.get_string().c_str();
    } else if (key == "refuse" && value.is_string()) {
      refuse_with_ = value.get_string().c_str();
    } else if (key == "privacy" && value.is_array()) {
      privacy_levels_.clear();
      for (const auto& each : value.get_array()) {
        if (each.is_string()) privacy_levels_.emplace_back(each.get_string().c_str());
      }
    } else {
      auto* counter = key == "posts"   ? &posts_a_day_
                      : key == "begin" ? &begins_
                      : key == "look"  ? &looks_
                      : key == "ask"   ? &asks_
                                       : nullptr;
      const auto* limit = value.is_object() ? value.get_object().if_contains("limit") : nullptr;
      if (counter == nullptr || limit == nullptr || !limit->is_int64() || limit->get_int64() < 0)
        return "posts, begin, look and ask are the limits: {\"limit\": 15}; privacy a list, fail_reason and refuse are "
               "codes";
      counter->set(limit->get_int64(), counter->window());
    }
  }
  return std::nullopt;
}

void tiktok_platform::restore_id(const std::string& post_id) {
  std::uint64_t value = 0;
  std::from_chars(post_id.data(), post_id.data() + post_id.size(), value);
  last_id_ = std::max(last_id_, value);
}

void tiktok_platform::replay(const boost::json::object& record, base::timestamp at) {
  const auto part = [&record](std::string_view called) {
    const auto* value = record.if_contains(called);
    return value == nullptr ? nullptr : value->if_object();
  };
  if (const auto* one = part("granted")) {
    const auto id = text_at(*one, "user_id");
    creators_.try_emplace(id, creator{"pulse_demo", "Pulse Demo"});
    users_by_token_[text_at(*one, "access")] = id;
    scopes_[id] = text_at(*one, "scope");
    desk_.restore(*one);
  }
  const auto number = [](const boost::json::object& from, std::string_view called) {
    const auto* value = from.if_contains(called);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
  };
  if (const auto* one = part("begun")) {
    const auto ready_at = base::parse_timestamp(text_at(*one, "ready_at"));
    if (!ready_at) return;
    post made;
    made.publish_id = text_at(*one, "publish_id");
    made.user_id = text_at(*one, "user_id");
    made.content = {flag_at(*one, "is_film"), text_at(*one, "text"),      text_at(*one, "privacy_level"),
                    text_at(*one, "url"),     number(*one, "video_size"), number(*one, "chunk_size"),
                    number(*one, "chunks")};
    made.created_at = at;
    made.ready_at = *ready_at;
    made.fails = flag_at(*one, "fails");
    made.post_id = text_at(*one, "post_id");
    made.upload_token = text_at(*one, "upload_token");
    restore_id(made.post_id);
    posts_a_day_.admit(made.user_id, at);
    posts_[made.publish_id] = std::move(made);
  }
  if (const auto* one = part("uploaded")) posts_[text_at(*one, "publish_id")].uploaded = number(*one, "bytes");
}

boost::json::object tiktok_platform::state() const {
  boost::json::array users;
  for (const auto& [id, one] : creators_)
    users.push_back({{"user_id", id}, {"username", one.username}, {"name", one.name}});
  boost::json::array posts;
  for (const auto& [id, one] : posts_) {
    posts.push_back({{"id", one.publish_id},
                     {"post_id", one.post_id},
                     {"user_id", one.user_id},
                     {"text", one.content.text},
                     {"privacy_level", one.content.privacy_level},
                     {"is_whole", one.is_whole()},
                     {"created_at", base::to_string(one.created_at)}});
  }
  return {{"accounts", std::move(users)}, {"posts", std::move(posts)}};
}

}  // namespace pulse::sandbox::tiktok
