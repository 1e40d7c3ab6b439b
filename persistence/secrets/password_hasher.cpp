#include "persistence/secrets/password_hasher.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <argon2.h>

namespace pulse::persistence {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;

using options = password_hasher::options;

base::result<std::string, hashing_failure> compute(const options& how, const std::string& password) {
  if (password.size() > password_hasher::max_password_size) return hashing_failure::too_long;
  std::array<std::uint8_t, salt_size> salt;
  base::random_bytes(salt);
  std::string encoded(argon2_encodedlen(how.passes, how.memory_kib, how.lanes, salt_size, hash_size, Argon2_id), '\0');
  const int failed = argon2id_hash_encoded(how.passes, how.memory_kib, how.lanes, password.data(), password.size(),
                                           salt.data(), salt.size(), hash_size, encoded.data(), encoded.size());
  if (failed != ARGON2_OK) return hashing_failure::broken;
  encoded.resize(encoded.find('\0'));  // the length counts the final NUL
  return encoded;
}

base::result<bool, hashing_failure> compare(const options& how, const std::string& password,
                                            const std::string& encoded) {
  if (password.size() > password_hasher::max_password_size) return hashing_failure::too_long;
  if (encoded.empty()) {
    if (const auto made = compute(how, password); made.has_error()) return made.error();
    return false;
  }
  switch (argon2id_verify(encoded.c_str(), password.data(), password.size())) {
    case ARGON2_OK: return true;
    case ARGON2_VERIFY_MISMATCH: return false;
    default: return hashing_failure::broken;
  }
}

/// How every hash made with `how` begins.
std::string prefix_of(const options& how) {
  return "$argon2id$v=" + std::to_string(ARGON2_VERSION_NUMBER) + "$m=" + std::to_string(how.memory_kib) +
         ",t=" + std::to_string(how.passes) + ",p=" + std::to_string(how.lanes) + "$";
}

}  // namespace

std::string_view sentence(hashing_failure value) {
  switch (value) {
    case hashing_failure::overloaded: return "Too many people sign in at once; try again shortly.";
    case hashing_failure::late:
      return "So many people sign in at once that this one waited too long; try again shortly.";
    case hashing_failure::too_long: return "The password is too long.";
    case hashing_failure::broken: return "The password could not be hashed, or its stored hash cannot be read.";
  }
  return "";
}

/// The threads and their queues, one a network. A task is run with true, or called off with the reason.
class password_hasher::workers {
 public:
  using task = std::function<void(std::optional<hashing_failure> refused)>;

  explicit workers(const options& how) : how_(how) {
    for (unsigned i = 0; i < std::max(1U, how.threads); ++i) threads_.emplace_back([this] { run(); });
  }

  ~workers() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    call_.notify_all();
    for (auto& each : threads_) each.join();
    for (auto& [network, queue] : queues_) {
      for (auto& each : queue) each.what(hashing_failure::overloaded);
    }
  }

  void submit(std::string network, task what) {
    std::optional<waiting> refused{waiting{std::move(what), steady::now()}};
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_) refused = place(std::move(network), std::move(*refused));
    }
    if (refused) refused->what(hashing_failure::overloaded);
    call_.notify_one();
  }

  std::chrono::milliseconds expected_wait() const {
    const std::lock_guard lock{mutex_};
    const auto turns = static_cast<std::int64_t>(count_ / threads_.size() + 1);
    return std::chrono::ceil<std::chrono::milliseconds>(usual_ * turns);
  }

 private:
  using steady = std::chrono::steady_clock;
  struct waiting {
    task what;
    steady::time_point since;
  };

  /// What has no place: the newcomer itself, or the last of whoever has most waiting. Under the lock.
  std::optional<waiting> place(std::string network, waiting newcomer) {
    auto& own = queues_[network];
    if (own.size() >= how_.network_limit) return newcomer;
    std::optional<waiting> displaced;
    if (count_ >= how_.queue_limit) {
      const auto most = std::max_element(queues_.begin(), queues_.end(), [](const auto& a, const auto& b) {
        return a.second.size() < b.second.size();
      });
      if (most->second.size() <= own.size() + 1) {
        if (own.empty()) queues_.erase(network);
        return newcomer;
      }
      displaced = std::move(most->second.back());
      most->second.pop_back();
      --count_;
    }
    if (own.empty()) turns_.push_back(network);
    own.push_back(std::move(newcomer));
    ++count_;
    return displaced;
  }

  /// The next in turn. Under the lock, when there is one.
  waiting take() {
    auto network = std::move(turns_.front());
    turns_.pop_front();
    const auto queue = queues_.find(network);
    auto next = std::move(queue->second.front());
    queue->second.pop_front();
    --count_;
    if (queue->second.empty()) {
      queues_.erase(queue);
    } else {
      turns_.push_back(std::move(network));
    }
    return next;
  }

  void run() {
    // Hashing takes every core it gets; whatever answers requests goes first.
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
    std::unique_lock lock{mutex_};
    for (;;) {
      call_.wait(lock, [this] { return stopping_ || count_ > 0; });
      if (stopping_) return;
      const auto next = take();
      lock.unlock();
      const auto begun = steady::now();
      const bool is_late = begun - next.since > how_.wait_max;
      next.what(is_late ? std::optional{hashing_failure::late} : std::nullopt);
      lock.lock();
      if (!is_late) usual_ = (usual_ * 7 + (steady::now() - begun)) / 8;
    }
  }

  static constexpr int niceness = 5;

  const options how_;
  mutable std::mutex mutex_;
  std::condition_variable call_;
  std::map<std::string, std::deque<waiting>> queues_;  // none of them empty
  std::deque<std::string> turns_;                      // the networks that have something waiting, each once
  std::size_t count_ = 0;                              // of all that wait
  steady::duration usual_ = std::chrono::milliseconds{25};
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

password_hasher::password_hasher(options how) : options_(how), workers_(std::make_unique<workers>(how)) {}

password_hasher::~password_hasher() = default;

void password_hasher::hash(base::secret password, std::string network, hashed done) {
  workers_->submit(std::move(network), [how = options_, password = std::move(password),
                                        done = std::move(done)](std::optional<hashing_failure> refused) {
    if (refused) return done(*refused);
    done(compute(how, password.reveal()));
  });
}

void password_hasher::verify(base::secret password, std::string encoded, std::string network, verified done) {
  workers_->submit(std::move(network), [how = options_, password = std::move(password), encoded = std::move(encoded),
                                        done = std::move(done)](std::optional<hashing_failure> refused) {
    if (refused) return done(*refused);
    done(compare(how, password.reveal(), encoded));
  });
}

std::chrono::milliseconds password_hasher::expected_wait() const { return workers_->expected_wait(); }

bool password_hasher::needs_rehash(std::string_view encoded) const { return !encoded.starts_with(prefix_of(options_)); }

base::result<std::string, hashing_failure> password_hasher::hash_now(const base::secret& password) const {
  return compute(options_, password.reveal());
}

base::result<bool, hashing_failure> password_hasher::verify_now(const base::secret& password,
                                                                const std::string& encoded) const {
  return compare(options_, password.reveal(), encoded);
}

}  // namespace pulse::persistence
