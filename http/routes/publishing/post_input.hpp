// The request fields of a post, and their checks against the post's channels.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/nullable.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/image.hpp"
#include "domain/platforms/web_address.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/option_fit.hpp"
#include "domain/publishing/post.hpp"
#include "domain/publishing/post_fit.hpp"
#include "http/api/problem.hpp"
#include "http/routes/media/post_media.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/schedule_asking.hpp"
#include "persistence/publishing/channels.hpp"

namespace pulse::http::routes {

using post_title = base::text<0, domain::most_title_characters>;
using post_text = base::text<1, domain::most_post_characters>;

struct post_variant {
  domain::channel_type platform = domain::channel_type::website;
  post_text text;
};
BOOST_DESCRIBE_STRUCT(post_variant, (), (platform, text))

struct post_image {
  base::text<1, domain::most_web_address_bytes> url;
  std::optional<base::text<0, domain::most_alt_text_characters>> alt_text;
};
BOOST_DESCRIBE_STRUCT(post_image, (), (url, alt_text))

struct create_post_request {
  base::uuid project_id;
  std::optional<post_title> title;
  post_text text;
  std::optional<std::vector<post_variant>> variants;      // where the text differs by platform
  std::optional<std::vector<base::uuid>> channel_ids;     // default: all active channels of the project
  std::optional<base::timestamp> scheduled_at;            // default: a draft
  std::optional<post_image> image;                        // on the web; or of the library:
  std::optional<std::vector<post_medium_request>> media;  // in order
  std::optional<domain::options_by_platform> options;     // those of GET /connectors/available, by platform and name
  std::optional<lateness_request> lateness;               // default: the project's
  std::optional<bool> takes_other_time;                   // accepts a later time, where the guardrails ask for one
  std::optional<override_reason_text> override_reason;    // overrides the guardrails, for callers who may
};
BOOST_DESCRIBE_STRUCT(create_post_request, (),
                      (project_id, title, text, variants, channel_ids, scheduled_at, image, media, options, lateness,
                       takes_other_time, override_reason))

struct update_post_request {
  std::optional<post_title> title;
  std::optional<post_text> text;
  std::optional<std::vector<post_variant>> variants;      // a full replacement: variants that are left out are removed
  base::nullable<post_image> image;                       // null: none
  std::optional<std::vector<post_medium_request>> media;  // a full replacement: media that are left out are removed
  std::optional<domain::options_by_platform> options;     // a full replacement: options that are left out are removed
  base::nullable<lateness_request> lateness;              // null: the project's
  std::optional<override_reason_text> override_reason;    // of a scheduled post: overrides the guardrails, if allowed
};
BOOST_DESCRIBE_STRUCT(update_post_request, (),
                      (title, text, variants, image, media, options, lateness, override_reason))

struct schedule_post_request {
  base::timestamp scheduled_at;
  std::optional<bool> takes_other_time;                 // accepts a later time, where the guardrails ask for one
  std::optional<override_reason_text> override_reason;  // overrides the guardrails, for callers who may
};
BOOST_DESCRIBE_STRUCT(schedule_post_request, (), (scheduled_at, takes_other_time, override_reason))

struct publish_post_request {
  std::optional<override_reason_text> override_reason;
};
BOOST_DESCRIBE_STRUCT(publish_post_request, (), (override_reason))

/// Texts by channel type, in their stored form.
using variant_texts = std::map<std::string, std::string>;

variant_texts to_texts(const std::vector<post_variant>& variants);

/// Turns misfits into errors of the request.
std::vector<field_error> to_errors(std::vector<domain::misfit> from);

/// Checks words for every platform: a text, and a title that is not empty, must show something.
std::vector<field_error> check_words(const std::optional<post_title>& title, const std::optional<post_text>& text);

/// Checks the title against those channels of `types` that show one.
std::vector<field_error> check_title(std::string_view title, const std::vector<domain::channel_type>& types);

/// Checks the variants by themselves: two for a platform, or one that its platform refuses.
std::vector<field_error> check_variants(const std::vector<post_variant>& variants);

/// Checks the text against channels of `types` that have no variant; `pointer` is the field to correct.
std::vector<field_error> check_text(std::string_view text, const variant_texts& variants,
                                    const std::vector<domain::channel_type>& types, std::string_view pointer);

domain::image to_image(const post_image& from);

/// Checks an image by itself; see domain::web_address_problem.
std::vector<field_error> check_image(const std::optional<post_image>& image, bool is_loopback_allowed);

/// Checks this image, or its absence, against channels of `types`: one requires an image, none accepts one, or one
/// refuses its description.
std::vector<field_error> check_image_for(const std::optional<domain::image>& image,
                                         const std::vector<domain::channel_type>& types);

/// Refuses an image of the web together with media of the library: it is unclear which is meant.
std::vector<field_error> check_one_source(bool has_image, const std::optional<std::vector<post_medium_request>>& media);

std::vector<field_error> check_schedule(const std::optional<base::timestamp>& at, base::timestamp now);

/// The project's channels that receive the post: the requested ones, or all active ones.
result<std::vector<persistence::channels::target>> choose_targets(
    const std::vector<persistence::channels::target>& of_project, const std::optional<std::vector<base::uuid>>& wanted);

}  // namespace pulse::http::routes
