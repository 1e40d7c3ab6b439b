#include "persistence/campaigns/scheduling.hpp"

#include <algorithm>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "domain/campaigns/content_fit.hpp"
#include "domain/campaigns/release.hpp"
#include "persistence/campaigns/campaigns.hpp"
#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/content_events.hpp"
#include "persistence/campaigns/guardrail_holds.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/judging.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::scheduling {

namespace {

namespace rules = domain::campaigns;
using rules::verdict_kind;

constexpr statement take_post{"schedule_content", R"sql(
  UPDATE content_items SET state = 'scheduled', post_id = $3, scheduled_at = $4, updated_at = $5
  WHERE tenant_id = pulse_tenant() AND id = $1 AND version = $2 AND post_id IS NULL AND deleted_at IS NULL
    AND (state = 'approved' OR (state = 'draft' AND NOT needs_approval))
    AND (NOT needs_approval OR approved_version = version)
  RETURNING id)sql"};

/// All that scheduling looks at, read with the item's row locked.
struct surroundings {
  content::item item;
  guardrail_settings::settings settings;
  std::string time_zone;
  std::optional<campaigns::campaign> campaign;
  std::vector<channels::target> channels = {};  // that it goes to
  std::vector<domain::misfit> misfits = {};
};

std::map<std::string, std::string> texts_of(const content::item& of) {
  std::map<std::string, std::string> made;
  for (const auto& each : of.variants) made[std::string{base::to_name(each.platform)}] = each.text;
  return made;
}

void choose_channels(transaction& tx, surroundings& in) {
  auto wanted = in.item.channel_ids;
  if (wanted.empty() && in.campaign) wanted = in.campaign->channel_ids;
  in.channels = rules::choose_channels(channels::lock_targets(tx, in.item.project_id), std::move(wanted), in.misfits);
}

/// Where the words that go out do not fit the channels, with the fields that were put on their links.
void fit_words(surroundings& in, const std::string& text, const std::map<std::string, std::string>& variants) {
  std::vector<domain::channel_type> types;
  for (const auto& each : in.channels) types.push_back(each.type);
  auto found = rules::misfits_of({in.item.title, text, variants, in.item.image}, types);
  for (auto& each : found) in.misfits.push_back(std::move(each));
}

std::string with_fields(const surroundings& in, const std::string& text) {
  return in.campaign ? rules::with_utm(text, in.campaign->utm) : text;
}

surroundings read(transaction& tx, content::item item) {
  surroundings made{.item = std::move(item), .settings = {}, .time_zone = {}, .campaign = {}};
  made.settings = guardrail_settings::lock(tx, made.item.project_id);
  if (const auto project = projects::find(made.item.project_id).first(tx)) made.time_zone = project->time_zone;
  if (made.item.campaign_id) made.campaign = campaigns::find(*made.item.campaign_id).first(tx);
  choose_channels(tx, made);
  return made;
}

std::optional<rules::judgement> judge(transaction& tx, const surroundings& in, const order& asked) {
  if (!asked.is_rule && !in.settings.guardrails.binds_people) return std::nullopt;
  judging::question question{.project_id = in.item.project_id,
                             .time_zone = in.time_zone,
                             .text = in.item.text,
                             .more_words = in.item.title,
                             .at = asked.at,
                             .campaign_id = in.item.campaign_id,
                             .is_approved = in.item.approved_version == in.item.version};
  for (const auto& each : in.item.variants) question.more_words += "\n" + each.text;
  for (const auto& each : in.channels) question.channel_ids.push_back(each.id);
  return judging::judge(tx, in.settings.guardrails, question);
}

/// When it goes out, if it does; without a judgement, at the time that was asked for.
rules::release release_of(const std::optional<rules::judgement>& judged, const order& asked) {
  if (!judged) return {.at = asked.at};
  return rules::decide_release(
      *judged,
      {.at = asked.at, .takes_other_time = asked.takes_other_time, .overrides = asked.override_reason.has_value()});
}

base::uuid insert_post(transaction& tx, const surroundings& in, const order& asked, base::timestamp at,
                       const std::string& text, std::map<std::string, std::string> variants, base::timestamp now) {
  posts::draft made{.id = base::new_uuid(now),
                    .project_id = in.item.project_id,
                    .author_id = asked.member_id,
                    .title = in.item.title,
                    .text = text,
                    .variants = std::move(variants),
                    .scheduled_at = at,
                    .channel_ids = {},
                    .delivery_ids = {}};
  made.image = in.item.image;
  for (const auto& each : in.channels) {
    made.channel_ids.push_back(each.id);
    made.delivery_ids.push_back(base::new_uuid(now));
    made.channel_names.push_back(each.name);
  }
  posts::insert(tx, made, now);
  return made.id;
}

void record(transaction& tx, const order& asked, const content::item& of, const rules::judgement& judged,
            guardrail_holds::hold_end ended, base::timestamp now) {
  guardrail_holds::asker by{.project_id = of.project_id,
                            .title = of.title.empty() ? of.text : of.title,
                            .wanted_at = asked.at,
                            .rule_id = of.rule_id,
                            .run_id = of.run_id,
                            .content_id = of.id};
  if (!asked.is_rule) by.member_id = asked.member_id;
  if (ended == guardrail_holds::hold_end::overridden) by.reason = asked.override_reason;
  guardrail_holds::record(tx, judged, by, ended, now);
}

/// What there is to say before anything is written; nothing when the post may be made.
std::optional<answer> refusal(transaction& tx, const order& asked, surroundings& in,
                              std::optional<rules::judgement>& judged) {
  if (in.item.post_id) return answer{.outcome = scheduling_result::already, .item = in.item};
  if (asked.version && *asked.version != in.item.version)
    return answer{.outcome = scheduling_result::changed, .item = in.item};
  if (!rules::is_cleared(in.item.state, in.item.needs_approval, in.settings.approval))
    return answer{.outcome = scheduling_result::not_approved, .item = in.item};
  std::map<std::string, std::string> variants;
  for (const auto& [type, text] : texts_of(in.item)) variants[type] = with_fields(in, text);
  fit_words(in, with_fields(in, in.item.text), variants);
  if (!in.misfits.empty()) return answer{.outcome = scheduling_result::unfit, .item = in.item, .misfits = in.misfits};
  judged = judge(tx, in, asked);
  if (release_of(judged, asked).is_held) {
    return answer{.outcome = scheduling_result::held, .item = in.item, .judgement = judged};
  }
  return std::nullopt;
}

}  // namespace

void record_held(transaction& tx, const order& asked, const answer& held, base::timestamp now) {
  if (!held.item || !held.judgement) return;
  // What a rule has written is handed in then.
  const bool is_asked = asked.is_rule && held.judgement->kind == verdict_kind::needs_approval;
  record(tx, asked, *held.item, *held.judgement,
         is_asked ? guardrail_holds::hold_end::asked : guardrail_holds::hold_end::held, now);
}

answer check(transaction& tx, const order& asked, base::timestamp) {
  auto found = content::lock(tx, asked.content_id);
  if (!found) return {};
  auto in = read(tx, std::move(*found));
  std::optional<rules::judgement> judged;
  if (auto why = refusal(tx, asked, in, judged)) return std::move(*why);
  return {.outcome = scheduling_result::scheduled, .item = in.item, .judgement = judged};
}

answer schedule(transaction& tx, const order& asked, base::timestamp now) {
  lock_tenant(tx);
  auto found = content::lock(tx, asked.content_id);
  if (!found) return {};
  auto in = read(tx, std::move(*found));
  std::optional<rules::judgement> judged;
  if (auto why = refusal(tx, asked, in, judged)) {
    if (why->outcome == scheduling_result::held) record_held(tx, asked, *why, now);
    return std::move(*why);
  }
  const auto released = release_of(judged, asked);
  std::map<std::string, std::string> variants;
  for (const auto& [type, text] : texts_of(in.item)) variants[type] = with_fields(in, text);
  const auto post_id = insert_post(tx, in, asked, released.at, with_fields(in, in.item.text), std::move(variants), now);
  if (tx.execute(take_post, in.item.id, in.item.version, post_id, released.at, now).empty()) {
    throw database_error{
        {.kind = failure_kind::bug, .detail = "an item that was locked was not as it was read", .constraint = {}}};
  }
  content::telling told{.now = now};
  if (!asked.is_rule) told.member_id = asked.member_id;
  if (released.is_overridden) {
    told.reason = asked.override_reason;
    reviews::record_override(tx, in.item, asked.member_id, *asked.override_reason,
                             base::json::to_json(judged->verdicts), now);
  }
  content::append_event<domain::content_scheduled>(tx, in.item.id, told);
  if (judged) {
    record(tx, asked, in.item, *judged,
           released.is_overridden ? guardrail_holds::hold_end::overridden : guardrail_holds::hold_end::moved, now);
  }
  return {.outcome = scheduling_result::scheduled, .item = content::find(in.item.id).first(tx), .judgement = judged};
}

}  // namespace pulse::persistence::scheduling
