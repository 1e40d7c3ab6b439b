#include "domain/engagement/acting_way.hpp"

namespace pulse::domain {

std::optional<act_way> choose_way(const open_ways& of) {
  if (of.has_account && of.has_permission) return act_way::api;
  if (of.has_session && of.is_browser_operated) return act_way::browser;
  if (of.has_account) return act_way::api;
  return std::nullopt;
}

bool may_engage(std::string_view scope) {
  return scope.empty() || scope.find("w_member_social") != scope.npos;  // or w_member_social_feed
}

std::string_view words_of(act_way way) {
  switch (way) {
    case act_way::api: return "by LinkedIn's API";
    case act_way::browser: return "through its member's session in a browser";
  }
  return "";
}

}  // namespace pulse::domain
