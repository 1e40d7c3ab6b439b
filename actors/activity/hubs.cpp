#include "actors/activity/hubs.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include "actors/activity/hub.hpp"
#include "actors/activity/shared_reader.hpp"

namespace pulse::actors {

/// A hub that is told to end does so at its next message.
constexpr std::chrono::seconds stop_timeout{2};

class hubs::state : public std::enable_shared_from_this<hubs::state> {
 public:
  state(caf::actor_system& on, activity_rows& from) : system_(on), reader_(std::make_shared<shared_reader>(on, from)) {}

  hub_actor find(const base::uuid& tenant_id) const {
    const std::shared_lock lock{mutex_};
    const auto found = hubs_.find(tenant_id);
    return found == hubs_.end() ? hub_actor{} : found->second.handle;
  }

  /// Nothing when the process stops.
  hub_actor find_or_begin(const base::uuid& tenant_id) {
    if (auto found = find(tenant_id)) return found;
    const std::unique_lock lock{mutex_};
    if (is_stopping_) return {};
    auto& made = hubs_[tenant_id];
    if (made.handle) return made.handle;
    made.number = ++last_number_;
    // Keeps the reader alive in case the hub ends after `stop`.
    auto forget = [known = weak_from_this(), read_by = reader_, tenant_id, number = made.number] {
      if (const auto self = known.lock()) self->forget(tenant_id, number);
    };
    made.handle = system_.spawn(hub, hub_facts{tenant_id, reader_.get(), {}, std::move(forget)});
    return made.handle;
  }

  void stop() {
    std::unordered_map<base::uuid, entry> ended;
    {
      const std::unique_lock lock{mutex_};
      is_stopping_ = true;
      ended.swap(hubs_);
    }
    if (!ended.empty()) end(ended);
    reader_->stop();
  }

 private:
  struct entry {
    hub_actor handle{};
    std::uint64_t number = 0;
  };

  void end(const std::unordered_map<base::uuid, entry>& ended) {
    caf::scoped_actor self{system_};
    for (const auto& [tenant_id, each] : ended) {
      self->monitor(each.handle);
      self->send_exit(each.handle, caf::exit_reason::user_shutdown);
    }
    std::size_t running = ended.size();
    bool is_late = false;
    self->receive_while([&] { return running > 0 && !is_late; })(
        [&running](const caf::down_msg&) { --running; }, caf::after(stop_timeout) >> [&is_late] { is_late = true; });
  }

  /// A hub says that it has ended; another may have its place by now. Its handle is dropped when the lock is free
  /// again.
  void forget(const base::uuid& tenant_id, std::uint64_t number) {
    hub_actor dropped;
    const std::unique_lock lock{mutex_};
    const auto found = hubs_.find(tenant_id);
    if (found == hubs_.end() || found->second.number != number) return;
    dropped = std::move(found->second.handle);
    hubs_.erase(found);
  }

  caf::actor_system& system_;
  std::shared_ptr<shared_reader> reader_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<base::uuid, entry> hubs_;
  std::uint64_t last_number_ = 0;
  bool is_stopping_ = false;
};

hubs::hubs(caf::actor_system& on, activity_rows& from) : state_(std::make_shared<state>(on, from)) {}

hubs::~hubs() { stop(); }

void hubs::watch(watch_request wanted, std::function<void(const watch_answer&)> done) {
  auto reply = std::make_shared<watch_reply>(std::move(done));
  if (const auto to = state_->find_or_begin(wanted.tenant_id))
    caf::anon_send(to, begin_watching{std::move(wanted), std::move(reply)});
}

void hubs::unwatch(const base::uuid& tenant_id, const std::shared_ptr<activity_watcher>& watcher) {
  if (const auto to = state_->find(tenant_id)) caf::anon_send(to, stop_watching{watcher});
}

void hubs::wake(const base::uuid& tenant_id) {
  if (const auto to = state_->find(tenant_id)) caf::anon_send(to, events_committed{});
}

void hubs::stop() { state_->stop(); }

}  // namespace pulse::actors
