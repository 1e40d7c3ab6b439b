#include "persistence/secrets/argon2id.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <system_error>
#include <utility>

#include <argon2.h>
#include <fmt/core.h>

namespace pulse::persistence::argon2id {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of base64 without padding, as argon2 writes it; nothing for anything else.
std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
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

/// As argon2 writes it: without padding.
std::string to_base64(const std::uint8_t* bytes, std::size_t size) {
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (std::size_t i = 0; i < size; ++i) {
    bits = bits << 8 | bytes[i];
    for (held += 8; held >= 6; held -= 6) text += digits[bits >> (held - 6) & 63];
  }
  if (held > 0) text += digits[bits << (6 - held) & 63];
  return text;
}

/// argon2 asks for its memory by a plain function: what the thread has ready.
thread_local std::uint8_t* ready_memory = nullptr;

int take_ready(std::uint8_t** memory, std::size_t) {
  *memory = ready_memory;
  return *memory == nullptr ? ARGON2_MEMORY_ALLOCATION_ERROR : ARGON2_OK;
}

void leave(std::uint8_t*, std::size_t) {}

/// Bytes; argon2 takes less than 8 KiB a lane for 8.
std::size_t memory_size(const recipe& by) { return std::size_t{std::max(by.memory_kib, 8 * by.lanes)} * 1024; }

}  // namespace

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

std::string prefix_of(const recipe& by) {
  return fmt::format("$argon2id$v={}$m={},t={},p={}$", int{ARGON2_VERSION_NUMBER}, by.memory_kib, by.passes, by.lanes);
}

making::making(std::string password, recipe by)
    : password_{std::move(password)}, by_{std::move(by)}, memory_{new (std::nothrow) std::uint8_t[memory_size(by_)]} {}

void making::run() noexcept {
  argon2_context how{};
  how.out = hash_;
  how.outlen = hash_size;
  how.pwd = reinterpret_cast<std::uint8_t*>(password_.data());
  how.pwdlen = static_cast<std::uint32_t>(password_.size());
  how.salt = by_.salt.data();
  how.saltlen = static_cast<std::uint32_t>(by_.salt.size());
  how.t_cost = by_.passes;
  how.m_cost = by_.memory_kib;
  how.lanes = by_.lanes;
  how.threads = 1;
  how.version = ARGON2_VERSION_NUMBER;
  how.allocate_cbk = take_ready;
  how.free_cbk = leave;
  ready_memory = memory_.get();
  is_made_ = ::argon2_ctx(&how, Argon2_id) == ARGON2_OK;
  ready_memory = nullptr;
}

std::optional<std::string> making::encoded() const {
  if (!is_made_) return std::nullopt;
  return fmt::format("{}{}${}", prefix_of(by_), to_base64(by_.salt.data(), by_.salt.size()),
                     to_base64(hash_, hash_size));
}

}  // namespace pulse::persistence::argon2id
