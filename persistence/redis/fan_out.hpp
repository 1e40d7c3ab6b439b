// Tells the other processes, through Redis, that a company has new events. Redis may lose any of it at any time: every
// hub looks at the database by itself, so all that is lost is part of a second.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/uuid.hpp"
#include "persistence/redis/redis.hpp"

namespace pulse::persistence {

/// Publishes. What comes while a PUBLISH is under way goes out together with the next. Thread-safe; never blocks.
class fan_out_sender {
 public:
  /// Companies that wait at most; further ones are left to the hubs' own looks.
  static constexpr std::size_t most_waiting = 10'000;

  /// `to` outlives it. `node_id` is this process, which need not hear itself.
  fan_out_sender(redis& to, const base::uuid& node_id);
  ~fan_out_sender();
  fan_out_sender(const fan_out_sender&) = delete;
  fan_out_sender& operator=(const fan_out_sender&) = delete;

  void notify(const base::uuid& tenant_id);

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the PUBLISH under way
};

/// Subscribes, on a thread and a connection of its own, which is made again when it broke.
class fan_out_listener {
 public:
  struct options {
    std::chrono::milliseconds connect_timeout{500};
    std::chrono::milliseconds ask_every{10'000};  // whether Redis is still there
    std::chrono::milliseconds answer_timeout{2'000};
    std::chrono::milliseconds retry_pause{500};
  };

  /// `heard` is called on the listener's thread with every company that another process names.
  fan_out_listener(const std::string& redis_url, const base::uuid& node_id,
                   std::function<void(const base::uuid&)> heard, options how);
  /// Stops within a connect time-out.
  ~fan_out_listener();
  fan_out_listener(const fan_out_listener&) = delete;
  fan_out_listener& operator=(const fan_out_listener&) = delete;

 private:
  class listening;
  std::unique_ptr<listening> listening_;
};

}  // namespace pulse::persistence
