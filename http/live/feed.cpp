#include "http/live/feed.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pulse::http::live {

namespace asio = boost::asio;

feed::feed(executor on, feed_limits limits, std::function<void()> drop)
    : on_(on), limits_(limits), drop_(std::move(drop)), call_(on), leave_(on) {}

void feed::take(const actors::activity_batch& events) {
  asio::post(on_, [self = shared_from_this(), events] {
    for (const auto& each : *events) self->push(each);
  });
}

void feed::end(actors::watch_end why) {
  asio::post(on_, [self = shared_from_this(), why] { self->go(why); });
}

void feed::go(actors::watch_end why) {
  if (ended_ || is_closed_) return;
  ended_ = why;
  wake();
  leave_.expires_after(leave_timeout);
  leave_.async_wait([self = shared_from_this()](boost::system::error_code failure) {
    if (!failure) self->drop();
  });
}

void feed::drop() {
  close();
  if (const auto drop = std::exchange(drop_, nullptr)) drop();
}

bool feed::wants(const actors::activity_frame& event) const {
  if (reach_ && !reach_->covers(event)) return false;
  return projects_.empty() || !event.project_id || projects_.contains(*event.project_id);
}

void feed::push(frame event) {
  if (is_closed_ || !wants(*event)) return;
  waiting_bytes_ += event->json.size();
  waiting_.push_back(std::move(event));
  if (waiting_.size() <= limits_.events && waiting_bytes_ <= limits_.bytes) return wake();
  drop();
}

asio::awaitable<void> feed::wait(clock::time_point until) {
  if (std::exchange(is_called_, false)) co_return;
  call_.expires_at(until);
  boost::system::error_code ended;
  co_await call_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
  is_called_ = false;
}

void feed::wake() {
  is_called_ = true;
  call_.cancel();
}

std::vector<frame> feed::next(std::size_t most) {
  const auto count = std::min(most, waiting_.size());
  std::vector<frame> made;
  made.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    waiting_bytes_ -= waiting_.front()->json.size();
    made.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return made;
}

void feed::close() {
  is_closed_ = true;
  leave_.cancel();
  waiting_.clear();
  waiting_bytes_ = 0;
  wake();
}

}  // namespace pulse::http::live
