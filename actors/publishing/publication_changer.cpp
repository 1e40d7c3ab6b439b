#include "actors/publishing/publication_changer.hpp"

#include <atomic>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "base/failpoint.hpp"
#include "connectors/roles/edit.hpp"
#include "connectors/roles/remove.hpp"
#include "connectors/shared/parts.hpp"
#include "domain/explaining/sentence.hpp"
#include "domain/platforms/platform.hpp"
#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/parts_out.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/publication_changes.hpp"

namespace pulse::actors {

namespace rows = persistence::publication_changes;
using connectors::removal_kind;
using connectors::removal_reply;
using domain::change_answer;
using domain::publication_change_kind;

namespace {

change_answer to_answer(removal_kind kind) {
  switch (kind) {
    case removal_kind::done: return change_answer::done;
    case removal_kind::gone: return change_answer::missing;
    case removal_kind::auth_expired:
    case removal_kind::refused: return change_answer::refused;
    case removal_kind::later: break;
  }
  return change_answer::later;
}

/// The result of an attempt at a comment, and the handles to keep.
struct comment_answer {
  change_answer is = change_answer::later;
  std::optional<base::timestamp> retry_at{};
  std::string reason{};
  connectors::publication::kept_handles kept{};
};

constexpr std::string_view connect_again = " Connect the account again, and ask once more.";

/// `has_tried`: an attempt before it may have left what the platform calls a duplicate.
comment_answer to_answer(domain::outcome from, bool has_tried, const connectors::publication::kept_handles& kept) {
  using domain::outcome_kind;
  switch (from.kind) {
    case outcome_kind::published: return {change_answer::done, {}, std::move(from.reason), kept};
    case outcome_kind::duplicate:
      if (has_tried)
        return {change_answer::done, {}, std::string{domain::comment_is_out}, {{domain::kept_comment_name, ""}}};
      return {change_answer::refused, {}, std::move(from.reason), {}};
    case outcome_kind::auth_expired: return {change_answer::refused, {}, from.reason + std::string{connect_again}, {}};
    case outcome_kind::permission:
    case outcome_kind::invalid: return {change_answer::refused, {}, std::move(from.reason), {}};
    case outcome_kind::rate_limited:
    case outcome_kind::transient: return {change_answer::later, from.retry_at, std::move(from.reason), {}};
    case outcome_kind::unknown: break;
  }
  return {change_answer::unknown, from.retry_at, std::move(from.reason), {}};
}

comment_answer to_answer(domain::reconciliation from, const connectors::publication::kept_handles& kept) {
  using domain::reconciliation_kind;
  switch (from.kind) {
    case reconciliation_kind::live: return {change_answer::done, {}, std::move(from.reason), kept};
    case reconciliation_kind::absent:
      return {from.is_refused ? change_answer::refused : change_answer::absent, {}, std::move(from.reason), {}};
    case reconciliation_kind::repeat_tells: return {change_answer::absent, {}, std::move(from.reason), {}};
    case reconciliation_kind::cannot_know:
      return {change_answer::refused, {}, from.reason + " Look there, and ask once more if it is not.", {}};
    case reconciliation_kind::try_again: break;
  }
  return {change_answer::later, from.retry_at, std::move(from.reason), {}};
}

/// The post with its comment, of which the comment is next.
connectors::publication to_comment(const rows::begun_change& of, connectors::credentials account, base::timestamp now) {
  connectors::publication made;
  made.tenant_id = of.tenant_id;
  made.project_id = of.project_id;
  made.post_id = of.post_id;
  made.channel_id = of.channel_id;
  made.delivery_id = of.delivery_id;
  made.attempt = of.attempt;
  made.options = of.options;
  made.due_at = of.created_at;
  made.started_at = now;
  if (of.attempt > 1) made.since = of.created_at;
  made.timeout = domain::change_call_timeout;
  made.account = std::move(account);
  made.handles = of.handles;
  return made;
}

/// The reason that people see.
std::string reason_of(const rows::begun_change& of, const removal_reply& reply) {
  switch (reply.kind) {
    case removal_kind::done: return {};
    case removal_kind::gone:
      return of.kind == publication_change_kind::edit ? "There is no such post there any more." : std::string{};
    case removal_kind::auth_expired: return reply.reason + std::string{connect_again};
    case removal_kind::refused:
    case removal_kind::later: break;
  }
  return reply.reason;
}

}  // namespace

struct publication_changer::state : std::enable_shared_from_this<publication_changer::state> {
  state(parts services_, options how_)
      : services(services_), how(how_), process(base::new_uuid(services.clock.now())) {}

  const parts services;
  const options how;
  const base::uuid process;  // the fence: what another one has begun is not ours
  std::atomic<bool> stopped{false};

  void go_on() {
    if (stopped) return;
    auto job = [process = process, now = services.clock.now(), limit = how.at_once](persistence::transaction& tx) {
      return rows::begin_due(tx, process, now, limit);
    };
    services.database.transact(std::nullopt, std::move(job),
                               [self = shared_from_this()](persistence::result<std::vector<rows::begun_change>> begun) {
                                 if (begun.has_value()) {
                                   for (const auto& each : *begun) self->call(each);
                                 }
                                 if (self->stopped) return;
                                 self->services.client.after(self->how.poll_every, [self] { self->go_on(); });
                               });
  }

  void call(const rows::begun_change& of) {
    if (stopped) return;
    base::reach(base::failpoint::after_intent);
    if (of.failures >= domain::most_change_failures)
      return settle(of, {removal_kind::refused, std::nullopt, "No attempt was ever heard of again."});
    auto account = open(of);
    if (!account)
      return settle(of, {removal_kind::auth_expired, std::nullopt, "The access to the account cannot be opened."});
    auto done = [self = shared_from_this(), of](removal_reply reply) {
      base::reach(base::failpoint::received);
      self->settle(of, std::move(reply));
    };
    if (of.kind == publication_change_kind::comment) return comment(of, std::move(*account));
    if (of.kind == publication_change_kind::edit) {
      auto* const editing = services.platforms.find_role<connectors::edits>(of.channel_type);
      if (editing == nullptr) return settle(of, cannot(of));
      return editing->edit({of.external_id, of.text.value_or(""), std::move(*account), domain::change_call_timeout},
                           std::move(done));
    }
    auto* const removing = services.platforms.find_role<connectors::removes>(of.channel_type);
    if (removing == nullptr) return settle(of, cannot(of));
    // Of a thread the last part first, so that none is left that answers nothing.
    auto ids = connectors::further_parts_of(of.handles);
    ids.insert(ids.begin(), of.external_id);
    remove_from_the_end(*removing, std::move(ids), std::move(*account), std::move(done));
  }

  void remove_from_the_end(connectors::removes& removing, std::vector<std::string> ids, connectors::credentials account,
                           std::function<void(removal_reply)> done) {
    auto id = std::move(ids.back());
    ids.pop_back();
    auto next = [self = shared_from_this(), &removing, ids = std::move(ids), account,
                 done = std::move(done)](removal_reply reply) mutable {
      const bool is_gone = reply.kind == removal_kind::done || reply.kind == removal_kind::gone;
      if (!is_gone || ids.empty()) return done(std::move(reply));
      self->remove_from_the_end(removing, std::move(ids), std::move(account), std::move(done));
    };
    removing.remove({std::move(id), std::move(account), domain::change_call_timeout}, std::move(next));
  }

  static removal_reply cannot(const rows::begun_change& of) {
    return {removal_kind::refused, std::nullopt,
            std::string{domain::platform_of(of.channel_type).display_name} + " does not let programs do that."};
  }

  std::optional<connectors::credentials> open(const rows::begun_change& of) const {
    if (!of.account_id || !of.access_token || of.access_token->value.empty()) return std::nullopt;
    auto token =
        services.secrets.open(of.access_token->value, persistence::accounts::token_place(of.tenant_id, *of.account_id));
    if (token.has_error()) return std::nullopt;
    return connectors::credentials{of.external_user_id.value_or(""), of.handle.value_or(""),
                                   base::secret{std::move(*token)}};
  }

  void settle(const rows::begun_change& of, const removal_reply& reply) {
    auto reason = reason_of(of, reply);
    // Stored with the delivery, so that nobody thinks that the post is not out.
    if (of.kind == publication_change_kind::comment)
      reason = fmt::format("{} {}", domain::as_sentence(domain::out_words(domain::count_parts(of.options, of.handles))),
                           reason);
    settle(of, comment_answer{to_answer(reply.kind), reply.retry_at, std::move(reason), {}});
  }

  void settle(const rows::begun_change& of, comment_answer answer) {
    const auto now = services.clock.now();
    record(of, {domain::settle_change(rows::to_domain(of), answer.is, answer.retry_at, now), std::move(answer.reason),
                std::move(answer.kept)});
  }

  /// Sends the first comment, or looks it up if an earlier attempt may have sent it: never both in one attempt, which
  /// must end by its deadline.
  void comment(const rows::begun_change& of, connectors::credentials account) {
    auto* const platform = services.platforms.find(of.channel_type);
    if (platform == nullptr) return settle(of, cannot(of));
    auto what = to_comment(of, std::move(account), services.clock.now());
    auto kept = std::make_shared<connectors::publication::kept_handles>();
    what.keep = [kept](connectors::publication::kept_handles handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) (*kept)[name] = std::move(value);
      then(true);
    };
    if (of.is_in_doubt) {
      return connectors::reconcile_next_part(*platform, std::move(what),
                                             [self = shared_from_this(), of, kept](domain::reconciliation found) {
                                               base::reach(base::failpoint::received);
                                               self->settle(of, to_answer(std::move(found), *kept));
                                             });
    }
    what.may_send = [self = shared_from_this(), until = of.deadline_at - domain::change_deadline_margin / 2] {
      return !self->stopped && self->services.clock.now() < until;
    };
    connectors::publish_next_part(*platform, std::move(what),
                                  [self = shared_from_this(), of, kept](connectors::publish_reply reply) {
                                    base::reach(base::failpoint::received);
                                    self->settle(of, to_answer(std::move(reply.outcome), of.attempt > 1, *kept));
                                  });
  }

  /// Repeated until the database has it: a later attempt would only do the same again.
  void record(const rows::begun_change& of, const rows::settlement& how_it_is) {
    const auto now = services.clock.now();
    auto job = [process = process, of, how_it_is, now](persistence::transaction& tx) {
      return rows::settle(tx, process, of, how_it_is, now);
    };
    services.database.transact(
        of.tenant_id, std::move(job), [self = shared_from_this(), of, how_it_is](persistence::result<bool> stored) {
          if (!stored.has_error() || self->stopped) return;
          spdlog::warn("The outcome of change {} could not be stored yet: {}", base::to_string(of.id),
                       stored.error().detail);
          self->services.client.after(self->how.again, [self, of, how_it_is] { self->record(of, how_it_is); });
        });
  }
};

publication_changer::publication_changer(parts services, options how)
    : state_(std::make_shared<state>(services, how)) {}

void publication_changer::start() { state_->go_on(); }

void publication_changer::stop() { state_->stopped = true; }

}  // namespace pulse::actors
