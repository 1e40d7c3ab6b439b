#include "http/live/watcher.hpp"

#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/bridges/database_bridge.hpp"

namespace pulse::http::live {

namespace {

namespace asio = boost::asio;
namespace events = persistence::events;

constexpr int page = 500;

}  // namespace

/// The events read to catch up.
struct watcher::missed {
  bool is_too_much = false;
  events::stretch read;
};

watcher::watcher(services& services, watch_facts who, std::set<base::uuid> projects)
    : services_(services),
      tenant_id_(who.tenant_id),
      arriving_(std::make_unique<watch_facts>(std::move(who))),
      projects_(std::make_unique<std::set<base::uuid>>(std::move(projects))),
      place_(arriving_->is_lost ? std::nullopt : arriving_->after) {}

asio::awaitable<void> watcher::run(server::taken_request taken) {
  if (is_stopping_) co_return cut();
  const bool is_open = co_await open(std::move(taken));
  if (!is_open) co_return cut();
  feed_ = std::make_shared<feed>(client().get_executor(), feed_limits{}, [this] { cut(); });
  feed_->limit_to(watch_reach::read(arriving_->reach));
  feed_->subscribe(std::move(*projects_));
  projects_.reset();
  feed_->call_with([this] { on_call(); });
  if (is_stopping_) feed_->end(actors::watch_end::stopping);
  listen();
  ping_at_ = clock::now() + ping_interval;
  deck::of(client().get_executor()).enter(*this);
  const bool is_attached = co_await attach();
  arriving_.reset();
  if (state_ == state::arriving) state_ = state::live;
  if (!is_attached && !feed_->ended()) feed_->close();
  go_on();
}

void watcher::on_stop() {
  is_stopping_ = true;
  if (feed_) feed_->end(actors::watch_end::stopping);
}

// --- arriving --------------------------------------------------------------------------------------------------------

/// Returns when the hub has this watcher; false when that is impossible.
asio::awaitable<bool> watcher::attach() {
  std::string_view lost = arriving_->is_lost ? "unknown_cursor" : "";
  bool is_first = true;
  while (!feed_->is_closed()) {
    const auto answer = co_await ask();
    if (answer.is_watching) {
      if (!place_) place_ = answer.head;
      const bool is_greeted = co_await greet(lost);
      co_return is_greeted;
    }
    if (!answer.begins_at) {
      feed_->end(actors::watch_end::stopping);
      if (!feed_->ended()) co_await rest(std::chrono::seconds{1});
      co_return false;
    }
    auto read = co_await read_missed(std::exchange(is_first, false));
    if (!read) continue;
    if (read->is_too_much || read->read.is_ahead) {
      place_.reset();
      lost = read->is_too_much ? "away_too_long" : "restored";
      continue;
    }
    const bool is_given = co_await give(read->read);
    if (!is_given) co_return false;
  }
  co_return false;
}

asio::awaitable<actors::watch_answer> watcher::ask() {
  auto start = [this](auto done) {
    actors::watch_request wanted{tenant_id_, arriving_->member_id, arriving_->session_id, arriving_->reach, place_,
                                 feed_};
    services_.activity->watch(std::move(wanted), std::move(done));
  };
  auto answer = co_await from_callback<actors::watch_answer>(std::move(start));
  co_return answer;
}

/// Nothing when the database did not answer; the caller retries after a moment.
asio::awaitable<std::optional<watcher::missed>> watcher::read_missed(bool is_first) {
  auto job = [tenant_id = tenant_id_, after = *place_, is_first](persistence::transaction& tx) {
    missed made;
    made.is_too_much = is_first && events::count_after(tx, tenant_id, after, replayed_max + 1) > replayed_max;
    if (!made.is_too_much)
      made.read = events::read_after(tx, tenant_id, after, std::nullopt, page, events::patience::with_our_own);
    return made;
  };
  auto start = [this, job = std::move(job)](auto done) mutable {
    services_.database.transact(tenant_id_, std::move(job), std::move(done));
  };
  auto read = co_await from_callback<persistence::result<missed>>(std::move(start));
  if (!read.has_error()) co_return std::move(*read);
  if (!feed_->is_closed()) co_await rest(std::chrono::milliseconds{500});
  co_return std::nullopt;
}

asio::awaitable<bool> watcher::give(const events::stretch& read) {
  const bool is_greeted = co_await greet("");
  if (!is_greeted) co_return false;
  for (const auto& each : read.events) feed_->push(actors::to_frame(each));
  while (!feed_->is_empty() && !feed_->is_closed() && !feed_->ended()) {
    auto what = render(feed_->next(events_in_message_max, message_bytes_max));
    const bool is_sent = co_await deliver(std::move(what));
    if (!is_sent) co_return false;
  }
  place_ = read.to;
  co_return !feed_->is_closed();
}

/// Sends the greeting, once, before anything else.
asio::awaitable<bool> watcher::greet(std::string_view lost) {
  if (std::exchange(is_greeted_, true)) co_return true;
  auto hello = say("hello");
  hello.resumed = arriving_->after.has_value() && lost.empty();
  auto what = render(hello);
  bool is_sent = co_await deliver(std::move(what));
  if (is_sent && !lost.empty()) {
    auto reload = say("reload");
    reload.reason = std::string{lost};
    what = render(reload);
    is_sent = co_await deliver(std::move(what));
  }
  co_return is_sent;
}

asio::awaitable<bool> watcher::deliver(text what) {
  transmit(std::move(what));
  while (is_sending_) co_await rest(std::chrono::minutes{1});
  co_return is_sent_;
}

/// Waits until something happens, at most for `most`.
asio::awaitable<void> watcher::rest(std::chrono::milliseconds most) {
  asio::steady_timer timer{client().get_executor(), most};
  resting_ = &timer;
  boost::system::error_code ended;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  resting_ = nullptr;
}

// --- from then on ----------------------------------------------------------------------------------------------------

void watcher::on_call() {
  if (resting_ != nullptr && (feed_->is_closed() || feed_->ended())) resting_->cancel();
  if (feed_->is_closed() && state_ != state::leaving) cut();  // pending operations fail
  go_on();
}

/// Sends the next message, unless one is being sent.
void watcher::go_on() {
  if (state_ == state::arriving || is_sending_) return;
  if (feed_->is_closed()) return finish();
  if (state_ != state::live) return;
  if (feed_->ended()) return take_leave(*feed_->ended());
  if (!feed_->is_empty()) {
    const auto next = feed_->next(events_in_message_max, message_bytes_max);
    place_ = next.back()->at;
    return transmit(render(next));
  }
  if (std::exchange(is_ping_due_, false)) transmit(render(say("ping")));
}

void watcher::transmit(text what) {
  is_sending_ = true;
  send(std::move(what));
}

void watcher::on_sent(bool is_sent) {
  is_sending_ = false;
  is_sent_ = is_sent;
  if (resting_ != nullptr) resting_->cancel();
  if (leaving_because_) return is_sent ? leave(*std::exchange(leaving_because_, std::nullopt)) : finish();
  if (is_sent) return go_on();
  feed_->close();
  if (state_ == state::leaving) finish();
}

void watcher::take_leave(actors::watch_end why) {
  state_ = state::leaving;
  const bool is_changed = why == actors::watch_end::reach_changed;
  if (why != actors::watch_end::restored && !is_changed) return leave(why);
  auto reload = say("reload");
  reload.reason = is_changed ? "access_changed" : "restored";
  leaving_because_ = why;
  transmit(render(reload));
}

void watcher::finish() {
  if (std::exchange(state_, state::over) == state::over) return;
  deck::of(client().get_executor()).leave(*this);
  feed_->forget_calls();
  feed_->close();
  services_.activity->unwatch(tenant_id_, feed_);
  cut();
}

void watcher::on_tick(clock::time_point now) {
  if (now >= ping_at_) {
    is_ping_due_ = true;
    ping_at_ = now + ping_interval;
  }
  look_after(now);
  go_on();
}

note watcher::say(std::string type) const {
  return {std::move(type), services_.clock.now(), events::to_text(place_.value_or(cursor{})), {}, {}};
}

}  // namespace pulse::http::live
