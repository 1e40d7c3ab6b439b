// The stand-in's part of the control API, and its state after a restart.
#include <utility>
#include <vector>

#include "sandbox/instagram/instagram.hpp"
#include "sandbox/instagram/records.hpp"

namespace pulse::sandbox::instagram {

namespace {

constexpr std::int64_t most = 1'000'000'000;

bool is_number(const boost::json::value* value, std::int64_t least) {
  return value != nullptr && value->is_int64() && value->get_int64() >= least && value->get_int64() <= most;
}

}  // namespace

complaint instagram_platform::add_account(const boost::json::object& command, const std::string& hash) {
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username")
      return std::string{field.key()} + " is not a field of an account; platform, token, user_id and username are";
  }
  const auto user_id = text_at(command, "user_id");
  if (!parse_id(user_id)) return "user_id must be a string of digits";
  if (text_at(command, "username").empty()) return "username is required";
  users_by_token_[hash] = user_id;
  usernames_[user_id] = text_at(command, "username");
  return std::nullopt;
}

complaint instagram_platform::set_limits(const boost::json::object& command) {
  std::vector<std::pair<rolling_limit*, rolling_limit>> changes;
  for (const auto& field : command) {
    auto* target = limits_.find(std::string_view{field.key()});
    if (target == nullptr)
      return std::string{field.key()} + " is not a limit; publish, create, calls and app_calls are";
    const auto* values = field.value().if_object();
    const auto* limit = values == nullptr ? nullptr : values->if_contains("limit");
    const auto* window = values == nullptr ? nullptr : values->if_contains("window_s");
    if (!is_number(limit, 0)) return "limit must be a number from 0";
    if (window != nullptr && !is_number(window, 1)) return "window_s must be a number from 1";
    rolling_limit to{limit->get_int64(), target->window};
    if (window != nullptr) to.window = std::chrono::seconds{window->get_int64()};
    changes.emplace_back(target, to);
  }
  for (const auto& [target, to] : changes) *target = to;
  return std::nullopt;
}

void instagram_platform::replay(const boost::json::object& record, base::timestamp at) {
  if (const auto* deleted = record.if_contains("deleted"); deleted != nullptr && deleted->is_object()) {
    const auto* id = deleted->get_object().if_contains("id");
    const auto number = id != nullptr && id->is_string() ? parse_id(std::string_view{id->get_string()}) : std::nullopt;
    if (number) media_.remove(*number);
    if (number) comments_.forget(std::to_string(*number));
  }
  if (const auto* said = record.if_contains("commented"); said != nullptr && said->is_object())
    comments_.restore(said->get_object());
  if (const auto* made = record.if_contains("made"); made != nullptr && made->is_object()) {
    if (auto one = read_container_record(made->get_object())) {
      limits_.count("create", one->user_id, at);
      media_.restore(std::move(*one));
    }
  }
  if (const auto* published = record.if_contains("published"); published != nullptr && published->is_object()) {
    auto one = read_medium_record(published->get_object());
    if (!one || media_.find_container(one->made_of) == nullptr) return;
    limits_.count("publish", one->user_id, at);
    media_.restore(std::move(*one));
  }
}

boost::json::object instagram_platform::state() const {
  boost::json::array users;
  for (const auto& [id, username] : usernames_) users.push_back({{"user_id", id}, {"username", username}});
  boost::json::array containers;
  for (const auto& [id, one] : media_.containers()) {
    auto shown = to_record(one);
    shown["published_as"] = nullptr;
    if (one.published_as) shown["published_as"] = std::to_string(*one.published_as);
    containers.push_back(std::move(shown));
  }
  boost::json::array posts;
  for (const auto& [id, one] : media_.media()) {
    auto shown = to_record(one);
    shown["text"] = media_.find_container(one.made_of)->caption;
    posts.push_back(std::move(shown));
  }
  return {{"accounts", std::move(users)},
          {"containers", std::move(containers)},
          {"posts", std::move(posts)},
          {"comments", comments_.state()}};
}

}  // namespace pulse::sandbox::instagram
