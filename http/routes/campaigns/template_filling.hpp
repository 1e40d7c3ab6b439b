// Fills in a template for a content item, for people and for rules.
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

/// The latest version of the project's template, filled in. Problems: no such template (at /template_id), a template
/// without a text of its own, a value that a filter cannot read, a rendered text that is too long.
result<filled_content> fill_template(persistence::transaction& tx, const base::uuid& project_id,
                                     const base::uuid& template_id, const std::optional<base::uuid>& campaign_id,
                                     const domain::campaigns::template_values& values, base::timestamp now);

}  // namespace pulse::http::routes
