// A person's wish to give a post a time, or other words, as the project's guardrails judge it: what is asked, what is answered when it
// is held, and what is kept of that.
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

/// Why somebody goes against the guardrails.
using override_reason_text = base::text<1, 2'000>;

/// What is asked about a post as it is, for another time.
persistence::schedule_ruling::question question_of(const persistence::posts::post& of, base::timestamp at,
                                                   const base::uuid& member_id);

/// What is asked about a post that would say something else, at the time that it has.
persistence::schedule_ruling::question question_of(const persistence::posts::post& of,
                                                   const persistence::posts::edit& wanted, const base::uuid& member_id);

/// What is asked about a post that is being written.
persistence::schedule_ruling::question question_of(const persistence::posts::draft& of);

persistence::schedule_ruling::wish wish_of(std::optional<bool> takes_other_time,
                                           const std::optional<override_reason_text>& reason);

/// 403 for a reason of somebody who may not override.
std::optional<problem> check_override(const request_context& context, bool has_reason);

/// 409: what the guardrails said, and what can be done. `guardrails_move`, `guardrails_need_approval` or `guardrails_block`. With the
/// first, the header `pulse-other-time` tells the time (RFC 3339, UTC) that `takes_other_time` takes.
problem held_back(persistence::schedule_ruling::ruling_kind kind, const std::string& sentences,
                  base::timestamp other_time);

/// Keeps what was held, after the transaction in which it was is gone.
boost::asio::awaitable<void> keep_held(request_context& context,
                                       std::shared_ptr<const persistence::schedule_ruling::ruling> made);

}  // namespace pulse::http::routes
