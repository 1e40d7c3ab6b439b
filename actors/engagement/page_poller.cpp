#include "actors/engagement/page_poller.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/system/due_rows.hpp"

namespace pulse::actors {

namespace polls = persistence::polls;

struct page_poller::state : due_row_worker<page_poller::state> {
  state(parts services_, options how_) : services(std::move(services_)), how(how_) {}

  const parts services;
  const options how;
  std::atomic<bool> is_to_wake{false};

  int at_once() const { return how.at_once; }

  auto take(int room) const {
    return [now = services.clock.now(), taken_for = how.taken_for, room, node = how.node](
               persistence::transaction& tx) { return polls::take_due(tx, now, now + taken_for, room, node); };
  }

  void begin(const polls::due_page& page) {
    services.source(
        page, [self = shared_from_this(), page](polls::page_answer answer) { self->record(page, std::move(answer)); });
  }

  /// A page is due before the next regular poll.
  void poll_at(base::timestamp at) {
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(at - services.clock.now());
    if (pause > how.poll_every || is_stopped() || is_to_wake.exchange(true)) return;
    services.client.after(std::max(pause, std::chrono::milliseconds{1}), [self = shared_from_this()] {
      self->is_to_wake = false;
      self->poll();
    });
  }

  void record(const polls::due_page& page, polls::page_answer answer) {
    const auto waits_until = answer.waits_until;
    auto job = [page, answer = std::move(answer), now = services.clock.now(), spread = services.random()](
                   persistence::transaction& tx) { return polls::record(tx, page, answer, now, spread); };
    services.database.transact(
        page.tenant_id, std::move(job), [self = shared_from_this(), page, waits_until](persistence::result<int> fresh) {
          if (fresh.has_error()) {
            spdlog::warn("The posts of tracked page {} could not be stored; it is polled again: {}",
                         base::to_string(page.id), fresh.error().detail);
          } else if (*fresh > 0 && self->services.found_posts) {
            self->services.found_posts();
          }
          if (waits_until) self->poll_at(*waits_until);
          self->settle(fresh.has_value());
        });
  }
};

page_poller::page_poller(parts services, options how) : state_(std::make_shared<state>(std::move(services), how)) {}

void page_poller::start() { state_->start(); }
void page_poller::wake() { state_->poll(); }
void page_poller::stop() { state_->stop(); }

}  // namespace pulse::actors
