#include "http/live/feed.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/asio/post.hpp>

namespace pulse::http::live {

namespace asio = boost::asio;

feed::feed(executor on, feed_limits limits, std::function<void()> drop)
    : deck_(deck::of(on)), on_(on), limits_(limits), drop_(std::move(drop)) {}

void feed::take(const actors::activity_batch& events) { deck_.put(shared_from_this(), events); }

void feed::end(actors::watch_end why) {
  asio::post(on_, [self = shared_from_this(), why] { self->go(why); });
}

void feed::go(actors::watch_end why) {
  if (ended_ || is_closed_) return;
  ended_ = why;
  leave_ = std::make_unique<asio::steady_timer>(on_, leave_timeout);
  leave_->async_wait([self = shared_from_this()](boost::system::error_code failure) {
    if (!failure) self->drop();
  });
  call();
}

void feed::drop() {
  close();
  if (const auto drop = std::exchange(drop_, nullptr)) drop();
}

bool feed::wants(const actors::activity_frame& event) const {
  if (reach_ && !reach_->covers(event)) return false;
  return projects_.empty() || !event.project_id || projects_.contains(*event.project_id);
}

void feed::receive(const std::vector<frame>& events) {
  bool is_more = false;
  for (const auto& each : events) is_more = add(each) || is_more;
  if (is_more) call();
}

void feed::push(frame event) {
  if (add(std::move(event))) call();
}

/// Returns whether the event now waits.
bool feed::add(frame event) {
  if (is_closed_ || !wants(*event)) return false;
  waiting_bytes_ += event->json.size();
  waiting_.push_back(std::move(event));
  if (waiting_.size() - first_ <= limits_.events && waiting_bytes_ <= limits_.bytes) return true;
  drop();
  return false;
}

void feed::call() {
  if (const auto call = call_) call();  // a copy: the call may be reset meanwhile
}

std::vector<frame> feed::next(std::size_t most, std::size_t bytes) {
  const auto begin = waiting_.begin() + static_cast<std::ptrdiff_t>(first_);
  auto end = begin;
  std::size_t taken = 0;
  while (end != waiting_.end() && static_cast<std::size_t>(end - begin) < most && taken < bytes)
    taken += (*end++)->json.size();
  std::vector<frame> made{std::make_move_iterator(begin), std::make_move_iterator(end)};
  waiting_bytes_ -= taken;
  first_ += made.size();
  if (is_empty()) {
    std::vector<frame>{}.swap(waiting_);
    first_ = 0;
  } else if (first_ > waiting_.size() / 2) {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  return made;
}

void feed::close() {
  if (std::exchange(is_closed_, true)) return;
  std::vector<frame>{}.swap(waiting_);
  first_ = 0;
  waiting_bytes_ = 0;
  call();
}

void feed::forget_calls() {
  leave_.reset();
  drop_ = nullptr;
  call_ = nullptr;
}

}  // namespace pulse::http::live
