#include "connectors/instagram/handles.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/instagram/options.hpp"

namespace pulse::connectors::instagram {

namespace {

constexpr const char* container_name = "container";
constexpr const char* made_at_name = "container_made_at";
constexpr const char* content_name = "container_content";
constexpr const char* refused_name = "container_refused";
constexpr const char* blocked_name = "container_blocked";  // the attempt at which
constexpr const char* medium_name = "media";
constexpr const char* items_name = "carousel_items";
constexpr const char* items_content_name = "carousel_content";
constexpr const char* items_made_at_name = "carousel_made_at";

/// Containers live for 24 hours.
constexpr std::chrono::hours items_life{23};

std::optional<std::string> value_of(const publication& what, const char* name) {
  const auto found = what.handles.find(name);
  if (found == what.handles.end()) return std::nullopt;
  return found->second;
}

/// Stands for everything that a container is made of.
std::string mark_of(const publication& what) {
  constexpr std::size_t digits = 32;
  std::string all;
  for (const auto& part : {what.account.external_user_id, domain::mark_of(what.media), what.text}) {
    all += fmt::format("{}:{}", part.size(), part);
  }
  return base::to_hex(base::sha256(all)).substr(0, digits);
}

}  // namespace

std::map<std::string, std::string> handles_of(const std::string& container, const publication& what,
                                              base::timestamp made_at) {
  return {{container_name, container},
          {made_at_name, base::to_string(made_at)},
          {content_name, mark_of(what)},
          {refused_name, "0"},
          {blocked_name, ""},
          {medium_name, ""}};
}

std::optional<std::string> kept_container(const publication& what) {
  auto id = value_of(what, container_name);
  return id && is_id(*id) ? id : std::nullopt;
}

std::optional<std::string> usable_container(const publication& what) {
  return value_of(what, content_name) == mark_of(what) ? kept_container(what) : std::nullopt;
}

int times_refused(const publication& what) {
  const auto text = value_of(what, refused_name).value_or("");
  int times = 0;
  std::from_chars(text.data(), text.data() + text.size(), times);
  return times;
}

std::map<std::string, std::string> refused_handles(int times) { return {{refused_name, std::to_string(times)}}; }

bool was_blocked(const publication& what) { return value_of(what, blocked_name) == std::to_string(what.attempt); }

std::map<std::string, std::string> blocked_handles(const publication& what) {
  return {{blocked_name, std::to_string(what.attempt)}};
}

std::optional<std::string> kept_medium(const publication& what) {
  auto id = value_of(what, medium_name);
  return id && is_id(*id) ? id : std::nullopt;
}

std::map<std::string, std::string> medium_handles(const std::string& id) { return {{medium_name, id}}; }

std::map<std::string, std::string> item_handles(const std::vector<std::string>& ids, const publication& what,
                                                base::timestamp made_at) {
  std::string all;
  for (const auto& id : ids) all += (all.empty() ? "" : ",") + id;
  return {{items_name, all}, {items_content_name, mark_of(what)}, {items_made_at_name, base::to_string(made_at)}};
}

carousel_items kept_items(const publication& what, base::timestamp now) {
  const auto list = value_of(what, items_name).value_or("");
  const auto made_at = base::parse_timestamp(value_of(what, items_made_at_name).value_or(""));
  if (!made_at || now >= *made_at + items_life || value_of(what, items_content_name) != mark_of(what)) return {};
  carousel_items made{.ids = {}, .made_at = *made_at};
  for (std::string_view rest{list}; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    made.ids.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (!is_id(made.ids.back()) || made.ids.size() > what.media.size()) return {};
  }
  return made;
}

std::optional<base::timestamp> container_made_at(const publication& what) {
  const auto text = value_of(what, made_at_name);
  return text ? base::parse_timestamp(*text) : std::nullopt;
}

}  // namespace pulse::connectors::instagram
