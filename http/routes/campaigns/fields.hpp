// Checks that the routes of campaigns share, for rules that the JSON parser cannot express.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/content.hpp"
#include "http/api/problem.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

using campaign_label = base::text<1, domain::campaigns::most_label_characters>;
/// A day as 2026-12-24.
using calendar_day_text = base::text<10, 10>;

std::vector<std::string> to_labels(const std::vector<campaign_label>& from);

/// Checks labels: too many, a blank one, or a duplicate.
std::vector<field_error> check_labels(const std::optional<std::vector<campaign_label>>& labels);

/// Whether the text is a day of the calendar.
bool is_day(std::string_view text);

/// Checks channel ids: too many, a duplicate, or a channel of another project.
std::vector<field_error> check_channels(persistence::transaction& tx, const base::uuid& project_id,
                                        const std::vector<base::uuid>& channel_ids);

/// Values by the name of their variable.
using given_values = std::map<std::string, base::text<0, 4'000>>;

/// Checks the number of values.
std::vector<field_error> check_values(const std::optional<given_values>& values);

}  // namespace pulse::http::routes
