#include "actors/system/actor_engine.hpp"

#include <functional>
#include <optional>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/activity/hubs.hpp"
#include "actors/system/node.hpp"
#include "actors/system/safety.hpp"

namespace pulse::actors {

/// Whom to call back, once. An engine that stops drops its messages: then too.
class hearing {
 public:
  explicit hearing(std::function<void()> heard) : heard_(std::move(heard)) {}
  ~hearing() { over(); }
  hearing(const hearing&) = delete;
  hearing& operator=(const hearing&) = delete;

  void over() {
    if (const auto heard = std::exchange(heard_, nullptr)) heard();
  }

 private:
  std::function<void()> heard_;
};

/// A call from outside: what to tell the node, and whom to call back.
struct outside_call {
  base::uuid tenant_id;
  std::shared_ptr<hearing> heard;
};

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::outside_call)

namespace pulse::actors {

namespace {

/// CAF's defaults starve: one busy actor would keep a worker for ever (caf max-throughput). So every setting is ours.
struct caf_settings : caf::actor_system_config {
  explicit caf_settings(std::size_t threads) {
    set("scheduler.max-threads", threads);
    set("scheduler.max-throughput", std::size_t{100});
    // A worker that steals polls when it finds nothing: under load a quarter of what the engine costs.
    set("scheduler.policy", caf::atom("sharing"));
  }
};

/// The doorway: turns calls from other threads into requests, with the time-out and the errors in one place.
caf::behavior doorway(caf::event_based_actor* self, node_actor to, std::chrono::milliseconds timeout) {
  make_safe(self);
  return {
      [self, to, timeout](const outside_call& call) {
        self->request(to, timeout, notify{call.tenant_id})
            .then([heard = call.heard](bool) { heard->over(); },
                  [heard = call.heard](const caf::error&) { heard->over(); });
      },
      [to](const look_again& call) { caf::anon_send(to, call); },
  };
}

}  // namespace

class actor_engine::impl {
 public:
  impl(const services& with, lease& own, options limits)
      : settings_(limits.threads),
        system_(settings_),
        node_(system_.spawn(node, &with, &own)),
        doorway_(system_.spawn(doorway, node_, limits.notify_timeout)) {
    if (limits.events != nullptr) hubs_.emplace(system_, *limits.events);
  }

  actors::activity* activity() { return hubs_ ? &*hubs_ : nullptr; }

  void notify(const base::uuid& tenant_id, std::function<void()> heard) {
    caf::anon_send(doorway_, outside_call{tenant_id, std::make_shared<hearing>(std::move(heard))});
  }

  void look_again() { caf::anon_send(doorway_, actors::look_again{}); }

  void stop(std::chrono::milliseconds grace) {
    if (hubs_) hubs_->stop();
    if (!node_) return;
    caf::scoped_actor self{system_};
    self->monitor(node_);
    self->send_exit(node_, caf::exit_reason::user_shutdown);
    self->send_exit(doorway_, caf::exit_reason::user_shutdown);
    const auto node = std::exchange(node_, nullptr);
    bool is_down = false;
    self->receive([&is_down](const caf::down_msg&) { is_down = true; }, caf::after(grace) >> [] {});
    // Asked again, it does not wait for what may never come, such as a database that is away: the rows know.
    if (!is_down) self->send_exit(node, caf::exit_reason::user_shutdown);
  }

 private:
  caf_settings settings_;
  caf::actor_system system_;
  node_actor node_;
  caf::actor doorway_;
  std::optional<hubs> hubs_;
};

actor_engine::actor_engine(const services& with, lease& own, options limits)
    : impl_(std::make_unique<impl>(with, own, limits)) {}

actor_engine::~actor_engine() { stop(std::chrono::milliseconds{0}); }

void actor_engine::notify(const base::uuid& tenant_id, std::function<void()> heard) {
  impl_->notify(tenant_id, std::move(heard));
}

actors::activity* actor_engine::activity() { return impl_->activity(); }

void actor_engine::look_again() { impl_->look_again(); }

void actor_engine::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }

}  // namespace pulse::actors
