#include "persistence/events/stream.hpp"

#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "domain/events/sentences.hpp"
#include "persistence/events/readers.hpp"

namespace pulse::persistence::events {

namespace {

#define PULSE_STREAM_COLUMNS                                                                                       \
  "1::bigint AS place, e.id, e.transaction::text::bigint AS transaction, e.created_at AS at, e.type, e.message, "  \
  "e.subject_kind, "                                                                                               \
  "e.subject_id, "                                                                                                 \
  "e.tenant_id, e.project_id, e.post_id, e.delivery_id, e.channel_id, "                                            \
  "coalesce(e.member_id, (e.metadata_json ->> 'member_id')::uuid) AS member_id, m.display_name, e.metadata_json, " \
  "coalesce(j.time_zone, 'UTC') AS time_zone"
#define PULSE_STREAM_MEMBERS                                                                                \
  "LEFT JOIN members m ON m.tenant_id = e.tenant_id AND m.id = coalesce(e.member_id, (e.metadata_json ->> " \
  "'member_id')::uuid) LEFT JOIN projects j ON j.tenant_id = e.tenant_id AND j.id = e.project_id "

constexpr statement select_horizon{"select_event_horizon", R"sql(
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint)sql"};

// The oldest transaction that writes in this database, $1 where there is none or only younger ones; $1 is the end of an
// earlier snapshot. Whoever is not here has ended before the statement that follows takes its snapshot, or begins later
// and comes after $1. Their numbers are of 32 bits: the signed distance from $1 makes them whole. Everybody may see
// them, and nothing else of the others' sessions.
constexpr statement select_own_horizon{"select_own_event_horizon", R"sql(
  SELECT least($1::bigint, min($1::bigint - ((($1::bigint & 4294967295) - xid::text::bigint + 6442450944) & 4294967295) + 2147483648))
  FROM (SELECT backend_xid AS xid FROM pg_stat_activity
        WHERE backend_xid IS NOT NULL AND (datname = current_database() OR datname IS NULL)
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()) writing)sql"};

// The horizon is $4, which an earlier statement has read: a later snapshot sees no less of what is below it.
constexpr statement select_after{"select_events_after", "SELECT " PULSE_STREAM_COLUMNS R"sql(
  FROM (
    SELECT * FROM publish_events
    WHERE tenant_id = $1 AND (transaction, id) > ($2::bigint::text::xid8, $3::bigint) AND transaction < $4::bigint::text::xid8
      AND ($5::uuid IS NULL OR project_id = $5 OR project_id IS NULL)
    ORDER BY transaction, id LIMIT $6) e )sql" PULSE_STREAM_MEMBERS "ORDER BY e.transaction, e.id"};

// Whatever is asked of the stream is asked in its order, also where the order is of no account: else a plan finds the
// company's events by another index, and reads all that it has ever had.

// For many readers: one of them after the other, each by the index. The name of who did it is looked up only where
// somebody did it, and looked for in the facts only of the rows that have a sentence: of versions that kept it there.
// That is half of what an event costs.
constexpr statement select_all_after{"select_all_events_after", R"sql(
  SELECT i.place, e.id, e.transaction::text::bigint AS transaction, e.created_at AS at, e.type, e.message, e.subject_kind, e.subject_id,
    e.tenant_id, e.project_id, e.post_id, e.delivery_id, e.channel_id, e.actor_id AS member_id,
    CASE WHEN e.actor_id IS NOT NULL THEN
      (SELECT m.display_name FROM members m WHERE m.tenant_id = e.tenant_id AND m.id = e.actor_id) END AS display_name,
    e.metadata_json,
    coalesce(CASE WHEN e.project_id IS NOT NULL THEN
      (SELECT j.time_zone FROM projects j WHERE j.tenant_id = e.tenant_id AND j.id = e.project_id) END, 'UTC') AS time_zone
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS i (tenant_id, transaction, id, place)
  CROSS JOIN LATERAL (
    SELECT *, CASE WHEN message = '' THEN member_id ELSE coalesce(member_id, (metadata_json ->> 'member_id')::uuid) END AS actor_id
    FROM publish_events
    WHERE tenant_id = i.tenant_id AND (transaction, id) > (i.transaction::text::xid8, i.id) AND transaction < $4::bigint::text::xid8
    ORDER BY transaction, id LIMIT $5) e
  ORDER BY i.place, e.transaction, e.id)sql"};

constexpr statement select_all_beyond{"select_all_events_beyond", R"sql(
  SELECT i.place FROM unnest($1::uuid[]) WITH ORDINALITY AS i (tenant_id, place)
  CROSS JOIN LATERAL (
    SELECT FROM publish_events WHERE tenant_id = i.tenant_id AND transaction >= $2::bigint::text::xid8
    ORDER BY transaction, id LIMIT 1) e)sql"};

constexpr statement exists_beyond{"exists_event_beyond", R"sql(
  SELECT FROM publish_events WHERE tenant_id = $1 AND transaction >= $2::bigint::text::xid8 ORDER BY transaction, id LIMIT 1)sql"};

constexpr statement count_some_after{"count_events_after", R"sql(
  SELECT count(*) FROM (
    SELECT FROM publish_events WHERE tenant_id = $1 AND (transaction, id) > ($2::bigint::text::xid8, $3::bigint)
    ORDER BY transaction, id LIMIT $4) some_of_it)sql"};

constexpr statement select_latest{"select_latest_events", "SELECT " PULSE_STREAM_COLUMNS R"sql(
  FROM (
    SELECT * FROM publish_events
    WHERE tenant_id = $1 AND ($2::uuid IS NULL OR project_id = $2 OR project_id IS NULL)
    ORDER BY transaction DESC, id DESC LIMIT $3) e )sql" PULSE_STREAM_MEMBERS "ORDER BY e.transaction DESC, e.id DESC"};

#undef PULSE_STREAM_COLUMNS
#undef PULSE_STREAM_MEMBERS

constexpr statement adopt_all{"adopt_events", "SELECT pulse_adopt_events()"};

struct event_row {
  std::int64_t place = 0;  // of its reader, from 1
  std::int64_t id = 0;
  std::int64_t transaction = 0;
  base::timestamp at;
  std::string type;
  std::string message;
  std::optional<std::string> subject_kind;
  std::optional<base::uuid> subject_id;
  base::uuid tenant_id;
  std::optional<base::uuid> project_id;
  std::optional<base::uuid> post_id;
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  std::optional<base::uuid> member_id;
  std::optional<std::string> display_name;
  boost::json::object metadata_json;
  std::string time_zone;  // of the project, or UTC
};
BOOST_DESCRIBE_STRUCT(event_row, (),
                      (place, id, transaction, at, type, message, subject_kind, subject_id, tenant_id, project_id,
                       post_id, delivery_id, channel_id, member_id, display_name, metadata_json, time_zone))

activity_subject subject_of(const event_row& of) {
  if (of.subject_kind && of.subject_id) return {*of.subject_kind, *of.subject_id};
  if (of.delivery_id) return {"delivery", *of.delivery_id};
  if (of.post_id) return {"post", *of.post_id};
  if (of.channel_id) return {"channel", *of.channel_id};
  if (of.project_id) return {"project", *of.project_id};
  return {"company", of.tenant_id};
}

activity_event to_event(event_row from) {
  activity_event made{.id = from.id,
                      .at = from.at,
                      .type = std::move(from.type),
                      .message = {},
                      .subject = subject_of(from),
                      .project_id = from.project_id,
                      .post_id = from.post_id,
                      .delivery_id = from.delivery_id,
                      .channel_id = from.channel_id,
                      .by = {},
                      .metadata_json = std::move(from.metadata_json)};
  made.message =
      domain::sentence_of(made.type, from.message, made.metadata_json, domain::time_formatter{from.time_zone});
  if (from.member_id) made.by = activity_member{*from.member_id, from.display_name.value_or("")};
  return made;
}

/// Reads digits up to the end, or to a dash.
std::optional<std::int64_t> take_number(std::string_view& from) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(from.data(), from.data() + from.size(), value);
  if (failure != std::errc{} || value < 0) return std::nullopt;
  from.remove_prefix(static_cast<std::size_t>(end - from.data()));
  return value;
}

}  // namespace

std::string to_text(const cursor& from) { return fmt::format("{}-{}", from.transaction, from.id); }

std::optional<cursor> parse_cursor(std::string_view text) {
  const auto transaction = take_number(text);
  if (!transaction || !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto id = take_number(text);
  if (!id || !text.empty()) return std::nullopt;
  return cursor{*transaction, *id};
}

namespace {

stretch read_below(transaction& tx, const base::uuid& tenant_id, const cursor& after, std::int64_t horizon,
                   const std::optional<base::uuid>& project_id, int limit) {
  stretch made;
  made.to = after;
  auto rows =
      tx.execute(select_after, tenant_id, after.transaction, after.id, horizon, project_id, limit).all<event_row>();
  for (auto& each : rows) {
    made.to = {each.transaction, each.id};
    made.events.push_back({made.to, to_event(std::move(each))});
  }
  made.is_full = made.events.size() == static_cast<std::size_t>(limit);
  if (made.is_full) return made;
  // Ids begin at 1, so this is before the first event of the transaction at the horizon.
  made.to = std::max(made.to, cursor{horizon, 0});
  made.is_early = !tx.execute(exists_beyond, tenant_id, horizon).empty();
  return made;
}

}  // namespace

stretch read_after(transaction& tx, const base::uuid& tenant_id, const cursor& after,
                   const std::optional<base::uuid>& project_id, int limit, patience how) {
  const auto bounds = tx.execute(select_horizon);
  const auto horizon = bounds.get<std::int64_t>(0, 0);
  const auto end = bounds.get<std::int64_t>(0, 1);
  if (after.transaction > end) {
    stretch none;
    none.to = after;
    none.is_ahead = true;
    return none;
  }
  auto made = read_below(tx, tenant_id, after, horizon, project_id, limit);
  if (!made.is_early || how == patience::with_all) return made;
  const auto own = tx.execute(select_own_horizon, end).get<std::int64_t>(0, 0);
  return own > horizon ? read_below(tx, tenant_id, after, own, project_id, limit) : made;
}

namespace {

std::vector<stretch> read_all_below(transaction& tx, std::span<const reader> readers, std::int64_t horizon, int limit) {
  std::vector<base::uuid> tenants;
  std::vector<std::int64_t> transactions;
  std::vector<std::int64_t> ids;
  std::vector<stretch> made(readers.size());
  for (std::size_t i = 0; i < readers.size(); ++i) {
    tenants.push_back(readers[i].tenant_id);
    transactions.push_back(readers[i].after.transaction);
    ids.push_back(readers[i].after.id);
    made[i].to = readers[i].after;
  }
  auto rows = tx.execute(select_all_after, tenants, transactions, ids, horizon, limit).all<event_row>();
  for (auto& each : rows) {
    auto& of = made.at(static_cast<std::size_t>(each.place - 1));
    of.to = {each.transaction, each.id};
    of.events.push_back({of.to, to_event(std::move(each))});
  }
  for (auto& each : made) {
    each.is_full = each.events.size() == static_cast<std::size_t>(limit);
    if (!each.is_full) each.to = std::max(each.to, cursor{horizon, 0});
  }
  const auto beyond = tx.execute(select_all_beyond, tenants, horizon);
  for (std::size_t row = 0; row < beyond.size(); ++row) {
    auto& of = made.at(static_cast<std::size_t>(beyond.get<std::int64_t>(row, 0) - 1));
    of.is_early = !of.is_full;
  }
  return made;
}

}  // namespace

std::vector<stretch> read_after(transaction& tx, std::span<const reader> readers, int limit) {
  const auto bounds = tx.execute(select_horizon);
  const auto horizon = bounds.get<std::int64_t>(0, 0);
  const auto end = bounds.get<std::int64_t>(0, 1);
  auto made = read_all_below(tx, readers, horizon, limit);
  std::vector<reader> held_up;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (readers[i].after.transaction > end) {
      made[i] = {};
      made[i].to = readers[i].after;
      made[i].is_ahead = true;
    } else if (made[i].is_early && readers[i].how == patience::with_our_own) {
      held_up.push_back(readers[i]);
      places.push_back(i);
    }
  }
  if (held_up.empty()) return made;
  const auto own = tx.execute(select_own_horizon, end).get<std::int64_t>(0, 0);
  if (own <= horizon) return made;
  auto again = read_all_below(tx, held_up, own, limit);
  for (std::size_t i = 0; i < again.size(); ++i) made[places[i]] = std::move(again[i]);
  return made;
}

std::int64_t count_after(transaction& tx, const base::uuid& tenant_id, const cursor& after, std::int64_t most) {
  return tx.execute(count_some_after, tenant_id, after.transaction, after.id, most).get<std::int64_t>(0, 0);
}

cursor find_end(transaction& tx) { return {tx.execute(select_horizon).get<std::int64_t>(0, 0), 0}; }

std::int64_t adopt(transaction& tx) { return tx.execute(adopt_all).get<std::int64_t>(0, 0); }

std::vector<activity_event> read_latest(transaction& tx, const base::uuid& tenant_id,
                                        const std::optional<base::uuid>& project_id, int limit) {
  std::vector<activity_event> made;
  for (auto& each : tx.execute(select_latest, tenant_id, project_id, limit).all<event_row>())
    made.push_back(to_event(std::move(each)));
  return made;
}

}  // namespace pulse::persistence::events
