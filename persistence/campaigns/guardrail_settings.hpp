// A project's settings: its guardrails and who must approve.
#pragma once

#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/approval.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::guardrail_settings {

struct settings {
  base::uuid project_id;
  domain::campaigns::guardrails guardrails = {};
  domain::campaigns::approval_policy approval = {};
  int version = 0;  // none yet: nothing is set
  std::optional<base::uuid> updated_by = std::nullopt;
  std::optional<base::timestamp> updated_at = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(settings, (), (project_id, guardrails, approval, version, updated_by, updated_at))

/// The project's settings; those of a project that has set nothing hold nobody back.
settings get(transaction& tx, const base::uuid& project_id);

/// The same, locked until the transaction ends: two that judge and then schedule do so one after the other.
settings lock(transaction& tx, const base::uuid& project_id);

/// Replaces the settings; the version grows.
void put(transaction& tx, const settings& wanted, const base::uuid& member_id, base::timestamp now);

}  // namespace pulse::persistence::guardrail_settings
