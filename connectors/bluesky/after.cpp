// Reads the reactions to a post on Bluesky. The app does not show edits, so there are none.
#include <utility>

#include <boost/json.hpp>

#include "connectors/bluesky/classify.hpp"
#include "connectors/bluesky/connector.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/after_publishing.hpp"

namespace pulse::connectors::bluesky {

namespace {

std::optional<post_figures> read_figures(const boost::json::value& document) {
  return post_figures{
      .likes = count_at(document, "/posts/0/likeCount"),
      .comments = count_at(document, "/posts/0/replyCount"),
      .shares = sum_of(count_at(document, "/posts/0/repostCount"), count_at(document, "/posts/0/quoteCount"))};
}

}  // namespace

/// What the index does not answer was deleted, is blocked, or is not indexed yet: so its absence says nothing.
void bluesky_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto ask = [&client = client_, &clock = clock_, what, done = std::move(done)](host_directory::found host) {
    if (host.has_error()) return done({measure_kind::later, {}, std::nullopt, host.error().reason});
    auto request = xrpc_request(*host, "GET", "app.bsky.feed.getPosts?" + form_encoded({{"uris", what.external_id}}),
                                what.account.access_token.reveal());
    request.timeout = what.timeout;
    ask_figures(
        client, std::move(request), &read_figures,
        [&clock](const egress_reply& reply) { return measure_of(problem_of(reply, clock.now())); }, done);
  };
  hosts_->find(what.account.external_user_id, options_.lookup_timeout, std::move(ask));
}

}  // namespace pulse::connectors::bluesky
