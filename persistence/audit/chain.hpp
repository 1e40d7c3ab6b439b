// The chain of a company's audit entries in the database: sealed a little after they were written, and verified.
//
// Writing an entry takes no lock that another writer waits for. A sealer follows, one a company at a time: it takes the
// committed entries without a position, in the order of time, gives each the next position and hash, and signs the new
// end. An entry that commits late gets its position later; none is skipped. The unsealed tail is some seconds long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/json.hpp"
#include "base/signature.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/audit/chain.hpp"
#include "persistence/audit/sealed_events.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::audit {

/// What the signing key is made for.
inline constexpr std::string_view signing_purpose = "pulse audit chain";

/// A signed end of a chain, as it is exported: binary parts in base64url.
struct exported_head {
  base::uuid company_id;
  std::int64_t entries = 0;
  std::string hash;
  base::timestamp sealed_at;
  std::string public_key;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(exported_head, (), (company_id, entries, hash, sealed_at, public_key, signature))

/// Companies that have entries without a place, at most `most`. As the engine.
std::vector<base::uuid> find_unsealed(transaction& tx, int most);
/// Seals at most about `most` entries of these companies, as many of each; how many. None of a company whose end is
/// locked: somebody else seals it at this moment, or erases what is personal. Together, because a transaction for each
/// company would cost more than its entries. As the engine.
int seal(transaction& tx, const std::vector<base::uuid>& companies, const base::signing_key& key, base::timestamp now,
         int most);

/// The end of the chain as it stands, or none while there is no chain.
std::optional<exported_head> find_head(transaction& tx, const base::uuid& tenant_id, const base::signing_key& key);
/// All companies that have one, by their ids, also where its end is gone. As the engine.
std::vector<base::uuid> find_chains(transaction& tx);

/// The result of a verification.
struct verdict {
  bool is_sound = true;
  std::string problem;                // a sentence; empty: none
  std::optional<std::int64_t> place;  // where in the chain
  std::int64_t entries = 0;           // that were verified
  std::int64_t erased = 0;            // of those, whose personal part was taken out
  std::int64_t unsealed = 0;          // that the chain does not cover yet
  std::int64_t events = 0;            // of the engine, that entries tell of, and that are as they were
  std::int64_t events_unsealed = 0;   // that no entry tells of yet: the newest
  std::int64_t restored = 0;          // entries about events from before the database was restored into another server
  std::optional<exported_head> head;  // of now
};
BOOST_DESCRIBE_STRUCT(verdict, (),
                      (is_sound, problem, place, entries, erased, unsealed, events, events_unsealed, restored, head))

/// A text of an answer, left where it was read: valid as long as the `rows` that it is of.
struct text_in_place {
  std::string_view value;
};

/// What the chain holds of an entry, as it stands in the database.
struct link_row {
  base::uuid id;
  base::timestamp at;
  text_in_place action;
  int status = 0;
  text_in_place code;
  text_in_place actor_kind;
  std::optional<base::uuid> actor_id;
  std::optional<base::uuid> token_id;
  std::optional<base::uuid> subject_id;
  text_in_place request_id;
  std::optional<base::uuid> salt;
  text_in_place details;
  std::optional<bytes> details_digest;
  bool is_erased = false;
  std::optional<std::int64_t> seq;
  std::optional<bytes> hash;
};
BOOST_DESCRIBE_STRUCT(link_row, (),
                      (id, at, action, status, code, actor_kind, actor_id, token_id, subject_id, request_id, salt,
                       details, details_digest, is_erased, seq, hash))

/// A run of consecutive entries that was read and is not judged yet.
struct stretch {
  rows answer;  // which they lie in
  std::vector<link_row> entries;
};

/// Verifies one company's chain, a stretch a transaction. `known` is a head that was exported before: without one,
/// whoever holds the key and the database could have shortened the chain, and whoever holds an older copy of it could
/// have put that back.
///
/// Either `step` until it is over, or, so that some are read while another is judged: `begin`, then `read`, from any
/// thread, and `judge` in the order of the chain, and while it `has_events`, `read_events` and `judge_events`, then
/// `finish`, and all of it once more when it `begins_anew`.
class verification {
 public:
  static constexpr int stretch_rows = 2'000;

  verification(const base::uuid& tenant_id, const base::signing_key& key, std::optional<exported_head> known);

  /// The next stretch; false when it is over.
  bool step(transaction& tx);

  /// Reads the head of now: entries that are sealed afterwards lie behind it. False when it is over already.
  bool begin(transaction& tx);
  /// The entries after place `after`; none if the present head has no more.
  stretch read(transaction& tx, std::int64_t after) const;
  /// Judges what `read` gave of behind the last one that was judged. False when something is wrong.
  bool judge(const stretch& next);
  /// Whether entries that were judged tell of events that were not.
  bool has_events() const { return events_.has_more(); }
  std::vector<event_comparison::found_range> read_events(transaction& tx) const { return events_.read(tx); }
  bool judge_events(const std::vector<event_comparison::found_range>& there);
  /// How many entries the head of now covers.
  std::int64_t end() const { return found_.head ? found_.head->entries : 0; }
  void finish(transaction& tx);
  /// Whether the company was deleted meanwhile and its events are missing for that reason: the verification has begun
  /// again then, as of a deleted company.
  bool begins_anew(transaction& tx);

  const verdict& found() const { return found_; }
  verdict& found() { return found_; }

 private:
  bool advance(transaction& tx);
  bool judge(const link_row& each);
  void fail(std::string sentence, std::optional<std::int64_t> place);
  bool is_as_told(const std::optional<event_comparison::difference>& wrong);
  void compare_known();

  base::uuid tenant_id_;
  bool is_deleted_ = false;         // the company: its events are not compared
  bool tells_of_deletion_ = false;  // an entry does
  bool lacks_events_ = false;       // they are not as entries tell
  const base::signing_key* key_;    // outlives it
  std::optional<exported_head> known_;
  bool has_begun_ = false;
  domain::audit_hash hash_{};
  event_comparison events_;
  verdict found_;
};

}  // namespace pulse::persistence::audit

template <>
struct pulse::base::json::string_form<pulse::persistence::audit::text_in_place> {
  static std::optional<pulse::persistence::audit::text_in_place> parse(std::string_view text) {
    return pulse::persistence::audit::text_in_place{text};
  }
};
