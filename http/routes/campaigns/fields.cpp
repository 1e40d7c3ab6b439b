#include "http/routes/campaigns/fields.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "domain/campaigns/guardrails.hpp"
#include "domain/campaigns/template_variables.hpp"
#include "domain/publishing/post_limits.hpp"
#include "persistence/publishing/channels.hpp"

namespace pulse::http::routes {

std::vector<std::string> to_labels(const std::vector<campaign_label>& from) {
  std::vector<std::string> made;
  made.reserve(from.size());
  for (const auto& each : from) made.push_back(each.value);
  return made;
}

std::vector<field_error> check_labels(const std::optional<std::vector<campaign_label>>& labels) {
  if (!labels) return {};
  if (labels->size() > domain::campaigns::most_labels) {
    return {at_field("/labels", "must be at most " + std::to_string(domain::campaigns::most_labels))};
  }
  std::vector<field_error> errors;
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < labels->size(); ++i) {
    const auto& each = (*labels)[i].value;
    if (is_blank(each)) errors.push_back(at_field("/labels/" + std::to_string(i), "must not be blank"));
    if (!seen.insert(each).second) errors.push_back(at_field("/labels/" + std::to_string(i), "is given twice"));
  }
  return errors;
}

bool is_day(std::string_view text) { return domain::campaigns::day_of(std::string{text}).has_value(); }

std::vector<field_error> check_channels(persistence::transaction& tx, const base::uuid& project_id,
                                        const std::vector<base::uuid>& channel_ids) {
  if (channel_ids.empty()) return {};
  if (channel_ids.size() > domain::most_post_channels) {
    return {at_field("/channel_ids", fmt::format("must name at most {} channels", domain::most_post_channels))};
  }
  const auto known = persistence::channels::lock_targets(tx, project_id);
  std::vector<field_error> errors;
  std::set<base::uuid> seen;
  for (std::size_t i = 0; i < channel_ids.size() && errors.size() < base::json::max_problems; ++i) {
    const auto place = "/channel_ids/" + std::to_string(i);
    const auto is_it = [&](const auto& each) { return each.id == channel_ids[i]; };
    if (std::none_of(known.begin(), known.end(), is_it)) {
      errors.push_back(at_field(place, "is no channel of this project"));
    } else if (!seen.insert(channel_ids[i]).second) {
      errors.push_back(at_field(place, "is given twice"));
    }
  }
  return errors;
}

std::vector<field_error> check_values(const std::optional<given_values>& values) {
  if (!values || values->size() <= domain::campaigns::most_template_variables) return {};
  return {at_field("/values", fmt::format("must be at most {} values", domain::campaigns::most_template_variables))};
}

}  // namespace pulse::http::routes
