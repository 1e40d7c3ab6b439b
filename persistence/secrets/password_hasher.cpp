#include "persistence/secrets/password_hasher.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
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
    case hashing_failure::too_long: return "The password is too long.";
    case hashing_failure::broken: return "The password could not be hashed, or its stored hash cannot be read.";
  }
  return "";
}

/// The threads and their queue. A task is run with true, or called off with false.
class password_hasher::workers {
 public:
  using task = std::function<void(bool run)>;

  workers(unsigned threads, std::size_t limit) : limit_(limit) {
    for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { run(); });
  }

  ~workers() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    call_.notify_all();
    for (auto& each : threads_) each.join();
    for (const auto& each : queue_) each(false);
  }

  void submit(task what) {
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_ && queue_.size() < limit_) {
        queue_.push_back(std::move(what));
        what = nullptr;
      }
    }
    if (what) return what(false);
    call_.notify_one();
  }

 private:
  void run() {
    std::unique_lock lock{mutex_};
    for (;;) {
      call_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      const auto next = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      next(true);
      lock.lock();
    }
  }

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable call_;
  std::deque<task> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

password_hasher::password_hasher(options how)
    : options_(how), workers_(std::make_unique<workers>(how.threads, how.queue_limit)) {}

password_hasher::~password_hasher() = default;

void password_hasher::hash(base::secret password, hashed done) {
  workers_->submit([how = options_, password = std::move(password), done = std::move(done)](bool run) {
    if (!run) return done(hashing_failure::overloaded);
    done(compute(how, password.reveal()));
  });
}

void password_hasher::verify(base::secret password, std::string encoded, verified done) {
  workers_->submit(
      [how = options_, password = std::move(password), encoded = std::move(encoded), done = std::move(done)](bool run) {
        if (!run) return done(hashing_failure::overloaded);
        done(compare(how, password.reveal(), encoded));
      });
}

bool password_hasher::needs_rehash(std::string_view encoded) const { return !encoded.starts_with(prefix_of(options_)); }

base::result<std::string, hashing_failure> password_hasher::hash_now(const base::secret& password) const {
  return compute(options_, password.reveal());
}

base::result<bool, hashing_failure> password_hasher::verify_now(const base::secret& password,
                                                                const std::string& encoded) const {
  return compare(options_, password.reveal(), encoded);
}

}  // namespace pulse::persistence
