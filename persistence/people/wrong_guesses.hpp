// Wrong guesses of passwords and codes, by what they are counted under: one count for all processes, which restarts do not forget. Hashes
// only: who guesses at what is not to be read from it.
#pragma once

#include <chrono>
#include <string_view>

#include "base/time.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::wrong_guesses {

/// Begins a guess, unless the one before was too short ago (domain/people/guessing): then how long to wait, and nothing is counted. 0: go
/// on. Counted as wrong until it is forgiven, so that guesses at the same moment do not pass together.
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

/// Forgets at most `limit` that count for nothing any more at `now`; how many. As the engine.
int forget(transaction& tx, base::timestamp now, int limit);

}  // namespace pulse::persistence::wrong_guesses
