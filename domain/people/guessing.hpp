// How long somebody who guesses passwords must wait: longer after every wrong guess, but never for ever.
#pragma once

#include <chrono>

namespace pulse::domain {

/// Wrong guesses at one account from one network that cost nothing: people mistype.
inline constexpr int free_guesses = 5;
/// The longest wait between two guesses.
inline constexpr std::chrono::seconds guess_delay_max{30 * 60};
/// How long after the last guess all guesses are forgotten.
inline constexpr std::chrono::hours guesses_forgotten_after{24};

/// The wait after the last of `failures` wrong guesses in a row, 0 or more of them: nothing, then 1 s, 2 s, 4 s, up to
/// `guess_delay_max`. So one network makes fewer than 70 guesses at one account in a day.
std::chrono::seconds delay_after(int failures);

}  // namespace pulse::domain
