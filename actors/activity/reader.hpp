// Reads for all hubs of this process at once: requests that arrive during a read, or during the pause after it, go into
// the next one. The first event after a quiet moment is read at once; under load a read serves many companies, and what
// the live stream takes from the database is a fixed part of one connection, however many are watched.
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

#include "actors/activity/rows.hpp"
#include "actors/activity/source.hpp"

namespace pulse::actors {

/// The callback of a request, called once. If it is dropped, it answers that the database did not answer.
template <class Answer>
class answer_once {
 public:
  explicit answer_once(std::function<void(Answer)> done) : done_(std::move(done)) {}
  ~answer_once() { give({}); }
  answer_once(const answer_once&) = delete;
  answer_once& operator=(const answer_once&) = delete;

  void give(Answer answer) {
    if (const auto done = std::exchange(done_, nullptr)) done(std::move(answer));
  }

 private:
  std::function<void(Answer)> done_;
};

using end_reply = answer_once<std::optional<persistence::events::cursor>>;
using stretch_reply = answer_once<read_answer>;
using sessions_reply = answer_once<std::shared_ptr<std::vector<persistence::watch_over>>>;

struct end_wanted {
  std::shared_ptr<end_reply> reply;
};
struct stretch_wanted {
  persistence::events::reader from;
  int limit = 0;
  std::shared_ptr<stretch_reply> reply;
};
struct sessions_wanted {
  std::vector<watching_session> who;
  std::shared_ptr<sessions_reply> reply;
};
struct end_answer {
  std::optional<persistence::events::cursor> at;
};
struct stretches_answer {
  std::shared_ptr<read_stretches> read;
};
struct sessions_answer {
  std::shared_ptr<std::vector<persistence::watch_over>> over;
};
struct read_due {};
struct check_due {};

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::end_wanted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::stretch_wanted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sessions_wanted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::end_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::stretches_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sessions_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_due)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::check_due)

namespace pulse::actors {

using reader_actor = caf::typed_actor<caf::reacts_to<end_wanted>,        // Where does the stream end?
                                      caf::reacts_to<stretch_wanted>,    // What comes after a place?
                                      caf::reacts_to<sessions_wanted>,   // Who may watch no longer?
                                      caf::reacts_to<end_answer>,        // INTERNAL: of the database.
                                      caf::reacts_to<stretches_answer>,  // INTERNAL: of the database.
                                      caf::reacts_to<sessions_answer>,   // INTERNAL: of the database.
                                      caf::reacts_to<read_due>,  // INTERNAL: everybody has asked, or the rest is over.
                                      caf::reacts_to<check_due>>;  // INTERNAL: everybody has asked.

struct reader_limits {
  std::size_t companies = 512;  // read for at once; the others wait for the next read
  int events = 5'000;           // of all that are read for at once, beside
  int events_each_min = 20;
  std::size_t sessions = 5'000;  // asked about at once, or those of one company
  int rest_of_read = 4;          // times as long as reading took: at most a fifth of the time is spent reading
  /// What an event may wait for the next read. With 100 ms a thousand watchers had all of one event after 72 ms (p99),
  /// with 20 after 28.
  std::chrono::milliseconds rest_max{20};
};

/// What it begins with. `from` outlives it; `forget` is called when it ends.
struct reader_facts {
  activity_rows* from = nullptr;
  reader_limits limits{};
  std::function<void()> forget{};
};

class reader_state {
 public:
  static constexpr const char* name = "activity_reader";

  ~reader_state();
  void init(reader_actor::pointer self, reader_facts facts);

  void on(const end_wanted& message);
  void on(const stretch_wanted& message);
  void on(const sessions_wanted& message);
  void on(const end_answer& message);
  void on(const stretches_answer& message);
  void on(const sessions_answer& message);
  void on(const read_due& message);
  void on(const check_due& message);

 private:
  void read_soon();
  void find_end();

  reader_actor::pointer self_ = nullptr;
  reader_facts facts_;
  std::vector<end_wanted> ends_waiting_;
  std::vector<end_wanted> ends_asked_;  // not empty: the database is asked
  std::deque<stretch_wanted> waiting_;
  std::vector<stretch_wanted> asked_;  // not empty: the database is asked
  std::deque<sessions_wanted> sessions_waiting_;
  std::vector<sessions_wanted> sessions_asked_;  // not empty: the database is asked
  bool is_read_due_ = false;
  bool is_check_due_ = false;
  caf::actor_clock::time_point asked_at_{};
  caf::actor_clock::time_point rest_until_{};
};

reader_actor::behavior_type reader(reader_actor::stateful_pointer<reader_state> self, reader_facts facts);

}  // namespace pulse::actors
