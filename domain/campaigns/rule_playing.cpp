#include "domain/campaigns/rule_playing.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/campaigns/rule_slots.hpp"
#include "domain/campaigns/rule_writing.hpp"

namespace pulse::domain::campaigns {

std::optional<start_refusal> playing::refusal_of(const simulated_rule& rule) const {
  if (const auto* campaign = campaign_of(rule)) {
    const auto today = zone_.day_at(now_);
    const auto first = campaign->first_day ? day_of(*campaign->first_day) : std::nullopt;
    const auto last = campaign->last_day ? day_of(*campaign->last_day) : std::nullopt;
    if (campaign->state == campaign_state::completed || (last && *last < today)) return start_refusal::campaign_ended;
    if (campaign->state != campaign_state::active || (first && *first > today)) return start_refusal::campaign_rests;
  } else if (rule.campaign_id) {
    return start_refusal::campaign_ended;
  }
  if (world_.is_project_paused) return start_refusal::project_paused;
  if (world_.is_company_paused) return start_refusal::company_paused;
  return std::nullopt;
}

simulated_run& playing::begin(const simulated_rule& rule, run_cause cause) {
  runs_.push_back(
      {.rule_id = rule.id, .rule_name = rule.name, .rule_version = rule.version, .cause = cause, .at = now_});
  return runs_.back();
}

run_figures& playing::note(simulated_run& run, run_step_kind kind) {
  run.steps.push_back({kind, {}});
  return run.steps.back().figures;
}

void playing::end(simulated_run& run, run_state state, const std::string& reason) {
  note(run, state == run_state::failed ? run_step_kind::failed : run_step_kind::blocked).reason = reason;
  run.state = state;
}

void playing::succeed(simulated_run& run) {
  note(run, run_step_kind::succeeded);
  run.state = run_state::succeeded;
}

void playing::hand_in(simulated_run& run, const std::string& reason) {
  note(run, run_step_kind::approval_asked).reason = reason;
  run.state = run_state::waiting_approval;
}

void playing::perform(simulated_run& run, std::size_t number, std::optional<base::timestamp> moment,
                      const std::map<std::string, std::string>& about, const std::vector<base::uuid>& origin) {
  const auto& rule = world_.rules[number];
  if (const auto why = refusal_of(rule)) {
    note(run, run_step_kind::refused).refusal = *why;
    run.state = state_after(*why);
    return;
  }
  auto& missed = left_out_[number];
  if (run.cause == run_cause::schedule && missed && missed->count > 0) {
    auto& figures = note(run, run_step_kind::moments_left_out);
    figures.count = missed->count;
    figures.first = missed->first;
    figures.last = missed->last;
    figures.is_more = missed->is_more;
    figures.missed = rule.missed.kind;
    missed.reset();
  }
  note(run, run_step_kind::started);
  switch (rule.action.kind) {
    case action_kind::notify: return tell_members(run, rule);
    case action_kind::make_content: return make_content(run, rule, moment, about, origin);
  }
}

void playing::tell_members(simulated_run& run, const simulated_rule& rule) {
  if (rule.recipients == 0)
    return end(run, run_state::failed, "None of the members whom the rule tells is active any more.");
  note(run, run_step_kind::told).count = rule.recipients;
  succeed(run);
}

void playing::make_content(simulated_run& run, const simulated_rule& rule, std::optional<base::timestamp> moment,
                           const std::map<std::string, std::string>& about, const std::vector<base::uuid>& origin) {
  if (!rule.from) return end(run, run_state::failed, "The rule's template was removed.");
  simulated_post post{.id = {}, .at = now_};
  if (is_ai(rule.action)) {
    if (world_.ai_provider.empty()) return end(run, run_state::failed, "This installation has no AI provider.");
    run.is_ai = true;
    note(run, run_step_kind::ai_asked).provider = world_.ai_provider;
  } else {
    template_surroundings around{
        .now = moment.value_or(now_), .time_zone = world_.time_zone, .project_name = world_.project_name};
    if (const auto* campaign = campaign_of(rule)) {
      around.campaign_name = campaign->name;
      around.campaign_goal = campaign->goal;
    }
    const auto given = rule.action.values.value_or(std::map<std::string, std::string>{});
    auto words = write_plain(rule.from->words, given, about, around);
    if (words.has_error()) {
      return end(run, words.error().is_blocked ? run_state::blocked : run_state::failed, words.error().sentence);
    }
    auto& figures = note(run, run_step_kind::text_filled);
    figures.name = rule.from->name;
    figures.version = rule.from->version;
    figures.characters = static_cast<int>(base::count_code_points(words->text));
    post.title = std::move(words->title);
    post.text = std::move(words->text);
    post.variants = std::move(words->variants);
  }
  note(run, run_step_kind::content_made);
  post.campaign_id = rule.campaign_id;
  post.origin = origin;
  post.origin.push_back(rule.id);
  release(run, rule, std::move(post));
}

std::optional<base::timestamp> playing::choose_time(simulated_run& run, const simulated_rule& rule,
                                                    const std::vector<base::uuid>& channel_ids) const {
  const auto chosen = release_of(rule.action);
  std::optional<base::timestamp> at;
  switch (chosen) {
    case release_kind::draft:
    case release_kind::publish: at = now_; break;
    case release_kind::after: at = now_ + std::chrono::minutes{rule.action.after_minutes.value_or(1)}; break;
    case release_kind::next_slot: at = next_slot(rule, channel_ids); break;
  }
  auto& figures = note(run, run_step_kind::time_chosen);
  figures.release = chosen;
  if (at) figures.at = *at;
  return at;
}

std::optional<base::timestamp> playing::next_slot(const simulated_rule& rule,
                                                  const std::vector<base::uuid>& channel_ids) const {
  std::vector<base::timestamp> taken;
  const auto earlier = [](const counted_post& each, base::timestamp at) { return each.at < at; };
  const auto until = now_ + std::chrono::days{most_slot_days + 1};
  auto each = std::lower_bound(counted_.begin(), counted_.end(), now_, earlier);
  for (; each != counted_.end() && each->at < until; ++each) {
    const auto is_there = [&](const base::uuid& id) {
      return std::find(channel_ids.begin(), channel_ids.end(), id) != channel_ids.end();
    };
    if (std::any_of(each->channel_ids.begin(), each->channel_ids.end(), is_there)) taken.push_back(each->at);
  }
  return next_free_slot(rule.action.slots.value_or(std::vector<std::string>{}), taken, zone_, now_);
}

void playing::release(simulated_run& run, const simulated_rule& rule, simulated_post post) {
  if (rule.action.needs_approval.value_or(false)) return hand_in(run, "the rule wants it so");
  if (release_of(rule.action) == release_kind::draft) {
    note(run, run_step_kind::time_chosen).release = release_kind::draft;
    return succeed(run);
  }
  const auto* const campaign = campaign_of(rule);
  auto wanted = rule.action.channel_ids.value_or(std::vector<base::uuid>{});
  if (wanted.empty() && campaign != nullptr) wanted = campaign->channel_ids;
  std::vector<misfit> misfits;
  post.channels = choose_channels(world_.channels, wanted, misfits);
  std::vector<base::uuid> ids;
  std::vector<channel_type> types;
  for (const auto& each : post.channels) {
    ids.push_back(each.id);
    if (std::find(types.begin(), types.end(), each.type) == types.end()) types.push_back(each.type);
  }
  auto& figures = note(run, run_step_kind::channels_chosen);
  figures.count = static_cast<int>(ids.size());
  figures.channels = types;
  const auto at = choose_time(run, rule, ids);
  if (!at) {
    return end(run, run_state::blocked,
               fmt::format("None of the rule's times is free within {} days.", most_slot_days));
  }
  if (!world_.approval.steps.empty()) return hand_in(run, "the project's policy wants it so");
  if (!run.is_ai) fit(post, campaign, types, misfits);
  if (!misfits.empty()) {
    return end(run, run_state::failed,
               fmt::format("The content {} {}", misfits.front().pointer, misfits.front().detail));
  }
  schedule(run, std::move(post), ids, *at);
}

void playing::fit(const simulated_post& post, const simulated_campaign* campaign,
                  const std::vector<channel_type>& types, std::vector<misfit>& misfits) {
  const auto with_fields = [campaign](const std::string& text) {
    return campaign != nullptr ? with_utm(text, campaign->utm) : text;
  };
  fitted_words words{.title = post.title, .text = with_fields(post.text), .variants = {}, .image = {}};
  for (const auto& [type, text] : post.variants) words.variants[type] = with_fields(text);
  auto found = misfits_of(words, types);
  for (auto& each : found) misfits.push_back(std::move(each));
}

judgement playing::judge_it(const simulated_post& post, const std::vector<base::uuid>& ids, base::timestamp at) const {
  guardrail_question question{.text = fmt::format("{}\n{}", post.text, post.title), .at = at, .channel_ids = ids};
  for (const auto& [type, text] : post.variants) question.text += "\n" + text;
  question.campaign_id = post.campaign_id;
  question.planned = counted_;
  if (const auto days = world_.guardrails.duplicate_topic_days; days && !post.text.empty()) {
    question.most_similar = topics_.find(post.text, at - date::days{*days}, at + date::days{*days});
  }
  return judge(world_.guardrails, question, zone_);
}

void playing::schedule(simulated_run& run, simulated_post post, const std::vector<base::uuid>& ids,
                       base::timestamp at) {
  const auto judged = judge_it(post, ids, at);
  for (const auto& each : judged.verdicts) run.steps.push_back(step_of(each));
  auto sentences = sentences_of(judged);
  if (sentences.empty()) sentences = "The project's guardrails do not allow it.";
  switch (judged.kind) {
    case verdict_kind::block: return end(run, run_state::blocked, sentences);
    case verdict_kind::needs_approval: return hand_in(run, sentences);
    case verdict_kind::allow:
    case verdict_kind::move_to: break;
  }
  post.at = judged.at;
  post.id = base::uuid_from_name(
      fmt::format("simulated {} {} {} {}", base::to_string(run.rule_id), base::to_string(run.at),
                  run.about_post_id ? base::to_string(*run.about_post_id) : std::string{}, base::to_string(post.at)));
  if (post.campaign_id) {
    if (const auto campaign = campaigns_.find(*post.campaign_id); campaign != campaigns_.end())
      post.labels = campaign->second->labels;
  }
  note(run, run_step_kind::scheduled).at = post.at;
  succeed(run);
  remember({.id = post.id,
            .at = post.at,
            .channel_ids = ids,
            .campaign_id = post.campaign_id,
            .title = post.title,
            .text = post.text,
            .labels = post.labels,
            .origin = post.origin});
  run.post = std::move(post);
}

}  // namespace pulse::domain::campaigns
