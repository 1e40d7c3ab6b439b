// One-time codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds), and recovery codes for a lost app.
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

/// The number of 30-second steps from 1970 to `now`.
std::int64_t one_time_step(base::timestamp now);

/// The code of a step: six digits.
std::string one_time_code(std::string_view secret, std::int64_t step);

/// The step of this code: the present one, the one before or the one after, because clocks differ. It must be later
/// than `last_step`, because a code works only once.
std::optional<std::int64_t> match_one_time_code(std::string_view secret, std::string_view code, base::timestamp now,
                                                std::int64_t last_step);

/// The address for an authenticator app's QR code: otpauth://totp/…
std::string one_time_address(std::string_view secret, std::string_view account);

/// RFC 4648 §6, without padding: the form in which people type the secret.
std::string to_base32(std::string_view bytes);

/// "k3f9-x2mq-7tzd": twelve characters that are hard to confuse, 59 random bits.
std::string make_recovery_code();
/// SHA-256 of the code in its canonical form: case and hyphens do not matter.
std::string hash_recovery_code(std::string_view code);

}  // namespace pulse::http
