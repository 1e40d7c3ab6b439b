// The ruling of the project's guardrails on a new time or new words of a post: the question, the answer when the post
// is held, and the record of it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/text.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/schedule_ruling.hpp"

namespace pulse::http::routes {

/// The reason for overriding the guardrails.
using override_reason_text = base::text<1, 2'000>;

/// The question about an unchanged post at another time.
persistence::schedule_ruling::question question_of(const persistence::posts::post& of, base::timestamp at,
                                                   const base::uuid& member_id);

/// The question about a post with other words, at its present time.
persistence::schedule_ruling::question question_of(const persistence::posts::post& of,
                                                   const persistence::posts::edit& wanted, const base::uuid& member_id);

/// The question about a post that is being written.
persistence::schedule_ruling::question question_of(const persistence::posts::draft& of);

persistence::schedule_ruling::wish wish_of(std::optional<bool> takes_other_time,
                                           const std::optional<override_reason_text>& reason);

/// 403 for an override by a caller who may not.
std::optional<problem> check_override(const request_context& context, bool has_reason);

/// 409 with the guardrails' sentences and the possible actions: `guardrails_move`, `guardrails_need_approval` or
/// `guardrails_block`. For the first, the header `pulse-other-time` has the time (RFC 3339, UTC) that
/// `takes_other_time` accepts.
problem held_back(persistence::schedule_ruling::ruling_kind kind, const std::string& sentences,
                  base::timestamp other_time);

/// Records the held post after its transaction was rolled back.
boost::asio::awaitable<void> keep_held(request_context& context,
                                       std::shared_ptr<const persistence::schedule_ruling::ruling> made);

}  // namespace pulse::http::routes
