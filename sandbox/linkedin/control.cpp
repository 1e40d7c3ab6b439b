// The control API of the stand-in for LinkedIn, and its state after a restart.
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "sandbox/linkedin/linkedin.hpp"
#include "sandbox/linkedin/requests.hpp"

namespace pulse::sandbox::linkedin {

namespace {

constexpr std::int64_t most = 1'000'000'000;

/// The number `name` of the object `value`; nothing if it is missing or not a count.
std::optional<std::int64_t> number_in(const boost::json::value& value, std::string_view name, std::int64_t least) {
  const auto* object = value.if_object();
  const auto* number = object == nullptr || object->size() != 1 ? nullptr : object->if_contains(name);
  if (number == nullptr || !number->is_int64() || number->get_int64() < least || number->get_int64() > most)
    return std::nullopt;
  return number->get_int64();
}

}  // namespace

complaint linkedin_platform::add_account(const boost::json::object& command, const std::string& hash) {
  constexpr std::string_view known[] = {"user_id", "username", "name", "organization",
                                        "email",   "password", "code", "site"};
  for (const auto& field : command) {
    if (std::find(std::begin(known), std::end(known), field.key()) == std::end(known))
      return std::string{field.key()} +
             " is not a field of an account; platform, token, user_id, username, name, organization, email, password, "
             "code and site are";
  }
  const auto id = text_at(command, "user_id");
  const auto name = text_at(command, "name");
  if (id.empty() || id.find_first_of(":/ ") != std::string::npos) return "user_id must be the member's sub";
  if (const auto page = text_at(command, "organization"); !page.empty() && !organizations_.add(page, id))
    return "organization must be a number and a vanity name, such as 2414183/halden-bikes";
  if (const auto email = text_at(command, "email"); !email.empty())
    site_.add(email, {text_at(command, "password"), text_at(command, "code"), {}, id});
  const auto* is_of_site = command.if_contains("site");
  if (is_of_site != nullptr && is_of_site->is_bool() && is_of_site->get_bool()) {
    site_.open_session(hash, id);
  } else {
    members_by_token_[hash] = id;
  }
  names_[id] = name.empty() ? id : name;
  return std::nullopt;
}

complaint linkedin_platform::set_limits(const boost::json::object& command) {
  std::vector<std::pair<std::int64_t*, std::int64_t>> changes;
  auto window = duplicate_window_;
  for (const auto& field : command) {
    const std::string name{field.key()};
    if (name == "duplicates") {
      const auto seconds = number_in(field.value(), "window_s", 0);
      if (!seconds) return "duplicates takes window_s, a number from 0";
      window = std::chrono::seconds{*seconds};
      continue;
    }
    if (name == "site") {
      const auto* what = field.value().if_object();
      if (auto wrong = what == nullptr ? complaint{"site takes an object"} : site_posts_.show(*what)) return wrong;
      continue;
    }
    auto* target = limits_.find(name);
    if (target == nullptr) return name + " is not a limit; posts, images, reactions, comments, app and duplicates are";
    const auto limit = number_in(field.value(), "limit", 0);
    if (!limit) return name + " takes limit, a number from 0";
    changes.emplace_back(target, *limit);
  }
  for (const auto& [target, to] : changes) *target = to;
  duplicate_window_ = window;
  return std::nullopt;
}

void linkedin_platform::replay(const boost::json::object& record, base::timestamp at) {
  const auto part = [&record](std::string_view name) {
    const auto* value = record.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
  };
  const auto member_of = [](const std::string& urn) { return urn.substr(urn.rfind(':') + 1); };
  if (const auto* granted = part("granted")) {
    const auto member = text_at(*granted, "user_id");
    names_.try_emplace(member, "Pulse Demo");
    members_by_token_[text_at(*granted, "access")] = member;
    desk_.restore(*granted);
  }
  if (const auto* reacted = part("reacted")) {
    social_.restore_reaction(*reacted);
    limits_.admit("reactions", member_of(text_at(*reacted, "actor")), at);
  } else if (const auto* commented = part("commented")) {
    social_.restore_comment(*commented);
    limits_.admit("comments", member_of(text_at(*commented, "actor")), at);
  }
  if (const auto* edited = part("edited")) {
    if (const auto* post = content_.find_post(text_at(*edited, "urn"))) {
      auto changed = *post;
      changed.commentary = text_at(*edited, "commentary");
      changed.text = text_at(*edited, "text");
      content_.restore(changed);
    }
  }
  if (const auto* made = part("made")) {
    const auto created_at = base::parse_timestamp(text_at(*made, "created_at"));
    if (!created_at) return;
    content_.restore(stored_post{text_at(*made, "urn"), text_at(*made, "author"), text_at(*made, "commentary"),
                                 text_at(*made, "text"), text_at(*made, "image"), text_at(*made, "alt_text"),
                                 text_at(*made, "image_mark"), *created_at});
    limits_.admit("posts", member_of(text_at(*made, "author")), at);
  } else if (const auto* deleted = part("deleted")) {
    content_.remove(text_at(*deleted, "urn"));
    social_.forget(text_at(*deleted, "urn"));
  } else if (const auto* begun = part("begun")) {
    content_.restore(stored_image{text_at(*begun, "urn"), text_at(*begun, "owner"), "", false});
    limits_.admit("images", member_of(text_at(*begun, "owner")), at);
  } else if (const auto* uploaded = part("uploaded")) {
    const auto* failed = uploaded->if_contains("failed");
    content_.restore(stored_image{text_at(*uploaded, "urn"), text_at(*uploaded, "owner"), text_at(*uploaded, "mark"),
                                  failed != nullptr && failed->is_bool() && failed->get_bool()});
  }
}

boost::json::object linkedin_platform::state() const {
  boost::json::array accounts;
  for (const auto& [id, name] : names_) accounts.push_back({{"user_id", id}, {"name", name}});
  boost::json::array posts;
  for (const auto& [urn, post] : content_.posts()) {
    posts.push_back({{"id", urn},
                     {"user_id", post.author.substr(post.author.rfind(':') + 1)},
                     {"text", post.text},
                     {"image", post.image},
                     {"alt_text", post.alt_text},
                     {"mark", post.image_mark},
                     {"created_at", base::to_string(post.created_at)}});
  }
  return {{"accounts", std::move(accounts)},
          {"posts", std::move(posts)},
          {"reactions", social_.reactions()},
          {"comments", social_.comments()},
          {"web_sessions", site_.sessions()}};
}

}  // namespace pulse::sandbox::linkedin
