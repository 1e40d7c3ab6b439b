// What the replies of a repository's server mean: plain functions from a reply to an outcome
// (as the platform documents it).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/roles/list.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::bluesky {

/// The name in `{"error": "ExpiredToken"}`; empty when there is none.
std::string error_of(const egress_reply& reply);

/// The outcome of putRecord under `rkey`. `unknown` for every 5xx but 501, for InvalidSwap (something is there already,
/// and a reconciliation tells whether it is ours) and for every reply that did not come whole or makes no sense.
domain::outcome classify_put(const egress_reply& reply, std::string_view did, std::string_view rkey,
                             base::timestamp now);

/// What a reply that is no success makes of a harmless step: never `unknown`.
domain::outcome problem_of(const egress_reply& reply, base::timestamp now);

/// "posts": the write points of an hour or a day, of which a post costs two, or the requests of five minutes.
std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now);

/// The blob of `uploadBlob` as it is, to be put into a record; nothing when the reply is no success.
std::optional<std::string> blob_in(const egress_reply& reply);

/// What getRecord says of a post.
enum class record_state { ours, other, absent, unknown };
record_state record_in(const egress_reply& reply, std::string_view text);

struct listed_page {
  std::vector<recent_post> posts;
  std::string cursor;  // empty: this is the last page
};

/// A page of listRecords; nothing when the body is none.
std::optional<listed_page> read_records(const std::string& body, std::string_view did);

}  // namespace pulse::connectors::bluesky
