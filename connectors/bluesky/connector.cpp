#include "connectors/bluesky/connector.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "connectors/all.hpp"
#include "connectors/bluesky/classify.hpp"
#include "connectors/bluesky/publish.hpp"
#include "connectors/egress/url_encoding.hpp"

namespace pulse::connectors::bluesky {

namespace {

using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation made;
  made.kind = kind;
  made.reason = std::move(reason);
  return made;
}

reconciliation reconciliation_of(const egress_reply& reply, const publication& what, const std::string& rkey,
                                 base::timestamp now) {
  const auto& did = what.account.external_user_id;
  switch (record_in(reply, what.text)) {
    case record_state::ours: {
      auto live = verdict(reconciliation_kind::live, "The account's server has the post under its key.");
      live.external_id = post_uri(did, rkey);
      live.external_url = post_url(did, rkey);
      return live;
    }
    case record_state::other:
      return verdict(reconciliation_kind::cannot_know, "The account's server has another text under the post's key.");
    case record_state::absent:
      return verdict(reconciliation_kind::absent, "The account's server has nothing under the post's key.");
    case record_state::unknown: break;
  }
  const auto problem = problem_of(reply, now);
  auto later = verdict(reconciliation_kind::try_again, problem.reason);
  later.retry_at = problem.retry_at;
  later.is_unauthorized = problem.kind == outcome_kind::auth_expired;
  return later;
}

removal_reply removal_of(const egress_reply& reply, base::timestamp now) {
  if (reply.how_far == progress::complete && reply.status == 200) return {.kind = removal_kind::gone};
  const auto problem = problem_of(reply, now);
  switch (problem.kind) {
    case outcome_kind::auth_expired: return {removal_kind::auth_expired, std::nullopt, problem.reason};
    case outcome_kind::permission:
    case outcome_kind::invalid:
    case outcome_kind::duplicate: return {removal_kind::refused, std::nullopt, problem.reason};
    case outcome_kind::published:
    case outcome_kind::rate_limited:
    case outcome_kind::transient:
    case outcome_kind::unknown: break;
  }
  return {removal_kind::later, problem.retry_at, problem.reason};
}

/// One listing; keeps itself alive until it has called back.
class reading : public std::enable_shared_from_this<reading> {
 public:
  reading(bluesky_options options, egress& client, const base::clock& clock, repository_host host, credentials account,
          int count, std::function<void(listing)> done)
      : options_(std::move(options)),
        client_(client),
        clock_(clock),
        host_(std::move(host)),
        account_(std::move(account)),
        wanted_(static_cast<std::size_t>(std::clamp(count, 1, most_listed))),
        done_(std::move(done)) {}

  void ask(const std::string& cursor) {
    std::vector<std::pair<std::string, std::string>> query{
        {"repo", account_.external_user_id}, {"collection", "app.bsky.feed.post"}, {"limit", std::to_string(wanted_)}};
    if (!cursor.empty()) query.emplace_back("cursor", cursor);
    auto request = xrpc_request(host_, "GET", "com.atproto.repo.listRecords?" + form_encoded(query), "");
    request.timeout = options_.lookup_timeout;
    client_.send(std::move(request), [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  void read(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto page = is_whole ? read_records(reply.body, account_.external_user_id) : std::nullopt;
    if (!page) {
      const auto problem = problem_of(reply, clock_.now());
      found_.problem = problem.reason;
      found_.is_unauthorized = problem.kind == outcome_kind::auth_expired;
      return done_(std::move(found_));
    }
    for (const auto& each : page->posts) {
      if (found_.posts.size() < wanted_) found_.posts.push_back(each);
    }
    constexpr int most_pages = 5;  // with records of other programs that are left out
    if (page->cursor.empty() || found_.posts.size() >= wanted_ || ++pages_ >= most_pages)
      return done_(std::move(found_));
    ask(page->cursor);
  }

  const bluesky_options options_;
  egress& client_;
  const base::clock& clock_;
  const repository_host host_;
  const credentials account_;
  const std::size_t wanted_;
  const std::function<void(listing)> done_;
  listing found_;
  int pages_ = 0;
};

}  // namespace

bluesky_connector::bluesky_connector(bluesky_options options, egress& client, const base::clock& clock)
    : options_(std::move(options)),
      client_(client),
      clock_(clock),
      hosts_(std::make_shared<host_directory>(options_.where, client, clock)) {}

void bluesky_connector::publish(publication what, std::function<void(publish_reply)> done) {
  publishing(options_, hosts_, uploads_, client_, clock_, std::move(what), std::move(done))->start();
}

void bluesky_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  const auto kept = kept_of(what);
  if (!kept) {
    auto never = verdict(reconciliation_kind::absent, "Nothing was sent to be published.");
    return client_.after({}, [never = std::move(never), done = std::move(done)] { done(never); });
  }
  // Never from memory: a repository may have moved since.
  hosts_->forget(what.account.external_user_id);
  const auto did = what.account.external_user_id;
  auto ask = [options = options_, &client = client_, &clock = clock_, what = std::move(what), rkey = kept->rkey,
              done = std::move(done)](host_directory::found host) {
    if (host.has_error()) {
      const auto kind = host.error().is_final ? reconciliation_kind::cannot_know : reconciliation_kind::try_again;
      return done(verdict(kind, host.error().reason));
    }
    auto request = xrpc_request(*host, "GET", record_query(what.account.external_user_id, rkey), "");
    request.timeout = options.lookup_timeout;
    client.send(std::move(request), [&clock, what, rkey, done](const egress_reply& reply) {
      done(reconciliation_of(reply, what, rkey, clock.now()));
    });
  };
  hosts_->find(did, options_.lookup_timeout, std::move(ask));
}

void bluesky_connector::remove(removal what, std::function<void(removal_reply)> done) {
  const auto did = what.account.external_user_id;
  const auto rkey = rkey_of(what.external_id, did);
  if (rkey.empty()) {
    return client_.after({}, [done = std::move(done)] {
      done({removal_kind::refused, std::nullopt, "This is no post of the channel's account."});
    });
  }
  auto ask = [&client = client_, &clock = clock_, what = std::move(what), rkey,
              done = std::move(done)](host_directory::found host) {
    if (host.has_error()) {
      const auto kind = host.error().is_final ? removal_kind::gone : removal_kind::later;
      return done({kind, std::nullopt, host.error().reason});
    }
    auto request = xrpc_request(*host, "POST", "com.atproto.repo.deleteRecord", what.account.access_token.reveal());
    request.headers.push_back({"content-type", "application/json"});
    request.body = boost::json::serialize(boost::json::object{
        {"repo", what.account.external_user_id}, {"collection", "app.bsky.feed.post"}, {"rkey", rkey}});
    request.timeout = what.timeout;
    client.send(std::move(request),
                [&clock, done](const egress_reply& reply) { done(removal_of(reply, clock.now())); });
  };
  hosts_->find(did, options_.lookup_timeout, std::move(ask));
}

void bluesky_connector::list_recent(credentials account, int count, std::function<void(listing)> done) {
  const auto did = account.external_user_id;
  auto ask = [options = options_, &client = client_, &clock = clock_, account = std::move(account), count,
              done = std::move(done)](host_directory::found host) {
    if (host.has_error()) {
      listing none;
      none.problem = host.error().reason;
      return done(std::move(none));
    }
    std::make_shared<reading>(options, client, clock, *host, account, count, done)->ask("");
  };
  hosts_->find(did, options_.lookup_timeout, std::move(ask));
}

}  // namespace pulse::connectors::bluesky

namespace pulse::connectors::made {

std::unique_ptr<connector> bluesky(const surroundings& around) {
  bluesky::bluesky_options options;
  options.where = {around.settings["BLUESKY_SERVICE_URL"], around.settings["BLUESKY_PLC_URL"]};
  options.video_url = around.settings["BLUESKY_VIDEO_URL"];
  options.files = around.films;
  return std::make_unique<bluesky::bluesky_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
