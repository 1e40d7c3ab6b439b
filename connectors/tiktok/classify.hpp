// What TikTok's replies mean. Every reply is an envelope, and `error.code` decides, whatever the status says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/shared/list_search.hpp"
#include "connectors/tiktok/options.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::tiktok {

enum class step { harmless, publishing };

/// `data` of a reply that is a success; nothing when it is none.
std::optional<boost::json::object> data_in(const egress_reply& reply);

/// What a reply that is no success makes of the attempt; never `unknown` for a harmless step.
domain::outcome problem_of(const egress_reply& reply, step which, base::timestamp now);

/// What `creator_info/query` says; nothing when it is no success.
std::optional<creator_info> creator_in(const egress_reply& reply);

/// What an `init` has made.
struct begun_post {
  std::string publish_id;
  std::string upload_url;  // of an upload alone
};
std::optional<begun_post> begun_in(const egress_reply& reply);

enum class post_state { uploading, downloading, in_inbox, complete, failed };

struct post_status {
  post_state state = post_state::downloading;
  std::string fail_reason;
  std::string post_id;                                        // of a public post that is through moderation
  std::optional<std::int64_t> uploaded_bytes = std::nullopt;  // of an upload, where TikTok says it
};

/// What `status/fetch` says; nothing when the reply is no success, or says what is not known.
std::optional<post_status> status_in(const egress_reply& reply);

/// Whether TikTok says that it knows no such post.
bool says_unknown_post(const egress_reply& reply);

/// What a post that TikTok could not make comes to.
domain::outcome failed_post(const post_status& status, base::timestamp now);

/// Published: the post's own id where TikTok names it, else the one by which it was made.
domain::outcome live_post(const post_status& status, const std::string& publish_id, const std::string& username,
                          bool is_film);

/// A page of `video/list`; nothing when the body is none.
std::optional<list_page> read_videos(const std::string& body);

/// As TikTok lists a title: cut to so many code points.
std::string listed_words(std::string_view text);

/// Whether an upload may be sent there: TikTok's own hosts, or where its API is.
bool is_upload_url(std::string_view url, std::string_view base_url);

}  // namespace pulse::connectors::tiktok
