// The pictures and films of a post: from its project's library, and fitted to its platforms.
#pragma once

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/text.hpp"
#include "domain/media/fitting.hpp"
#include "domain/platforms/image.hpp"
#include "http/routes/media/item.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

struct post_medium_request {
  base::uuid media_id;
  std::optional<base::text<0, domain::most_alt_text_characters>> alt_text;  // default: the library's
};
BOOST_DESCRIBE_STRUCT(post_medium_request, (), (media_id, alt_text))

/// The media of a post as they are stored: checked against channels of `types`, and fitted to them where necessary.
/// Problems name places below /media.
boost::asio::awaitable<result<std::vector<persistence::posts::post_medium>>> prepare_post_media(
    request_context& context, base::uuid project_id, const std::vector<post_medium_request>& wanted,
    const std::vector<domain::channel_type>& types);

/// The facts about a medium's file that the rules need.
domain::file_facts facts_of(const persistence::media::medium& from);

/// The first picture, for platforms that show one only.
std::optional<domain::image> first_image(const std::vector<persistence::posts::post_medium>& media);

/// Checks the number and kinds of media against channels of `types`: too many, none allowed, or one required.
std::vector<field_error> check_media_for(const std::vector<persistence::posts::post_medium>& media,
                                         const std::vector<domain::channel_type>& types);

}  // namespace pulse::http::routes
