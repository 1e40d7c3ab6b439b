#include "persistence/audit/sealed_events.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/json.hpp"

namespace pulse::persistence::audit {

namespace {

// All of an event, each column with its length, hashed where it lies; columns that are added later are not of it.
#define PULSE_EVENT_DIGEST                                                                                  \
  "sha256(record_send(ROW(id, transaction, type, message, metadata_json, created_at, project_id, post_id, " \
  "delivery_id, channel_id, subject_kind, subject_id, member_id, request_id, attempt, fence, started_at, "  \
  "deadline_at, outcome, trace)))"
#define PULSE_DIGEST_OF_ALL \
  "coalesce(encode(sha256(string_agg(e.digest, ''::bytea ORDER BY e.transaction, e.id)), 'hex'), '')"

// What is ordered below is found by the index of that order, whatever the planner knows of the tables; OFFSET keeps it
// so.

constexpr statement select_sweep{"audit_select_sweep", "SELECT position, epoch FROM event_sweep"};

constexpr statement lock_sweep{"audit_lock_sweep", R"sql(
  SELECT position, epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
  FROM event_sweep FOR UPDATE SKIP LOCKED)sql"};

// The transaction of the first event that is left for the next sweep.
constexpr statement find_end{"audit_find_sweep_end", R"sql(
  SELECT transaction::text::bigint FROM publish_events
  WHERE transaction >= $1::bigint::text::xid8 AND transaction < $2::bigint::text::xid8
  ORDER BY transaction OFFSET $3 LIMIT 1)sql"};

constexpr statement append_ranges{"audit_append_event_ranges", R"sql(
  INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, request_id, details)
  SELECT g.tenant_id, gen_random_uuid(), greatest($4::timestamptz, s.swept_at + interval '1 microsecond'), 'EVENTS', 0, 'nobody', '',
         json_build_object('epoch', $3::bigint, 'begins', $1::bigint, 'ends', $2::bigint, 'events', g.events, 'digest', g.digest)
  FROM (
    SELECT e.tenant_id, count(*) AS events, )sql" PULSE_DIGEST_OF_ALL R"sql( AS digest
    FROM (SELECT tenant_id, transaction, id, )sql" PULSE_EVENT_DIGEST R"sql( AS digest FROM publish_events
          WHERE transaction >= $1::bigint::text::xid8 AND transaction < $2::bigint::text::xid8
          ORDER BY transaction OFFSET 0) e
    GROUP BY e.tenant_id) g CROSS JOIN event_sweep s
  WHERE EXISTS (SELECT FROM tenants t WHERE t.id = g.tenant_id AND t.deleted_at IS NULL)
  RETURNING coalesce((details ->> 'events')::bigint, 0))sql"};

constexpr statement set_sweep{"audit_set_sweep", R"sql(
  UPDATE event_sweep SET position = $1, swept_at = greatest($2::timestamptz, swept_at + interval '1 microsecond'))sql"};

constexpr statement digest_ranges{"audit_digest_events", R"sql(
  SELECT d.events, d.digest FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS r (begins, ends, place)
  CROSS JOIN LATERAL (SELECT count(*) AS events, )sql" PULSE_DIGEST_OF_ALL R"sql( AS digest FROM (
    SELECT transaction, id, )sql" PULSE_EVENT_DIGEST R"sql( AS digest FROM publish_events
    WHERE tenant_id = $1 AND transaction >= r.begins::text::xid8 AND transaction < r.ends::text::xid8
    ORDER BY transaction, id OFFSET 0) e) d
  ORDER BY r.place)sql"};

constexpr statement select_unchained{"audit_select_unchained_ranges", R"sql(
  SELECT details::text FROM (
    SELECT at, details FROM audit_entries WHERE tenant_id = $1 AND action = 'EVENTS' AND seq IS NULL
    UNION ALL SELECT at, details FROM audit_entries WHERE tenant_id = $1 AND action = 'EVENTS' AND seq > $2) e
  ORDER BY at)sql"};

constexpr statement count_unswept{"audit_count_unswept", R"sql(
  SELECT count(*) FROM (SELECT FROM publish_events WHERE tenant_id = $1 AND transaction >= $2::bigint::text::xid8
                        ORDER BY transaction, id OFFSET 0) e)sql"};

#undef PULSE_DIGEST_OF_ALL
#undef PULSE_EVENT_DIGEST

struct locked_sweep {
  std::int64_t position = 0;
  std::int64_t epoch = 1;
  std::int64_t horizon = 0;
};
BOOST_DESCRIBE_STRUCT(locked_sweep, (), (position, epoch, horizon))

event_comparison::difference changed(std::optional<std::int64_t> place) {
  return {fmt::format("What the engine did was changed: the events of which entry {} tells are not as they were.",
                      place ? std::to_string(*place) : std::string{"(the newest)"}),
          place};
}

}  // namespace

sweep_result sweep_events(transaction& tx, base::timestamp now, std::int64_t most) {
  const auto found = tx.execute(lock_sweep).first<locked_sweep>();
  // Behind the horizon it is while a restored database has not been adopted.
  if (!found || found->position >= found->horizon) return {};
  const auto rest = tx.execute(find_end, found->position, found->horizon, most);
  const auto ends = rest.empty() ? found->horizon : std::max(rest.get<std::int64_t>(0, 0), found->position + 1);
  const auto told = tx.execute(append_ranges, found->position, ends, found->epoch, now);
  sweep_result made{0, ends < found->horizon};
  for (std::size_t i = 0; i < told.size(); ++i) made.events += told.get<std::int64_t>(i, 0);
  tx.queue(set_sweep, ends, now);
  return made;
}

void event_comparison::begin(transaction& tx) {
  swept_ = tx.execute(select_sweep).first<sweep_state>().value_or(sweep_state{});
  // Adopted entries are older than the transactions of this server.
  covered_ = swept_.epoch > 1 ? 2 : 0;
}

std::optional<event_comparison::difference> event_comparison::expect(std::string_view details,
                                                                     std::optional<std::int64_t> place) {
  auto told = base::json::read<event_range>(std::string{details});
  if (told.has_error()) return changed(place);
  if (told->epoch < swept_.epoch) {
    ++of_other_servers_;
    return std::nullopt;
  }
  if (told->epoch > swept_.epoch || told->begins < covered_ || told->ends <= told->begins) {
    return difference{"Entries that tell of events do not follow each other: the sweep was put back.", place};
  }
  if (told->begins > covered_) expected_.push_back({{told->epoch, covered_, told->begins, 0, ""}, place});
  covered_ = told->ends;
  expected_.push_back({std::move(*told), place});
  return std::nullopt;
}

std::vector<event_comparison::found_range> event_comparison::read(transaction& tx) const {
  std::vector<std::int64_t> begins;
  std::vector<std::int64_t> ends;
  std::int64_t events = 0;
  for (const auto& each : expected_) {
    if (begins.size() == ranges_at_once || events >= events_at_once) break;
    begins.push_back(each.what.begins);
    ends.push_back(each.what.ends);
    events += each.what.events;
  }
  const auto there = tx.execute(digest_ranges, tenant_id_, begins, ends);
  std::vector<found_range> made;
  for (std::size_t i = 0; i < there.size(); ++i)
    made.push_back({there.get<std::int64_t>(i, 0), there.get<std::string>(i, 1)});
  return made;
}

std::optional<event_comparison::difference> event_comparison::judge(const std::vector<found_range>& there) {
  for (const auto& each : there) {
    const auto told = std::move(expected_.front());
    expected_.pop_front();
    if (each.events == told.what.events && each.digest == told.what.digest) {
      compared_ += each.events;
      continue;
    }
    if (each.events == told.what.events) return changed(told.place);
    const auto by = std::to_string(std::max(each.events, told.what.events) - std::min(each.events, told.what.events));
    return difference{fmt::format("What the engine did was changed: {} events were {}{} tells.", by,
                                  each.events < told.what.events ? "deleted of those of which entry "
                                                                 : "added to those of which entry ",
                                  told.place ? std::to_string(*told.place) : std::string{"(the newest)"}),
                      told.place};
  }
  return std::nullopt;
}

std::optional<event_comparison::difference> event_comparison::finish(transaction& tx, std::int64_t chained) {
  const auto written = tx.execute(select_unchained, tenant_id_, chained);
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (auto wrong = expect(written.get<std::string>(i, 0), std::nullopt)) return wrong;
  }
  // Up to where the sweep was when this began, whatever has no entry is told of by none.
  if (covered_ < swept_.position) {
    expected_.push_back({{swept_.epoch, covered_, swept_.position, 0, ""}, std::nullopt});
    covered_ = swept_.position;
  }
  while (has_more()) {
    if (auto wrong = judge(read(tx))) return wrong;
  }
  unswept_ = tx.execute(count_unswept, tenant_id_, covered_).get<std::int64_t>(0, 0);
  return std::nullopt;
}

}  // namespace pulse::persistence::audit
