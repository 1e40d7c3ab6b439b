#include "persistence/secrets/password_hasher.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/support/sanitized.hpp"

namespace pulse::persistence {
namespace {

/// As little work as argon2 allows.
password_hasher::options quick() {
  password_hasher::options how;
  how.memory_kib = 8;
  how.passes = 1;
  return how;
}

std::string hash(password_hasher& hasher, const std::string& password) {
  std::promise<std::string> promise;
  hasher.hash(base::secret{password}, "here", [&promise](const auto& made) { promise.set_value(made ? *made : ""); });
  return promise.get_future().get();
}

base::result<bool, hashing_failure> verify(password_hasher& hasher, const std::string& password,
                                           const std::string& encoded) {
  std::promise<base::result<bool, hashing_failure>> promise;
  hasher.verify_each(base::secret{password}, {encoded}, "here", [&promise](const auto& fits) {
    if (fits.has_error()) return promise.set_value(fits.error());
    promise.set_value({boost::system::in_place_value, fits->front()});
  });
  return promise.get_future().get();
}

}  // namespace

TEST_CASE("a password is kept as argon2id with 19 MiB, two passes and one lane") {  // asvs: 11.4.2
  password_hasher hasher{{}};
  const auto encoded = hash(hasher, "correct horse");
  CHECK(encoded.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(encoded.find('\0') == std::string::npos);
  CHECK(*verify(hasher, "correct horse", encoded));
  CHECK_FALSE(*verify(hasher, "Correct horse", encoded));
  CHECK_FALSE(hasher.needs_rehash(encoded));
}

TEST_CASE("the same password is never kept as the same text, and any bytes make a password") {  // asvs: 6.2.5
  password_hasher hasher{quick()};
  CHECK(hash(hasher, "x") != hash(hasher, "x"));
  for (const auto& odd :
       std::vector{std::string{}, std::string{"a\0b", 3}, std::string(password_hasher::max_password_size, '\xff')}) {
    const auto encoded = hash(hasher, odd);
    CHECK(*verify(hasher, odd, encoded));
    CHECK_FALSE(*verify(hasher, odd.substr(0, 1) + "c", encoded));
  }
}

TEST_CASE("one hash tells of all that have the same salt, and no more are made than salts may be tried") {
  password_hasher hasher{quick()};
  const auto hash_like = [&](const std::string& password, const std::string& like) {
    std::promise<std::string> promise;
    hasher.hash(
        base::secret{password}, "here", [&promise](const auto& made) { promise.set_value(made ? *made : ""); }, like);
    return promise.get_future().get();
  };
  const auto verify_each = [&](const std::string& password, std::vector<std::string> all) {
    std::promise<std::vector<bool>> promise;
    hasher.verify_each(base::secret{password}, std::move(all), "here",
                       [&promise](const auto& fits) { promise.set_value(fits ? *fits : std::vector<bool>{}); });
    return promise.get_future().get();
  };
  const auto first = hash(hasher, "x");
  const auto salt = first.substr(0, first.rfind('$'));
  CHECK(hash_like("x", salt) == first);
  CHECK(hash_like("y", first).starts_with(salt + '$'));
  for (const auto& odd : {std::string{"nonsense"}, std::string{}, std::string{"$argon2id$v=19$m=8,t=1,p=1$*$"},
                          std::string{"$argon2id$v=19$m=8,t=1,p=1$AAAA"},
                          std::string{"$argon2id$v=19$m=4096,t=9,p=1$AAAAAAAAAAAAAAAAAAAAAA"}}) {
    INFO(odd);
    const auto made = hash_like("x", odd);
    CHECK(*verify(hasher, "x", made));
    CHECK((odd.empty() || !made.starts_with(odd)));
  }
  auto before = hasher.count();
  CHECK(verify_each("x", {first, hash_like("y", first), "", first}) == std::vector<bool>{true, false, false, true});
  CHECK(hasher.count() - before == 2);  // one of them made "y"
  std::vector<std::string> many;
  for (std::size_t i = 0; i < 2 * password_hasher::salts_max; ++i) many.push_back(hash(hasher, "x"));
  before = hasher.count();
  const auto fits = verify_each("x", many);
  CHECK(hasher.count() - before == password_hasher::salts_max);
  CHECK(std::count(fits.begin(), fits.end(), true) == password_hasher::salts_max);
  before = hasher.count();
  CHECK(verify_each("x", {}).empty());
  CHECK(hasher.count() - before == 1);
}

TEST_CASE("a password longer than the limit is refused without any work") {  // asvs: 6.2.9
  password_hasher hasher{quick()};
  const std::string longer(password_hasher::max_password_size + 1, 'x');
  CHECK(hasher.hash_now(base::secret{longer}).error() == hashing_failure::too_long);
  CHECK(verify(hasher, longer, hash(hasher, "x")).error() == hashing_failure::too_long);
}

TEST_CASE("nobody's password is never right, and a stored hash that is none is an error") {
  password_hasher hasher{quick()};
  CHECK_FALSE(*verify(hasher, "x", ""));
  CHECK(verify(hasher, "x", "plain text").error() == hashing_failure::broken);
}

TEST_CASE("hashes made with other parameters are made again") {  // asvs: 11.2.2
  password_hasher hasher{quick()};
  auto more = quick();
  more.passes = 2;
  CHECK(hasher.needs_rehash(*password_hasher{more}.hash_now(base::secret{"x"})));
  CHECK(hasher.needs_rehash("$2b$12$abcdefghijklmnopqrstuv"));
  CHECK_FALSE(hasher.needs_rehash(hash(hasher, "x")));
}

TEST_CASE("a full queue of passwords refuses, and everyone is answered once") {
  auto how = quick();
  how.queue_limit = 2;
  password_hasher hasher{how};
  std::latch entered{1};
  std::latch leave{1};
  hasher.hash(base::secret{"x"}, "here", [&entered, &leave](const auto&) {
    entered.count_down();
    leave.wait();
  });
  entered.wait();
  std::atomic<int> hashed = 0;
  std::atomic<int> overloaded = 0;
  std::latch answered{5};
  for (int i = 0; i < 5; ++i) {
    hasher.hash(base::secret{"x"}, "here", [&hashed, &overloaded, &answered](const auto& made) {
      ++(made ? hashed : overloaded);
      answered.count_down();
    });
  }
  CHECK(overloaded == 3);
  leave.count_down();
  answered.wait();
  CHECK(hashed == 2);
}

namespace {

/// A hasher whose one thread waits until `release`: what is asked meanwhile queues up.
struct held_hasher {
  explicit held_hasher(password_hasher::options how) : hasher(how) {
    hasher.hash(base::secret{"x"}, "first", [this](const auto&) {
      entered.count_down();
      leave.wait();
    });
    entered.wait();
  }
  void ask(const std::string& network) {
    ++asked;
    hasher.hash(base::secret{"x"}, network, [this, network](const auto& made) {
      const std::lock_guard lock{mutex};
      (made ? served : refused).push_back(network);
      if (!made) reasons.push_back(made.error());
      changed.notify_all();
    });
  }
  void release() {
    leave.count_down();
    std::unique_lock lock{mutex};
    changed.wait(lock, [this] { return served.size() + refused.size() == asked; });
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> served, refused;
  std::vector<hashing_failure> reasons;
  std::size_t asked = 0;
  std::latch entered{1}, leave{1};
  password_hasher hasher;
};

}  // namespace

TEST_CASE("networks take turns: one that sends many passwords waits for itself alone") {
  held_hasher held{quick()};
  for (int i = 0; i < 20; ++i) held.ask("many");
  held.ask("one");
  held.ask("other");
  held.release();
  const auto place_of = [&](const std::string& network) {
    return std::find(held.served.begin(), held.served.end(), network) - held.served.begin();
  };
  CHECK(place_of("one") < 3);
  CHECK(place_of("other") < 4);
  CHECK(held.served.size() == 22);
}

TEST_CASE("a full queue makes room for a newcomer at the cost of the network that has most waiting") {
  auto how = quick();
  how.queue_limit = 10;
  how.network_limit = 9;
  held_hasher held{how};
  for (int i = 0; i < 12; ++i) held.ask("many");
  CHECK(held.refused.size() == 3);
  CHECK_FALSE(held.hasher.has_room("many"));
  for (int i = 0; i < 3; ++i) {
    const auto guest = "guest " + std::to_string(i);
    CHECK(held.hasher.has_room(guest));
    held.ask(guest);
  }
  held.release();
  CHECK(held.refused.size() == 5);
  CHECK(std::count(held.refused.begin(), held.refused.end(), "many") == 5);
  CHECK(std::count(held.served.begin(), held.served.end(), "many") == 7);
}

TEST_CASE("who waited too long is told so, and costs no work") {
  auto how = quick();
  how.wait_max = std::chrono::milliseconds{-1};
  held_hasher held{how};
  held.ask("late");
  held.release();
  CHECK(held.reasons == std::vector{hashing_failure::late});
}

TEST_CASE("how long one would wait grows with what waits") {
  held_hasher held{quick()};
  const auto before = held.hasher.expected_wait();
  for (int i = 0; i < 40; ++i) held.ask("network " + std::to_string(i));
  CHECK(held.hasher.expected_wait() > before);
  held.release();
}

namespace {

/// Threads that take all cores, and more, until this ends: as an engine does that is behind.
class busy_machine {
 public:
  busy_machine() {
    for (unsigned i = 0; i < 4 * std::max(1U, std::thread::hardware_concurrency()); ++i)
      threads_.emplace_back([this] {
        while (!is_over_) {
        }
      });
  }
  ~busy_machine() {
    is_over_ = true;
    for (auto& each : threads_) each.join();
  }

 private:
  std::atomic<bool> is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

TEST_CASE("a password is hashed within seconds also while every core is busy, one after the other") {
  password_hasher hasher{{}};
  const auto encoded = hash(hasher, "correct horse");
  const busy_machine others;
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 2; ++i) CHECK(*verify(hasher, "correct horse", encoded));
  // A thread that gets what is left over would take more than a minute.
  CHECK(std::chrono::steady_clock::now() - begun < tests::time_limit(std::chrono::seconds{15}));
}

TEST_CASE("a hash is the same whichever thread makes it") {
  auto never_idle = quick();
  never_idle.idle_max = std::chrono::milliseconds{0};
  auto idle_alone = quick();
  idle_alone.idle_max = std::chrono::minutes{10};
  password_hasher one{never_idle};
  password_hasher other{idle_alone};
  const auto made = hash(one, "x");
  CHECK(*verify(other, "x", made));
  CHECK(*verify(one, "x", hash(other, "x")));
}

TEST_CASE("a hasher that ends answers those who wait") {
  std::atomic<int> answered = 0;
  {
    password_hasher hasher{quick()};
    for (int i = 0; i < 50; ++i) hasher.hash(base::secret{"x"}, "here", [&answered](const auto&) { ++answered; });
  }
  CHECK(answered == 50);
}

}  // namespace pulse::persistence
