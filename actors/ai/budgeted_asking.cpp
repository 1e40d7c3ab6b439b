#include "actors/ai/budgeted_asking.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "persistence/ai/budgets.hpp"

namespace pulse::actors {

namespace ai = connectors::ai;
namespace budgets = persistence::ai_budgets;

namespace {

ai::failure failed(ai::failure_kind kind, std::string_view more = {}) {
  ai::failure made{.kind = kind, .reason = std::string{ai::sentence(kind)}};
  if (!more.empty()) made.reason += " " + std::string{more};
  return made;
}

}  // namespace

struct budgeted_asking::open_question {
  ai_question asked;
  ai::callback done;
  budgets::reservation reserved;
};

budgeted_asking::budgeted_asking(parts services) : services_(std::move(services)) {}
budgeted_asking::~budgeted_asking() = default;

std::string_view budgeted_asking::provider() const {
  return services_.provider == nullptr ? "" : services_.provider->name();
}

bool budgeted_asking::is_stand_in() const { return services_.provider != nullptr && services_.provider->is_stand_in(); }

bool budgeted_asking::enter(const base::uuid& tenant_id) {
  const std::lock_guard guard{mutex_};
  auto& running = running_[tenant_id];
  if (running >= max_at_a_time) return false;
  ++running;
  return true;
}

void budgeted_asking::leave(const base::uuid& tenant_id) {
  const std::lock_guard guard{mutex_};
  const auto found = running_.find(tenant_id);
  if (found != running_.end() && --found->second == 0) running_.erase(found);
}

void budgeted_asking::ask(ai_question question, ai::callback done) {
  if (services_.provider == nullptr)
    return done(ai::failure{.kind = ai::failure_kind::not_configured, .reason = services_.missing});
  if (!enter(question.tenant_id)) {
    auto why = failed(ai::failure_kind::rate_limited, "The company has too many requests at a time.");
    why.retry_at = services_.clock.now() + patience;
    return done(std::move(why));
  }
  const auto now = services_.clock.now();
  const auto most = services_.provider->at_most(question.what);
  auto one = std::make_shared<open_question>();
  one->asked = std::move(question);
  one->done = std::move(done);
  one->reserved = {one->asked.tenant_id, base::new_uuid(now), domain::ai_month_begin(now), most.tokens,
                   most.cost_micro_usd};
  auto job = [reserved = one->reserved, allowance = services_.allowance, now](persistence::transaction& tx) {
    return budgets::reserve(tx, reserved, allowance, now);
  };
  services_.database.transact(one->asked.tenant_id, std::move(job), [this, one](const persistence::result<bool>& kept) {
    if (kept.has_value() && *kept) return send(one);
    leave(one->asked.tenant_id);
    if (kept.has_value())
      return one->done(failed(ai::failure_kind::budget_spent, "Raise it at /ai/budget, or wait for the next month."));
    one->done(failed(ai::failure_kind::unreachable, "Its budget could not be read. Nothing was sent."));
  });
}

void budgeted_asking::send(std::shared_ptr<open_question> one) {
  auto what = one->asked.what;
  services_.provider->complete(std::move(what), [this, one](ai::answer got) { settle(one, std::move(got)); });
}

void budgeted_asking::settle(std::shared_ptr<open_question> one, ai::answer got) {
  budgets::settlement used{
      .purpose = std::string{base::to_name(one->asked.purpose)},
      .provider = std::string{services_.provider->name()},
      .model = one->asked.what.model.empty() ? services_.provider->default_model() : one->asked.what.model};
  if (got.has_value()) {
    used.is_answered = true;
    used.model = got->model.substr(0, 200);
    used.tokens_in = got->tokens_in;
    used.tokens_out = got->tokens_out;
    used.micro_usd = got->cost_micro_usd;
  } else {
    const auto why = got.error();
    used.tokens_in = why.tokens_in;
    used.tokens_out = why.tokens_out;
    used.micro_usd = why.cost_micro_usd;
  }
  leave(one->asked.tenant_id);
  auto job = [reserved = one->reserved, used = std::move(used)](persistence::transaction& tx) {
    budgets::settle(tx, reserved, used);
  };
  auto answered = std::make_shared<ai::answer>(std::move(got));
  services_.database.transact(
      one->asked.tenant_id, std::move(job), [one, answered](const persistence::result<void>& kept) {
        if (kept.has_error())
          spdlog::warn("The usage of an AI request could not be stored; the reserved amount stays charged: {}",
                       kept.error().detail);
        one->done(std::move(*answered));
      });
}

}  // namespace pulse::actors
