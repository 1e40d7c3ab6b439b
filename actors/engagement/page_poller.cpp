#include "actors/engagement/page_poller.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include <spdlog/spdlog.h>

namespace pulse::actors {

namespace polls = persistence::polls;

struct page_poller::state : std::enable_shared_from_this<page_poller::state> {
  state(parts with_, options how_) : with(std::move(with_)), how(how_) {}

  const parts with;
  const options how;
  std::atomic<bool> stopped{false};
  std::atomic<int> under_way{0};
  std::atomic<bool> is_taking{false};
  std::atomic<bool> is_to_wake{false};

  void go_on() {
    if (stopped) return;
    look();
    with.client.after(how.look_every, [self = shared_from_this()] { self->go_on(); });
  }

  /// Takes as many as there is room for; who finishes makes room for the next.
  void look() {
    const int room = how.at_once - under_way;
    if (stopped || room <= 0 || is_taking.exchange(true)) return;
    const auto now = with.clock.now();
    auto job = [now, until = now + how.taken_for, room, node = how.node](persistence::transaction& tx) {
      return polls::take_due(tx, now, until, room, node);
    };
    with.database.transact(std::nullopt, std::move(job),
                           [self = shared_from_this()](persistence::result<std::vector<polls::due_page>> due) {
                             self->is_taking = false;
                             if (due.has_error()) return;
                             self->under_way += static_cast<int>(due->size());
                             for (const auto& each : *due) self->poll(each);
                           });
  }

  void poll(const polls::due_page& page) {
    with.source(
        page, [self = shared_from_this(), page](polls::page_answer answer) { self->record(page, std::move(answer)); });
  }

  /// A page's turn comes before the next look would.
  void look_at(base::timestamp at) {
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(at - with.clock.now());
    if (pause > how.look_every || stopped || is_to_wake.exchange(true)) return;
    with.client.after(std::max(pause, std::chrono::milliseconds{1}), [self = shared_from_this()] {
      self->is_to_wake = false;
      self->look();
    });
  }

  void record(const polls::due_page& page, polls::page_answer answer) {
    const auto waits_until = answer.waits_until;
    auto job = [page, answer = std::move(answer), now = with.clock.now(), spread = with.random()](
                   persistence::transaction& tx) { return polls::record(tx, page, answer, now, spread); };
    with.database.transact(
        page.tenant_id, std::move(job), [self = shared_from_this(), page, waits_until](persistence::result<int> fresh) {
          --self->under_way;
          if (fresh.has_error()) {
            spdlog::warn("what was found of the tracked page {} could not be stored; it is looked at again: {}",
                         base::to_string(page.id), fresh.error().detail);
          } else if (*fresh > 0 && self->with.found_posts) {
            self->with.found_posts();
          }
          if (waits_until) self->look_at(*waits_until);
          if (fresh.has_value()) self->look();
        });
  }
};

page_poller::page_poller(parts with, options how) : state_(std::make_shared<state>(std::move(with), how)) {}

void page_poller::start() { state_->go_on(); }
void page_poller::wake() { state_->look(); }
void page_poller::stop() { state_->stopped = true; }

}  // namespace pulse::actors
