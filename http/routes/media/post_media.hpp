// The pictures and films of a post: of its project's library, made to fit the platforms that they go to.
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
  std::optional<base::text<0, domain::most_alt_text_characters>> alt_text;  // the library's when left out
};
BOOST_DESCRIBE_STRUCT(post_medium_request, (), (media_id, alt_text))

/// What a post is to show, as it is stored: judged against channels of `types`, and fitted to them where it must be. The problems name
/// places below /media.
boost::asio::awaitable<result<std::vector<persistence::posts::post_medium>>> prepare_post_media(
    request_context& context, base::uuid project_id, const std::vector<post_medium_request>& wanted,
    const std::vector<domain::channel_type>& types);

/// What is known of a medium's file, for the rules.
domain::file_facts facts_of(const persistence::media::medium& from);

/// The first picture of them, for whoever shows one only.
std::optional<domain::image> first_image(const std::vector<persistence::posts::post_medium>& media);

/// What is wrong with so many media of these kinds for channels of `types`: one takes none, or not so many, or needs one.
std::vector<field_error> check_media_for(const std::vector<persistence::posts::post_medium>& media,
                                         const std::vector<domain::channel_type>& types);

}  // namespace pulse::http::routes
