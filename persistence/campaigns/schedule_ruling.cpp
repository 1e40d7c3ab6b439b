// The answer of the guardrails to what publishing asks (persistence/publishing/schedule_ruling).
#include <utility>

#include <fmt/core.h>

#include "domain/campaigns/release.hpp"
#include "persistence/campaigns/guardrail_holds.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/judging.hpp"
#include "persistence/events/events.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/schedule_ruling.hpp"

namespace pulse::persistence::schedule_ruling {

namespace rules = domain::campaigns;
using rules::verdict_kind;

struct judged {
  question of;
  rules::judgement judgement;
};

namespace {

constexpr statement select_campaign{"select_campaign_of_post", R"sql(
  SELECT campaign_id FROM content_items WHERE tenant_id = pulse_tenant() AND post_id = $1)sql"};

ruling_kind kind_of(verdict_kind from) {
  switch (from) {
    case verdict_kind::allow: return ruling_kind::pass;
    case verdict_kind::move_to: return ruling_kind::move_to;
    case verdict_kind::needs_approval: return ruling_kind::needs_approval;
    case verdict_kind::block: return ruling_kind::block;
  }
  return ruling_kind::block;
}

judging::question to_judging(transaction& tx, const question& of) {
  judging::question made{.project_id = of.project_id,
                         .time_zone = {},
                         .text = of.text,
                         .more_words = fmt::format("{}\n{}", of.title, of.more_words),
                         .at = of.at,
                         .channel_ids = of.channel_ids,
                         .except_post_id = of.post_id};
  if (const auto project = projects::find(of.project_id).first(tx)) made.time_zone = project->time_zone;
  if (!of.post_id) return made;
  made.is_approved = posts::is_approved_content(tx, *of.post_id);
  const auto item = tx.execute(select_campaign, *of.post_id);
  if (!item.empty()) made.campaign_id = item.get<std::optional<base::uuid>>(0, 0);
  return made;
}

guardrail_holds::asker asker_of(const question& of) {
  return {.project_id = of.project_id,
          .title = of.title.empty() ? of.text : of.title,
          .wanted_at = of.at,
          .post_id = of.post_id,
          .member_id = of.member_id};
}

}  // namespace

ruling ask(transaction& tx, const question& of, const wish& with) {
  ruling made{.at = of.at};
  // Most projects let people schedule as they like: they wait for no lock.
  if (!guardrail_settings::get(tx, of.project_id).guardrails.binds_people) return made;
  const auto settings = guardrail_settings::lock(tx, of.project_id).guardrails;
  if (!settings.binds_people) return made;
  auto judgement = judging::judge(tx, settings, to_judging(tx, of));
  if (!of.has_new_time) judgement = rules::about_words(std::move(judgement));
  made.kind = kind_of(judgement.kind);
  if (made.kind == ruling_kind::pass) return made;
  made.sentences = rules::sentences_of(judgement);
  made.other_time = judgement.at;
  const auto released = rules::decide_release(
      judgement,
      {.at = of.at, .takes_other_time = with.takes_other_time, .overrides = with.override_reason.has_value()});
  made.at = released.at;
  made.is_held = released.is_held;
  made.is_overridden = released.is_overridden;
  made.whole = std::make_shared<const judged>(judged{of, std::move(judgement)});
  return made;
}

void record(transaction& tx, const ruling& made, const wish& with, const base::uuid& post_id, base::timestamp now) {
  if (!made.whole) return;
  const auto& of = made.whole->of;
  auto asker = asker_of(of);
  // A post that is still being written had no id earlier either, so its holds stay in the same row.
  if (made.is_overridden) asker.reason = with.override_reason;
  guardrail_holds::record(tx, made.whole->judgement, asker,
                          made.is_overridden ? guardrail_holds::hold_end::overridden : guardrail_holds::hold_end::moved,
                          now);
  if (!made.is_overridden) return;
  domain::guardrails_overridden facts;
  facts.scheduled_at = of.at;
  facts.reason = *with.override_reason;
  facts.verdicts = made.sentences;
  events::append(tx, {.tenant_id = *tx.tenant_id(),
                      .project_id = of.project_id,
                      .post_id = post_id,
                      .member_id = of.member_id,
                      .facts = std::move(facts),
                      .at = now});
}

void record_held(transaction& tx, const ruling& made, base::timestamp now) {
  if (!made.whole) return;
  guardrail_holds::record(tx, made.whole->judgement, asker_of(made.whole->of), guardrail_holds::hold_end::held, now);
}

}  // namespace pulse::persistence::schedule_ruling
