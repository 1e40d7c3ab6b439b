#include <caf/send.hpp>

#include "actors/publishing/channel.hpp"
#include "connectors/shared/parts.hpp"

namespace pulse::actors {

namespace {

using domain::delivery_step;
namespace event = domain::delivery_event;

/// A look at a platform that has not come back after this is given up.
constexpr std::chrono::seconds longest_look{60};

}  // namespace

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

}  // namespace pulse::actors
