#include "persistence/redis/fan_out.hpp"

#include <condition_variable>
#include <mutex>
#include <set>

#include <catch2/catch.hpp>

#include "tests/support/private_servers.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;

/// What a listener has heard.
class heard {
 public:
  void add(const base::uuid& tenant_id) {
    const std::lock_guard lock{mutex_};
    ids_.insert(tenant_id);
    come_.notify_all();
  }

  /// Tells again and again until it is heard: a listener may just be connecting.
  bool hears(fan_out_sender& from, const base::uuid& tenant_id) {
    for (int tries = 0; tries < 100; ++tries) {
      from.notify(tenant_id);
      std::unique_lock lock{mutex_};
      if (come_.wait_for(lock, 200ms, [&] { return ids_.contains(tenant_id); })) return true;
    }
    return false;
  }
  bool has(const base::uuid& tenant_id) const {
    const std::lock_guard lock{mutex_};
    return ids_.contains(tenant_id);
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable come_;
  std::set<base::uuid> ids_;
};

}  // namespace

TEST_CASE("a process hears of the events of others, not of its own, and again after Redis was away") {
  auto& servers = tests::shared_servers();
  const auto here = base::uuid_from_name("here");
  const auto there = base::uuid_from_name("there");
  redis client{{.url = servers.redis_url()}};
  heard told;
  fan_out_sender from_here{client, here};
  fan_out_sender from_there{client, there};
  const fan_out_listener listener{
      servers.redis_url(), here, [&told](const base::uuid& tenant_id) { told.add(tenant_id); }, {}};
  CHECK(told.hears(from_there, base::uuid_from_name("first")));
  from_here.notify(base::uuid_from_name("own"));
  servers.kill(tests::server::redis);
  from_there.notify(base::uuid_from_name("lost"));
  servers.start(tests::server::redis);
  CHECK(told.hears(from_there, base::uuid_from_name("second")));
  CHECK_FALSE(told.has(base::uuid_from_name("own")));
}

}  // namespace pulse::persistence
