// A short-lived cache of what members may do. The database is the truth, and announces every change.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/uuid.hpp"
#include "http/auth/principal.hpp"
#include "persistence/people/standing.hpp"

namespace pulse::http {

/// A change is in force here as soon as it is announced: by `forget` for changes in this process, before they are
/// answered, and by NOTIFY for changes in other processes (persistence::standing_channel). Without a listener nothing
/// is cached, and every request asks the database. Thread-safe.
class standings {
 public:
  using standing = persistence::standing;
  using time_point = std::chrono::steady_clock::time_point;

  /// Entries expire after this time in any case.
  static constexpr std::chrono::seconds kept_max{5};
  /// Sessions in the cache; beyond this number, a part is forgotten.
  static constexpr std::size_t sessions_max = 32 * 1024;

  std::optional<standing> find(const principal& who, time_point now) const;
  /// The owner of the script token that is cached under this id, with the state that was read.
  struct owner {
    principal who;
    standing what;
  };
  std::optional<owner> find_owner(const base::uuid& id_of_token, time_point now) const;

  /// The number of announced changes. Ask before reading the database, and pass it to `keep`.
  std::uint64_t changes() const { return changes_.load(); }
  /// Caches what was read from the database, unless a change was announced after `changes` was asked.
  void keep(const principal& who, const standing& read, std::uint64_t changes_before, time_point now);

  /// Forgets a member, a session or a tenant, by its id.
  void forget(const base::uuid& id);
  void forget_all();
  /// Says whether changes by other processes are heard.
  void set_hearing(bool hears);

 private:
  static constexpr std::size_t parts_max = 16;
  struct kept {
    principal who;
    standing what;
    time_point since;
  };
  struct part {
    mutable std::mutex lock;
    std::unordered_map<base::uuid, kept> by_session;
  };

  part& part_of(const base::uuid& session_id);
  const part& part_of(const base::uuid& session_id) const;

  std::array<part, parts_max> parts_;
  std::atomic<std::uint64_t> changes_{0};
  std::atomic<bool> hears_{true};
};

}  // namespace pulse::http
