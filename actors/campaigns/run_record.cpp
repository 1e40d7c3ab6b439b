#include "actors/campaigns/run_record.hpp"

#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/runs.hpp"
#include "persistence/events/events.hpp"

namespace pulse::actors {

namespace {

namespace campaigns = domain::campaigns;
namespace work = persistence::run_work;
using campaigns::run_state;
using campaigns::run_step_kind;

}  // namespace

campaigns::run_figures& run_record::note(run_step_kind kind) {
  steps_.push_back({kind, {}});
  return steps_.back().figures;
}

void run_record::used(const base::uuid& template_id, int version) {
  ending_.template_id = template_id;
  ending_.template_version = version;
}

template <class Facts>
void run_record::tell(const std::string& reason) {
  Facts facts;
  facts.rule_id = run_.rule_id;
  facts.rule_name = run_.rule_name;
  facts.run_id = run_.id;
  if (run_.campaign_id) facts.campaign_id = *run_.campaign_id;
  if (content_id()) facts.content_id = *content_id();
  if (run_.moment) facts.moment = *run_.moment;
  if (run_.depth > 0) facts.depth = run_.depth;
  if (!reason.empty()) facts.reason = reason;
  persistence::events::append(tx_, {.tenant_id = *tx_.tenant_id(),
                                    .project_id = run_.project_id,
                                    .about = persistence::events::subject{domain::subject_kind::run, run_.id},
                                    .facts = std::move(facts),
                                    .at = now_});
}
template void run_record::tell<domain::run_started>(const std::string&);

void run_record::keep_steps() { persistence::runs::append(tx_, run_.id, steps_, now_); }

rule_work::performed run_record::end(run_state state, std::optional<std::string> error) {
  ending_.run_id = run_.id;
  ending_.state = state;
  ending_.error = std::move(error);
  if (!work::end(tx_, by_, ending_, now_)) {
    // Its row was locked when it was begun: nobody can have changed it meanwhile.
    throw persistence::database_error{{.kind = persistence::failure_kind::bug,
                                       .detail = "a run that was begun was not as it was left",
                                       .constraint = {}}};
  }
  keep_steps();
  return {rule_work::rest::done, ending_.post_id.has_value(), {}};
}

rule_work::performed run_record::succeed() {
  note(run_step_kind::succeeded);
  tell<domain::run_succeeded>();
  work::forget_failures(tx_, run_.rule_id);
  return end(run_state::succeeded, std::nullopt);
}

rule_work::performed run_record::wait_for_approval(const std::string& reason) {
  auto& figures = note(run_step_kind::approval_asked);
  if (!reason.empty()) figures.reason = reason;
  persistence::rules::lower_agenda(tx_, base::timestamp::max(), true);  // somebody listens for the decision
  return end(run_state::waiting_approval, std::nullopt);
}

rule_work::performed run_record::block(const std::string& reason) {
  note(run_step_kind::blocked).reason = reason;
  tell<domain::run_blocked>(reason);
  return end(run_state::blocked, reason);
}

void run_record::count_failure() {
  if (!work::count_failure(tx_, run_.rule_id, most_failures_in_a_row, now_)) return;
  const auto reason = std::to_string(most_failures_in_a_row) + " runs in a row have failed";
  tell<domain::rule_stopped>(reason);
}

rule_work::performed run_record::fail(const std::string& reason) {
  note(run_step_kind::failed).reason = reason;
  tell<domain::run_failed>(reason);
  auto done = end(run_state::failed, reason);
  count_failure();
  return done;
}

rule_work::performed run_record::try_again(const std::string& reason, std::optional<base::timestamp> not_before) {
  const auto at = campaigns::next_try(run_.attempts, now_, not_before);
  if (!at) return fail(reason);
  auto& figures = note(run_step_kind::retry_scheduled);
  figures.at = *at;
  figures.attempt = run_.attempts;
  figures.reason = reason;
  ending_.not_before = *at;
  return end(run_state::queued, reason);
}

rule_work::performed run_record::refused() {
  note(run_step_kind::refused).refusal = *run_.refusal;
  if (campaigns::state_after(*run_.refusal) == run_state::blocked)
    tell<domain::run_blocked>(campaigns::tell(steps_.back(), domain::zone_clock{run_.time_zone}));
  keep_steps();
  return {rule_work::rest::done, false, {}};
}

rule_work::performed run_record::asks(connectors::ai::request question) {
  keep_steps();
  return {rule_work::rest::asks, false, std::make_shared<connectors::ai::request>(std::move(question))};
}

}  // namespace pulse::actors
