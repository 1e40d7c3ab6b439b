// One company's hub: reads each of its events once, serialises it once, and hands it to all who watch. Lives while
// somebody watches and a little longer, so that a client that was disconnected for a moment gets what it missed from
// memory. The database is the truth: without notifications a hub polls at most a second after its last read. If it
// crashes, only its connections are lost, and clients reconnect.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <caf/actor_clock.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/activity/activity.hpp"
#include "actors/activity/source.hpp"

namespace pulse::actors {

/// The callback of a request, called once. If it is dropped, it answers that nobody watches.
class watch_reply {
 public:
  explicit watch_reply(std::function<void(const watch_answer&)> done) : done_(std::move(done)) {}
  ~watch_reply() { give({}); }
  watch_reply(const watch_reply&) = delete;
  watch_reply& operator=(const watch_reply&) = delete;

  void give(const watch_answer& answer) {
    if (const auto done = std::exchange(done_, nullptr)) done(answer);
  }

 private:
  std::function<void(const watch_answer&)> done_;
};

struct begin_watching {
  watch_request wanted;
  std::shared_ptr<watch_reply> reply;
};
struct stop_watching {
  std::shared_ptr<activity_watcher> watcher;
};
struct events_committed {};
struct stream_end {
  std::optional<persistence::events::cursor> at;
};
struct stream_read {
  read_answer answer;
};
struct sessions_ended {
  std::shared_ptr<const std::vector<watching_session>> asked;
  std::shared_ptr<std::vector<persistence::watch_over>> over;
};
struct read_again {};
struct hub_tick {};

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::begin_watching)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::stop_watching)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::events_committed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::stream_end)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::stream_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sessions_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_again)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::hub_tick)

namespace pulse::actors {

using hub_actor = caf::typed_actor<caf::reacts_to<begin_watching>,    // Gives everything after a place, and what comes.
                                   caf::reacts_to<stop_watching>,     // Gives this one nothing more.
                                   caf::reacts_to<events_committed>,  // There is something to read.
                                   caf::reacts_to<stream_end>,        // INTERNAL: where the stream ends now.
                                   caf::reacts_to<stream_read>,       // INTERNAL: events, or the database is away.
                                   caf::reacts_to<sessions_ended>,    // INTERNAL: who may watch no longer.
                                   caf::reacts_to<read_again>,        // INTERNAL: a transaction may have ended.
                                   caf::reacts_to<hub_tick>>;         // INTERNAL: time to look, told or not.

struct hub_limits {
  std::size_t watchers = 5'000;    // further ones are turned away
  std::size_t remembered = 5'000;  // events kept for those who come back
  std::size_t remembered_bytes = 4 * 1024 * 1024;
  int page = 500;                             // events read at once
  std::chrono::milliseconds poll_every{500};  // at the rows and at the sessions
  std::chrono::milliseconds early_wait{4};    // for a transaction that still runs; doubles up to
  std::chrono::milliseconds early_wait_max{64};
  std::chrono::milliseconds rest_after{30'000};  // without a watcher
  std::size_t watchers_a_ms = 100;  // whom it hands out to; what happens while it does is handed out together
  std::chrono::milliseconds hand_out_pause_max{20};
};

/// What a hub begins with. `forget` is called when it ends; `from` outlives it.
struct hub_facts {
  base::uuid tenant_id;
  activity_source* from = nullptr;
  hub_limits limits{};
  std::function<void()> forget{};
};

class hub_state {
 public:
  static constexpr const char* name = "activity_hub";

  ~hub_state();
  void init(hub_actor::pointer self, hub_facts facts);

  void on(const begin_watching& message);
  void on(const stop_watching& message);
  void on(const events_committed& message);
  void on(const stream_end& message);
  void on(const stream_read& message);
  void on(const sessions_ended& message);
  void on(const read_again& message);
  void on(const hub_tick& message);

 private:
  using cursor = persistence::events::cursor;
  struct watcher {
    std::shared_ptr<activity_watcher> to;
    watching_session who;
  };

  /// A watcher whose previous process had read further than this one.
  struct ahead_watcher {
    begin_watching message;
    bool is_read_for = false;  // a read began after it came
  };

  void admit(const begin_watching& message);
  void admit_ahead();
  void find_end();
  void read_soon();
  void read();
  void pause();
  void hand_out(const std::vector<persistence::events::placed_event>& events);
  void remember(const std::shared_ptr<const activity_frame>& frame);
  void check_sessions();
  void end_all(watch_end why);
  void tick_later();

  hub_actor::pointer self_ = nullptr;
  hub_facts facts_;
  std::optional<cursor> head_;  // none: not known yet
  cursor begins_at_;            // what is remembered comes after it
  std::deque<std::shared_ptr<const activity_frame>> remembered_;
  std::size_t remembered_bytes_ = 0;
  std::vector<watcher> watchers_;
  std::vector<begin_watching> waiting_;  // for the head
  std::vector<ahead_watcher> ahead_;     // of the head
  bool is_reading_ = false;
  bool is_told_ = false;  // while a read is asked for or under way
  caf::actor_clock::time_point told_at_{};
  bool is_fresh_ = false;  // read since the last tick
  bool is_checking_ = false;
  std::chrono::milliseconds early_wait_{0};
  std::chrono::milliseconds rested_{0};
  caf::actor_clock::time_point pause_until_{};  // after something was handed out
  bool is_read_due_ = false;                    // when the pause is over
};

hub_actor::behavior_type hub(hub_actor::stateful_pointer<hub_state> self, hub_facts facts);

}  // namespace pulse::actors
