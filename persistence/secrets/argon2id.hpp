// One password made into one argon2id hash, in memory that was taken before.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pulse::persistence::argon2id {

inline constexpr std::size_t salt_size = 16;  // bytes
inline constexpr std::size_t hash_size = 32;

/// How a hash is made.
struct recipe {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
  std::uint32_t lanes = 0;
  std::vector<std::uint8_t> salt;
};

/// What the encoded form `$argon2id$v=19$m=…,t=…,p=…$salt$hash` says of how it was made; the hash may be missing. None:
/// it is no such form.
std::optional<recipe> read_recipe(std::string_view encoded);

/// How every form that was made so begins, up to the salt.
std::string prefix_of(const recipe& by);

class making {
 public:
  /// Takes the memory.
  making(std::string password, recipe by);

  /// Makes the hash. It neither allocates nor takes a lock, so whoever is kept from going on in here keeps nobody else
  /// waiting. On one thread, whatever the number of lanes.
  void run() noexcept;

  /// After `run`: the encoded form, or none when argon2 refuses the recipe or there is too little memory.
  std::optional<std::string> encoded() const;

 private:
  std::string password_;
  recipe by_;
  std::unique_ptr<std::uint8_t[]> memory_;  // none: there is not as much
  std::uint8_t hash_[hash_size] = {};
  bool is_made_ = false;
};

}  // namespace pulse::persistence::argon2id
