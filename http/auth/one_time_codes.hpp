// One-time codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds), and recovery codes for the day without one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace pulse::http {

inline constexpr std::size_t one_time_secret_bytes = 20;
inline constexpr std::size_t recovery_codes_count = 10;

/// The step of `now`: half a minute each, since 1970.
std::int64_t one_time_step(base::timestamp now);

/// The code of a step: six digits.
std::string one_time_code(std::string_view secret, std::int64_t step);

/// The step whose code this is, of now, the one before and the one behind, because clocks differ; later than `last_step` only, because
/// no code is good twice.
std::optional<std::int64_t> match_one_time_code(std::string_view secret, std::string_view code, base::timestamp now,
                                                std::int64_t last_step);

/// What an authenticator app reads: otpauth://totp/…
std::string one_time_address(std::string_view secret, std::string_view account);

/// RFC 4648 §6, without padding: how people type the secret.
std::string to_base32(std::string_view bytes);

/// "k3f9-x2mq-7tzd": twelve characters that are hard to confuse, 59 random bits.
std::string make_recovery_code();
/// As it is compared: case and hyphens do not matter. SHA-256 of it is stored.
std::string hash_recovery_code(std::string_view code);

}  // namespace pulse::http
