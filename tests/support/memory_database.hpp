// The engine's rows in memory, under the same guards as the SQL of persistence/engine/deliveries and
// persistence/engine/ownership, for tests on virtual time. What the guards are is tested against PostgreSQL in
// tests/persistence.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::support {

/// The tables. Not thread-safe: tests on virtual time have one thread.
class memory_database {
 public:
  struct tenant {
    base::uuid owner;
    std::int64_t fence = 0;
    bool is_paused = false;
  };
  struct channel {
    base::uuid tenant_id;
    base::uuid project_id;
    domain::channel_type type = domain::channel_type::website;
    std::optional<base::uuid> account_id;
    bool is_active = true;
    bool is_paused = false;
  };
  struct attempt {
    std::int64_t fence = 0;
    base::timestamp started_at;
    base::timestamp deadline_at;
    std::optional<domain::outcome_kind> outcome{};  // the last word
    bool was_called = true;
  };
  struct delivery {
    base::uuid tenant_id;
    base::uuid channel_id;
    base::uuid post_id;
    std::string text;
    domain::delivery_state state = domain::delivery_state::waiting;
    base::timestamp due_at;
    base::timestamp not_before;
    int attempt = 0;
    int failures = 0;
    int interruptions = 0;
    std::int64_t fence = 0;
    base::timestamp deadline_at;
    std::optional<base::timestamp> resend_at;
    std::optional<base::timestamp> look_at;
    std::optional<std::string> external_id;
    std::optional<std::string> reason;
    std::optional<domain::outcome_kind> outcome;
    bool is_asked = false;
    std::optional<base::timestamp> doubt_until;
    std::optional<base::timestamp> live_since;
    std::optional<std::int64_t> began_late_us;  // of the first outcome that was `published`
    persistence::attempt_handles handles;
    domain::retry_policy retry = domain::default_retry_policy;
    domain::lateness_policy lateness;
    std::map<int, memory_database::attempt> attempts;
  };
  struct event {
    base::uuid delivery_id;
    base::uuid channel_id;
    std::string type;
    std::string message;
    base::timestamp at;
    std::optional<double> lateness_ms{};  // of an outcome
  };

  // --- what people do ------------------------------------------------------------------------------------------------

  base::uuid add_tenant();
  base::uuid add_channel(const base::uuid& tenant_id, domain::channel_type type = domain::channel_type::website,
                         std::optional<base::uuid> account_id = std::nullopt);
  base::uuid add_delivery(const base::uuid& channel_id, base::timestamp due_at, std::string text = "text");
  /// False: it is too late.
  bool cancel(const base::uuid& delivery_id);
  bool reschedule(const base::uuid& delivery_id, base::timestamp due_at);

  // --- what the engine does, guarded ---------------------------------------------------------------------------------

  std::optional<persistence::claimed_content> claim(const base::uuid& node_id, const persistence::intent& what);
  bool record(const base::uuid& node_id, const persistence::delivery_change& what);
  std::vector<persistence::agenda_entry> agenda(const base::uuid& tenant_id, const base::uuid& node_id,
                                                std::int64_t fence, const persistence::agenda_part& part) const;
  bool keep(const base::uuid& node_id, const persistence::intent& of, const persistence::attempt_handles& handles);
  std::vector<persistence::past_start> starts(const base::uuid& tenant_id) const;
  std::vector<persistence::rate_limits::block> blocks(const base::uuid& tenant_id, base::timestamp now) const;
  std::vector<base::timestamp> lease_ends(const base::uuid& node_id, base::timestamp until) const;
  std::optional<persistence::claimed_content> content(const base::uuid& delivery_id) const;
  std::optional<std::int64_t> take_tenant(const base::uuid& tenant_id, const base::uuid& node_id, base::timestamp now);
  bool hand_over(const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence, const base::uuid& to,
                 base::timestamp now);
  std::vector<base::uuid> tenants_with_work(const base::uuid& node_id, base::timestamp until,
                                            base::timestamp now) const;

  std::map<base::uuid, tenant> tenants;
  std::map<base::uuid, channel> channels;
  std::map<base::uuid, delivery> deliveries;
  std::map<base::uuid, base::timestamp> nodes;  // lease_until
  std::map<base::uuid, int> shares;             // of the nodes: tenants that they run
  std::set<base::uuid> with_ended;  // tenants whose agendas still begin with what has ended: found as if they had work
  std::vector<domain::limit_row> limits;
  domain::own_apps apps;
  bool has_rules = false;                               // what there is to do for them, a test's rule_work says
  std::vector<std::pair<base::uuid, base::uuid>> told;  // node and tenant: wake-ups for other nodes
  std::vector<event> events;
  int refused = 0;  // writes that a guard refused

 private:
  base::uuid new_id(std::string_view kind);
  bool is_owner(const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence) const;
  bool is_open(const delivery& row) const;

  int made_ = 0;
};

}  // namespace pulse::support
