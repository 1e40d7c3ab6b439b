// Waiting for the egress client's callback in a test.
#pragma once

#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

#include "connectors/egress/egress.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::tests {

/// What a callback will be given; `get` waits for it and throws when it does not come.
template <class T>
class awaited {
 public:
  /// The callback to hand over. Called twice it ends the test program, as it should.
  auto callback() {
    return [promise = promise_](T value) { promise->set_value(std::move(value)); };
  }
  T get() {
    if (future_.wait_for(patience) != std::future_status::ready) throw std::runtime_error("no callback came");
    return future_.get();
  }

 private:
  std::shared_ptr<std::promise<T>> promise_ = std::make_shared<std::promise<T>>();
  std::future<T> future_ = promise_->get_future();
};

/// Sends one request and waits for its reply.
inline connectors::egress_reply call(connectors::egress& client, connectors::egress_request request) {
  awaited<connectors::egress_reply> reply;
  client.send(std::move(request), reply.callback());
  return reply.get();
}

}  // namespace pulse::tests
