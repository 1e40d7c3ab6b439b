#include "actors/campaigns/feed_poll.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "actors/campaigns/rule_sweep.hpp"
#include "domain/campaigns/run_trace.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/runs.hpp"

namespace pulse::actors {

namespace {

namespace agenda = persistence::rule_agenda;
namespace campaigns = domain::campaigns;
using connectors::feeds::feed_item;

base::uuid id_of(const base::uuid& rule_id, const feed_item& item) {
  return base::uuid_from_name(fmt::format("item of feed of rule {}: {}", base::to_string(rule_id), item.id));
}

void make_run(persistence::transaction& tx, const agenda::due_rule& rule, const feed_item& item, base::timestamp now) {
  agenda::new_run run{.id = base::new_uuid(now),
                      .rule_id = rule.id,
                      .rule_version = rule.version,
                      .project_id = rule.project_id,
                      .campaign_id = rule.campaign_id,
                      .state = campaigns::run_state::queued,
                      .cause = campaigns::run_cause::feed,
                      .moment = {},
                      .event_id = {},
                      .item_id = id_of(rule.id, item),
                      .about = {{"feed.title", item.title}, {"feed.url", item.url}, {"feed.summary", item.summary}},
                      .origin = {},
                      .error = {}};
  if (agenda::insert_runs(tx, std::span{&run, 1}, now).empty()) return;
  campaigns::run_step step{campaigns::run_step_kind::set_off, {}};
  step.figures.cause = campaigns::run_cause::feed;
  step.figures.name = item.title;
  persistence::runs::append(tx, run.id, std::span{&step, 1}, now);
}

void make_runs(persistence::transaction& tx, const agenda::due_rule& rule, const std::vector<feed_item>& items,
               const std::vector<base::uuid>& fresh, base::timestamp now) {
  const domain::zone_clock zone{rule.time_zone};
  std::vector<const feed_item*> wanted;
  for (const auto& each : items) {  // feeds have the newest first
    if (std::find(fresh.begin(), fresh.end(), id_of(rule.id, each)) == fresh.end()) continue;
    const campaigns::occurrence about{
        .project_id = rule.project_id, .at = now, .title = each.title, .text = each.summary};
    if (campaigns::unmet(rule.conditions, about, zone)) continue;
    if (wanted.size() < most_items_of_poll) wanted.push_back(&each);
  }
  std::reverse(wanted.begin(), wanted.end());
  for (const auto* each : wanted) make_run(tx, rule, *each, now);
  if (!wanted.empty()) persistence::rules::lower_agenda(tx, now, false);
}

}  // namespace

void note_feed(persistence::transaction& tx, const agenda::owner& by, const rule_work::feed& asked,
               const connectors::feeds::feed_answer& answer, base::timestamp now) {
  if (!agenda::lock(tx, by)) return;
  const auto rule = agenda::lock_rule(tx, asked.rule_id);
  if (!rule || rule->trigger.feed_url.value_or("") != asked.url) return;  // switched off, or another feed by now
  const auto before = agenda::find_feed(tx, asked.rule_id);
  agenda::feed_look look{.rule_id = asked.rule_id, .now = {}, .problem = {}, .at = now};
  if (before && before->url == asked.url) look.now = *before;
  look.now.url = asked.url;
  if (answer.problem) {
    look.problem = fmt::format("The feed {}.", *answer.problem);
    ++look.now.failures;
    return agenda::store(tx, look);
  }
  look.now.failures = 0;
  if (!answer.is_same) {
    std::vector<base::uuid> ids;
    for (const auto& each : answer.items) ids.push_back(id_of(rule->id, each));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const auto fresh = agenda::remember_items(tx, rule->id, ids, now);
    if (look.now.is_known) make_runs(tx, *rule, answer.items, fresh, now);
    look.now.is_known = true;
    look.now.etag = answer.etag;
    look.now.modified = answer.modified;
  }
  agenda::store(tx, look);
}

}  // namespace pulse::actors
