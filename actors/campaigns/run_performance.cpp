#include "actors/campaigns/run_performance.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "actors/campaigns/run_writing.hpp"
#include "domain/campaigns/content_fit.hpp"
#include "domain/campaigns/rule_slots.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/scheduling.hpp"
#include "persistence/campaigns/templates.hpp"
#include "persistence/people/mail_outbox.hpp"
#include "persistence/publishing/channels.hpp"

namespace pulse::actors {

namespace {

namespace campaigns = domain::campaigns;
namespace content = persistence::content;
namespace scheduling = persistence::scheduling;
namespace templates = persistence::templates;
namespace work = persistence::run_work;
using campaigns::content_state;
using campaigns::release_kind;
using campaigns::run_step_kind;
using persistence::transaction;
using work::begun;

// --- releasing -------------------------------------------------------------------------------------------------------

std::vector<base::uuid> channels_of(const begun& run) {
  if (run.action.channel_ids) return *run.action.channel_ids;
  return run.campaign_channel_ids;  // none: all active ones
}

/// Which channels it is for, told; those that a slot must be free on.
std::vector<base::uuid> note_channels(workplace& in) {
  std::vector<domain::misfit> told_when_scheduled;
  const auto found = campaigns::choose_channels(persistence::channels::lock_targets(in.tx, in.run.project_id),
                                                channels_of(in.run), told_when_scheduled);
  std::vector<base::uuid> chosen;
  std::vector<domain::channel_type> types;
  for (const auto& each : found) {
    chosen.push_back(each.id);
    if (std::find(types.begin(), types.end(), each.type) == types.end()) types.push_back(each.type);
  }
  auto& figures = in.record.note(run_step_kind::channels_chosen);
  figures.count = static_cast<int>(chosen.size());
  figures.channels = std::move(types);
  return chosen;
}

/// When it is to go out; nothing when no slot is free.
std::optional<base::timestamp> choose_time(workplace& in, const std::vector<base::uuid>& channel_ids) {
  const auto& action = in.run.action;
  const auto release = campaigns::release_of(action);
  std::optional<base::timestamp> at;
  switch (release) {
    case release_kind::draft:
    case release_kind::publish: at = in.now; break;
    case release_kind::after: at = in.now + std::chrono::minutes{action.after_minutes.value_or(1)}; break;
    case release_kind::next_slot: {
      const auto until = in.now + std::chrono::days{campaigns::most_slot_days + 1};
      at = campaigns::next_free_slot(action.slots.value_or(std::vector<std::string>{}),
                                     work::find_planned(in.tx, in.run.project_id, channel_ids, in.now, until), in.zone,
                                     in.now);
      break;
    }
  }
  auto& figures = in.record.note(run_step_kind::time_chosen);
  figures.release = release;
  if (at) figures.at = *at;
  return at;
}

void note_judgement(workplace& in, const std::optional<campaigns::judgement>& judged) {
  if (!judged) return;
  for (const auto& each : judged->verdicts) in.record.note(campaigns::step_of(each));
}

rule_work::performed hand_in(workplace& in, const content::item& item, const std::string& reason) {
  if (item.state == content_state::draft && !content::submit(in.tx, item.id, item.version, std::nullopt, in.now))
    return in.record.fail("The content was changed before it could be handed in.");
  return in.record.wait_for_approval(reason);
}

/// Makes the post of what was written, or hands it in where somebody must approve it first.
rule_work::performed release(workplace& in, const content::item& item) {
  const auto& action = in.run.action;
  if (item.post_id) {  // a person was faster
    in.record.posted(*item.post_id);
    return in.record.succeed();
  }
  const bool is_approved = item.state == content_state::approved;
  if (!is_approved && action.needs_approval.value_or(false)) return hand_in(in, item, "the rule wants it so");
  if (campaigns::release_of(action) == release_kind::draft) {
    in.record.note(run_step_kind::time_chosen).release = release_kind::draft;
    return in.record.succeed();
  }
  const auto channels = note_channels(in);
  const auto at = choose_time(in, channels);
  if (!at)
    return in.record.block(fmt::format("None of the rule's times is free within {} days.", campaigns::most_slot_days));
  const auto answer = scheduling::schedule(in.tx,
                                           {.content_id = item.id,
                                            .version = item.version,
                                            .at = *at,
                                            .is_rule = true,
                                            .takes_other_time = true,
                                            .member_id = in.run.created_by},
                                           in.now);
  note_judgement(in, answer.judgement);
  switch (answer.outcome) {
    case scheduling::scheduling_result::already:
    case scheduling::scheduling_result::scheduled: {
      auto& figures = in.record.note(run_step_kind::scheduled);
      figures.at = answer.item->scheduled_at.value_or(*at);
      figures.post_id = *answer.item->post_id;
      in.record.posted(*answer.item->post_id);
      return in.record.succeed();
    }
    case scheduling::scheduling_result::not_approved: return hand_in(in, item, "the project's policy wants it so");
    case scheduling::scheduling_result::held:
      if (answer.judgement->kind == campaigns::verdict_kind::needs_approval && !is_approved)
        return hand_in(in, item, sentences_of(*answer.judgement));
      return in.record.block(sentences_of(*answer.judgement));
    case scheduling::scheduling_result::unfit:
      return in.record.fail(
          fmt::format("The content {} {}", answer.misfits.front().pointer, answer.misfits.front().detail));
    case scheduling::scheduling_result::changed:
    case scheduling::scheduling_result::not_found: break;
  }
  return in.record.fail("The content was changed or removed before it could be scheduled.");
}

// --- going on --------------------------------------------------------------------------------------------------------

/// The content exists already: somebody decided about it, or an earlier process died after writing it.
rule_work::performed go_on(workplace& in, const base::uuid& content_id) {
  const auto item = content::find(content_id).first(in.tx);
  if (!item) return in.record.block("The content was removed.");
  in.record.made(content_id);
  if (in.run.was == campaigns::run_state::waiting_approval) {
    if (item->state == content_state::rejected) {
      const auto reason = work::find_rejection(in.tx, content_id);
      in.record.note(run_step_kind::rejected).reason = reason;
      return in.record.block(reason.empty() ? "It was rejected." : "It was rejected: " + reason);
    }
    auto& figures = in.record.note(run_step_kind::approved);
    figures.content_id = content_id;
    if (item->approved_version) figures.version = *item->approved_version;
  }
  if (item->state == content_state::rejected) return in.record.block("Its content was rejected.");
  return release(in, *item);
}

rule_work::performed make_content(workplace& in) {
  const auto& run = in.run;
  auto existing = run.content_id;
  if (!existing) existing = content::find_of_run(in.tx, run.id);
  if (existing) return go_on(in, *existing);
  const auto from = templates::find(run.action.template_id.value_or(base::uuid{})).first(in.tx);
  if (!from) return in.record.fail("The rule's template was removed.");
  auto words = write_content(in, *from);
  if (words.has_error()) return words.error();
  content::draft made{.id = base::new_uuid(in.now), .project_id = run.project_id};
  made.campaign_id = run.campaign_id;
  made.template_id = from->id;
  made.template_version = from->version;
  made.rule_id = run.rule_id;
  made.run_id = run.id;
  made.title = std::move(words->title);
  made.text = std::move(words->text);
  made.variants = std::move(words->variants);
  made.template_values = std::move(words->values);
  made.channel_ids = run.action.channel_ids.value_or(std::vector<base::uuid>{});
  const auto id = content::insert(in.tx, made, in.now);
  in.record.made(id);
  in.record.note(run_step_kind::content_made).content_id = id;
  const auto item = content::find(id).first(in.tx);
  if (!item) return in.record.fail("The content was removed.");
  return release(in, *item);
}

rule_work::performed notify(workplace& in) {
  const auto& run = in.run;
  const auto to = work::find_recipients(in.tx, run.action.member_ids.value_or(std::vector<base::uuid>{}));
  if (to.empty()) return in.record.fail("None of the members whom the rule tells is active any more.");
  std::string text = run.action.message.value_or("") + "\n";
  for (const auto& [name, value] : run.about) {
    if (!value.empty()) text += "\n" + value;
  }
  text += fmt::format("\n\nThe rule “{}” of the project {} has sent this.\n", run.rule_name, run.project_name);
  for (const auto& each : to) {
    persistence::mail_outbox::insert(in.tx,
                                     {.id = base::uuid_from_name(fmt::format(
                                          "mail of run {} to {}", base::to_string(run.id), base::to_string(each.id))),
                                      .recipient = each.email,
                                      .subject = fmt::format("{}: {}", run.project_name, run.rule_name),
                                      .text = text},
                                     in.surroundings.box, in.now);
  }
  in.record.note(run_step_kind::told).count = static_cast<int>(to.size());
  return in.record.succeed();
}

/// Of a run that a person asked for, the conditions that can be asked: the days and the hours.
std::optional<campaigns::condition> unmet_now(const begun& run, base::timestamp now, const domain::zone_clock& zone) {
  if (run.cause != campaigns::run_cause::person) return std::nullopt;
  campaigns::rule_conditions asked;
  asked.week_days = run.conditions.week_days;
  asked.hours = run.conditions.hours;
  return campaigns::unmet(asked, {.project_id = run.project_id, .at = now}, zone);
}

/// The steps at the beginning of a run, also when an earlier process worked on it.
void note_beginning(workplace& in, std::int64_t fence) {
  const auto& run = in.run;
  if (run.was == campaigns::run_state::running) {
    if (run.was_fence != fence) in.record.note(run_step_kind::taken_up);
    return;
  }
  if (run.was != campaigns::run_state::queued || run.attempts > 1) return;
  if (run.cause == campaigns::run_cause::schedule) {
    if (const auto left_out = work::take_left_out(in.tx, run.rule_id)) {
      auto& figures = in.record.note(run_step_kind::moments_left_out);
      figures.count = left_out->count;
      figures.first = left_out->first;
      figures.last = left_out->last;
      figures.is_more = left_out->is_more;
      figures.missed = run.missed.kind;
    }
  }
  in.record.note(run_step_kind::started);
  in.record.tell<domain::run_started>();
}

}  // namespace

rule_work::performed perform_run(transaction& tx, const persistence::rule_agenda::owner& by, const base::uuid& run_id,
                                 const run_surroundings& surroundings, base::timestamp now) {
  const auto run = work::begin(tx, by, run_id, now);
  if (!run) return {rule_work::rest::nothing, false, {}};
  run_record record{tx, by, *run, now};
  if (run->refusal) return record.refused();
  workplace in{tx, *run, surroundings, now, record, domain::zone_clock{run->time_zone}};
  note_beginning(in, by.fence);
  if (const auto why = unmet_now(*run, now, in.zone)) {
    record.note(run_step_kind::condition_unmet).condition = *why;
    return record.block("A condition of the rule does not hold now.");
  }
  switch (run->action.kind) {
    case campaigns::action_kind::make_content: return make_content(in);
    case campaigns::action_kind::notify: return notify(in);
  }
  return record.fail("The rule has no action.");
}

void keep_answer_of(transaction& tx, const persistence::rule_agenda::owner& by, const base::uuid& run_id,
                    const connectors::ai::answer& answer, const run_surroundings& surroundings, base::timestamp now) {
  const auto run = work::begin(tx, by, run_id, now);
  if (!run || run->refusal || run->ai_answer) {
    if (run && run->refusal) run_record{tx, by, *run, now}.refused();
    return;
  }
  run_record record{tx, by, *run, now};
  if (answer.has_error()) {
    const auto why = answer.error();
    record.note(run_step_kind::ai_failed).reason = why.reason;
    if (connectors::ai::can_be_tried_again(why.kind)) {
      record.try_again(why.reason, why.retry_at);
    } else {
      record.fail(why.reason);
    }
    return;
  }
  work::keep_answer(tx, by, run_id, answer->value, now);
  auto& figures = record.note(run_step_kind::ai_answered);
  figures.provider = surroundings.ai_provider;
  figures.tokens = answer->tokens_in + answer->tokens_out;
  figures.cost_micro_usd = answer->cost_micro_usd;
  record.keep_steps();
}

void give_up_run(transaction& tx, const persistence::rule_agenda::owner& by, const base::uuid& run_id,
                 const std::string& why, base::timestamp now) {
  const auto run = work::begin(tx, by, run_id, now);
  if (!run) return;
  run_record record{tx, by, *run, now};
  if (run->refusal) {
    record.refused();
  } else {
    record.fail(why);
  }
}

}  // namespace pulse::actors
