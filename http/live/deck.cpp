#include "http/live/deck.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

#include "http/live/feed.hpp"

namespace pulse::http::live {

namespace asio = boost::asio;

const asio::execution_context::id deck::id;

deck::deck(asio::io_context& on) : service(on), on_(on.get_executor()), timer_(on) {}

void deck::shutdown() {
  timer_.cancel();
  open_.clear();
  const std::lock_guard lock{mutex_};
  put_.clear();
}

void deck::put(std::shared_ptr<feed> to, actors::activity_batch events) {
  const std::lock_guard lock{mutex_};
  put_.push_back({std::move(to), std::move(events)});
  if (!std::exchange(is_called_, true)) asio::post(on_, [this] { deliver(); });
}

void deck::deliver() {
  if (next_ == open_.size()) {
    open_.clear();
    next_ = 0;
    const std::lock_guard lock{mutex_};
    if (put_.empty()) {
      is_called_ = false;
      return;
    }
    open_.swap(put_);
  }
  const auto end = std::min(open_.size(), next_ + watchers_in_turn_max);
  while (next_ < end) {
    const auto each = std::move(open_[next_++]);
    each.to->receive(*each.events);
  }
  asio::post(on_, [this] { deliver(); });
}

void deck::enter(resident& who) {
  const bool is_first = residents_.empty();
  residents_.push_back(who);
  if (is_first) tick();
}

void deck::leave(resident& who) {
  who.unlink();
  if (residents_.empty()) timer_.cancel();
}

void deck::tick() {
  timer_.expires_after(tick_interval);
  timer_.async_wait([this](boost::system::error_code failure) {
    if (failure) return;
    const auto now = clock::now();
    for (auto at = residents_.begin(); at != residents_.end();) (at++)->on_tick(now);
    if (!residents_.empty()) tick();
  });
}

}  // namespace pulse::http::live
