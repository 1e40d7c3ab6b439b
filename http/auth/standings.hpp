// What members may do now, kept for a moment: the database is the truth, and tells of every change.
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

/// A change is in force here as soon as this hears of it: whoever changes something in this process says so before they answer
/// (`forget`), other processes by NOTIFY (persistence::standing_channel). While nobody listens nothing is kept, and every request
/// asks the database. Thread-safe.
class standings {
 public:
  using standing = persistence::standing;
  using time_point = std::chrono::steady_clock::time_point;

  /// Nothing is believed for longer, whatever is heard.
  static constexpr std::chrono::seconds kept_max{5};
  /// Sessions of which something is kept; beyond, a part is forgotten.
  static constexpr std::size_t sessions_max = 32 * 1024;

  std::optional<standing> find(const principal& who, time_point now) const;
  /// Whose token for scripts is kept under this id, with what was read of its member.
  struct owner {
    principal who;
    standing what;
  };
  std::optional<owner> find_owner(const base::uuid& id_of_token, time_point now) const;

  /// How many changes were heard of. What was read after this was asked may be kept; see `keep`.
  std::uint64_t changes() const { return changes_.load(); }
  /// Keeps what was read from the database, unless a change was heard of since `changes` was asked.
  void keep(const principal& who, const standing& read, std::uint64_t changes_before, time_point now);

  /// Of a member, a session or a tenant, by its id.
  void forget(const base::uuid& id);
  void forget_all();
  /// Whether changes by others are heard of.
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
