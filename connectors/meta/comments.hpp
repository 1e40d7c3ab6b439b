// Comments below a post of Facebook and Instagram: `POST` and `GET /{post}/comments` of the Graph API
// (platforms/facebook_pages.md, instagram.md).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connector.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/list_search.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::meta {

using form_fields = std::vector<std::pair<std::string, std::string>>;

/// How one platform's comments are reached.
struct comment_edge {
  std::string platform;    // for people: "Facebook"
  std::string permission;  // that the app needs for it: "pages_manage_engagement"
  std::string usage;       // its word in the usage headers: "pages"
  std::string fields;      // of a comment that tell what it says, when, and whose it is
  std::string text_field;  // "message"
  std::string time_field;  // "created_time"
  int page_size = 100;     // comments that a page of the list has at most
  std::function<egress_request(const credentials&, const std::string& path, const form_fields& query)> get{};
  std::function<egress_request(const credentials&, const std::string& path, const form_fields& form)> post{};
  own_errors own{};                     // the platform's, before those of comments
  std::chrono::seconds absent_after{};  // `absent` is not said earlier after the attempt began
};

/// The outcome of the call that comments: `published` only with the comment's id; `unknown` whenever the reply does not
/// tell.
domain::outcome classify_comment(const egress_reply& reply, const comment_edge& edge, base::timestamp now);

/// The comments of a page of the list that `account` has made; nothing when the body is no page. A comment without a
/// named author counts as its own, so that none is made twice.
std::optional<list_page> read_own_comments(const std::string& body, const comment_edge& edge,
                                           const credentials& account);

/// The call that comments with the text of `what` below the part above it (`place_in_thread`), to be started once.
std::shared_ptr<publish_steps> commenting(comment_edge edge, egress& client, const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

/// Finds that comment among those of the account below the part above it. See `connector::reconcile`.
void find_comment(comment_edge edge, egress& client, const base::clock& clock, publication what,
                  std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::meta
