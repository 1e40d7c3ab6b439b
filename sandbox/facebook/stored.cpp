// Registers pages, and replays the journal of earlier runs.
#include <algorithm>
#include <charconv>

#include "sandbox/core/json_fields.hpp"
#include "sandbox/facebook/facebook.hpp"

namespace pulse::sandbox::facebook {

complaint facebook_platform::add_account(const boost::json::object& command, const std::string& hash) {
  const page added{text_at(command, "user_id"), text_at(command, "username"), text_at(command, "name"), ""};
  for (const auto& field : command) {
    if (field.key() != "user_id" && field.key() != "username" && field.key() != "name")
      return std::string{field.key()} + " is not a field of a page; platform, token, user_id, username and name are";
  }
  if (added.id.empty() || added.id.find_first_not_of("0123456789") != std::string::npos)
    return "user_id must be a string of digits";
  accounts_by_token_[hash] = added.id;
  pages_[added.id] = added;
  if (pages_[added.id].name.empty()) pages_[added.id].name = added.username;
  return std::nullopt;
}

complaint facebook_platform::set_limits(const boost::json::object&) { return "this stand-in has no limits to set"; }

void facebook_platform::replay(const boost::json::object& record, base::timestamp) {
  const auto number = [this](const std::string& id) {
    std::uint64_t value = 0;
    const auto digits = id.substr(id.find('_') == id.npos ? 0 : id.find('_') + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    last_id_ = std::max(last_id_, value);
  };
  if (const auto* granted = record.if_contains("granted"); granted != nullptr && granted->is_object()) {
    make_demo_page();
    accounts_by_token_[text_at(granted->get_object(), "access")] = text_at(granted->get_object(), "user_id");
  }
  if (record.contains("forgotten")) {
    std::erase_if(accounts_by_token_,
                  [this](const auto& each) { return each.second == person || pages_.contains(each.second); });
  }
  if (const auto* listed = record.if_contains("listed"); listed != nullptr && listed->is_array()) {
    for (const auto& each : listed->get_array()) {
      if (!each.is_object()) continue;
      const auto& one = each.get_object();
      accounts_by_token_[text_at(one, "token")] = text_at(one, "page");
      if (const auto account = text_at(one, "instagram"); !account.empty())
        instagram_.link(text_at(one, "token"), account);
    }
  }
  if (const auto* made = record.if_contains("photo"); made != nullptr && made->is_object()) {
    const auto& one = made->get_object();
    number(text_at(one, "id"));
    photos_[text_at(one, "id")] = {text_at(one, "page_id"), text_at(one, "url"), "", false};
  }
  if (const auto* made = record.if_contains("made"); made != nullptr && made->is_object()) {
    const auto& one = made->get_object();
    const auto at = base::parse_timestamp(text_at(one, "created_at"));
    if (!at) return;
    post restored{text_at(one, "id"), text_at(one, "page_id"), text_at(one, "message"), {}, *at};
    if (const auto* ids = one.if_contains("photos"); ids != nullptr && ids->is_array()) {
      for (const auto& id : ids->get_array())
        restored.photos.emplace_back(id.is_string() ? id.get_string().c_str() : "");
    }
    for (const auto& id : restored.photos) photos_[id].is_used = true;
    number(restored.id);
    posts_.push_back(std::move(restored));
  }
  if (const auto* said = record.if_contains("commented"); said != nullptr && said->is_object())
    comments_.restore(said->get_object());
  if (const auto* edited = record.if_contains("edited"); edited != nullptr && edited->is_object()) {
    for (auto& each : posts_) {
      if (each.id == text_at(edited->get_object(), "id")) each.message = text_at(edited->get_object(), "message");
    }
  }
  if (const auto* deleted = record.if_contains("deleted"); deleted != nullptr && deleted->is_object()) {
    const auto id = text_at(deleted->get_object(), "id");
    std::erase_if(posts_, [&id](const post& each) { return each.id == id; });
    comments_.forget(id);
  }
}

boost::json::object facebook_platform::state() const {
  boost::json::array pages;
  for (const auto& [id, one] : pages_)
    pages.push_back({{"user_id", id}, {"username", one.username}, {"name", one.name}});
  boost::json::array posts;
  for (const auto& each : posts_) {
    posts.push_back({{"id", each.id},
                     {"user_id", each.page_id},
                     {"text", each.message},
                     {"photos", boost::json::value_from(each.photos)},
                     {"film_checksum", films_.contains(each.id) ? films_.at(each.id).checksum : 0},
                     {"created_at", base::to_string(each.created_at)}});
  }
  return {{"accounts", std::move(pages)}, {"posts", std::move(posts)}, {"comments", comments_.state()}};
}

}  // namespace pulse::sandbox::facebook
