// The request fields of content, and their checks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/bounded_int.hpp"
#include "base/nullable.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/content.hpp"
#include "http/api/problem.hpp"
#include "http/routes/campaigns/fields.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "persistence/campaigns/content_changes.hpp"

namespace pulse::http::routes {

using content_version_number = base::bounded_int<1, 1'000'000>;
using decision_reason = base::text<1, domain::campaigns::most_reason_characters>;
using comment_text = base::text<1, domain::campaigns::most_comment_characters>;

struct create_content_request {
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  std::optional<base::uuid> template_id;  // fills in the words that are not given
  std::optional<given_values> values;     // for the template
  std::optional<post_title> title;
  std::optional<post_text> text;  // needed without a template
  std::optional<std::vector<post_variant>> variants;
  std::optional<post_image> image;
  std::optional<std::vector<base::uuid>> channel_ids;  // default: the campaign's, or all active ones of the project
  std::optional<std::vector<campaign_label>> labels;
  std::optional<base::timestamp> scheduled_at;  // when it is wanted
};
BOOST_DESCRIBE_STRUCT(create_content_request, (),
                      (project_id, campaign_id, template_id, values, title, text, variants, image, channel_ids, labels,
                       scheduled_at))

struct update_content_request {
  std::optional<post_title> title;
  std::optional<post_text> text;
  std::optional<std::vector<post_variant>> variants;  // a full replacement: variants that are left out are removed
  base::nullable<post_image> image;                   // null: none
  std::optional<std::vector<base::uuid>> channel_ids;
  std::optional<std::vector<campaign_label>> labels;
  base::nullable<base::uuid> campaign_id;  // null: none
  base::nullable<base::timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(update_content_request, (),
                      (title, text, variants, image, channel_ids, labels, campaign_id, scheduled_at))

/// Checks each field by itself.
std::vector<field_error> check(const create_content_request& request, bool is_loopback_allowed);
std::vector<field_error> check(const update_content_request& request, bool is_loopback_allowed);

persistence::content::edit to_edit(const update_content_request& from);

/// 409: the item has become a post, which now holds its words.
problem content_is_scheduled();
/// 409: somebody changed the item since the caller read it.
problem content_changed(const persistence::content::item& now);

}  // namespace pulse::http::routes
