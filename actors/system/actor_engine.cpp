#include "actors/system/actor_engine.hpp"

#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/activity/hubs.hpp"
#include "actors/system/node.hpp"

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

}  // namespace

class actor_engine::impl {
 public:
  impl(const services& with, lease& own, options limits)
      : settings_(limits.threads), system_(settings_), node_(system_.spawn(node, &with, &own)) {
    if (limits.events != nullptr) hubs_.emplace(system_, *limits.events);
  }

  actors::activity* activity() { return hubs_ ? &*hubs_ : nullptr; }

  /// Without a node there is nobody to tell, and the hearing is over.
  void notify(const base::uuid& tenant_id, std::function<void()> heard) {
    tell(actors::notify{tenant_id, std::make_shared<hearing>(std::move(heard))});
  }

  void look_again() { tell(actors::look_again{}); }

  void stop(std::chrono::milliseconds grace) {
    if (hubs_) hubs_->stop();
    const auto node = take_node();
    if (!node) return;
    caf::scoped_actor self{system_};
    self->monitor(node);
    self->send_exit(node, caf::exit_reason::user_shutdown);
    bool is_down = false;
    self->receive([&is_down](const caf::down_msg&) { is_down = true; }, caf::after(grace) >> [] {});
    // Asked again, it does not wait for what may never come, such as a database that is away: the rows know.
    if (!is_down) self->send_exit(node, caf::exit_reason::user_shutdown);
  }

 private:
  template <class Message>
  void tell(Message what) {
    const std::shared_lock lock{mutex_};
    if (node_) caf::anon_send(node_, std::move(what));
  }

  node_actor take_node() {
    const std::unique_lock lock{mutex_};
    return std::exchange(node_, nullptr);
  }

  caf_settings settings_;
  caf::actor_system system_;
  std::shared_mutex mutex_;  // of the handle, which whoever stops the engine takes away
  node_actor node_;
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
