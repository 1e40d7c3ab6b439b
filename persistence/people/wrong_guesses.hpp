// Counts wrong guesses of passwords and codes by key, for all processes and across restarts. Keys are hashes, so the
// rows do not reveal who guesses at what.
#pragma once

#include <chrono>
#include <string_view>

#include "base/time.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::wrong_guesses {

/// Begins a guess, unless the one before was too short ago (domain/people/guessing): then how long to wait, and nothing
/// is counted. 0: go on. Counted as wrong until it is forgiven, so that guesses at the same moment do not pass
/// together.
std::chrono::seconds begin(transaction& tx, std::string_view key, base::timestamp now);

/// The guess was right: all before it is forgiven.
void forgive(transaction& tx, std::string_view key);

/// How many tries a key may make in how long; all of them may come at once, and they come back one by one.
struct allowance {
  int tries = 1;
  std::chrono::seconds within{60};
};

/// Takes one try: how long to wait when none is left, and nothing is taken.
std::chrono::seconds take(transaction& tx, std::string_view key, const allowance& of, base::timestamp now);
void give_back(transaction& tx, std::string_view key, const allowance& of);

/// Removes at most `limit` counts that have no effect any more at `now`; returns how many. As the engine.
int forget(transaction& tx, base::timestamp now, int limit);

}  // namespace pulse::persistence::wrong_guesses
