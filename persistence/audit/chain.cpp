#include "persistence/audit/chain.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "persistence/postgres/binary_column.hpp"

namespace pulse::persistence::audit {

namespace {

#define PULSE_AUDIT_LINK                                                                                  \
  "id, at, action, status, code, actor_kind, actor_id, token_id, subject_id, request_id, salt, details, " \
  "details_digest, erased_at IS NOT NULL AS is_erased, seq, hash "

constexpr statement find_waiting{"audit_find_unsealed", R"sql(
  WITH RECURSIVE each AS (
    (SELECT tenant_id FROM audit_entries WHERE seq IS NULL ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT a.tenant_id FROM audit_entries a WHERE a.seq IS NULL AND a.tenant_id > e.tenant_id ORDER BY a.tenant_id LIMIT 1)
    FROM each e WHERE e.tenant_id IS NOT NULL
  )
  SELECT tenant_id FROM each WHERE tenant_id IS NOT NULL LIMIT $1)sql"};

constexpr statement begin_chains{"audit_begin_chains", R"sql(
  INSERT INTO audit_heads (tenant_id, entries, hash, sealed_at, signature)
  SELECT t, 0, $2, $3, '' FROM unnest($1::uuid[]) t ORDER BY t ON CONFLICT DO NOTHING)sql"};

constexpr statement lock_heads{"audit_lock_heads", R"sql(
  SELECT tenant_id, entries, hash FROM audit_heads WHERE tenant_id = ANY ($1::uuid[]) ORDER BY tenant_id FOR UPDATE SKIP LOCKED)sql"};

// Locked, so that what is personal is not erased between reading an entry and placing its digest in the chain.
constexpr statement select_unsealed{"audit_select_unsealed", R"sql(
  SELECT e.* FROM unnest($1::uuid[]) WITH ORDINALITY AS t (id, place) CROSS JOIN LATERAL (
    SELECT tenant_id, )sql" PULSE_AUDIT_LINK R"sql( FROM audit_entries
    WHERE tenant_id = t.id AND seq IS NULL ORDER BY at, id LIMIT $2 FOR UPDATE) e
  ORDER BY t.place, e.at, e.id)sql"};

constexpr statement place_all{"audit_place", R"sql(
  UPDATE audit_entries a SET seq = i.seq, hash = decode(i.hash, 'hex'), details_digest = decode(i.digest, 'hex')
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[]) AS i (tenant_id, id, seq, hash, digest)
  WHERE a.tenant_id = i.tenant_id AND a.id = i.id)sql"};

constexpr statement set_heads{"audit_set_heads", R"sql(
  UPDATE audit_heads h SET entries = i.entries, hash = decode(i.hash, 'hex'), sealed_at = $2, signature = decode(i.signature, 'hex')
  FROM unnest($1::uuid[], $3::bigint[], $4::text[], $5::text[]) AS i (tenant_id, entries, hash, signature)
  WHERE h.tenant_id = i.tenant_id)sql"};

constexpr statement select_head{"audit_select_head", R"sql(
  SELECT entries, hash, sealed_at, signature FROM audit_heads WHERE tenant_id = $1 AND entries > 0)sql"};

// Also those whose end is gone while entries are there.
constexpr statement select_chains{"audit_select_chains", R"sql(
  WITH RECURSIVE each AS (
    (SELECT tenant_id FROM audit_entries WHERE seq IS NOT NULL ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT a.tenant_id FROM audit_entries a WHERE a.seq IS NOT NULL AND a.tenant_id > e.tenant_id ORDER BY a.tenant_id LIMIT 1)
    FROM each e WHERE e.tenant_id IS NOT NULL
  )
  SELECT tenant_id FROM each WHERE tenant_id IS NOT NULL
  UNION SELECT tenant_id FROM audit_heads WHERE entries > 0 ORDER BY tenant_id)sql"};

constexpr statement select_stretch{"audit_select_stretch", "SELECT " PULSE_AUDIT_LINK R"sql(
  FROM audit_entries WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3)sql"};

// In one snapshot: sealing moves both in one transaction.
constexpr statement compare_end{"audit_compare_end", R"sql(
  SELECT coalesce((SELECT entries FROM audit_heads WHERE tenant_id = $1), 0) AS ends,
         coalesce((SELECT seq FROM audit_entries WHERE tenant_id = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1), 0) AS is_there)sql"};

constexpr statement count_unsealed{"audit_count_unsealed", R"sql(
  SELECT count(*) FROM audit_entries WHERE tenant_id = $1 AND seq IS NULL)sql"};

constexpr statement select_deleted{"audit_select_deleted", R"sql(
  SELECT EXISTS (SELECT FROM tenants WHERE id = $1 AND deleted_at IS NOT NULL))sql"};

constexpr statement find_deletion{"audit_find_deletion", R"sql(
  SELECT EXISTS (SELECT FROM audit_entries WHERE tenant_id = $1 AND seq IS NULL AND action = $2 AND status < 400))sql"};

#undef PULSE_AUDIT_LINK

/// What an owner who deletes the company calls.
constexpr std::string_view deletion_action = "DELETE /org";
constexpr int first_refusal = 400;

struct waiting_row : link_row {
  base::uuid tenant_id;
};
BOOST_DESCRIBE_STRUCT(waiting_row, (link_row), (tenant_id))

struct head_row {
  std::int64_t entries = 0;
  bytes hash;
  base::timestamp sealed_at;
  bytes signature;
};
BOOST_DESCRIBE_STRUCT(head_row, (), (entries, hash, sealed_at, signature))

struct last_places {
  std::int64_t ends = 0;
  std::int64_t is_there = 0;
};
BOOST_DESCRIBE_STRUCT(last_places, (), (ends, is_there))

/// Where what is personal was taken out.
constexpr std::string_view nothing_left = "{}";

domain::audit_hash to_hash(std::string_view text) {
  domain::audit_hash made{};
  std::copy_n(text.begin(), std::min(text.size(), made.size()), made.begin());
  return made;
}

domain::audit_link link_of(const base::uuid& tenant_id, const link_row& from, std::int64_t seq,
                           std::string_view digest) {
  return {.tenant_id = tenant_id,
          .seq = seq,
          .id = from.id,
          .at = from.at,
          .action = from.action.value,
          .status = from.status,
          .code = from.code.value,
          .actor_kind = from.actor_kind.value,
          .actor_id = from.actor_id,
          .token_id = from.token_id,
          .subject_id = from.subject_id,
          .request_id = from.request_id.value,
          .details_digest = digest};
}

std::string text_of(const base::uuid& tenant_id, const exported_head& head) {
  const auto hash = base::from_base64url(head.hash).value_or("");
  return domain::text_to_sign({tenant_id, head.entries, to_hash(hash), head.sealed_at});
}

struct placed_entry {
  base::uuid tenant_id;
  base::uuid id;
  std::int64_t seq = 0;
  std::string hash;  // in hex, as the digest
  std::string digest;
};

/// Their ends, in the order of the companies, without those that somebody else is sealing.
std::vector<domain::audit_head> lock_chains(transaction& tx, const std::vector<base::uuid>& companies,
                                            base::timestamp now) {
  const bytes nothing_yet{std::string{base::as_text(domain::audit_hash{})}};
  tx.queue(begin_chains, companies, nothing_yet, now);
  const auto locked = tx.execute(lock_heads, companies);
  std::vector<domain::audit_head> heads;
  for (std::size_t i = 0; i < locked.size(); ++i) {
    heads.push_back(
        {locked.get<base::uuid>(i, 0), locked.get<std::int64_t>(i, 1), to_hash(locked.get<bytes>(i, 2).value), now});
  }
  return heads;
}

void place(transaction& tx, const std::vector<placed_entry>& entries) {
  tx.queue(place_all, binary_column(entries, &placed_entry::tenant_id), binary_column(entries, &placed_entry::id),
           binary_column(entries, &placed_entry::seq), binary_column(entries, &placed_entry::hash),
           binary_column(entries, &placed_entry::digest));
}

void sign(transaction& tx, const std::vector<domain::audit_head>& heads, const base::signing_key& key,
          base::timestamp now) {
  const auto hash_of = [](const domain::audit_head& each) { return base::to_hex(each.hash); };
  const auto signature_of = [&key](const domain::audit_head& each) {
    const auto signature = key.sign(domain::text_to_sign(each));
    return base::to_hex({reinterpret_cast<const std::uint8_t*>(signature.data()), signature.size()});
  };
  tx.queue(set_heads, binary_column(heads, &domain::audit_head::tenant_id), now,
           binary_column(heads, &domain::audit_head::entries), binary_column(heads, hash_of),
           binary_column(heads, signature_of));
}

bool is_signed(const exported_head& head, const base::signing_key& key) {
  const auto signature = base::from_base64url(head.signature).value_or("");
  return !key.signer_of(text_of(head.company_id, head), signature).empty();
}

}  // namespace

std::vector<base::uuid> find_unsealed(transaction& tx, int most) {
  std::vector<base::uuid> made;
  const auto found = tx.execute(find_waiting, most);
  for (std::size_t i = 0; i < found.size(); ++i) made.push_back(found.get<base::uuid>(i, 0));
  return made;
}

int seal(transaction& tx, const std::vector<base::uuid>& companies, const base::signing_key& key, base::timestamp now,
         int most) {
  if (companies.empty()) return 0;
  auto heads = lock_chains(tx, companies, now);
  const auto of_each = std::max(1, most / static_cast<int>(companies.size()));
  const auto answer = tx.execute(select_unsealed, binary_column(heads, &domain::audit_head::tenant_id), of_each);
  std::vector<placed_entry> placed;
  auto head = heads.begin();
  for (const auto& each : answer.all<waiting_row>()) {
    head = std::find_if(head, heads.end(), [&each](const auto& of) { return of.tenant_id == each.tenant_id; });
    const auto digest = domain::digest_of_details(each.salt.value_or(base::uuid{}), each.details.value);
    head->hash = domain::next_hash(head->hash, link_of(each.tenant_id, each, ++head->entries, base::as_text(digest)));
    placed.push_back({each.tenant_id, each.id, head->entries, base::to_hex(head->hash), base::to_hex(digest)});
  }
  if (placed.empty()) return 0;
  place(tx, placed);
  sign(tx, heads, key, now);
  return static_cast<int>(placed.size());
}

std::optional<exported_head> find_head(transaction& tx, const base::uuid& tenant_id, const base::signing_key& key) {
  const auto found = tx.execute(select_head, tenant_id).first<head_row>();
  if (!found) return std::nullopt;
  exported_head made{tenant_id,
                     found->entries,
                     base::to_base64url(found->hash.value),
                     found->sealed_at,
                     base::to_base64url(key.public_key()),
                     base::to_base64url(found->signature.value)};
  // It may have been signed before the key was changed.
  const auto signer = key.signer_of(text_of(tenant_id, made), found->signature.value);
  if (!signer.empty()) made.public_key = base::to_base64url(signer);
  return made;
}

std::vector<base::uuid> find_chains(transaction& tx) {
  std::vector<base::uuid> made;
  const auto found = tx.execute(select_chains);
  for (std::size_t i = 0; i < found.size(); ++i) made.push_back(found.get<base::uuid>(i, 0));
  return made;
}

verification::verification(const base::uuid& tenant_id, const base::signing_key& key,
                           std::optional<exported_head> known)
    : tenant_id_(tenant_id), key_(&key), known_(std::move(known)), events_(tenant_id) {}

void verification::fail(std::string sentence, std::optional<std::int64_t> place) {
  found_.is_sound = false;
  found_.problem = std::move(sentence);
  found_.place = place;
}

bool verification::is_as_told(const std::optional<event_comparison::difference>& wrong) {
  found_.events = events_.compared();
  if (wrong) {
    lacks_events_ = true;
    fail(wrong->sentence, wrong->place);
  }
  return found_.is_sound;
}

bool verification::begin(transaction& tx) {
  has_begun_ = true;
  if (known_ && known_->company_id != tenant_id_) {
    fail("The exported head is another company's.", std::nullopt);
    return false;
  }
  if (known_ && !is_signed(*known_, *key_)) {
    fail("The exported head was changed, or was signed by another key than this installation's.", std::nullopt);
    return false;
  }
  events_.begin(tx);
  is_deleted_ = tx.execute(select_deleted, tenant_id_).get<bool>(0, 0);
  found_.head = find_head(tx, tenant_id_, *key_);
  if (found_.head && !is_signed(*found_.head, *key_)) {
    fail("The end of the chain is not signed by this installation's key: it was changed, or the key was.",
         found_.head->entries);
    return false;
  }
  const auto entries = found_.head ? found_.head->entries : 0;
  if (known_ && known_->entries > entries) {
    fail(fmt::format("The chain was shortened: it has {} entries, and had {} when the head was exported.", entries,
                     known_->entries),
         entries);
    return false;
  }
  return true;
}

bool verification::step(transaction& tx) { return advance(tx) || begins_anew(tx); }

bool verification::advance(transaction& tx) {
  if (!has_begun_ && !begin(tx)) return false;
  if (!judge(read(tx, found_.entries))) return false;
  while (has_events()) {
    if (!judge_events(read_events(tx))) return false;
  }
  if (found_.entries < end()) return true;
  finish(tx);
  return false;
}

bool verification::begins_anew(transaction& tx) {
  if (!lacks_events_ || is_deleted_ || !tx.execute(select_deleted, tenant_id_).get<bool>(0, 0)) return false;
  *this = verification{tenant_id_, *key_, std::move(known_)};
  return begin(tx);
}

stretch verification::read(transaction& tx, std::int64_t after) const {
  const auto limit = std::min<std::int64_t>(end() - after, stretch_rows);
  if (limit <= 0) return {};
  stretch made{tx.execute(select_stretch, tenant_id_, after, limit), {}};
  made.entries = made.answer.all<link_row>();
  return made;
}

bool verification::judge(const stretch& next) {
  const auto limit = std::min<std::int64_t>(end() - found_.entries, stretch_rows);
  for (const auto& each : next.entries) {
    if (!judge(each)) return false;
  }
  if (static_cast<std::int64_t>(next.entries.size()) >= limit) return true;
  fail(fmt::format("The last entries were deleted: the chain ends at {}, and {} are there.", end(), found_.entries),
       found_.entries + 1);
  return false;
}

bool verification::judge(const link_row& each) {
  const auto place = found_.entries + 1;
  if (each.seq != place) {
    fail(fmt::format("Entry {} was deleted.", place), place);
    return false;
  }
  const auto digest = each.details_digest ? to_hash(each.details_digest->value) : domain::audit_hash{};
  const bool is_kept = each.salt && domain::digest_of_details(*each.salt, each.details.value) == digest;
  hash_ = domain::next_hash(hash_, link_of(tenant_id_, each, place, base::as_text(digest)));
  const bool is_taken_out = each.is_erased && !each.salt && each.details.value == nothing_left;
  if ((!is_kept && !is_taken_out) || !each.hash || to_hash(each.hash->value) != hash_) {
    fail(fmt::format("Entry {} was changed, or put into another place.", place), place);
    return false;
  }
  found_.erased += is_taken_out ? 1 : 0;
  found_.entries = place;
  compare_known();
  if (each.action.value == deletion_action && each.status < first_refusal) tells_of_deletion_ = true;
  // The events of a deleted company are gone, and what its entries told of them.
  if (each.action.value == events_action && !is_deleted_) is_as_told(events_.expect(each.details.value, place));
  return found_.is_sound;
}

bool verification::judge_events(const std::vector<event_comparison::found_range>& there) {
  return is_as_told(events_.judge(there));
}

void verification::compare_known() {
  if (!known_ || known_->entries != found_.entries) return;
  if (base::from_base64url(known_->hash).value_or("") == base::as_text(hash_)) return;
  fail(fmt::format("The first {} entries are not those of which the head was exported.", known_->entries),
       known_->entries);
}

void verification::finish(transaction& tx) {
  if (found_.head && base::from_base64url(found_.head->hash).value_or("") != base::as_text(hash_)) {
    fail("The chain does not lead to its signed end: entries were changed, and their hashes with them.",
         found_.head->entries);
    return;
  }
  const auto last = tx.execute(compare_end, tenant_id_).first<last_places>().value_or(last_places{});
  if (last.is_there > last.ends) {
    fail(fmt::format("The signed end was deleted or put back: it is at {}, and there are entries up to {}.", last.ends,
                     last.is_there),
         last.ends + 1);
    return;
  }
  if (is_deleted_ && !tells_of_deletion_ && !tx.execute(find_deletion, tenant_id_, deletion_action).get<bool>(0, 0)) {
    fail("The company is marked as deleted, and no entry tells of that.", std::nullopt);
    return;
  }
  if (!is_deleted_ && !is_as_told(events_.finish(tx, end()))) return;
  found_.events_unsealed = events_.unswept();
  found_.restored = events_.of_other_servers();
  found_.unsealed = tx.execute(count_unsealed, tenant_id_).get<std::int64_t>(0, 0);
}

}  // namespace pulse::persistence::audit
