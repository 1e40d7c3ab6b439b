#include "connectors/instagram/connector.hpp"

#include <memory>
#include <utility>

#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/handles.hpp"
#include "connectors/instagram/publish.hpp"
#include "connectors/instagram/search.hpp"

namespace pulse::connectors::instagram {

namespace {

using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation result;
  result.kind = kind;
  result.reason = std::move(reason);
  return result;
}

/// What a look that failed came to. Nothing that a failed look says proves absence.
reconciliation failed_look(const domain::outcome& problem) {
  switch (problem.kind) {
    case outcome_kind::auth_expired:
      return verdict(reconciliation_kind::try_again,
                     "Instagram no longer accepts the access to this account, so it cannot be looked up. Connect the "
                     "account again.");
    case outcome_kind::permission:
    case outcome_kind::invalid:
      return verdict(reconciliation_kind::cannot_know,
                     "Instagram does not let this account's posts be read. " + problem.reason);
    case outcome_kind::published:
    case outcome_kind::rate_limited:
    case outcome_kind::duplicate:
    case outcome_kind::transient:
    case outcome_kind::unknown: break;
  }
  return verdict(reconciliation_kind::try_again, "Instagram could not be asked. " + problem.reason);
}

/// One look at what became of an attempt; keeps itself alive until it has called back.
class lookup : public std::enable_shared_from_this<lookup> {
 public:
  lookup(instagram_options options, egress& client, const base::clock& clock, publication what,
         std::function<void(reconciliation)> done)
      : options_(std::move(options)), client_(client), clock_(clock), what_(std::move(what)), done_(std::move(done)) {}

  void start() {
    const auto container = kept_container(what_);
    if (!container) {
      return done_(verdict(reconciliation_kind::absent,
                           "The attempt ended before the step that publishes, so nothing is on Instagram."));
    }
    if (!is_id(what_.account.external_user_id)) {
      return done_(verdict(reconciliation_kind::cannot_know, "The channel's account has no id of Instagram."));
    }
    client_.send(status_request(options_, what_.account, *container),
                 [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  void read(const egress_reply& reply) {
    if (says_missing(reply)) return search(false);
    const auto status = read_status(reply, clock_.now());
    if (status.has_error()) return done_(failed_look(status.error()));
    switch (status->state) {
      case container_state::published: return search(true);
      case container_state::expired:
      case container_state::error: return search(false);
      case container_state::in_progress:
      case container_state::finished:
        return done_(absent("Instagram has the prepared post and says that it was not published."));
    }
  }

  void search(bool is_surely_live) {
    search_media(options_, client_, clock_, what_, earliest_of(options_, what_), options_.lookup_timeout,
                 [self = shared_from_this(), is_surely_live](const search_result& result) {
                   self->tell(is_surely_live, result);
                 });
  }

  void tell(bool is_surely_live, const search_result& result) {
    switch (result.what) {
      case search_result::kind::one: return done_(live(*result.found));
      case search_result::kind::none:
        if (!is_surely_live)
          return done_(
              absent("Instagram cannot publish the prepared post any more, and lists no post with this text."));
        return done_(verdict(reconciliation_kind::try_again,
                             "Instagram says that it published the post, and does not list it yet."));
      case search_result::kind::several:
        return done_(verdict(reconciliation_kind::cannot_know,
                             "Instagram lists several posts with this text since; nothing tells which one it is."));
      case search_result::kind::too_many:
        return done_(verdict(reconciliation_kind::cannot_know,
                             "The account has made more posts since than can be looked through."));
      case search_result::kind::failed: return done_(failed_look(*result.problem));
    }
  }

  reconciliation live(const listed_medium& found) const {
    auto result = verdict(reconciliation_kind::live,
                          "Instagram lists the post, published at " + base::to_string(found.published_at) + ".");
    result.external_id = found.id;
    if (!found.permalink.empty()) result.external_url = found.permalink;
    return result;
  }

  reconciliation absent(std::string reason) const {
    if (clock_.now() < what_.started_at + options_.absent_after) {
      return verdict(reconciliation_kind::try_again,
                     "Instagram has not published the post; it is too early to be sure that it will not.");
    }
    return verdict(reconciliation_kind::absent, std::move(reason));
  }

  const instagram_options options_;
  egress& client_;
  const base::clock& clock_;
  const publication what_;
  const std::function<void(reconciliation)> done_;
};

}  // namespace

instagram_connector::instagram_connector(instagram_options options, egress& client, const base::clock& clock)
    : options_(std::move(options)), client_(client), clock_(clock) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void instagram_connector::publish(publication what, std::function<void(publish_reply)> done) {
  std::make_shared<publish_call>(options_, client_, clock_, book_, std::move(what), std::move(done))->start();
}

void instagram_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  std::make_shared<lookup>(options_, client_, clock_, std::move(what), std::move(done))->start();
}

}  // namespace pulse::connectors::instagram
