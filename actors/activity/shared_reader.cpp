#include "actors/activity/shared_reader.hpp"

#include <mutex>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include "actors/activity/reader.hpp"

namespace pulse::actors {

class shared_reader::state : public std::enable_shared_from_this<shared_reader::state> {
 public:
  state(caf::actor_system& on, activity_rows& from) : system_(on), from_(from) {}

  /// When the process stops, requests are dropped, which answers them.
  template <class Message>
  void tell(Message what) {
    if (const auto to = find_or_begin()) caf::anon_send(to, std::move(what));
  }

  void stop() {
    reader_actor ended;
    {
      const std::lock_guard lock{mutex_};
      is_stopping_ = true;
      ended = std::exchange(handle_, nullptr);
    }
    if (ended) caf::anon_send_exit(ended, caf::exit_reason::user_shutdown);
  }

 private:
  reader_actor find_or_begin() {
    const std::lock_guard lock{mutex_};
    if (handle_ || is_stopping_) return handle_;
    auto forget = [known = weak_from_this(), number = ++number_] {
      if (const auto self = known.lock()) self->forget(number);
    };
    handle_ = system_.spawn(reader, reader_facts{&from_, {}, std::move(forget)});
    return handle_;
  }

  /// Its handle is dropped when the lock is free again.
  void forget(int number) {
    reader_actor dropped;
    const std::lock_guard lock{mutex_};
    if (number == number_) dropped = std::exchange(handle_, nullptr);
  }

  caf::actor_system& system_;
  activity_rows& from_;
  std::mutex mutex_;
  reader_actor handle_;
  int number_ = 0;
  bool is_stopping_ = false;
};

shared_reader::shared_reader(caf::actor_system& on, activity_rows& from) : state_(std::make_shared<state>(on, from)) {}

shared_reader::~shared_reader() { stop(); }

void shared_reader::find_end(std::function<void(std::optional<persistence::events::cursor>)> done) {
  state_->tell(end_wanted{std::make_shared<end_reply>(std::move(done))});
}

void shared_reader::read_after(const persistence::events::reader& from, int limit,
                               std::function<void(read_answer)> done) {
  state_->tell(stretch_wanted{from, limit, std::make_shared<stretch_reply>(std::move(done))});
}

void shared_reader::find_ended(std::vector<watching_session> sessions,
                               std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) {
  state_->tell(sessions_wanted{std::move(sessions), std::make_shared<sessions_reply>(std::move(done))});
}

void shared_reader::stop() { state_->stop(); }

}  // namespace pulse::actors
