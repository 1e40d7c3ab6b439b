#include "domain/campaigns/rule_simulation.hpp"

#include <algorithm>

#include "domain/campaigns/rule_playing.hpp"

namespace pulse::domain::campaigns {

namespace {

/// What is said of a post: its title, or how its text begins, as far as a run keeps it.
std::string short_title(std::string title) {
  constexpr std::size_t most_bytes = 200;
  if (title.size() <= most_bytes) return title;
  auto end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) --end;
  title.resize(end);
  return title + "…";
}

}  // namespace

std::vector<simulated_run> simulate_rules(const rule_world& world, const std::vector<post_ending>& endings) {
  return playing{world, endings}.play();
}

playing::playing(const rule_world& world, const std::vector<post_ending>& endings)
    : world_{world}, endings_{endings}, zone_{world.time_zone} {
  for (const auto& each : world.campaigns) campaigns_.emplace(each.id, &each);
  for (const auto& each : world.posts) remember(each);
  for (std::size_t i = 0; i < world.rules.size(); ++i) {
    const auto& rule = world.rules[i];
    next_.push_back(rule.next_run_at);
    left_out_.push_back(rule.left_out);
    if (is_by_clock(rule.trigger.kind) && rule.next_run_at) plan_rule(i, std::max(*rule.next_run_at, world.now));
  }
  for (std::size_t i = 0; i < endings.size(); ++i) to_come_.push({endings[i].at, behind_rules(), std::nullopt, i, 0});
}

std::vector<simulated_run> playing::play() {
  while (!to_come_.empty() && runs_.size() < most_simulated_runs) {
    const auto next = to_come_.top();
    to_come_.pop();
    if (next.at > world_.until) break;
    now_ = next.at;
    if (next.rule) {
      look_at(*next.rule);
    } else if (posts_.contains(endings_[next.ending].post_id)) {
      hear_of(endings_[next.ending]);
    } else if (next.deferred < most_depth + 1) {
      to_come_.push({next.at, behind_rules(), std::nullopt, next.ending, next.deferred + 1});
    }
  }
  return std::move(runs_);
}

void playing::remember(const known_post& of) {
  const counted_post counted{.at = of.at, .channel_ids = of.channel_ids, .campaign_id = of.campaign_id};
  const auto later = [](base::timestamp at, const counted_post& each) { return at < each.at; };
  counted_.insert(std::upper_bound(counted_.begin(), counted_.end(), of.at, later), counted);
  if (world_.guardrails.duplicate_topic_days && !of.text.empty())
    topics_.add(of.id, of.at, of.text, name_of_post(of.title, of.text));
  posts_.emplace(of.id, of);
}

const simulated_campaign* playing::campaign_of(const simulated_rule& rule) const {
  if (!rule.campaign_id) return nullptr;
  const auto found = campaigns_.find(*rule.campaign_id);
  return found == campaigns_.end() ? nullptr : found->second;
}

void playing::look_at(std::size_t number) {
  const auto& rule = world_.rules[number];
  const auto plan = plan_moments(rule.trigger, zone_, rule.missed, *next_[number], now_);
  if (plan.left_out.count > 0) add_left_out(number, plan.left_out);
  next_[number] = plan.next;
  for (const auto moment : plan.run) {
    if (unmet(rule.conditions, {.project_id = world_.project_id, .at = moment}, zone_)) continue;
    auto& run = begin(rule, run_cause::schedule);
    auto& figures = note(run, run_step_kind::set_off);
    figures.cause = run_cause::schedule;
    figures.moment = moment;
    perform(run, number, moment, {}, {});
  }
  if (plan.next) plan_rule(number, *plan.next);
}

void playing::add_left_out(std::size_t number, const left_out& more) {
  auto& kept = left_out_[number];
  if (!kept || kept->count == 0) {
    kept = more;
  } else {
    kept = left_out{kept->count + more.count, kept->first, more.last, kept->is_more || more.is_more};
  }
}

void playing::hear_of(const post_ending& ending) {
  const auto found = posts_.find(ending.post_id);
  if (found == posts_.end()) return;
  const auto post = found->second;
  occurrence about{.event = ending.what,
                   .project_id = world_.project_id,
                   .campaign_id = post.campaign_id,
                   .at = ending.at,
                   .channel_types = types_of(post.channel_ids),
                   .labels = post.labels,
                   .title = post.title,
                   .text = post.text,
                   .late_by_seconds = ending.late_by_seconds,
                   .origin = post.origin};
  for (std::size_t i = 0; i < world_.rules.size(); ++i) {
    const auto& rule = world_.rules[i];
    const auto heard = hear({.id = rule.id,
                             .project_id = world_.project_id,
                             .campaign_id = rule.campaign_id,
                             .trigger = rule.trigger,
                             .conditions = rule.conditions},
                            about, zone_);
    if (heard.kind == hearing_kind::not_for_it || heard.kind == hearing_kind::unmet) continue;
    set_off(i, ending, post, heard.kind);
  }
}

void playing::set_off(std::size_t number, const post_ending& ending, const known_post& post, hearing_kind heard) {
  const auto& rule = world_.rules[number];
  auto& run = begin(rule, run_cause::event);
  run.about_post_id = post.id;
  auto& figures = note(run, heard == hearing_kind::run ? run_step_kind::set_off : run_step_kind::stopped);
  figures.cause = run_cause::event;
  figures.event = ending.what;
  figures.name = short_title(post.title.empty() ? post.text : post.title);
  if (heard != hearing_kind::run) {
    figures.stopped = heard;
    figures.depth = static_cast<int>(post.origin.size());
    run.state = run_state::blocked;
    return;
  }
  perform(run, number, std::nullopt, {{"event.title", *figures.name}, {"event.url", {}}}, post.origin);
}

std::vector<channel_type> playing::types_of(const std::vector<base::uuid>& ids) const {
  std::vector<channel_type> made;
  for (const auto& each : world_.channels) {
    if (std::find(ids.begin(), ids.end(), each.id) == ids.end()) continue;
    if (std::find(made.begin(), made.end(), each.type) == made.end()) made.push_back(each.type);
  }
  return made;
}

}  // namespace pulse::domain::campaigns
