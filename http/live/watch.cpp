#include "http/live/watch.hpp"

#include <utility>

#include "base/json.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
namespace events = persistence::events;

constexpr int page = 500;

/// What was read to catch up.
struct missed {
  bool is_too_much = false;
  events::stretch read;
};

/// One watcher on its way from where it was to where everybody is.
class watching {
 public:
  watching(services& with, const watch_facts& who, std::shared_ptr<feed> by, transport& to)
      : with_(with), who_(who), by_(std::move(by)), to_(to), place_(who.after) {
    by_->limit_to(watch_reach::read(who.reach));
  }

  asio::awaitable<void> run() {
    const bool is_attached = co_await attach();
    if (is_attached) co_await go_on();
    with_.activity->unwatch(who_.tenant_id, by_);
    if (by_->ended() && !by_->is_closed()) co_await take_leave(*by_->ended());
  }

 private:
  /// Until the hub has it among its watchers; false when that cannot be.
  asio::awaitable<bool> attach() {
    if (who_.is_lost) place_.reset();
    bool is_first = true;
    while (!by_->is_closed()) {
      const auto answer = co_await ask();
      if (answer.is_watching) {
        if (!place_) place_ = answer.head;
        const bool is_greeted = co_await greet(who_.is_lost ? "unknown_cursor" : "");
        co_return is_greeted;
      }
      if (!answer.begins_at) {
        by_->end(actors::watch_end::stopping);
        co_await by_->wait(feed::clock::now() + std::chrono::seconds{1});
        co_return false;
      }
      auto read = co_await read_missed(std::exchange(is_first, false));
      if (!read) continue;
      if (read->is_too_much || read->read.is_ahead) {
        place_.reset();
        lost_ = read->is_too_much ? "away_too_long" : "restored";
        continue;
      }
      const bool is_given = co_await give(read->read);
      if (!is_given) co_return false;
    }
    co_return false;
  }

  asio::awaitable<actors::watch_answer> ask() {
    auto start = [this](auto done) {
      actors::watch_request wanted{who_.tenant_id, who_.member_id, who_.session_id, who_.reach, place_, by_};
      with_.activity->watch(std::move(wanted), std::move(done));
    };
    auto answer = co_await from_callback<actors::watch_answer>(std::move(start));
    co_return answer;
  }

  /// Nothing when the database did not answer: after a moment it is asked again.
  asio::awaitable<std::optional<missed>> read_missed(bool is_first) {
    auto job = [tenant_id = who_.tenant_id, after = *place_, is_first](persistence::transaction& tx) {
      missed made;
      made.is_too_much = is_first && events::count_after(tx, tenant_id, after, replayed_max + 1) > replayed_max;
      if (!made.is_too_much) made.read = events::read_after(tx, tenant_id, after, std::nullopt, page);
      return made;
    };
    auto start = [this, job = std::move(job)](auto done) mutable {
      with_.database.transact(who_.tenant_id, std::move(job), std::move(done));
    };
    auto read = co_await from_callback<persistence::result<missed>>(std::move(start));
    if (!read.has_error()) co_return std::move(*read);
    co_await by_->wait(feed::clock::now() + std::chrono::milliseconds{500});
    co_return std::nullopt;
  }

  asio::awaitable<bool> give(const events::stretch& read) {
    const bool is_greeted = co_await greet("");
    if (!is_greeted) co_return false;
    for (const auto& each : read.events) by_->push(actors::to_frame(each));
    place_ = read.to;
    const bool is_sent = co_await send_waiting();
    co_return is_sent;
  }

  /// Once, before anything else.
  asio::awaitable<bool> greet(std::string_view lost) {
    if (std::exchange(is_greeted_, true)) co_return true;
    const auto reason = lost_.empty() ? std::string{lost} : lost_;
    const bool is_resumed = who_.after.has_value() && reason.empty();
    last_cursor_ = events::to_text(*place_);
    auto hello = say("hello");
    hello.resumed = is_resumed;
    bool is_sent = co_await to_.send(hello);
    if (is_sent && !reason.empty()) {
      auto reload = say("reload");
      reload.reason = reason;
      is_sent = co_await to_.send(reload);
    }
    co_return is_sent;
  }

  /// Named before it is sent: g++ 12 copies a temporary behind co_await bit by bit.
  note say(std::string type) const { return {std::move(type), with_.clock.now(), last_cursor_, {}, {}}; }

  asio::awaitable<void> go_on() {
    auto ping_at = feed::clock::now() + ping_interval;
    while (!by_->is_closed() && !by_->ended()) {
      const bool is_sent = co_await send_waiting();
      if (!is_sent) co_return by_->close();
      if (feed::clock::now() >= ping_at) {
        const auto ping = say("ping");
        const bool is_heard = co_await to_.send(ping);
        if (!is_heard) co_return by_->close();
        ping_at = feed::clock::now() + ping_interval;
      }
      if (by_->is_empty() && !by_->ended()) co_await by_->wait(ping_at);
    }
  }

  asio::awaitable<bool> send_waiting() {
    while (!by_->is_empty() && !by_->is_closed() && !by_->ended()) {
      const auto next = by_->next(events_in_message_max);
      last_cursor_ = next.back()->cursor;
      const bool is_sent = co_await to_.send(next);
      if (!is_sent) co_return false;
    }
    co_return !by_->is_closed();
  }

  asio::awaitable<void> take_leave(actors::watch_end why) {
    const bool is_changed = why == actors::watch_end::reach_changed;
    if (why == actors::watch_end::restored || is_changed) {
      auto reload = say("reload");
      reload.reason = is_changed ? "access_changed" : "restored";
      co_await to_.send(reload);
    }
    co_await to_.leave(why);
  }

  services& with_;
  const watch_facts& who_;
  std::shared_ptr<feed> by_;
  transport& to_;
  std::optional<events::cursor> place_;  // everything up to it was given; none: from now on
  std::string lost_;                     // why it must read everything anew; empty: it need not
  std::string last_cursor_;
  bool is_greeted_ = false;
};

}  // namespace

asio::awaitable<void> watch(services& with, const watch_facts& who, std::shared_ptr<feed> by, transport& to) {
  watching one{with, who, std::move(by), to};
  co_await one.run();
}

}  // namespace pulse::http::live
