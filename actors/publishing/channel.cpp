#include "actors/publishing/channel.hpp"

#include <algorithm>
#include <utility>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include "actors/system/safety.hpp"
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

/// How long a write waits before it is tried again when the database did not answer: doubled each time, up to the longest, which
/// is what the return of the database costs at most.
constexpr std::chrono::milliseconds database_pause{250};
constexpr std::chrono::milliseconds longest_database_pause{2'000};
/// A throttle that holds a delivery for longer is told to people.
constexpr std::chrono::seconds worth_telling{1};
/// A look at a platform that has not come back after this is given up.
constexpr std::chrono::seconds longest_look{60};
/// While this node has no lease: it is renewed, or another node goes on.
constexpr std::chrono::milliseconds lease_pause{250};

/// Whose budget it is, or what it is besides, as its event and its attempt keep it.
std::string scope_words(const scarce_budget& by) {
  if (by.is_told) return "platform";
  return by.is_spread ? "backlog" : std::string{base::to_name(by.scope)};
}

/// What a platform says is only as clean as the platform: nothing of it may keep an outcome from being stored.
effect::commit_change fit_to_store(effect::commit_change what) {
  constexpr std::size_t most_bytes = 2'000;
  const auto clean = [](std::string& text) { text = base::clean_utf8(text, most_bytes); };
  clean(what.reason);
  if (what.external_id) clean(*what.external_id);
  if (what.external_url) clean(*what.external_url);
  return what;
}

}  // namespace

void channel_state::init(channel_actor::stateful_pointer<channel_state> self, const services* with,
                         channel_identity who, tenant_actor supervisor, limiter_actor limiter) {
  self_ = self;
  with_ = with;
  who_ = who;
  supervisor_ = std::move(supervisor);
  limiter_ = std::move(limiter);
}

void channel_state::take(work& due) {
  for (auto& delivery : due.deliveries) {
    const auto id = delivery.id;
    const bool is_waiting = delivery.state == delivery_state::waiting;
    if (!entries_.try_emplace(id, entry{.delivery = std::move(delivery)}).second) continue;
    if (is_waiting) {
      queue_.push_back(id);
    } else {
      feed(id, event::adopted{});
    }
  }
  start_next();
}

void channel_state::start_next() {
  if (draining_) return quit_when_drained();
  while (!current_) {
    const auto next = next_in_turn();
    if (next == queue_.end()) return;
    // An attempt that is begun now could only be given up: it would cost the delivery its deadline.
    if (!with_->node_lease.is_valid_in(who_.term)) return spread_ = false, pause(lease_pause);
    const auto id = *next;
    queue_.erase(next);
    feed(id, event::due{});
  }
}

/// Oldest first. While what is late is spread, what is on time goes before it.
std::deque<base::uuid>::iterator channel_state::next_in_turn() {
  if (!held_) return queue_.begin();
  if (!spread_) return queue_.end();
  return std::find_if(queue_.begin(), queue_.end(), [this, now = with_->clock.now()](const base::uuid& id) {
    const auto found = entries_.find(id);
    return found != entries_.end() &&
           domain::urgency_of(domain::ready_at(found->second.delivery), now) == domain::urgency::on_time;
  });
}

void channel_state::drain() {
  draining_ = true;
  queue_.clear();
  std::erase_if(entries_, [](const auto& one) {
    const auto step = one.second.delivery.step;
    return step == delivery_step::resting || step == delivery_step::asking || step == delivery_step::looking;
  });
  quit_when_drained();
}

void channel_state::quit_when_drained() {
  if (entries_.empty()) self_->quit(caf::exit_reason::user_shutdown);
}

/// Lets the domain decide and carries it out. The entry may be gone afterwards.
void channel_state::feed(const base::uuid& id, const domain::delivery_input& input) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  auto rules = with_->rules;
  rules.spread = with_->random();
  const auto from = found->second.delivery.state;
  auto made = domain::decide(found->second.delivery, input, with_->clock.now(), rules);
  found->second.delivery = std::move(made.next);
  if (domain::occupies_channel(found->second.delivery.step)) {
    current_ = id;
  } else if (current_ == id) {
    current_.reset();
  }
  for (const auto& what : made.effects) {
    const auto still = entries_.find(id);
    if (still == entries_.end()) return;
    perform(still->second, from, what);
  }
}

void channel_state::perform(entry& of, delivery_state from, const domain::effect& what) {
  std::visit(
      [&](const auto& one) {
        using kind = std::remove_cvref_t<decltype(one)>;
        if constexpr (std::same_as<kind, effect::ask_permit>) {
          ask_permit(of);
        } else if constexpr (std::same_as<kind, effect::return_permit>) {
          return_permit();
        } else if constexpr (std::same_as<kind, effect::commit_intent>) {
          commit_intent(of);
        } else if constexpr (std::same_as<kind, effect::call>) {
          call(of, one.timeout);
        } else if constexpr (std::same_as<kind, effect::look>) {
          look(of);
        } else if constexpr (std::same_as<kind, effect::wake>) {
          park(of, one.at);
        } else if constexpr (std::same_as<kind, effect::hold>) {
          hold(of, one.until);
        } else if constexpr (std::same_as<kind, effect::commit_change>) {
          commit_change(of, from, one);
        } else {
          static_assert(std::same_as<kind, effect::forget>);
          release(of);
        }
      },
      what);
}

// --- the rate limiter ------------------------------------------------------------------------------------------------------

/// One that rests has nothing to learn: it begins with what the rows say.
template <class Message>
void channel_state::tell_limiter(Message what) {
  if (limiter_) self_->send(limiter_, std::move(what));
}

void channel_state::ask_permit(entry& of) {
  if (!of.permit.asked_at) of.permit.asked_at = with_->clock.now();
  tell_limiter(permit_request{who_.budget, of.delivery.id, domain::ready_at(of.delivery)});
}

void channel_state::return_permit() { tell_limiter(permit_unused{who_.budget}); }

void channel_state::on(const permit_answer& answer) {
  const auto found = entries_.find(answer.delivery_id);
  if (found == entries_.end()) {
    if (answer.granted) return_permit();
    return start_next();
  }
  if (answer.granted) {
    found->second.permit.permitted_at = with_->clock.now();
    found->second.granted_at = answer.not_before;
    found->second.app_slot = answer.app_slot;
    feed(answer.delivery_id, event::permitted{});
  } else {
    tell_throttled(found->second, answer);
    trace_throttled(found->second, answer);
    spread_ = answer.by.is_spread;
    feed(answer.delivery_id, event::held{answer.not_before, answer.by.words});
  }
  start_next();
}

void channel_state::trace_throttled(entry& of, const permit_answer& answer) const {
  auto& trace = of.permit;
  trace.throttled_until = answer.not_before;
  trace.budget = answer.by.words;
  trace.budget_scope = scope_words(answer.by);
  trace.budget_posts = answer.by.rate.limit;
  trace.budget_window_seconds = std::chrono::duration_cast<std::chrono::seconds>(answer.by.rate.window).count();
}

/// Once for each delivery that is first in the queue: those behind it wait for it.
void channel_state::tell_throttled(const entry& of, const permit_answer& answer) {
  const auto now = with_->clock.now();
  const bool is_told = of.permit.throttled_until && answer.not_before - *of.permit.throttled_until < worth_telling;
  if (answer.not_before - now < worth_telling || is_told) return;
  domain::delivery_throttled facts;
  facts.until = answer.not_before;
  facts.budget = answer.by.words;
  facts.scope = scope_words(answer.by);
  facts.posts = answer.by.rate.limit;
  facts.window_seconds = std::chrono::duration_cast<std::chrono::seconds>(answer.by.rate.window).count();
  facts.waiting = static_cast<std::int64_t>(entries_.size());
  facts.platform = who_.type;
  with_->rows.tell({.tenant_id = who_.tenant_id,
                    .project_id = of.delivery.project_id,
                    .post_id = of.delivery.post_id,
                    .delivery_id = of.delivery.id,
                    .channel_id = who_.id,
                    .facts = std::move(facts),
                    .at = now});
}

/// A budget is used up: this delivery goes back to the front, and the ones behind it need not ask.
void channel_state::hold(const entry& of, base::timestamp until) {
  queue_.push_front(of.delivery.id);
  pause(std::max<std::chrono::microseconds>(until - with_->clock.now(), std::chrono::milliseconds{1}));
}

/// Nothing starts before this time is over.
void channel_state::pause(std::chrono::microseconds wait) {
  held_ = true;
  self_->delayed_send(self_, wait, resume{++generation_});
}

void channel_state::on(const resume& message) {
  if (message.generation != generation_) return;
  ++generation_;
  held_ = spread_ = false;
  start_next();
}

void channel_state::on(const new_budgets&) {
  if (held_) on(resume{generation_});
}

void channel_state::on(const new_limiter& message) {
  limiter_ = message.handle;
  if (!current_) return;
  const auto found = entries_.find(*current_);
  if (found == entries_.end()) return;
  const auto step = found->second.delivery.step;
  if (step == delivery_step::asking || step == delivery_step::confirming) ask_permit(found->second);
}

// --- the intent ------------------------------------------------------------------------------------------------------------

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
  with_->rows.claim(
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
      feed(answer.delivery_id, event::claimed{});
      break;
    case persistence::ledger_answer::refused: feed(answer.delivery_id, event::not_claimed{}); break;
    case persistence::ledger_answer::failed: later(*of); break;
  }
  start_next();
}

// --- the platform ----------------------------------------------------------------------------------------------------------

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
  what.since = domain::looked_for_since(d);
  what.timeout = timeout;
  what.may_send = [lease = &with_->node_lease, term = who_.term, clock = &with_->clock,
                   until = d.deadline_at - with_->rules.deadline_margin / 2] {
    return lease->is_valid_in(term) && clock->now() < until;
  };
  what.keep = [rows = &with_->rows, intent = intent_of(of)](connectors::publication::kept_handles handles,
                                                            std::function<void(bool)> then) {
    rows->keep_handles(intent, std::move(handles), std::move(then));
  };
  if (of.content->account_id) {
    auto token = with_->open_token(*of.content);
    if (!token) return std::nullopt;
    what.account = {of.content->external_user_id.value_or(""), of.content->handle.value_or(""), std::move(*token)};
  }
  return what;
}

void channel_state::call(const entry& of, std::chrono::milliseconds timeout) {
  const auto id = of.delivery.id;
  if (!with_->node_lease.is_valid_in(who_.term)) return feed(id, event::lease_lost{});
  const auto answered = [to = channel_actor{self_}, id,
                         attempt = of.delivery.attempt](connectors::publish_reply reply) {
    caf::anon_send(to, publish_answer{id, attempt, std::make_shared<connectors::publish_reply>(std::move(reply))});
  };
  auto* platform = with_->platforms.find(who_.type);
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
  self_->delayed_send(self_, std::max<std::chrono::microseconds>(until - with_->clock.now(), std::chrono::seconds{1}),
                      overdue{});
}

/// A connector that never calls back must not hold its channel for ever.
void channel_state::on(const overdue&) {
  is_watching_ = false;
  const auto found = current_ ? entries_.find(*current_) : entries_.end();
  if (found == entries_.end() || found->second.delivery.step != delivery_step::calling) return;
  const auto& d = found->second.delivery;
  if (with_->clock.now() < d.deadline_at) return watch(d.deadline_at);
  spdlog::error("the connector for {} did not call back for delivery {}; what became of it is looked up",
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
          ? std::optional{outcome.retry_at.value_or(with_->clock.now() + domain::default_rate_limit_pause)}
          : std::nullopt;
  if (blocked || !answer.reply->budgets.empty()) {
    tell_limiter(budget_seen{who_.budget, answer.reply->budgets, blocked});
  }
  feed(answer.delivery_id, event::answered{outcome});
  start_next();
}

// --- the outcome -----------------------------------------------------------------------------------------------------------

void channel_state::commit_change(entry& of, delivery_state from, const effect::commit_change& said) {
  const auto what = fit_to_store(said);
  const auto now = with_->clock.now();
  const auto& d = of.delivery;
  domain::call_times times;
  if (of.reply) times = {of.reply->first_byte_at, of.reply->duration};
  persistence::change change;
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
  of.change = std::move(change);
  of.reply.reset();
  record(of);
}

void channel_state::record(const entry& of) {
  with_->rows.record(*of.change, [to = channel_actor{self_}, id = of.delivery.id,
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
  if (of->delivery.step == delivery_step::looking) return read_for_look(*of);
  feed(message.delivery_id, event::claim_failed{});
}

// --- reconciliation --------------------------------------------------------------------------------------------------------

void channel_state::look(entry& of) {
  of.look = ++looks_;
  // A connector that never calls back must not keep the delivery for ever.
  self_->delayed_send(self_, longest_look,
                      look_answer{of.delivery.id,
                                  of.delivery.attempt,
                                  of.look,
                                  {.kind = domain::reconciliation_kind::try_again,
                                   .reason = "the platform did not answer the question"}});
  read_for_look(of);
}

void channel_state::read_for_look(const entry& of) {
  with_->rows.find_content(who_.tenant_id, of.delivery.id,
                           [to = channel_actor{self_}, id = of.delivery.id, attempt = of.delivery.attempt,
                            look = of.look](std::shared_ptr<persistence::claimed_content> content) {
                             caf::anon_send(to, content_answer{id, attempt, look, std::move(content)});
                           });
}

void channel_state::on(const content_answer& answer) {
  auto* looking = find_looking(answer.delivery_id, answer.attempt, answer.look);
  if (looking == nullptr) return;
  auto& of = *looking;
  if (!answer.content) return later(of);
  of.tries = 0;
  of.content = answer.content;
  auto* platform = with_->platforms.find(who_.type);
  auto what = publication_of(of, with_->rules.call_timeout);
  if (platform == nullptr) {
    return feed(answer.delivery_id, event::looked{{.kind = domain::reconciliation_kind::cannot_know,
                                                   .reason = "this installation has no such connector"}});
  }
  if (!what) {
    return feed(answer.delivery_id,
                event::looked{{.kind = domain::reconciliation_kind::try_again,
                               .reason = "the stored credentials cannot be decrypted with this installation's key",
                               .is_unauthorized = true}});
  }
  what->may_send = {};  // looking publishes nothing
  connectors::reconcile_next_part(*platform, std::move(*what),
                                  [to = channel_actor{self_}, id = answer.delivery_id, attempt = answer.attempt,
                                   look = answer.look](domain::reconciliation found_there) {
                                    caf::anon_send(to, look_answer{id, attempt, look, std::move(found_there)});
                                  });
}

void channel_state::on(const look_answer& answer) {
  if (find_looking(answer.delivery_id, answer.attempt, answer.look) == nullptr) return;
  feed(answer.delivery_id, event::looked{answer.found});
  start_next();
}

// --- handing back ----------------------------------------------------------------------------------------------------------

void channel_state::park(const entry& of, base::timestamp at) {
  self_->send(supervisor_, parked{of.delivery, at});
  const auto id = of.delivery.id;
  entries_.erase(id);
}

void channel_state::release(const entry& of) {
  // Settled and recorded by us: the rows are as the supervisor believes. Anything else was decided elsewhere.
  const bool as_believed = domain::is_settled(of.delivery.state) && !of.change;
  const auto id = of.delivery.id;
  self_->send(supervisor_, released{id, !as_believed});
  entries_.erase(id);
}

channel_state::entry* channel_state::find(const base::uuid& id, int attempt) {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.delivery.attempt != attempt) return nullptr;
  return &found->second;
}

channel_state::entry* channel_state::find_looking(const base::uuid& id, int attempt, std::uint64_t look) {
  auto* of = find(id, attempt);
  return of == nullptr || of->delivery.step != delivery_step::looking || of->look != look ? nullptr : of;
}

channel_actor::behavior_type channel(channel_actor::stateful_pointer<channel_state> self, const services* with,
                                     channel_identity who, tenant_actor supervisor, limiter_actor limiter) {
  make_safe(self);
  self->monitor(supervisor);
  self->set_down_handler([self](const caf::down_msg&) { self->quit(); });
  self->set_exit_handler([self](const caf::exit_msg&) { self->state.drain(); });
  self->state.init(self, with, who, std::move(supervisor), std::move(limiter));
  // CAF tries them one after the other: what each delivery sends comes first.
  return {
      [self](const permit_answer& answer) { self->state.on(answer); },
      [self](claim_answer& answer) { self->state.on(answer); },
      [self](const publish_answer& answer) { self->state.on(answer); },
      [self](const record_answer& answer) { self->state.on(answer); },
      [self](work& due) { self->state.take(due); },
      [self](const new_limiter& message) { self->state.on(message); },
      [self](const new_budgets& message) { self->state.on(message); },
      [self](const content_answer& answer) { self->state.on(answer); },
      [self](const look_answer& answer) { self->state.on(answer); },
      [self](const try_again& message) { self->state.on(message); },
      [self](const overdue& message) { self->state.on(message); },
      [self](const resume& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
