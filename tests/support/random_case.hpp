// Randomness for property tests: every run has another seed, a failure prints it, and PULSE_TEST_SEED repeats it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

namespace pulse::support {

/// PULSE_TEST_SEED when set, otherwise another number each time.
inline std::uint64_t test_seed() {
  const char* given = std::getenv("PULSE_TEST_SEED");
  return given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
}

/// A generator with the few shapes that property tests ask for. Use with `INFO("PULSE_TEST_SEED=" << random.seed())`.
class random_source {
 public:
  explicit random_source(std::uint64_t seed = test_seed()) : seed_(seed), engine_(seed) {}

  std::uint64_t seed() const { return seed_; }

  /// `low` to `high`, both possible.
  template <class T>
  T between(T low, T high) {
    return static_cast<T>(std::uniform_int_distribution<std::int64_t>(static_cast<std::int64_t>(low),
                                                                      static_cast<std::int64_t>(high))(engine_));
  }

  /// `size` bytes, each of them one of `alphabet`.
  std::string of(std::string_view alphabet, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += alphabet[between<std::size_t>(0, alphabet.size() - 1)];
    return text;
  }

  /// `size` bytes of any value.
  std::string bytes(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(between(0, 255));
    return text;
  }

  std::mt19937_64& engine() { return engine_; }

 private:
  std::uint64_t seed_;
  std::mt19937_64 engine_;
};

}  // namespace pulse::support
