#include "persistence/secrets/password_hasher.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <argon2.h>
#include <fmt/core.h>

#include "base/standing_back.hpp"

namespace pulse::persistence {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;

using options = password_hasher::options;

/// What an encoded form says of how it was made.
struct recipe {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
  std::uint32_t lanes = 0;
  std::vector<std::uint8_t> salt;
};

/// The bytes of base64 without padding, as argon2 writes it; nothing for anything else.
std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::uint8_t> bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const auto value = digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> held));
  }
  return bytes;
}

/// "m=19456" as 19456.
std::optional<std::uint32_t> number_after(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  std::uint32_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// Of our own form alone: everything up to the hash.
std::optional<recipe> read_recipe(std::string_view encoded) {
  const auto head = fmt::format("$argon2id$v={}$", int{ARGON2_VERSION_NUMBER});
  if (!encoded.starts_with(head)) return std::nullopt;
  encoded.remove_prefix(head.size());
  const auto memory = number_after(encoded, "m=");
  const auto passes = memory ? number_after(encoded, ",t=") : std::nullopt;
  const auto lanes = passes ? number_after(encoded, ",p=") : std::nullopt;
  if (!lanes || !encoded.starts_with('$')) return std::nullopt;
  encoded.remove_prefix(1);
  auto salt = from_base64(encoded.substr(0, encoded.find('$')));
  if (!salt || salt->size() != salt_size) return std::nullopt;
  return recipe{*memory, *passes, *lanes, std::move(*salt)};
}

recipe new_recipe(const options& how) {
  recipe made{how.memory_kib, how.passes, how.lanes, std::vector<std::uint8_t>(salt_size)};
  base::random_bytes(made.salt);
  return made;
}

/// Counts the hashes that it makes.
class maker {
 public:
  maker(const options& how, std::atomic<std::uint64_t>& made) : how_(how), made_(made) {}

  base::result<std::string, hashing_failure> hash(const std::string& password, const std::string& like = {}) const {
    auto by = read_recipe(like);
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
        const auto by = read_recipe(form);
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
  base::result<std::string, hashing_failure> encode(const std::string& password, const recipe& by) const {
    if (password.size() > password_hasher::max_password_size) return hashing_failure::too_long;
    ++made_;
    std::string encoded(argon2_encodedlen(by.passes, by.memory_kib, by.lanes, salt_size, hash_size, Argon2_id), '\0');
    const int failed = argon2id_hash_encoded(by.passes, by.memory_kib, by.lanes, password.data(), password.size(),
                                             by.salt.data(), by.salt.size(), hash_size, encoded.data(), encoded.size());
    if (failed != ARGON2_OK) return hashing_failure::broken;
    encoded.resize(encoded.find('\0'));  // the length counts the final NUL
    return encoded;
  }

  const options& how_;
  std::atomic<std::uint64_t>& made_;
};

/// How every hash made with `how` begins.
std::string prefix_of(const options& how) {
  return fmt::format("$argon2id$v={}$m={},t={},p={}$", int{ARGON2_VERSION_NUMBER}, how.memory_kib, how.passes,
                     how.lanes);
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
    base::stand_back(niceness);
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

  static constexpr int niceness = 10;

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
                    like = std::move(like)](std::optional<hashing_failure> refused) {
                     if (refused) return done(*refused);
                     done(maker{how, *made}.hash(password.reveal(), like));
                   });
}

void password_hasher::verify_each(base::secret password, std::vector<std::string> encoded, std::string network,
                                  verified_each done) {
  workers_->submit(std::move(network),
                   [how = options_, made = made_, password = std::move(password), encoded = std::move(encoded),
                    done = std::move(done)](std::optional<hashing_failure> refused) {
                     if (refused) return done(*refused);
                     done(maker{how, *made}.verify(password.reveal(), encoded));
                   });
}

std::chrono::milliseconds password_hasher::expected_wait() const { return workers_->expected_wait(); }

bool password_hasher::needs_rehash(std::string_view encoded) const { return !encoded.starts_with(prefix_of(options_)); }

base::result<std::string, hashing_failure> password_hasher::hash_now(const base::secret& password) const {
  return maker{options_, *made_}.hash(password.reveal());
}

}  // namespace pulse::persistence
