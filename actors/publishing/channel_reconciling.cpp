#include <caf/send.hpp>

#include "actors/publishing/channel.hpp"
#include "connectors/shared/parts.hpp"

namespace pulse::actors {

namespace {

using domain::delivery_step;
namespace event = domain::delivery_event;

/// A reconciliation that has no answer after this is given up.
constexpr std::chrono::seconds longest_reconciliation{60};

}  // namespace

void channel_state::reconcile(entry& of) {
  of.reconciliation = ++reconciliations_;
  // A connector that never calls back must not keep the delivery for ever.
  self_->delayed_send(self_, longest_reconciliation,
                      reconcile_answer{of.delivery.id,
                                       of.delivery.attempt,
                                       of.reconciliation,
                                       {.kind = domain::reconciliation_kind::try_again,
                                        .reason = "the platform did not answer the question"}});
  read_content(of);
}

void channel_state::read_content(const entry& of) {
  services_->store.find_content(who_.tenant_id, of.delivery.id,
                                [to = channel_actor{self_}, id = of.delivery.id, attempt = of.delivery.attempt,
                                 number = of.reconciliation](std::shared_ptr<persistence::claimed_content> content) {
                                  caf::anon_send(to, content_answer{id, attempt, number, std::move(content)});
                                });
}

void channel_state::on(const content_answer& answer) {
  auto* found = find_reconciling(answer.delivery_id, answer.attempt, answer.reconciliation);
  if (found == nullptr) return;
  auto& of = *found;
  if (!answer.content) return later(of);
  of.tries = 0;
  of.content = answer.content;
  auto* platform = services_->platforms.find(who_.type);
  auto what = publication_of(of, services_->rules.call_timeout);
  if (platform == nullptr) {
    return feed(answer.delivery_id, event::reconciled{{.kind = domain::reconciliation_kind::cannot_know,
                                                       .reason = "this installation has no such connector"}});
  }
  if (!what) {
    return feed(answer.delivery_id,
                event::reconciled{{.kind = domain::reconciliation_kind::try_again,
                                   .reason = "the stored credentials cannot be decrypted with this installation's key",
                                   .is_unauthorized = true}});
  }
  what->may_send = {};  // reconciling publishes nothing
  connectors::reconcile_next_part(*platform, std::move(*what),
                                  [to = channel_actor{self_}, id = answer.delivery_id, attempt = answer.attempt,
                                   number = answer.reconciliation](domain::reconciliation found_there) {
                                    caf::anon_send(to, reconcile_answer{id, attempt, number, std::move(found_there)});
                                  });
}

void channel_state::on(const reconcile_answer& answer) {
  if (find_reconciling(answer.delivery_id, answer.attempt, answer.reconciliation) == nullptr) return;
  feed(answer.delivery_id, event::reconciled{answer.found});
  start_next();
}

}  // namespace pulse::actors
