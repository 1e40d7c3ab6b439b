// Fills a database with tenants, channels, posts and deliveries for bench/engine, and looks afterwards whether each
// delivery was published exactly once.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "bench/support/process_cost.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::bench {

struct load_shape {
  int deliveries = 100'000;  // a round; rounded down to whole posts
  int tenants = 1'000;
  int channels = 4;  // of each tenant: every post goes to all of them
};

namespace load_sql {

using persistence::statement;

inline constexpr statement tenants{"bench_tenants", R"sql(
  INSERT INTO tenants (id, name, created_at) SELECT i, 'Bench', $2::timestamptz FROM unnest($1::uuid[]) i)sql"};
inline constexpr statement members{"bench_members", R"sql(
  INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, created_at)
  SELECT i, i, 'bench@example.org', 'Bench', '', 'owner', $2::timestamptz FROM unnest($1::uuid[]) i)sql"};
inline constexpr statement sessions{"bench_sessions", R"sql(
  INSERT INTO sessions (tenant_id, id, member_id, rotated_at, idle_ends_at, ends_at, network, address, device, created_at)
  SELECT i, i, i, $2::timestamptz, $2::timestamptz + interval '1 day', $2::timestamptz + interval '1 day', '', '', '', $2::timestamptz
  FROM unnest($1::uuid[]) i)sql"};
inline constexpr statement projects{"bench_projects", R"sql(
  INSERT INTO projects (tenant_id, id, name, time_zone, created_at, updated_at)
  SELECT i, i, 'Bench', 'UTC', $2::timestamptz, $2::timestamptz FROM unnest($1::uuid[]) i)sql"};
inline constexpr statement accounts{"bench_accounts", R"sql(
  INSERT INTO accounts (tenant_id, id, platform, external_user_id, handle, access_token, created_at, updated_at)
  SELECT t, i, 'website', i::text, 'bench', convert_to(repeat('t', 80), 'UTF8'), $3::timestamptz, $3::timestamptz
  FROM unnest($1::uuid[], $2::uuid[]) AS given (t, i))sql"};
inline constexpr statement channels{"bench_channels", R"sql(
  INSERT INTO channels (tenant_id, id, project_id, type, name, account_id, created_at, updated_at)
  SELECT t, i, t, 'website', 'Bench', i, $3::timestamptz, $3::timestamptz
  FROM unnest($1::uuid[], $2::uuid[]) AS given (t, i))sql"};
inline constexpr statement posts{"bench_posts", R"sql(
  INSERT INTO posts (tenant_id, id, project_id, author_id, title, text, scheduled_at, created_at, updated_at)
  SELECT t, i, t, t, '', 'A post of usual length that tells what the company has made this week, and where to look at it. #news',
         due, $4::timestamptz, $4::timestamptz
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS given (t, i, due))sql"};
inline constexpr statement deliveries{"bench_deliveries", R"sql(
  INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at)
  SELECT t, i, post, channel, t, due, due, $6::timestamptz, $6::timestamptz
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) AS given (t, i, post, channel, due))sql"};
inline constexpr statement analyze{"bench_analyze", "ANALYZE"};
inline constexpr statement pid{"bench_pid", "SELECT pg_backend_pid()"};
inline constexpr statement count{"bench_count", R"sql(
  SELECT (SELECT count(*) FROM deliveries WHERE state = 'published' AND attempt = 1),
         (SELECT count(DISTINCT (tenant_id, delivery_id)) FROM delivery_attempts WHERE number = 1 AND outcome = 'published'),
         (SELECT count(*) FROM delivery_attempts),
         (SELECT count(DISTINCT (tenant_id, delivery_id)) FROM publish_events WHERE type = 'PublishSucceeded'),
         (SELECT count(*) FROM publish_events))sql"};

}  // namespace load_sql

/// Acts as the user of the URL, who must be allowed everything. Throws std::runtime_error when the database refuses.
class engine_load {
 public:
  engine_load(const std::string& url, const load_shape& shape, const base::clock& clock)
      : shape_(shape), clock_(clock), database_(options(url)) {
    server_pid_ = run(load_sql::pid).get<int>(0, 0);
    before_ = counts();
    const auto now = clock.now();
    for (int i = 0; i < shape.tenants; ++i) tenants_.push_back(base::new_uuid(now));
    for (const auto& tenant : tenants_) {
      for (int i = 0; i < shape.channels; ++i) {
        channel_tenants_.push_back(tenant);
        channels_.push_back(base::new_uuid(now));
      }
    }
    run(load_sql::tenants, tenants_, now);
    run(load_sql::members, tenants_, now);
    run(load_sql::sessions, tenants_, now);
    run(load_sql::projects, tenants_, now);
    run(load_sql::accounts, channel_tenants_, channels_, now);
    run(load_sql::channels, channel_tenants_, channels_, now);
  }

  /// The first of the tenants; each has a session of its own id.
  std::vector<base::uuid> some_tenants(int count) const { return {tenants_.begin(), tenants_.begin() + count}; }

  /// Deliveries of a round that are theirs.
  std::size_t deliveries_of(int count) const {
    const auto all = tenants_.size();
    const auto some = static_cast<std::size_t>(count);
    return (post_count() / all * some + std::min(post_count() % all, some)) * static_cast<std::size_t>(shape_.channels);
  }

  std::size_t post_count() const { return static_cast<std::size_t>(std::max(1, shape_.deliveries / shape_.channels)); }

  /// How long `fill` may take on a slow machine.
  std::chrono::microseconds time_to_fill() const {
    return std::chrono::seconds{3} + std::chrono::microseconds{100} * shape_.deliveries;
  }

  /// Adds a round's posts, tenant after tenant in turns: the first due at `due`, each `step` after the one before.
  void fill(base::timestamp due, std::chrono::microseconds step) {
    const auto now = clock_.now();
    for (std::size_t first = 0; first < post_count(); first += posts_at_once) {
      fill_some(first, std::min(post_count(), first + posts_at_once), due, step, now);
    }
    run(load_sql::analyze);  // as the product does after a bulk fill
    if (step.count() > 0 && clock_.now() > due) throw std::runtime_error{"filling took longer than was planned"};
  }

  process_cost server_cost() const { return bench::server_cost(server_pid_); }

  /// Throws unless, since the last look, exactly `deliveries` were published, each by one attempt, told by one event,
  /// and taken by the platform once.
  void verify(std::size_t deliveries, std::size_t taken) {
    const auto now = counts();
    const auto expected = static_cast<std::int64_t>(deliveries);
    bool right = taken == deliveries;
    for (std::size_t i = 0; i < now.size(); ++i) right = right && now[i] - before_[i] == expected;
    before_ = now;
    if (!right)
      throw std::runtime_error{"not every delivery was published exactly once, with its attempt and its event"};
  }

 private:
  static constexpr std::size_t posts_at_once = 10'000;

  static persistence::database::options options(const std::string& url) {
    persistence::database::options made;
    made.url = url;
    made.as = persistence::role::login;
    made.connections = 1;
    made.statement_timeout = std::chrono::minutes{10};
    return made;
  }

  template <class... A>
  persistence::rows run(const persistence::statement& what, const A&... values) {
    auto answer = database_.query_now(std::nullopt, what, values...);
    if (answer.has_error()) throw std::runtime_error{answer.error().detail};
    return std::move(*answer);
  }

  void fill_some(std::size_t first, std::size_t end, base::timestamp due, std::chrono::microseconds step,
                 base::timestamp now) {
    const auto width = static_cast<std::size_t>(shape_.channels);
    std::vector<base::uuid> post_tenants, posts, tenants, ids, of_posts, channels;
    std::vector<base::timestamp> post_dues, dues;
    for (std::size_t i = first; i < end; ++i) {
      const auto tenant = i % tenants_.size();
      const base::timestamp at = due + step * static_cast<std::int64_t>(i);
      post_tenants.push_back(tenants_[tenant]);
      posts.push_back(base::new_uuid(now));
      post_dues.push_back(at);
      for (std::size_t c = 0; c < width; ++c) {
        tenants.push_back(tenants_[tenant]);
        ids.push_back(base::new_uuid(now));
        of_posts.push_back(posts.back());
        channels.push_back(channels_[tenant * width + c]);
        dues.push_back(at);
      }
    }
    run(load_sql::posts, post_tenants, posts, post_dues, now);
    run(load_sql::deliveries, tenants, ids, of_posts, channels, dues, now);
  }

  std::vector<std::int64_t> counts() {
    const auto found = run(load_sql::count);
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < found.columns(); ++i) all.push_back(found.get<std::int64_t>(0, i));
    return all;
  }

  load_shape shape_;
  const base::clock& clock_;
  persistence::database database_;
  int server_pid_ = 0;
  std::vector<std::int64_t> before_;
  std::vector<base::uuid> tenants_;
  std::vector<base::uuid> channel_tenants_;
  std::vector<base::uuid> channels_;
};

}  // namespace pulse::bench
