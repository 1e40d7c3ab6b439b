// What Facebook's replies about a page's posts mean.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/list_search.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::facebook {

/// The outcome of `POST /{page}/feed`: `published` only with an id; `unknown` whenever the reply does not tell.
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// What an error of pages means; nothing when it is none of their own.
std::optional<domain::outcome> own_error(const meta::graph_error& error, base::timestamp now);

/// What a reply that is no success makes of the attempt; never `unknown` for a harmless step.
domain::outcome problem_of(const egress_reply& reply, meta::step which, base::timestamp now);

/// The id in the reply of a call that made something; nothing when it is no success.
std::optional<std::string> id_in(const egress_reply& reply);

/// A page of `GET /{page}/published_posts`; nothing when the body is none.
std::optional<list_page> read_posts(const std::string& body);

/// "https://www.facebook.com/{page}_{post}"
std::string post_url(const std::string& id);

}  // namespace pulse::connectors::facebook
