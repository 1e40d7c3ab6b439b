#include "actors/system/actor_engine.hpp"

#include <functional>
#include <mutex>
#include <shared_mutex>
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

/// Longer than a company's supervisor takes to start.
constexpr std::chrono::seconds login_read_timeout{10};

/// Lives for one question.
void login_read_asker(caf::event_based_actor* self, const node_actor& node, const login_read_request& what,
                      const std::function<void(read_permit_answer)>& done, base::timestamp again_at) {
  make_safe(self);
  self->request(node, login_read_timeout, what)
      .then(
          [self, done](read_permit_answer answer) {
            done(std::move(answer));
            self->quit();
          },
          [self, done, again_at](const caf::error&) {
            done({.not_before = again_at});
            self->quit();
          });
}

}  // namespace

class actor_engine::impl {
 public:
  impl(const services& services, lease& own, options limits)
      : services_(services),
        settings_(limits.threads),
        system_(settings_),
        node_(system_.spawn(node, &services, &own)) {
    if (limits.events != nullptr) hubs_.emplace(system_, *limits.events);
  }

  actors::activity* activity() { return hubs_ ? &*hubs_ : nullptr; }

  /// Without a node nobody can be notified, so the answer is no.
  void notify(const base::uuid& tenant_id, std::function<void()> heard) {
    tell(actors::notify{tenant_id, std::make_shared<hearing>(std::move(heard))});
  }

  void ask_to_read(const base::uuid& tenant_id, const read_permit_request& what,
                   std::function<void(read_permit_answer)> done) {
    const std::shared_lock lock{mutex_};
    if (!node_) return done({.not_before = services_.clock.now() + node_state::login_read_pause});
    system_.spawn(login_read_asker, node_, login_read_request{tenant_id, what}, std::move(done),
                  services_.clock.now() + node_state::login_read_pause);
  }

  void tell_budget(const base::uuid& tenant_id, domain::channel_type type, budget_seen seen) {
    tell(login_read_report{tenant_id, {type, std::move(seen)}});
  }

  void sweep_again() { tell(actors::sweep_again{}); }

  void stop(std::chrono::milliseconds grace) {
    if (hubs_) hubs_->stop();
    const auto node = take_node();
    if (!node) return;
    caf::scoped_actor self{system_};
    self->monitor(node);
    self->send_exit(node, caf::exit_reason::user_shutdown);
    bool is_down = false;
    self->receive([&is_down](const caf::down_msg&) { is_down = true; }, caf::after(grace) >> [] {});
    // A second stop does not wait for what may never come, such as an unavailable database: the rows know how to
    // continue.
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

  const services& services_;
  caf_settings settings_;
  caf::actor_system system_;
  std::shared_mutex mutex_;  // guards the handle, which `stop` takes away
  node_actor node_;
  std::optional<hubs> hubs_;
};

actor_engine::actor_engine(const services& services, lease& own, options limits)
    : impl_(std::make_unique<impl>(services, own, limits)) {}

actor_engine::~actor_engine() { stop(std::chrono::milliseconds{0}); }

void actor_engine::notify(const base::uuid& tenant_id, std::function<void()> heard) {
  impl_->notify(tenant_id, std::move(heard));
}

void actor_engine::ask_to_read(const base::uuid& tenant_id, const read_permit_request& what,
                               std::function<void(read_permit_answer)> done) {
  impl_->ask_to_read(tenant_id, what, std::move(done));
}

void actor_engine::tell_budget(const base::uuid& tenant_id, domain::channel_type type, budget_seen seen) {
  impl_->tell_budget(tenant_id, type, std::move(seen));
}

actors::activity* actor_engine::activity() { return impl_->activity(); }

void actor_engine::sweep_again() { impl_->sweep_again(); }

void actor_engine::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }

}  // namespace pulse::actors
