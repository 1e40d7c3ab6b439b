#include "persistence/people/wrong_guesses.hpp"

#include "base/secure.hpp"
#include "domain/people/guessing.hpp"

namespace pulse::persistence::wrong_guesses {

namespace {

constexpr statement make_row{"make_guess_row", R"sql(
  INSERT INTO wrong_guesses (key_hash, failures, at, forgotten_at) VALUES ($1, 0, $2, $3) ON CONFLICT (key_hash) DO NOTHING)sql"};

constexpr statement lock_row{"lock_guess_row", "SELECT failures, at FROM wrong_guesses WHERE key_hash = $1 FOR UPDATE"};

constexpr statement set_row{"set_guess_row", R"sql(
  UPDATE wrong_guesses SET failures = $2, at = $3, forgotten_at = $4 WHERE key_hash = $1)sql"};

constexpr statement remove_row{"remove_guess_row", "DELETE FROM wrong_guesses WHERE key_hash = $1"};

constexpr statement give_one_back{"give_guess_back", R"sql(
  UPDATE wrong_guesses SET at = at - make_interval(secs => $2::double precision) WHERE key_hash = $1)sql"};

constexpr statement forget_some{"forget_guesses", R"sql(
  DELETE FROM wrong_guesses WHERE forgotten_at <= $1 AND ctid = ANY (ARRAY(
    SELECT ctid FROM wrong_guesses WHERE forgotten_at <= $1 ORDER BY forgotten_at LIMIT $2))
  RETURNING 1)sql"};

struct row {
  int failures = 0;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(row, (), (failures, at))

bytes hash_of(std::string_view key) { return {std::string{base::as_text(base::sha256(key))}}; }

row lock(transaction& tx, const bytes& key, base::timestamp now, base::timestamp forgotten_at) {
  tx.queue(make_row, key, now, forgotten_at);
  return tx.execute(lock_row, key).first<row>().value_or(row{0, now});
}

std::chrono::duration<double> share_of(const allowance& of) {
  return std::chrono::duration<double>{of.within} / of.tries;
}

}  // namespace

std::chrono::seconds begin(transaction& tx, std::string_view key, base::timestamp now) {
  const auto name = hash_of(key);
  const auto forgotten_at = now + domain::guesses_forgotten_after;
  auto known = lock(tx, name, now, forgotten_at);
  if (now - known.at > domain::guesses_forgotten_after) known.failures = 0;
  const auto free_at = known.at + domain::delay_after(known.failures);
  if (known.failures > 0 && now < free_at) return std::chrono::ceil<std::chrono::seconds>(free_at - now);
  tx.queue(set_row, name, known.failures + 1, now, forgotten_at);
  return std::chrono::seconds{0};
}

void forgive(transaction& tx, std::string_view key) { tx.queue(remove_row, hash_of(key)); }

// `at` is when the allowance is whole again.
std::chrono::seconds take(transaction& tx, std::string_view key, const allowance& of, base::timestamp now) {
  const auto name = hash_of(key);
  const auto known = lock(tx, name, now, now + of.within);
  const auto share = std::chrono::duration_cast<base::timestamp::duration>(share_of(of));
  const auto whole_at = std::max(known.at, now) + share;
  const auto beyond = whole_at - now - of.within;
  // A share is rounded down, so that all tries fit.
  if (beyond > base::timestamp::duration{0}) return std::chrono::ceil<std::chrono::seconds>(beyond);
  tx.queue(set_row, name, known.failures + 1, whole_at, whole_at);
  return std::chrono::seconds{0};
}

void give_back(transaction& tx, std::string_view key, const allowance& of) {
  tx.queue(give_one_back, hash_of(key), share_of(of).count());
}

int forget(transaction& tx, base::timestamp now, int limit) {
  return static_cast<int>(tx.execute(forget_some, now, limit).size());
}

}  // namespace pulse::persistence::wrong_guesses
