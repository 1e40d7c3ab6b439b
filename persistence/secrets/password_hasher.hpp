// Passwords: argon2id on a bounded pool of threads of its own, because one hash takes a core for tens of milliseconds.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"
#include "base/secure.hpp"

namespace pulse::persistence {

enum class hashing_failure {
  overloaded,  // the queue is full, or the hasher is stopping: answer 503 with Retry-After
  late,        // it waited longer than `wait_max`, and nobody waits for the answer any more: likewise
  too_long,    // longer than max_password_size
  broken,      // not enough memory, or a stored hash that no argon2 wrote
};
BOOST_DESCRIBE_ENUM(hashing_failure, overloaded, late, too_long, broken)

/// What a value means, as a sentence for an operator.
std::string_view sentence(hashing_failure value);

/// Networks take turns, so that one that sends many passwords waits for itself, and nobody for it.
class password_hasher {
 public:
  /// Bytes. Longer ones are refused before any work is done.
  static constexpr std::size_t max_password_size = 1024;

  struct options {
    unsigned threads = 1;
    /// Passwords that may wait; a further one takes the place of the last of the network that has most of them waiting,
    /// or fails as overloaded when that is its own.
    std::size_t queue_limit = 512;
    /// Of one network.
    std::size_t network_limit = 64;
    std::chrono::milliseconds wait_max{10'000};
    /// A hash is made by a thread that works while a core is idle. When it is not done after this time, on a busy
    /// machine, it is made once more by one that only stands back behind others, and so are the next ones for ten times
    /// as long.
    std::chrono::milliseconds idle_max{100};
    // OWASP's first choice for argon2id. Tests take less.
    std::uint32_t memory_kib = 19 * 1024;
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1;
  };
  /// The encoded form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
  using hashed = std::function<void(base::result<std::string, hashing_failure>)>;
  using verified_each = std::function<void(base::result<std::vector<bool>, hashing_failure>)>;

  explicit password_hasher(options how);
  /// Fails what still waits as overloaded.
  ~password_hasher();
  password_hasher(const password_hasher&) = delete;
  password_hasher& operator=(const password_hasher&) = delete;

  /// Different salts that one call of `verify_each` tries: what it may cost.
  static constexpr std::size_t salts_max = 8;

  /// Calls `done` on a thread of the hasher, or at once on the caller's when it is refused. `network` is who asks. With
  /// another encoded form in `like` the new one has its salt, so that one hash tells of both (`verify_each`); one that
  /// cannot be read is ignored.
  void hash(base::secret password, std::string network, hashed done, std::string like = {});
  /// Which of several the password is, in one turn; compared in constant time. Costs one hash for each different salt
  /// among them, at most `salts_max`: what has none of the first so many is false. An empty form (there is no such
  /// member) is false, and for none but such one hash is made, too, so that the time does not tell who is a member.
  void verify_each(base::secret password, std::vector<std::string> encoded, std::string network, verified_each done);

  /// Whether a password from this network would find a place in the queue now: to be asked before other work is done
  /// for it.
  bool has_room(const std::string& network) const;

  /// How long a password that came now would wait, by what waits and how long the last ones took: for Retry-After.
  std::chrono::milliseconds expected_wait() const;

  /// Whether `encoded` was made with other parameters than ours: sign-in hashes the password again.
  bool needs_rehash(std::string_view encoded) const;

  /// How many hashes were made.
  std::uint64_t count() const { return *made_; }

  /// As `hash`, blocking: for seeds and tests.
  base::result<std::string, hashing_failure> hash_now(const base::secret& password) const;

 private:
  class workers;
  options options_;
  std::shared_ptr<std::atomic<std::uint64_t>> made_ = std::make_shared<std::atomic<std::uint64_t>>(0);
  std::unique_ptr<workers> workers_;
};

}  // namespace pulse::persistence
