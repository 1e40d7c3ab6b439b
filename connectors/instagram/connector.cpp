#include "connectors/instagram/connector.hpp"

#include <memory>
#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/handles.hpp"
#include "connectors/instagram/listing.hpp"
#include "connectors/instagram/pages.hpp"
#include "connectors/instagram/publish.hpp"
#include "connectors/instagram/search.hpp"
#include "connectors/meta/comments.hpp"
#include "connectors/meta/graph.hpp"
#include "connectors/shared/parts.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/publishing/delivery.hpp"

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

/// The result of a failed reconciliation. A failure never proves absence.
reconciliation failed_look(const domain::outcome& problem, base::timestamp now) {
  auto later = verdict(reconciliation_kind::try_again, "Instagram could not be asked. " + problem.reason);
  switch (problem.kind) {
    case outcome_kind::auth_expired:
      later.is_unauthorized = true;
      later.reason =
          "Instagram no longer accepts the access to this account, so it cannot be looked up. Connect the account "
          "again.";
      return later;
    case outcome_kind::permission:
    case outcome_kind::invalid:
      return verdict(reconciliation_kind::cannot_know,
                     "Instagram does not let this account's posts be read. " + problem.reason);
    case outcome_kind::rate_limited:
      later.retry_at = problem.retry_at.value_or(now + domain::default_rate_limit_pause);
      return later;
    case outcome_kind::transient:
      if (problem.http_status >= 500) later.retry_at = problem.retry_at;
      return later;
    case outcome_kind::published:
    case outcome_kind::duplicate:
    case outcome_kind::unknown: return later;
  }
  return later;
}

bool is_comment(const publication& what) { return !place_in_thread(what).parent.empty(); }

meta::comment_edge comments(const instagram_options& options) {
  return {.platform = "Instagram",
          .permission = "instagram_manage_comments",
          .usage = "instagram",
          .fields = "id,text,timestamp,username,user",
          .text_field = "text",
          .time_field = "timestamp",
          .page_size = 50,
          .get = [options](const credentials& account, const std::string& path,
                           const meta::form_fields& query) { return get_request(options, account, path, query); },
          .post = [options](const credentials& account, const std::string& path,
                            const meta::form_fields& form) { return post_request(options, account, path, form); },
          .absent_after = options.absent_after};
}

/// What Instagram says of the kept container.
enum class container_word {
  published,
  unpublished,  // it is there
  gone,         // it is not, or can no longer be published
};

/// One reconciliation; keeps itself alive until it has called back.
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
    if (const auto medium = kept_medium(what_)) return ask_address(*medium);
    client_.send(status_request(options_, what_.account, *container),
                 [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  /// Instagram has named the post; its address is read as well.
  void ask_address(const std::string& medium) {
    client_.send(get_request(options_, what_.account, medium, {{"fields", "permalink"}}),
                 [self = shared_from_this(), medium](const egress_reply& reply) {
                   auto found = verdict(reconciliation_kind::live, "Instagram had published the post.");
                   found.external_id = medium;
                   if (reply.how_far == progress::complete && reply.status == 200)
                     found.external_url = read_permalink(reply.body);
                   self->done_(std::move(found));
                 });
  }

  void read(const egress_reply& reply) {
    if (says_missing(reply)) return search(container_word::gone);
    const auto status = read_status(reply, clock_.now());
    if (status.has_error()) return done_(failed_look(status.error(), clock_.now()));
    switch (status->state) {
      case container_state::published: return search(container_word::published);
      case container_state::expired:
      case container_state::error: return search(container_word::gone);
      case container_state::in_progress:
      case container_state::finished: return search(container_word::unpublished);
    }
  }

  void search(container_word word) {
    search_media(options_, client_, clock_, what_, earliest_of(options_, what_), options_.lookup_timeout,
                 [self = shared_from_this(), word](const search_result& result) { self->tell(word, result); });
  }

  void tell(container_word word, const search_result& result) {
    switch (result.what) {
      case search_result::kind::one:
        if (word == container_word::published) return done_(live(*result.found));
        return done_(verdict(reconciliation_kind::cannot_know,
                             "Instagram lists a post with this text since, and does not say that it is this one."));
      case search_result::kind::none: return done_(not_listed(word));
      case search_result::kind::several:
        return done_(verdict(reconciliation_kind::cannot_know,
                             "Instagram lists several posts with this text since; nothing tells which one it is."));
      case search_result::kind::too_many:
        return done_(verdict(reconciliation_kind::cannot_know,
                             "The account has made more posts since than can be looked through."));
      case search_result::kind::failed: return done_(failed_look(*result.problem, clock_.now()));
    }
  }

  reconciliation not_listed(container_word word) const {
    switch (word) {
      case container_word::published:
        return verdict(reconciliation_kind::try_again,
                       "Instagram says that it published the post, and does not list it yet.");
      case container_word::unpublished:
        return absent(
            "Instagram has the prepared post, says that it was not published, and lists no post with this text.");
      case container_word::gone:
        return absent("Instagram cannot publish the prepared post any more, and lists no post with this text.");
    }
    return {};
  }

  reconciliation live(const list_item& found) const {
    auto result =
        verdict(reconciliation_kind::live, fmt::format("Instagram lists the post, published at {}.",
                                                       domain::time_formatter{"UTC"}.format(found.published_at)));
    result.external_id = found.id;
    if (!found.url.empty()) result.external_url = found.url;
    return result;
  }

  reconciliation absent(std::string reason) const {
    if (clock_.now() < what_.started_at + options_.absent_after) {
      return verdict(reconciliation_kind::try_again,
                     "Instagram has not published the post; it is too early to be sure that it will not.");
    }
    if (!was_blocked(what_)) return verdict(reconciliation_kind::absent, std::move(reason));
    auto refused =
        verdict(reconciliation_kind::absent,
                "Instagram suspects spam and did not publish the post. Sign in to the Instagram app, do what "
                "it asks for, and retry.");
    refused.is_refused = true;
    return refused;
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
  if (is_comment(what))
    return meta::commenting(comments(options_), client_, clock_, std::move(what), std::move(done))->start();
  std::make_shared<publish_call>(options_, client_, clock_, book_, std::move(what), std::move(done))->start();
}

void instagram_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  if (is_comment(what))
    return meta::find_comment(comments(options_), client_, clock_, std::move(what), std::move(done));
  std::make_shared<lookup>(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void instagram_connector::read_page(page_look what, std::function<void(page_reading)> done) {
  instagram::read_page(options_, client_, clock_, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::instagram

namespace pulse::connectors::made {

std::unique_ptr<connector> instagram(const surroundings& around) {
  instagram::instagram_options options;
  const auto graph = meta::address_in(around.settings, "INSTAGRAM_API_BASE_URL");
  options.base_url = graph.base;
  options.version = graph.version;
  return std::make_unique<instagram::instagram_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
