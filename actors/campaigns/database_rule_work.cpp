#include "actors/campaigns/database_rule_work.hpp"

#include <spdlog/spdlog.h>

#include "actors/campaigns/feed_poll.hpp"
#include "actors/campaigns/rule_isolation.hpp"
#include "actors/campaigns/rule_sweep.hpp"
#include "base/failpoint.hpp"

namespace pulse::actors {

namespace agenda = persistence::rule_agenda;
using persistence::transaction;

run_surroundings database_rule_work::surroundings() const {
  return {services_.box, services_.ai == nullptr ? std::string{} : std::string{services_.ai->provider()}};
}

void database_rule_work::sweep(const base::uuid& tenant_id, std::int64_t fence,
                               std::function<void(std::shared_ptr<found>)> done) {
  sweep_once(tenant_id, fence, [this, tenant_id, fence, done = std::move(done)](persistence::result<found> answer) {
    if (answer.has_value()) return done(std::make_shared<found>(std::move(*answer)));
    spdlog::warn("A sweep of a company's rules failed: {}", answer.error().detail);
    if (!is_of_rows(answer.error())) return done(nullptr);
    auto again = [this, tenant_id, fence, done](int stopped) {
      if (stopped == 0) return done(nullptr);
      sweep_once(tenant_id, fence, [done](persistence::result<found> second) {
        done(second.has_value() ? std::make_shared<found>(std::move(*second)) : nullptr);
      });
    };
    isolate_broken_rules(services_.database, services_.clock, tenant_id, owner_under(fence), std::move(again));
  });
}

void database_rule_work::sweep_once(const base::uuid& tenant_id, std::int64_t fence,
                                    std::function<void(persistence::result<found>)> done) {
  services_.database.transact(
      tenant_id,
      [by = owner_under(fence), &clock = services_.clock](transaction& tx) {
        return sweep_due_rules(tx, by, clock.now());
      },
      std::move(done));
}

void database_rule_work::perform(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
                                 std::function<void(performed)> done) {
  base::reach(base::failpoint::before_run);
  services_.database.transact(
      tenant_id,
      [by = owner_under(fence), run_id, services = surroundings(), &clock = services_.clock](transaction& tx) {
        return perform_run(tx, by, run_id, services, clock.now());
      },
      [this, tenant_id, fence, run_id, done = std::move(done)](persistence::result<performed> answer) {
        if (answer.has_value()) {
          base::reach(base::failpoint::after_run);
          if (services_.mail_waits) services_.mail_waits();
          return done(std::move(*answer));
        }
        const auto why = answer.error();
        spdlog::warn("A run of a rule could not be carried out: {}", why.detail);
        // An error that only this run's rows can cause would come again for ever.
        if (is_of_rows(why)) return give_up(tenant_id, fence, run_id, done);
        done({});
      });
}

void database_rule_work::give_up(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
                                 std::function<void(performed)> done) {
  services_.database.transact(
      tenant_id,
      [by = owner_under(fence), run_id, &clock = services_.clock](transaction& tx) {
        give_up_run(tx, by, run_id, "Something in Pulse went wrong; the operator's log has more.", clock.now());
      },
      [done = std::move(done)](persistence::result<void> answer) {
        done({answer.has_value() ? rest::done : rest::no_answer, false, {}});
      });
}

void database_rule_work::ask(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
                             std::shared_ptr<connectors::ai::request> question, std::function<void()> done) {
  if (services_.ai == nullptr) return done();  // not asked: the run finds out by itself
  auto keep = [this, tenant_id, fence, run_id, done = std::move(done)](connectors::ai::answer said) {
    services_.database.transact(
        tenant_id,
        [by = owner_under(fence), run_id, said = std::move(said), services = surroundings(),
         &clock = services_.clock](transaction& tx) { keep_answer_of(tx, by, run_id, said, services, clock.now()); },
        [done](persistence::result<void> answer) {
          if (answer.has_error())
            spdlog::warn("An AI provider's answer could not be stored: {}", answer.error().detail);
          done();
        });
  };
  services_.ai->ask({.tenant_id = tenant_id, .purpose = ai_purpose::content, .what = std::move(*question)},
                    std::move(keep));
}

void database_rule_work::read(const base::uuid& tenant_id, std::int64_t fence, feed what, std::function<void()> done) {
  const auto url = what.url;
  const auto etag = what.etag;
  const auto modified = what.modified;
  auto keep = [this, tenant_id, fence, what = std::move(what),
               done = std::move(done)](connectors::feeds::feed_answer said) {
    services_.database.transact(
        tenant_id,
        [by = owner_under(fence), what, said = std::move(said), &clock = services_.clock](transaction& tx) {
          note_feed(tx, by, what, said, clock.now());
        },
        [done](persistence::result<void> answer) {
          if (answer.has_error()) spdlog::warn("The items of a feed could not be stored: {}", answer.error().detail);
          done();
        });
  };
  connectors::feeds::fetch_feed(services_.client, url, etag, modified, std::move(keep));
}

std::uint64_t database_rule_work::listen(const base::uuid& tenant_id, std::function<void()> heard) {
  const std::lock_guard lock{mutex_};
  const auto number = ++listeners_begun_;
  listeners_[tenant_id] = {number, std::move(heard)};
  return number;
}

void database_rule_work::deafen(const base::uuid& tenant_id, std::uint64_t number) {
  const std::lock_guard lock{mutex_};
  const auto place = listeners_.find(tenant_id);
  if (place != listeners_.end() && place->second.number == number) listeners_.erase(place);
}

void database_rule_work::wake(const base::uuid& tenant_id) {
  std::function<void()> heard;
  {
    const std::lock_guard lock{mutex_};
    const auto place = listeners_.find(tenant_id);
    if (place == listeners_.end()) return;
    heard = place->second.heard;
  }
  heard();
}

}  // namespace pulse::actors
