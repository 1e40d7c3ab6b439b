#include "actors/campaigns/rule_sweep.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <spdlog/spdlog.h>

#include "base/describe.hpp"
#include "domain/campaigns/run_trace.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/events/events.hpp"

namespace pulse::actors {

namespace {

namespace agenda = persistence::rule_agenda;
namespace campaigns = domain::campaigns;
namespace events = persistence::events;
using agenda::new_run;
using persistence::transaction;

/// Runs with the first step of each's trace.
struct made_runs {
  std::vector<new_run> runs;
  std::vector<campaigns::run_step> steps;  // one a run

  void add(new_run run, campaigns::run_step step) {
    runs.push_back(std::move(run));
    steps.push_back(std::move(step));
  }
};

/// The entries in both counts.
campaigns::left_out together(const std::optional<campaigns::left_out>& before, const campaigns::left_out& now) {
  if (!before || before->count == 0) return now;
  return {before->count + now.count, before->first, now.last, before->is_more || now.is_more};
}

void plan_rule(const agenda::due_rule& rule, base::timestamp now, std::vector<agenda::advance>& advances,
               made_runs& made) {
  const domain::zone_clock zone{rule.time_zone};
  const auto plan = campaigns::plan_moments(rule.trigger, zone, rule.missed, rule.next_run_at, now);
  agenda::advance advance{rule.id, plan.next, rule.left_out, std::nullopt};
  if (plan.left_out.count > 0) advance.left_out = together(rule.left_out, plan.left_out);
  for (const auto moment : plan.run) {
    campaigns::occurrence about{.project_id = rule.project_id, .at = moment};
    if (const auto why = campaigns::unmet(rule.conditions, about, zone)) {
      advance.passed_over = persistence::rules::passed_over{moment, *why};
      continue;
    }
    campaigns::run_step step{campaigns::run_step_kind::set_off, {}};
    step.figures.cause = campaigns::run_cause::schedule;
    step.figures.moment = moment;
    made.add({.id = base::new_uuid(now),
              .rule_id = rule.id,
              .rule_version = rule.version,
              .project_id = rule.project_id,
              .campaign_id = rule.campaign_id,
              .state = campaigns::run_state::queued,
              .cause = campaigns::run_cause::schedule,
              .moment = moment,
              .event_id = {},
              .item_id = {},
              .about = {},
              .origin = {},
              .error = {}},
             std::move(step));
  }
  advances.push_back(std::move(advance));
}

/// A feed's next poll is scheduled before it is read, so that a crash does not stop the polling.
void plan_feed(transaction& tx, const agenda::due_rule& rule, base::timestamp now,
               std::vector<agenda::advance>& advances, rule_work::found& found) {
  advances.push_back({rule.id, campaigns::next_moment(rule.trigger, domain::zone_clock{rule.time_zone}, now),
                      std::nullopt, std::nullopt});
  rule_work::feed feed{rule.id, rule.trigger.feed_url.value_or(""), {}, {}};
  if (const auto known = agenda::find_feed(tx, rule.id); known && known->url == feed.url) {
    feed.etag = known->etag;
    feed.modified = known->modified;
  }
  found.feeds.push_back(std::move(feed));
}

campaigns::occurrence occurrence_of(const events::activity_event& event, const agenda::event_context& context) {
  campaigns::occurrence made{.event = {},
                             .project_id = context.project_id,
                             .campaign_id = context.campaign_id,
                             .at = event.at,
                             .channel_types = {},
                             .labels = context.labels,
                             .title = context.title,
                             .text = context.text,
                             .late_by_seconds = {},
                             .origin = context.origin};
  if (const auto kind = base::from_name<domain::event_kind>(event.type); kind && context.is_last)
    made.event = campaigns::trigger_of(*kind, context.post_status);
  for (const auto& each : context.channel_types) {
    if (const auto type = base::from_name<domain::channel_type>(each)) made.channel_types.push_back(*type);
  }
  const auto* const lateness = event.metadata_json.if_contains("lateness_ms");
  if (lateness != nullptr && lateness->is_number())
    made.late_by_seconds = static_cast<std::int64_t>(lateness->to_number<double>() / 1'000);
  return made;
}

std::map<std::string, std::string> values_of(const agenda::event_context& context) {
  // A post is named by its title, or by the beginning of its text.
  constexpr std::size_t most_title_bytes = 200;
  auto title = context.title.empty() ? context.text : context.title;
  if (title.empty()) title = context.campaign_name.empty() ? context.channel_name : context.campaign_name;
  if (title.size() > most_title_bytes) {
    std::size_t end = most_title_bytes;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) --end;
    title.resize(end);
    title += "…";
  }
  return {{"event.title", std::move(title)}, {"event.url", context.url}};
}

void hear_one(const events::activity_event& event, const agenda::event_context& context,
              const agenda::listening_rule& rule, const events::cursor& at, base::timestamp now, made_runs& made,
              std::vector<events::event>& told, const base::uuid& tenant_id) {
  if (at <= events::cursor{rule.event_transaction, rule.event_id}) return;  // before the rule was there
  const auto about = occurrence_of(event, context);
  const auto heard = campaigns::hear({.id = rule.id,
                                      .project_id = rule.project_id,
                                      .campaign_id = rule.campaign_id,
                                      .trigger = rule.trigger,
                                      .conditions = rule.conditions},
                                     about, domain::zone_clock{rule.time_zone});
  if (heard.kind == campaigns::hearing_kind::not_for_it || heard.kind == campaigns::hearing_kind::unmet) return;
  auto values = values_of(context);
  campaigns::run_step step{campaigns::run_step_kind::set_off, {}};
  step.figures.cause = campaigns::run_cause::event;
  step.figures.event = *about.event;
  step.figures.event_id = event.id;
  step.figures.name = values.at("event.title");
  new_run run{.id = base::new_uuid(now),
              .rule_id = rule.id,
              .rule_version = rule.version,
              .project_id = rule.project_id,
              .campaign_id = rule.campaign_id ? rule.campaign_id : std::nullopt,
              .state = campaigns::run_state::queued,
              .cause = campaigns::run_cause::event,
              .moment = {},
              .event_id = event.id,
              .item_id = {},
              .about = std::move(values),
              .origin = context.origin,
              .error = {}};
  if (heard.kind != campaigns::hearing_kind::run) {
    step.kind = campaigns::run_step_kind::stopped;
    step.figures.stopped = heard.kind;
    step.figures.depth = static_cast<int>(context.origin.size());
    run.state = campaigns::run_state::blocked;
    run.error = campaigns::tell(step, domain::zone_clock{rule.time_zone});
    domain::run_blocked facts;
    facts.rule_id = rule.id;
    facts.run_id = run.id;
    facts.depth = static_cast<int>(context.origin.size());
    facts.reason = *run.error;
    told.push_back({.tenant_id = tenant_id,
                    .project_id = rule.project_id,
                    .about = events::subject{domain::subject_kind::run, run.id},
                    .facts = std::move(facts),
                    .at = now});
  }
  made.add(std::move(run), std::move(step));
}

/// A rule whose row or whose plan is beyond this version: it is switched off and told, and the others go on.
void stop(transaction& tx, const base::uuid& rule_id, base::timestamp now) {
  agenda::stop_rule(tx, rule_id,
                    "something in Pulse went wrong with it, and the operator's log has more: change it, and switch it "
                    "on again",
                    now);
}

/// The rules of a sweep: all, or these.
class chosen_rules {
 public:
  chosen_rules() = default;
  explicit chosen_rules(std::span<const base::uuid> only) : only_(std::in_place, only.begin(), only.end()) {}

  template <class Rule>
  void keep_to(agenda::read_rules<Rule>& of) const {
    if (!only_) return;
    std::erase_if(of.rules, [this](const Rule& each) { return !only_->contains(each.id); });
    std::erase_if(of.unreadable, [this](const base::uuid& each) { return !only_->contains(each); });
  }

 private:
  std::optional<std::set<base::uuid>> only_;
};

/// Reads on in the stream of events, and makes runs of them. Returns the position that was reached.
events::cursor hear_events(transaction& tx, const agenda::agenda& from, const chosen_rules& which, base::timestamp now,
                           rule_work::found& found, made_runs& made, std::vector<events::event>& told) {
  const events::cursor after{from.event_transaction, from.event_id};
  if (!from.listens) return after;
  auto listening = agenda::select_listening(tx);
  which.keep_to(listening);
  for (const auto& each : listening.unreadable) stop(tx, each, now);
  const auto& rules = listening.rules;
  std::set<base::uuid> broken;
  auto read = events::read_after(tx, *tx.tenant_id(), after, std::nullopt, most_events_of_sweep);
  if (read.is_ahead) return events::find_end(tx);  // the database was replaced by another
  found.is_more = found.is_more || read.is_full;
  found.is_early = read.is_early;
  const auto& kinds = campaigns::kinds_that_trigger();
  std::erase_if(read.events, [&kinds](const events::placed_event& each) {
    const auto kind = base::from_name<domain::event_kind>(each.event.type);
    return !each.event.project_id || !kind || std::find(kinds.begin(), kinds.end(), *kind) == kinds.end();
  });
  if (rules.empty() || read.events.empty()) return read.to;
  std::unordered_map<std::int64_t, agenda::event_context> contexts;
  for (auto& each : agenda::find_contexts(tx, read.events)) {
    const auto id = each.event_id;
    contexts.emplace(id, std::move(each));
  }
  for (const auto& each : read.events) {
    const auto context = contexts.find(each.event.id);
    if (context == contexts.end()) continue;
    for (const auto& rule : rules) {
      if (broken.contains(rule.id)) continue;
      try {
        hear_one(each.event, context->second, rule, each.at, now, made, told, *tx.tenant_id());
      } catch (const std::exception& why) {
        spdlog::error("The rule {} cannot process an event: {}", base::to_string(rule.id), why.what());
        broken.insert(rule.id);
      }
    }
  }
  for (const auto& each : broken) stop(tx, each, now);
  return read.to;
}

/// Stores the runs, and for new ones the first steps and events.
void store(transaction& tx, const made_runs& made, std::vector<events::event> told, base::timestamp now) {
  const auto stored = agenda::insert_runs(tx, made.runs, now);
  const auto is_new = [&stored](const base::uuid& id) {
    return std::find(stored.begin(), stored.end(), id) != stored.end();
  };
  for (std::size_t i = 0; i < made.runs.size(); ++i) {
    if (is_new(made.runs[i].id)) persistence::runs::append(tx, made.runs[i].id, std::span{&made.steps[i], 1}, now);
  }
  std::erase_if(told, [&is_new](const events::event& each) { return each.about && !is_new(each.about->id); });
  events::append(tx, told);
}

/// Plans what is due. Returns whether there may be more.
bool plan_due(transaction& tx, const chosen_rules& which, base::timestamp now, rule_work::found& found,
              made_runs& made) {
  std::vector<agenda::advance> advances;
  auto due = agenda::select_due(tx, now, most_rules_of_sweep);
  const bool is_full = static_cast<int>(due.rules.size() + due.unreadable.size()) == most_rules_of_sweep;
  which.keep_to(due);
  for (const auto& each : due.unreadable) stop(tx, each, now);
  for (const auto& rule : due.rules) {
    try {
      if (rule.trigger.kind == campaigns::trigger_kind::feed) {
        plan_feed(tx, rule, now, advances, found);
      } else {
        plan_rule(rule, now, advances, made);
      }
    } catch (const persistence::database_error&) {
      throw;  // of the whole transaction
    } catch (const std::exception& why) {
      spdlog::error("The rule {} cannot be planned: {}", base::to_string(rule.id), why.what());
      stop(tx, rule.id, now);
    }
  }
  agenda::store(tx, advances);
  return is_full;
}

}  // namespace

rule_work::found sweep_due_rules(transaction& tx, const agenda::owner& by, base::timestamp now) {
  rule_work::found found;
  const auto held = agenda::lock(tx, by);
  if (!held) {
    found.is_ours = false;
    return found;
  }
  made_runs made;
  std::vector<events::event> told;
  found.is_more = plan_due(tx, {}, now, found, made);
  const auto read_to = hear_events(tx, *held, {}, now, found, made, told);
  store(tx, made, std::move(told), now);
  found.runs = agenda::select_open(tx, now, most_runs_of_sweep);
  found.is_more = found.is_more || static_cast<int>(found.runs.size()) == most_runs_of_sweep;
  const auto decided = agenda::select_decided(tx, most_runs_of_sweep);
  found.runs.insert(found.runs.end(), decided.begin(), decided.end());
  const auto next = agenda::settle(tx, read_to, now);
  found.next = next.at;
  found.listens = next.listens;
  return found;
}

std::vector<base::uuid> rules_of_sweep(transaction& tx, const agenda::owner& by, base::timestamp now) {
  std::vector<base::uuid> made;
  if (!agenda::lock(tx, by)) return made;
  for (const auto& each : agenda::select_due(tx, now, most_rules_of_sweep).rules) made.push_back(each.id);
  for (const auto& each : agenda::select_listening(tx).rules) made.push_back(each.id);
  return made;
}

void sweep_some(transaction& tx, const agenda::owner& by, std::span<const base::uuid> only, base::timestamp now) {
  const auto held = agenda::lock(tx, by);
  if (!held) return;
  const chosen_rules which{only};
  rule_work::found found;
  made_runs made;
  std::vector<events::event> told;
  plan_due(tx, which, now, found, made);
  hear_events(tx, *held, which, now, found, made, told);
  store(tx, made, std::move(told), now);
}

void stop_broken_rule(transaction& tx, const agenda::owner& by, const base::uuid& rule_id, base::timestamp now) {
  if (agenda::lock(tx, by)) stop(tx, rule_id, now);
}

}  // namespace pulse::actors
