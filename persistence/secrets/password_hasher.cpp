#include "persistence/secrets/password_hasher.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/idle_hand.hpp"
#include "base/standing_back.hpp"
#include "persistence/secrets/argon2id.hpp"

namespace pulse::persistence {
namespace {

using options = password_hasher::options;

argon2id::recipe without_salt(const options& how) { return {how.memory_kib, how.passes, how.lanes, {}}; }

argon2id::recipe new_recipe(const options& how) {
  auto made = without_salt(how);
  made.salt.resize(argon2id::salt_size);
  base::random_bytes(made.salt);
  return made;
}

/// Counts the hashes that it makes.
class maker {
 public:
  /// With a `hand`, that makes them while the machine has a core to spare, and the caller's thread otherwise.
  maker(const options& how, std::atomic<std::uint64_t>& made, base::idle_hand* hand)
      : how_(how), made_(made), hand_(hand) {}

  base::result<std::string, hashing_failure> hash(const std::string& password, const std::string& like = {}) const {
    auto by = argon2id::read_recipe(like);
    const bool is_ours =
        by && by->memory_kib == how_.memory_kib && by->passes == how_.passes && by->lanes == how_.lanes;
    return encode(password, is_ours ? *by : new_recipe(how_));
  }

  base::result<std::vector<bool>, hashing_failure> verify(const std::string& password,
                                                          const std::vector<std::string>& all) const {
    if (password.size() > password_hasher::max_password_size) return hashing_failure::too_long;
    std::vector<bool> fits(all.size(), false);
    std::map<std::string_view, std::optional<std::string>> by_salt;  // what the password is with each; none: too many
    std::size_t tried = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string_view form = all[i];
      if (form.empty()) continue;
      const auto [found, is_new] = by_salt.try_emplace(form.substr(0, form.rfind('$')));
      if (is_new && tried++ < password_hasher::salts_max) {
        const auto by = argon2id::read_recipe(form);
        if (!by) return hashing_failure::broken;
        auto encoded = encode(password, *by);
        if (encoded.has_error()) return encoded.error();
        found->second = std::move(*encoded);
      }
      fits[i] = found->second && base::equal_in_constant_time(*found->second, form);
    }
    if (tried > 0) return fits;
    if (const auto made = hash(password); made.has_error()) return made.error();
    return fits;
  }

 private:
  base::result<std::string, hashing_failure> encode(const std::string& password, const argon2id::recipe& by) const {
    if (password.size() > password_hasher::max_password_size) return hashing_failure::too_long;
    ++made_;
    auto work = std::make_shared<argon2id::making>(password, by);
    if (hand_ == nullptr || !hand_->run([work] { work->run(); }, how_.idle_max)) {
      work = std::make_shared<argon2id::making>(password, by);  // the hand may still be at the other one
      work->run();
    }
    auto encoded = work->encoded();
    if (!encoded) return hashing_failure::broken;
    return std::move(*encoded);
  }

  const options& how_;
  std::atomic<std::uint64_t>& made_;
  base::idle_hand* hand_;
};

/// Of queues that are not all empty, the one of the network that has most waiting.
auto find_longest(auto& queues) {
  return std::max_element(queues.begin(), queues.end(),
                          [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
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
  using task = std::function<void(std::optional<hashing_failure> refused, base::idle_hand* hand)>;

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
      for (auto& each : queue) each.what(hashing_failure::overloaded, nullptr);
    }
  }

  void submit(std::string network, task what) {
    std::optional<waiting> refused{waiting{std::move(what), steady::now()}};
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_) refused = place(std::move(network), std::move(*refused));
    }
    if (refused) refused->what(hashing_failure::overloaded, nullptr);
    call_.notify_one();
  }

  bool has_room(const std::string& network) const {
    const std::lock_guard lock{mutex_};
    const auto own = queues_.find(network);
    const auto size = own == queues_.end() ? std::size_t{0} : own->second.size();
    if (size >= how_.network_limit) return false;
    return count_ < how_.queue_limit || find_longest(queues_)->second.size() > size + 1;
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

  /// Rejects a job: the newcomer, or the last one of the network with most waiting. Under the lock.
  std::optional<waiting> place(std::string network, waiting newcomer) {
    auto& own = queues_[network];
    if (own.size() >= how_.network_limit) return newcomer;
    std::optional<waiting> displaced;
    if (count_ >= how_.queue_limit) {
      const auto most = find_longest(queues_);
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
    // Hashing takes every core it gets; whatever answers requests goes first. So the work is done by a thread that gets
    // what nobody else wants, and by this one when that is too little. This one takes part in the queue's lock, which
    // the idle one could hold for too long.
    base::stand_back(steps_back);
    base::idle_hand hand{rests * how_.idle_max};
    std::unique_lock lock{mutex_};
    for (;;) {
      call_.wait(lock, [this] { return stopping_ || count_ > 0; });
      if (stopping_) return;
      const auto next = take();
      lock.unlock();
      const auto begun = steady::now();
      const bool is_late = begun - next.since > how_.wait_max;
      next.what(is_late ? std::optional{hashing_failure::late} : std::nullopt, &hand);
      lock.lock();
      if (!is_late) usual_ = (usual_ * 7 + (steady::now() - begun)) / 8;
    }
  }

  /// Of niceness, behind the process: at an absolute one, one that was started with a high priority would hardly hash
  /// on a busy machine.
  static constexpr int steps_back = 10;
  /// So that on a busy machine at most one part in so many of the time is spent on waiting for idle cores.
  static constexpr int rests = 10;

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

void password_hasher::hash(base::secret password, std::string network, hashed done, std::string like) {
  workers_->submit(std::move(network),
                   [how = options_, made = made_, password = std::move(password), done = std::move(done),
                    like = std::move(like)](std::optional<hashing_failure> refused, base::idle_hand* hand) {
                     if (refused) return done(*refused);
                     done(maker{how, *made, hand}.hash(password.reveal(), like));
                   });
}

void password_hasher::verify_each(base::secret password, std::vector<std::string> encoded, std::string network,
                                  verified_each done) {
  workers_->submit(std::move(network),
                   [how = options_, made = made_, password = std::move(password), encoded = std::move(encoded),
                    done = std::move(done)](std::optional<hashing_failure> refused, base::idle_hand* hand) {
                     if (refused) return done(*refused);
                     done(maker{how, *made, hand}.verify(password.reveal(), encoded));
                   });
}

std::chrono::milliseconds password_hasher::expected_wait() const { return workers_->expected_wait(); }

bool password_hasher::has_room(const std::string& network) const { return workers_->has_room(network); }

bool password_hasher::needs_rehash(std::string_view encoded) const {
  return !encoded.starts_with(argon2id::prefix_of(without_salt(options_)));
}

base::result<std::string, hashing_failure> password_hasher::hash_now(const base::secret& password) const {
  return maker{options_, *made_, nullptr}.hash(password.reveal());
}

}  // namespace pulse::persistence
