// Writing and editing a post: checks against its channels, and the guardrails' ruling on its time.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "http/api/parameters.hpp"
#include "http/api/reply.hpp"
#include "http/routes/publishing/post_input.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

/// POST /posts
boost::asio::awaitable<reply<persistence::posts::post>> create_post(request_context& context,
                                                                    in_body<create_post_request> body);

/// PATCH /posts/{id}: only until a part of it has begun to go out.
boost::asio::awaitable<reply<persistence::posts::post>> update_post(request_context& context, in_path<by_id> path,
                                                                    in_body<update_post_request> body);

}  // namespace pulse::http::routes
