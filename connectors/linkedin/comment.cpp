// The first comment below a LinkedIn post, and finding it again (platforms/linkedin.md §7).
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/linkedin/engage.hpp"
#include "connectors/linkedin/publishing.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::engagement_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

class comment_steps final : public post_steps {
 public:
  using post_steps::post_steps;

 private:
  void begin() override {
    const auto post = place_in_thread(what()).parent;
    const boost::json::object body{{"actor", author()}, {"object", post}, {"message", {{"text", what().text}}}};
    send_last(
        rest_request(fmt::format("/rest/socialActions/{}/comments", percent_encoded(post)),
                     boost::json::serialize(body)),
        [this](const egress_reply& reply) { end(reply, classify_engagement(reply, engagement_kind::comment, now())); });
  }
};

std::string words_of(reconciliation_kind kind) {
  switch (kind) {
    case reconciliation_kind::live: return "LinkedIn lists the comment.";
    case reconciliation_kind::absent: return "LinkedIn lists no comment of the account with these words.";
    case reconciliation_kind::repeat_tells:
    case reconciliation_kind::cannot_know: return "LinkedIn does not let this account read all comments.";
    case reconciliation_kind::try_again: break;
  }
  return "LinkedIn could not be asked for the comments.";
}

void look(const linkedin_options& options, egress& client, const base::clock& clock, publication what,
          std::function<void(reconciliation)> done) {
  engagement_call act{.kind = engagement_kind::comment,
                      .text = what.text,
                      .post_urn = place_in_thread(what).parent,
                      .account = std::move(what.account)};
  find_engagement(options, client, clock, std::move(act), [done = std::move(done)](reconciliation found) {
    found.reason = words_of(found.kind);
    done(std::move(found));
  });
}

}  // namespace

std::shared_ptr<publish_steps> publishing_comment(const linkedin_options& options, egress& client,
                                                  const base::clock& clock, publication what,
                                                  std::function<void(publish_reply)> done) {
  return std::make_shared<comment_steps>(options, client, clock, std::move(what), std::move(done));
}

void find_comment(const linkedin_options& options, egress& client, const base::clock& clock, publication what,
                  std::function<void(reconciliation)> done) {
  if (!what.account.external_user_id.empty()) return look(options, client, clock, std::move(what), std::move(done));
  egress_request who;
  who.method = "GET";
  who.url = options.base_url + "/v2/userinfo";
  who.headers = {{"authorization", "Bearer " + what.account.access_token.reveal()}};
  who.address = trust::platform;
  client.send(std::move(who), [options, &client, &clock, what = std::move(what),
                               done = std::move(done)](const egress_reply& reply) mutable {
    const bool is_whole = reply.how_far == progress::complete;
    const auto object = is_whole && reply.status == 200 ? object_of(reply.body) : std::nullopt;
    what.account.external_user_id = object ? text_at(*object, "sub") : std::string{};
    if (!what.account.external_user_id.empty()) return look(options, client, clock, std::move(what), std::move(done));
    done({.kind = reconciliation_kind::try_again,
          .reason = words_of(reconciliation_kind::try_again),
          .is_unauthorized = is_whole && reply.status == 401});
  });
}

}  // namespace pulse::connectors::linkedin
