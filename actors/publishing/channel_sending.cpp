#include <algorithm>
#include <utility>

#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include "actors/publishing/channel.hpp"
#include "base/clean_text.hpp"
#include "base/failpoint.hpp"
#include "base/json.hpp"
#include "connectors/shared/parts.hpp"
#include "domain/events/publish_event.hpp"

namespace pulse::actors {

namespace {

using domain::delivery_state;
using domain::delivery_step;
namespace event = domain::delivery_event;
namespace effect = domain::delivery_effect;

/// How long a write waits before it is tried again when the database did not answer: doubled each time, up to the
/// longest, which is what the return of the database costs at most.
constexpr std::chrono::milliseconds database_pause{250};
constexpr std::chrono::milliseconds longest_database_pause{2'000};

/// Cleans what a platform says: no text of a platform may prevent an outcome from being stored.
effect::commit_change fit_to_store(effect::commit_change what) {
  constexpr std::size_t most_bytes = 2'000;
  const auto clean = [](std::string& text) { text = base::clean_utf8(text, most_bytes); };
  clean(what.reason);
  if (what.external_id) clean(*what.external_id);
  if (what.external_url) clean(*what.external_url);
  return what;
}

}  // namespace

persistence::intent channel_state::intent_of(const entry& of) const {
  const auto& d = of.delivery;
  return {.tenant_id = who_.tenant_id,
          .project_id = d.project_id,
          .post_id = d.post_id,
          .channel_id = d.channel_id,
          .delivery_id = d.id,
          .fence = who_.fence,
          .attempt = d.attempt,
          .started_at = d.started_at,
          .deadline_at = d.deadline_at,
          .permit = of.permit};
}

void channel_state::commit_intent(const entry& of) {
  base::reach(base::failpoint::before_intent);
  const auto& d = of.delivery;
  services_->store.claim(
      intent_of(of), [to = channel_actor{self_}, id = d.id, attempt = d.attempt](
                         persistence::ledger_answer answer, std::optional<persistence::claimed_content> content) {
        auto shared = content ? std::make_shared<persistence::claimed_content>(std::move(*content)) : nullptr;
        caf::anon_send(to, claim_answer{id, attempt, answer, std::move(shared)});
      });
}

void channel_state::on(claim_answer& answer) {
  auto* of = find(answer.delivery_id, answer.attempt);
  if (of == nullptr) return;
  switch (answer.answer) {
    case persistence::ledger_answer::done:
      base::reach(base::failpoint::after_intent);
      of->content = std::move(answer.content);
      of->tries = 0;
      feed(answer.delivery_id, event::claimed{of->content->due_at});
      break;
    case persistence::ledger_answer::refused: feed(answer.delivery_id, event::not_claimed{}); break;
    case persistence::ledger_answer::failed: later(*of); break;
  }
  start_next();
}

// --- the platform ----------------------------------------------------------------------------------------------------

std::optional<connectors::publication> channel_state::publication_of(const entry& of,
                                                                     std::chrono::milliseconds timeout) const {
  connectors::publication what;
  const auto& d = of.delivery;
  what.tenant_id = who_.tenant_id;
  what.project_id = d.project_id;
  what.post_id = d.post_id;
  what.channel_id = who_.id;
  what.delivery_id = d.id;
  what.attempt = d.attempt;
  what.title = of.content->title;
  what.text = of.content->text;
  for (const auto& each : of.content->media) {
    what.media.push_back({.kind = each.kind, .url = each.url, .alt_text = each.alt_text});
  }
  if (const auto& image = of.content->image; image && what.media.empty()) {
    what.media.push_back({.kind = domain::media_kind::image, .url = image->url, .alt_text = image->alt_text});
  }
  what.options = of.content->options;
  what.handles = of.content->handles;
  what.due_at = d.due_at;
  what.started_at = d.started_at;
  what.since = domain::may_be_live_since(d);
  what.timeout = timeout;
  what.may_send = [lease = &services_->node_lease, term = who_.term, clock = &services_->clock,
                   until = d.deadline_at - services_->rules.deadline_margin / 2] {
    return lease->is_valid_in(term) && clock->now() < until;
  };
  what.keep = [rows = &services_->store, intent = intent_of(of)](connectors::publication::kept_handles handles,
                                                                 std::function<void(bool)> then) {
    rows->keep_handles(intent, std::move(handles), std::move(then));
  };
  if (of.content->account_id) {
    auto token = services_->open_token(*of.content);
    if (!token) return std::nullopt;
    what.account = {of.content->external_user_id.value_or(""), of.content->handle.value_or(""), std::move(*token)};
  }
  return what;
}

void channel_state::call(const entry& of, std::chrono::milliseconds timeout) {
  const auto id = of.delivery.id;
  if (!services_->node_lease.is_valid_in(who_.term)) return feed(id, event::lease_lost{});
  const auto answered = [to = channel_actor{self_}, id,
                         attempt = of.delivery.attempt](connectors::publish_reply reply) {
    caf::anon_send(to, publish_answer{id, attempt, std::make_shared<connectors::publish_reply>(std::move(reply))});
  };
  auto* platform = services_->platforms.find(who_.type);
  if (platform == nullptr) {
    return answered({.outcome = {.kind = domain::outcome_kind::invalid,
                                 .reason = "this installation has no such connector",
                                 .was_called = false}});
  }
  auto what = publication_of(of, timeout);
  if (!what) {
    return answered({.outcome = {.kind = domain::outcome_kind::auth_expired,
                                 .reason = "the stored credentials cannot be decrypted with this installation's key",
                                 .was_called = false}});
  }
  watch(of.delivery.deadline_at);
  connectors::publish_next_part(*platform, std::move(*what), answered);
}

/// One timer a channel, not one a call: CAF cannot cancel them.
void channel_state::watch(base::timestamp until) {
  if (std::exchange(is_watching_, true)) return;
  self_->delayed_send(
      self_, std::max<std::chrono::microseconds>(until - services_->clock.now(), std::chrono::seconds{1}), overdue{});
}

/// A connector that never calls back must not hold its channel for ever.
void channel_state::on(const overdue&) {
  is_watching_ = false;
  const auto found = current_ ? entries_.find(*current_) : entries_.end();
  if (found == entries_.end() || found->second.delivery.step != delivery_step::calling) return;
  const auto& d = found->second.delivery;
  if (services_->clock.now() < d.deadline_at) return watch(d.deadline_at);
  spdlog::error("The connector for {} did not call back for delivery {}, which will be reconciled",
                base::to_name(who_.type), base::to_string(d.id));
  feed(d.id, event::answered{{.kind = domain::outcome_kind::unknown, .reason = "no answer came within its time"}});
  start_next();
}

void channel_state::on(const publish_answer& answer) {
  auto* of = find(answer.delivery_id, answer.attempt);
  if (of == nullptr || of->delivery.step != delivery_step::calling) return;
  base::reach(base::failpoint::received);
  of->reply = answer.reply;
  const auto& outcome = answer.reply->outcome;
  const auto blocked =
      outcome.kind == domain::outcome_kind::rate_limited
          ? std::optional{outcome.retry_at.value_or(services_->clock.now() + domain::default_rate_limit_pause)}
          : std::nullopt;
  if (blocked || !answer.reply->budgets.empty()) {
    tell_limiter(budget_seen{who_.budget, answer.reply->budgets, blocked});
  }
  feed(answer.delivery_id, event::answered{outcome, answer.reply->first_byte_at});
  start_next();
}

// --- the outcome -----------------------------------------------------------------------------------------------------

void channel_state::commit_change(entry& of, delivery_state from, const effect::commit_change& said) {
  const auto what = fit_to_store(said);
  const auto now = services_->clock.now();
  const auto& d = of.delivery;
  domain::call_times times;
  if (of.reply) times = {of.reply->first_byte_at, of.reply->duration};
  persistence::delivery_change change;
  change.tenant_id = who_.tenant_id;
  change.delivery_id = d.id;
  change.fence = who_.fence;
  change.attempt = d.attempt;
  change.from = from;
  change.to = d.state;
  change.not_before = d.not_before;
  change.failures = d.failures;
  change.interruptions = d.interruptions;
  if (d.state == delivery_state::unknown) {
    if (!d.is_interrupted) change.resend_at = d.not_before;
    change.look_at = d.look_at;
  }
  change.external_id = what.external_id;
  change.external_url = what.external_url;
  if (!what.reason.empty()) change.reason = what.reason;
  change.outcome = what.kind;
  change.disables_channel = what.disables_channel;
  change.is_asked = d.is_asked;
  change.doubt_until = d.doubt_until;
  change.event = domain::describe_change(d, what, who_.type, times, now);
  change.at = now;
  if (what.published_nothing) {
    tell_limiter(permit_unspent{who_.budget, of.granted_at.value_or(d.started_at), what.never_called, of.app_slot});
  }
  of.change = std::make_shared<const persistence::delivery_change>(std::move(change));
  of.reply.reset();
  record(of);
}

void channel_state::record(const entry& of) {
  services_->store.record(of.change, [to = channel_actor{self_}, id = of.delivery.id,
                                      attempt = of.delivery.attempt](persistence::ledger_answer answer) {
    caf::anon_send(to, record_answer{id, attempt, answer});
  });
}

void channel_state::on(const record_answer& answer) {
  auto* of = find(answer.delivery_id, answer.attempt);
  if (of == nullptr) return;
  switch (answer.answer) {
    case persistence::ledger_answer::done:
      of->change.reset();
      of->tries = 0;
      feed(answer.delivery_id, event::recorded{});
      break;
    case persistence::ledger_answer::refused: feed(answer.delivery_id, event::not_recorded{}); break;
    case persistence::ledger_answer::failed: later(*of); break;
  }
  start_next();
}

void channel_state::later(entry& of) {
  const auto pause = std::min(database_pause * (1 << std::min(of.tries++, 4)), longest_database_pause);
  self_->delayed_send(self_, pause, try_again{of.delivery.id, of.delivery.attempt});
}

void channel_state::on(const try_again& message) {
  const auto* of = find(message.delivery_id, message.attempt);
  if (of == nullptr) return;
  if (of->delivery.step == delivery_step::recording && of->change) return record(*of);
  if (of->delivery.step == delivery_step::reconciling) return read_content(*of);
  feed(message.delivery_id, event::claim_failed{});
}

}  // namespace pulse::actors
