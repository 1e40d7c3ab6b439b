// A template filled in for an item, as people and rules ask for it.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/filled_template.hpp"
#include "http/api/problem.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

struct filled_content {
  domain::campaigns::filled_template words;
  int version = 1;  // of the template
};

/// The template of the project in its latest version, filled in. Problems: none such here (at /template_id), no text of its own, a value
/// that a filter cannot read, a rendered text that is too long.
result<filled_content> fill_template(persistence::transaction& tx, const base::uuid& project_id,
                                     const base::uuid& template_id, const std::optional<base::uuid>& campaign_id,
                                     const domain::campaigns::template_values& values, base::timestamp now);

}  // namespace pulse::http::routes
