// What answers while the program waits for what it needs: it lives, is not ready, and says why.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <utility>

#include "http/api/addresses.hpp"
#include "http/front_door.hpp"
#include "http/operations/metrics.hpp"

namespace pulse::http {

/// Stands before the front door from the first moment on, so that the port answers while PostgreSQL is waited for.
/// Outlives the server; thread-safe.
class waiting_room {
 public:
  /// `measures` outlives it.
  waiting_room(metrics& measures, addresses seen_at) : measures_(measures), addresses_(std::move(seen_at)) {}

  /// What /ready says is waited for: a sentence for strangers, without addresses.
  void say(std::string reason);

  /// From now on `door` answers everything; it outlives the server.
  void open(front_door& door) { door_ = &door; }

  /// For server::server.
  server::handler handler();
  server::server::refusal refusal();
  std::function<server::body_permit(const server::request&)> before_body();

 private:
  server::response answer_waiting(const server::request& request) const;

  metrics& measures_;
  const addresses addresses_;
  std::atomic<front_door*> door_{nullptr};
  mutable std::mutex mutex_;
  std::string reason_ = "The service is starting.";
};

}  // namespace pulse::http
