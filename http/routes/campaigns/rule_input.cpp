#include "http/routes/campaigns/rule_input.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/campaigns/rule_matching.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "domain/platforms/web_address.hpp"
#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

namespace {

namespace campaigns = domain::campaigns;
namespace rules = persistence::rules;
using rules::rule;

campaigns::rule_words words_of(const rule& of) { return {of.trigger, of.conditions, of.action, of.missed}; }

campaigns::rule_reach reach_of(persistence::transaction& tx, const rule& of) {
  campaigns::rule_reach made{.id = of.id,
                             .name = of.name,
                             .project_id = of.project_id,
                             .campaign_id = of.campaign_id,
                             .trigger = of.trigger,
                             .conditions = of.conditions,
                             .action = of.action,
                             .action_channels = {}};
  if (of.action.kind == campaigns::action_kind::make_content)
    made.action_channels =
        rules::find_channel_types(tx, of.project_id, of.action.channel_ids.value_or(std::vector<base::uuid>{}));
  return made;
}

std::optional<problem> check_circle(persistence::transaction& tx, const rule& of) {
  if (!of.is_enabled || of.trigger.kind != campaigns::trigger_kind::event) return std::nullopt;
  std::vector<campaigns::rule_reach> others;
  for (const auto& each : rules::list_on(of.project_id).all(tx)) {
    // Only a rule that waits for an event can be set off by another.
    if (each.id != of.id && each.trigger.kind == campaigns::trigger_kind::event) others.push_back(reach_of(tx, each));
  }
  const auto way = campaigns::find_circle(reach_of(tx, of), others);
  if (way.empty()) return std::nullopt;
  std::string names;
  for (const auto& id : way) {
    const auto found = std::find_if(others.begin(), others.end(), [&](const auto& each) { return each.id == id; });
    names += (names.empty() ? "" : " → ") + fmt::format("“{}”", found == others.end() ? of.name : found->name);
  }
  return problems::invalid_field(
      "/trigger/event", fmt::format("would go round in a circle: what the rule makes would set it off again ({}). Name "
                                    "other channel_types in its conditions, another campaign, or let it write drafts",
                                    names));
}

}  // namespace

void settle(campaigns::rule_trigger& trigger, base::timestamp now) {
  if (trigger.kind == campaigns::trigger_kind::interval && !trigger.from)
    trigger.from = base::timestamp{std::chrono::floor<std::chrono::minutes>(now)};
}

std::vector<field_error> check_rule(const rule& of, std::string_view time_zone, base::timestamp now,
                                    bool is_loopback_allowed) {
  std::vector<field_error> errors;
  if (is_blank(of.name)) errors.push_back(at_field("/name", "must not be blank"));
  for (auto& each : campaigns::check(words_of(of), domain::zone_clock{time_zone}, now))
    errors.push_back(at_field(std::move(each.pointer), std::move(each.problem)));
  if (of.trigger.feed_url) {
    if (auto why = domain::web_address_problem(*of.trigger.feed_url, is_loopback_allowed))
      errors.push_back(at_field("/trigger/feed_url", std::move(*why)));
  }
  return errors;
}

std::optional<problem> check_rule_in(persistence::transaction& tx, const rule& of) {
  if (of.campaign_id && !rules::has_campaign(tx, of.project_id, *of.campaign_id))
    return problems::invalid_field("/campaign_id", "is no campaign of this project");
  const auto& action = of.action;
  if (action.template_id) {
    const auto has_prompt = rules::find_template_prompt(tx, of.project_id, *action.template_id);
    if (!has_prompt) return problems::invalid_field("/action/template_id", "is no template of this project");
    if (campaigns::is_ai(action) && !*has_prompt)
      return problems::invalid_field("/action/template_id", "is a template without a prompt for the AI provider");
  }
  if (action.channel_ids) {
    const auto missing = rules::find_missing_channels(tx, of.project_id, *action.channel_ids);
    if (!missing.empty())
      return problems::invalid_field("/action/channel_ids",
                                     base::to_string(missing.front()) + " is no channel of this project");
  }
  if (action.member_ids) {
    const auto missing = rules::find_missing_members(tx, *action.member_ids);
    if (!missing.empty())
      return problems::invalid_field("/action/member_ids", base::to_string(missing.front()) + " is no active member");
  }
  return check_circle(tx, of);
}

std::optional<base::timestamp> first_look(const rule& of, std::string_view time_zone, base::timestamp now) {
  if (!of.is_enabled || of.trigger.kind == campaigns::trigger_kind::event) return std::nullopt;
  // A feed is read at once, so that entries already in it do not count as new.
  if (of.trigger.kind == campaigns::trigger_kind::feed) return now;
  return campaigns::next_moment(of.trigger, domain::zone_clock{time_zone}, now);
}

}  // namespace pulse::http::routes
