// What the guardrails of a project have held back, moved or asked approval for, and with which result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::guardrail_holds {

/// The result of a hold.
enum class hold_end {
  held,        // it did not go out so
  moved,       // it goes out at another time
  asked,       // somebody is asked to approve it
  overridden,  // somebody scheduled it anyway, with a reason
};
BOOST_DESCRIBE_ENUM(hold_end, held, moved, asked, overridden)

/// Who asked, for what and for when.
struct asker {
  base::uuid project_id;
  std::string title;  // or how its text begins; cut at 80 characters
  base::timestamp wanted_at;
  std::optional<base::uuid> rule_id = std::nullopt;
  std::optional<base::uuid> run_id = std::nullopt;
  std::optional<base::uuid> content_id = std::nullopt;
  std::optional<base::uuid> post_id = std::nullopt;
  std::optional<base::uuid> member_id = std::nullopt;
  std::optional<std::string> reason = std::nullopt;  // overridden: why
};

/// A row for each verdict that decided. Asked again about the same thing for the same minute it is the same row, with
/// its latest end.
void record(transaction& tx, const domain::campaigns::judgement& judged, const asker& by, hold_end ended,
            base::timestamp now);

/// A hold as people see it.
struct hold {
  base::uuid id;
  domain::campaigns::guardrail guardrail = domain::campaigns::guardrail::approval;
  domain::campaigns::verdict_kind verdict = domain::campaigns::verdict_kind::block;
  hold_end ended = hold_end::held;
  std::string title;
  std::string sentence;
  base::timestamp wanted_at;
  std::optional<base::timestamp> moved_to;
  std::optional<base::uuid> rule_id;
  std::optional<std::string> rule_name;
  std::optional<base::uuid> run_id;
  std::optional<base::uuid> content_id;
  std::optional<base::uuid> post_id;
  std::optional<base::uuid> member_id;
  std::optional<std::string> member_name;
  std::optional<std::string> reason;
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(hold, (),
                      (id, guardrail, verdict, ended, title, sentence, wanted_at, moved_to, rule_id, rule_name, run_id,
                       content_id, post_id, member_id, member_name, reason, at))

/// Counts by guardrail and result.
struct hold_count {
  domain::campaigns::guardrail guardrail = domain::campaigns::guardrail::approval;
  int held = 0;
  int moved = 0;
  int asked = 0;
  int overridden = 0;
};
BOOST_DESCRIBE_STRUCT(hold_count, (), (guardrail, held, moved, asked, overridden))

/// Of a project, since `from`: by guardrail, and the latest, `limit` of them.
std::vector<hold_count> count(transaction& tx, const base::uuid& project_id, base::timestamp from);
std::vector<hold> latest(transaction& tx, const base::uuid& project_id, base::timestamp from, int limit);

/// Removes at most `limit` that are from before `before`, whoever's; how many. As the engine, without a tenant.
int forget(transaction& tx, base::timestamp before, int limit);

}  // namespace pulse::persistence::guardrail_holds
