// Suspends a coroutine until a callback is called. Not a template, so it is compiled once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>

namespace pulse::http {

/// Starts the work, which calls `resume` once, on any thread. Called on the coroutine's thread before it suspends.
class suspended_work {
 public:
  virtual void start(std::function<void()> resume) = 0;

 protected:
  ~suspended_work() = default;
};

/// Suspends until the work calls `resume`, and resumes on the coroutine's own executor. `work` outlives the wait.
boost::asio::awaitable<void> suspend(suspended_work& work);

/// Suspends until `done(value)` is called, once, on any thread, and resumes on the coroutine's own executor.
/// `start(done)` begins the work; `done` is copyable.
template <class Value, class Start>
boost::asio::awaitable<Value> from_callback(Start start) {
  struct waiting final : suspended_work {
    explicit waiting(Start by) : start_(std::move(by)) {}
    void start(std::function<void()> resume) override {
      start_([made = made_, resume = std::move(resume)](Value value) {
        made->emplace(std::move(value));
        resume();
      });
    }
    Start start_;
    std::shared_ptr<std::optional<Value>> made_ = std::make_shared<std::optional<Value>>();
  };
  waiting work{std::move(start)};
  co_await suspend(work);
  co_return std::move(**work.made_);
}

}  // namespace pulse::http
