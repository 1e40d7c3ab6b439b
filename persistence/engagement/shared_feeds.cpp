#include "persistence/engagement/shared_feeds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "domain/engagement/polling.hpp"

namespace pulse::persistence::shared_feeds {

namespace {

using domain::feed_step;

constexpr statement select_feeds{"select_shared_feeds", R"sql(
  SELECT key, generation, fetching_until, fetched_at, next_fetch_at, changed_at, retry_at, failures, problem, etag, last_modified, entries
  FROM shared_feeds WHERE key = ANY ($1::text[]))sql"};

constexpr statement claim_hosts{"claim_feed_hosts", R"sql(
  INSERT INTO feed_hosts AS h (host, busy_until) SELECT u.host, $2::timestamptz FROM unnest($1::text[]) AS u (host)
  ON CONFLICT (host) DO UPDATE SET busy_until = $2::timestamptz WHERE h.busy_until <= $3::timestamptz
  RETURNING host)sql"};

constexpr statement claim_feeds{"claim_shared_feeds", R"sql(
  INSERT INTO shared_feeds AS f (key, generation, fetching_until, next_fetch_at)
  SELECT u.key, u.generation, $3::timestamptz, $4::timestamptz FROM unnest($1::text[], $2::bigint[]) AS u (key, generation)
  ON CONFLICT (key) DO UPDATE SET generation = excluded.generation, fetching_until = $3::timestamptz
    WHERE f.generation = excluded.generation - 1
  RETURNING key, generation)sql"};

constexpr statement free_host{"free_feed_host", R"sql(
  UPDATE feed_hosts SET busy_until = $3::timestamptz WHERE host = $1::text AND busy_until = $2::timestamptz)sql"};

constexpr statement store_feed{"store_shared_feed", R"sql(
  UPDATE shared_feeds
  SET fetching_until = NULL, fetched_at = $3::timestamptz, next_fetch_at = $4::timestamptz, retry_at = $5::timestamptz, failures = $6::integer,
      problem = $7::text, etag = CASE WHEN $7::text IS NULL THEN $8::text ELSE etag END,
      last_modified = CASE WHEN $7::text IS NULL THEN $9::text ELSE last_modified END,
      entries = CASE WHEN $7::text IS NULL THEN $10::jsonb ELSE entries END,
      changed_at = CASE WHEN $7::text IS NULL THEN $11::timestamptz ELSE changed_at END
  WHERE key = $1::text AND generation = $2::bigint)sql"};

constexpr statement forget_feeds{"forget_shared_feeds", R"sql(
  DELETE FROM shared_feeds WHERE key IN (SELECT key FROM shared_feeds WHERE next_fetch_at < $1::timestamptz LIMIT $2))sql"};

constexpr statement forget_hosts{"forget_feed_hosts", R"sql(
  DELETE FROM feed_hosts WHERE host IN (SELECT host FROM feed_hosts WHERE busy_until < $1::timestamptz LIMIT $2))sql"};

struct feed_row {
  std::string key;
  std::int64_t generation = 0;
  std::optional<base::timestamp> fetching_until;
  std::optional<base::timestamp> fetched_at;
  base::timestamp next_fetch_at;
  std::optional<base::timestamp> changed_at;
  std::optional<base::timestamp> retry_at;
  int failures = 0;
  std::optional<std::string> problem;
  std::string etag;
  std::string last_modified;
  std::vector<domain::shared_entry> entries;
};
BOOST_DESCRIBE_STRUCT(feed_row, (),
                      (key, generation, fetching_until, fetched_at, next_fetch_at, changed_at, retry_at, failures,
                       problem, etag, last_modified, entries))

struct host_row {
  std::string host;
};
BOOST_DESCRIBE_STRUCT(host_row, (), (host))

struct claim_row {
  std::string key;
  std::int64_t generation = 0;
};
BOOST_DESCRIBE_STRUCT(claim_row, (), (key, generation))

std::string key_of(const std::string& url) { return base::to_hex(base::sha256(url)); }

feed_turn wait_until(base::timestamp at) { return {.what = feed_step::wait, .until = at}; }

void take_in(feed_turn& turn, const feed_row& row) {
  turn.generation = row.generation;
  turn.failures = row.failures;
  turn.etag = row.etag;
  turn.last_modified = row.last_modified;
  turn.entries = row.entries;
  turn.changed_at = row.changed_at;
  turn.problem = row.problem;
  turn.retry_at = row.retry_at;
}

/// One round of decisions; sorted throughout, so that two processes never wait for each other's rows.
class round {
 public:
  round(transaction& tx, const std::vector<feed_wish>& wishes, base::timestamp now, base::timestamp until)
      : tx_(tx), wishes_(wishes), now_(now), until_(until), turns_(wishes.size()) {}

  std::vector<feed_turn> decide() {
    read();
    std::map<std::string, std::size_t> of_hosts;  // the first that wants it
    for (std::size_t i = 0; i < wishes_.size(); ++i) look_at(i, of_hosts);
    keep_hosts_that_are_free(of_hosts);
    keep_feeds_that_are_free();
    return std::move(turns_);
  }

 private:
  void read() {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      if (wishes_[i].is_shared) keys.insert(turns_[i].key = key_of(wishes_[i].url));
    }
    if (keys.empty()) return;
    for (auto& each : tx_.execute(select_feeds, std::vector<std::string>{keys.begin(), keys.end()}).all<feed_row>())
      rows_.emplace(each.key, std::move(each));
  }

  void look_at(std::size_t i, std::map<std::string, std::size_t>& of_hosts) {
    auto& turn = turns_[i];
    if (!turn.key.empty()) {
      const auto found = rows_.find(turn.key);
      std::optional<domain::feed_state> state;
      if (found != rows_.end()) {
        const auto& row = found->second;
        state = {row.fetched_at, row.next_fetch_at, row.fetching_until, row.retry_at};
        take_in(turn, row);
      }
      const auto step = domain::step_of(state, wishes_[i].is_urgent, now_);
      turn.what = step.what;
      turn.until = step.until;
      if (turn.what != feed_step::fetch) return;
    }
    auto host = domain::feed_host(wishes_[i].url);
    if (!of_hosts.try_emplace(host, i).second) {
      const auto behind = ++waiting_[host];
      turn = wait_until(now_ + domain::host_pause * std::min(behind, most_behind));
      return;
    }
    turn.host = std::move(host);
    turn.until = until_;
  }

  void keep_hosts_that_are_free(const std::map<std::string, std::size_t>& of_hosts) {
    if (of_hosts.empty()) return;
    std::vector<std::string> hosts;
    for (const auto& [host, first] : of_hosts) hosts.push_back(host);
    std::set<std::string> ours;
    for (auto& each : tx_.execute(claim_hosts, hosts, until_, now_).all<host_row>()) ours.insert(std::move(each.host));
    for (const auto& [host, first] : of_hosts) {
      if (!ours.contains(host)) turns_[first] = wait_until(now_ + domain::host_pause);
    }
  }

  void keep_feeds_that_are_free() {
    std::map<std::string, std::size_t> by_key;
    for (std::size_t i = 0; i < turns_.size(); ++i) {
      if (turns_[i].what == feed_step::fetch && !turns_[i].key.empty()) by_key.emplace(turns_[i].key, i);
    }
    if (by_key.empty()) return;
    std::vector<std::string> keys;
    std::vector<std::int64_t> next;
    for (const auto& [key, at] : by_key) {
      keys.push_back(key);
      next.push_back(turns_[at].generation + 1);
    }
    for (const auto& each : tx_.execute(claim_feeds, keys, next, until_, now_).all<claim_row>()) {
      turns_[by_key.at(each.key)].generation = each.generation;
      by_key.erase(each.key);
    }
    // Another process was faster: the row is not what it was when it was read.
    for (const auto& [key, at] : by_key) {
      tx_.queue(free_host, turns_[at].host, until_, now_);
      turns_[at] = wait_until(now_ + domain::shared_fetch_pause);
    }
  }

  static constexpr int most_behind = 30;

  transaction& tx_;
  const std::vector<feed_wish>& wishes_;
  const base::timestamp now_;
  const base::timestamp until_;
  std::vector<feed_turn> turns_;
  std::map<std::string, feed_row> rows_;
  std::map<std::string, int> waiting_;  // of a host, behind the first
};

}  // namespace

std::vector<feed_turn> take_turns(transaction& tx, const std::vector<feed_wish>& wishes, base::timestamp now,
                                  base::timestamp until) {
  return round{tx, wishes, now, until}.decide();
}

std::optional<base::timestamp> end_turn(transaction& tx, const feed_turn& turn, const fetched_feed& brought,
                                        base::timestamp now, double spread) {
  std::optional<base::timestamp> changed_at;
  if (!turn.key.empty()) {
    const auto& kept = brought.problem ? turn.entries : brought.entries;
    std::vector<base::timestamp> posted;
    for (const auto& each : kept) posted.push_back(each.published_at);
    if (!brought.problem) changed_at = turn.changed_at && kept == turn.entries ? turn.changed_at : now;
    const int failures = brought.problem ? turn.failures + 1 : 0;
    const auto next = domain::next_poll(posted, {.failures = failures, .retry_at = brought.retry_at}, now, spread);
    tx.queue(store_feed, turn.key, turn.generation, now, next, brought.retry_at, failures, brought.problem,
             brought.etag, brought.last_modified, kept, changed_at);
  }
  tx.queue(free_host, turn.host, turn.until, now + domain::host_pause);
  return changed_at;
}

int forget(transaction& tx, base::timestamp before, int limit) {
  const auto feeds = tx.execute(forget_feeds, before, limit).affected();
  return static_cast<int>(feeds + tx.execute(forget_hosts, before, limit).affected());
}

}  // namespace pulse::persistence::shared_feeds
