#include "connectors/egress/streamed_body.hpp"

#include <algorithm>
#include <utility>

namespace pulse::connectors {

namespace {

std::size_t copy(const std::string& from, std::int64_t at, char* to, std::size_t room) {
  const auto left = from.size() - static_cast<std::size_t>(at);
  const auto count = std::min(left, room);
  std::copy_n(from.data() + at, count, to);
  return count;
}

}  // namespace

body_stream::body_stream(std::shared_ptr<const streamed_body> what, std::function<void()> wake)
    : what_(std::move(what)), wake_(std::move(wake)) {}

body_stream::copied body_stream::next(char* to, std::size_t room) {
  const auto front = static_cast<std::int64_t>(what_->front.size());
  copied made;
  if (at_ < front) {
    made.bytes = copy(what_->front, at_, to, room);
  } else if (at_ < front + what_->bytes) {
    const auto within = at_ - front;
    if (within < here_at_ || within >= here_at_ + static_cast<std::int64_t>(here_.size())) {
      std::unique_lock lock{coming_->mutex};
      if (!coming_->is_here) {
        const bool is_new = !std::exchange(coming_->is_asked, true);
        lock.unlock();  // it may be answered at once
        if (is_new) ask(within);
        return {step::paused};
      }
      if (!coming_->piece || coming_->piece->empty()) return {step::failed};
      here_ = std::move(*coming_->piece);
      here_at_ = within;
      coming_->is_asked = coming_->is_here = false;
    }
    made.bytes = copy(here_, within - here_at_, to, room);
  } else {
    made.bytes = copy(what_->end, at_ - front - what_->bytes, to, room);
  }
  at_ += static_cast<std::int64_t>(made.bytes);
  return made;
}

void body_stream::ask(std::int64_t from) {
  const auto count = std::min(static_cast<std::int64_t>(piece_bytes), what_->bytes - from);
  what_->read(from, static_cast<std::size_t>(count), [coming = coming_, wake = wake_](streamed_body::piece got) {
    {
      const std::lock_guard lock{coming->mutex};
      coming->piece = std::move(got);
      coming->is_here = true;
    }
    wake();
  });
}

void body_stream::seek(std::int64_t at) {
  at_ = at;
  here_.clear();
  coming_ = std::make_shared<shared>();
}

bool body_stream::may_go_on() const {
  const std::lock_guard lock{coming_->mutex};
  return coming_->is_here;
}

}  // namespace pulse::connectors
