#include "actors/campaigns/database_rehearsing.hpp"

#include <spdlog/spdlog.h>

#include "base/result.hpp"
#include "persistence/campaigns/content.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/run_work.hpp"

namespace pulse::actors {

namespace {

namespace content = persistence::content;
namespace runs = persistence::runs;
using persistence::transaction;

/// Rolls the transaction back: an error result does.
struct kept_nothing {
  std::optional<rehearsal> found;
};
struct never {};

}  // namespace

std::optional<rehearsal> rehearse_run(transaction& tx, const base::uuid& node_id, const rehearsal_wish& wish,
                                      const run_surroundings& surroundings, base::timestamp now) {
  const auto run_id = base::new_uuid(now);
  if (!runs::insert_asked(tx, run_id, wish.rule_id, wish.member_id, now)) return std::nullopt;
  const auto owner = persistence::run_work::pretend(tx, node_id, run_id, wish.values, now);
  const auto done = perform_run(tx, owner, run_id, surroundings, now);
  const auto run = runs::find(run_id).first(tx);
  if (!run) return std::nullopt;
  rehearsal made;
  made.state = run->state;
  made.asks_ai = done.how == rule_work::rest::asks;
  if (const auto project = persistence::rules::find_project(tx, run->project_id)) made.time_zone = project->time_zone;
  made.steps = runs::list_steps(run_id).all(tx);
  if (!run->content_id) return made;
  if (const auto item = content::find(*run->content_id).first(tx)) {
    made.content = rehearsed_content{item->title, item->text, item->variants, item->channel_ids, item->state};
    made.scheduled_at = item->scheduled_at;
  }
  return made;
}

void database_rehearsing::rehearse(rehearsal_wish wish,
                                   std::function<void(std::shared_ptr<std::optional<rehearsal>>)> done) {
  const auto tenant_id = wish.tenant_id;
  services_.database.transact(
      tenant_id,
      [wish = std::move(wish), node_id = services_.node_id, surroundings = services_.surroundings,
       &clock = services_.clock](transaction& tx) -> base::result<never, kept_nothing> {
        return kept_nothing{rehearse_run(tx, node_id, wish, surroundings, clock.now())};
      },
      [done = std::move(done)](persistence::result<base::result<never, kept_nothing>> answer) {
        if (answer.has_error()) {
          spdlog::warn("The dry run of a rule failed: {}", answer.error().detail);
          return done(nullptr);
        }
        done(std::make_shared<std::optional<rehearsal>>(answer->error().found));
      });
}

}  // namespace pulse::actors
