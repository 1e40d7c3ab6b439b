#include "persistence/campaigns/topics.hpp"

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "domain/campaigns/similarity.hpp"

namespace pulse::persistence::topics {

namespace {

using domain::campaigns::signature;

constexpr statement select_unsigned{"select_unsigned_posts", R"sql(
  SELECT id, text FROM posts
  WHERE tenant_id = pulse_tenant() AND project_id = $1 AND NOT topic_signed AND deleted_at IS NULL
  ORDER BY id DESC LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)sql"};

constexpr statement forget_bands{"forget_topic_bands", R"sql(
  DELETE FROM topic_bands WHERE tenant_id = pulse_tenant() AND post_id = ANY ($1::uuid[]))sql"};

constexpr statement store_signatures{"store_topic_signatures", R"sql(
  INSERT INTO topic_signatures (tenant_id, post_id, project_id, signature, bands)
  SELECT pulse_tenant(), i.post_id, $4, i.signature, b.bands
  FROM unnest($1::uuid[], $5::bytea[]) AS i (post_id, signature)
  JOIN (SELECT e.post_id, array_agg(e.band) AS bands FROM unnest($2::uuid[], $3::bigint[]) AS e (post_id, band) GROUP BY e.post_id) b
    ON b.post_id = i.post_id
  ON CONFLICT (tenant_id, post_id) DO UPDATE SET signature = excluded.signature, bands = excluded.bands)sql"};

constexpr statement store_bands{"store_topic_bands", R"sql(
  INSERT INTO topic_bands (tenant_id, project_id, band, post_id)
  SELECT pulse_tenant(), $1, i.band, i.post_id FROM unnest($2::uuid[], $3::bigint[]) AS i (post_id, band)
  ON CONFLICT DO NOTHING)sql"};

constexpr statement mark_signed{"mark_posts_signed", R"sql(
  UPDATE posts SET topic_signed = true WHERE tenant_id = pulse_tenant() AND id = ANY ($1::uuid[]))sql"};

// OFFSET 0 keeps the planner from reading all posts of the time, or all signatures, which it prefers when it has no
// statistics.
constexpr statement select_candidates{"select_topic_candidates", R"sql(
  SELECT found.post_id, s.signature, left(p.title, 200) AS title, left(p.text, 200) AS text
  FROM (SELECT DISTINCT near.post_id
        FROM unnest($2::bigint[]) AS wanted (band)
        CROSS JOIN LATERAL (
          SELECT t.post_id FROM topic_bands t
          WHERE t.tenant_id = pulse_tenant() AND t.project_id = $1 AND t.band = wanted.band
          ORDER BY t.post_id DESC LIMIT $6) near) found
  CROSS JOIN LATERAL (
    SELECT i.signature FROM topic_signatures i WHERE i.tenant_id = pulse_tenant() AND i.post_id = found.post_id OFFSET 0) s
  CROSS JOIN LATERAL (
    SELECT o.title, o.text FROM posts o
    WHERE o.tenant_id = pulse_tenant() AND o.id = found.post_id AND o.deleted_at IS NULL
      AND o.scheduled_at >= $3 AND o.scheduled_at < $4 AND o.id IS DISTINCT FROM $5::uuid
      AND EXISTS (SELECT FROM deliveries d WHERE d.tenant_id = o.tenant_id AND d.post_id = o.id
                    AND d.state NOT IN ('cancelled', 'missed', 'failed'))
    OFFSET 0) p)sql"};

struct unsigned_post {
  base::uuid id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(unsigned_post, (), (id, text))

struct candidate {
  base::uuid post_id;
  bytes signature;
  std::string title;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(candidate, (), (post_id, signature, title, text))

std::string to_bytes(const signature& from) {
  std::string made(sizeof(signature), '\0');
  std::memcpy(made.data(), from.data(), sizeof(signature));
  return made;
}

signature from_bytes(const std::string& from) {
  signature made{};
  if (from.size() == sizeof(signature)) std::memcpy(made.data(), from.data(), sizeof(signature));
  return made;
}

}  // namespace

int sign_posts(transaction& tx, const base::uuid& project_id, int limit) {
  const auto found = tx.execute(select_unsigned, project_id, limit).all<unsigned_post>();
  if (found.empty()) return 0;
  std::vector<base::uuid> ids;
  std::vector<bytes> signatures;
  std::vector<base::uuid> of_band;
  std::vector<std::int64_t> bands;
  for (const auto& each : found) {
    const auto made = domain::campaigns::signature_of(each.text);
    ids.push_back(each.id);
    signatures.push_back({to_bytes(made)});
    for (const auto band : domain::campaigns::bands_of(made)) {
      of_band.push_back(each.id);
      bands.push_back(band);
    }
  }
  tx.queue(forget_bands, ids);
  tx.queue(store_signatures, ids, of_band, bands, project_id, signatures);
  tx.queue(store_bands, project_id, of_band, bands);
  tx.queue(mark_signed, ids);
  return static_cast<int>(found.size());
}

std::optional<domain::campaigns::similar_text> find_similar(transaction& tx, const base::uuid& project_id,
                                                            std::string_view text, base::timestamp from,
                                                            base::timestamp to,
                                                            const std::optional<base::uuid>& except_post_id) {
  const auto wanted = domain::campaigns::signature_of(text);
  const auto found = tx.execute(select_candidates, project_id, domain::campaigns::bands_of(wanted), from, to,
                                except_post_id, most_compared_of_band)
                         .all<candidate>();
  std::optional<domain::campaigns::similar_text> best;
  for (const auto& each : found) {
    const auto share = domain::campaigns::similarity_of(wanted, from_bytes(each.signature.value));
    const auto percent = static_cast<int>(std::lround(share * 100));
    if (!best || percent > best->percent)
      best = {
          .post_id = each.post_id, .percent = percent, .name = domain::campaigns::name_of_post(each.title, each.text)};
  }
  return best;
}

}  // namespace pulse::persistence::topics
