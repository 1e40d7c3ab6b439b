#include "connectors/mastodon/lookup.hpp"

#include <optional>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/mastodon/classify.hpp"
#include "connectors/mastodon/publish.hpp"
#include "connectors/shared/html_text.hpp"
#include "connectors/shared/list_search.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/calendar/time_words.hpp"

namespace pulse::connectors::mastodon {

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

/// One look-up; keeps itself alive until it has called back.
class looking : public std::enable_shared_from_this<looking> {
 public:
  looking(const mastodon_options& options, egress& client, const base::clock& clock, publication what, kept_steps kept,
          std::function<void(reconciliation)> done)
      : options_(options),
        client_(client),
        clock_(clock),
        what_(std::move(what)),
        kept_(std::move(kept)),
        done_(std::move(done)),
        place_(place_of(what_.account)),
        sent_(comparable_text(what_.text)),
        newest_id_(kept_.newest_id) {}

  /// Pages go from the oldest on: each asks for what is newer than the newest that is known.
  void ask_page() {
    send(statuses_path(place_.id, {{"limit", "40"}, {"min_id", newest_id_}}),
         [](looking& me, const egress_reply& reply) { me.read_page(reply); });
  }

 private:
  void send(const std::string& path, void (*read)(looking&, const egress_reply&)) {
    auto request = request_to(options_.reached, place_.instance, "GET", path, what_.account.access_token.reveal());
    request.timeout = options_.lookup_timeout;
    client_.send(std::move(request),
                 [self = shared_from_this(), read](const egress_reply& reply) { read(*self, reply); });
  }

  void read_page(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto page = is_whole ? read_statuses(reply.body) : std::nullopt;
    if (!page) return done_(failed(reply));
    if (page->empty()) return compare_next();
    for (const auto& each : *page) {
      if (each.id != newest_id_ && may_be_ours(each)) candidates_.push_back(each);
    }
    // An instance that ignores min_id would be read for ever.
    if (page->front().id == newest_id_) return compare_next();
    newest_id_ = page->front().id;
    if (candidates_.size() > most_candidates || ++pages_ >= most_pages)
      return done_(verdict(reconciliation_kind::cannot_know,
                           "The account has made more posts since than can be looked through."));
    ask_page();
  }

  bool may_be_ours(const listed_status& each) const {
    return each.media_ids == kept_.media_ids && each.spoiler == what_.option("content_warning") &&
           each.reply_to == place_in_thread(what_).parent;
  }

  /// Media are attached to one post only, so they say which one it is. Of a text the source must be asked for: what is
  /// listed is HTML.
  void compare_next() {
    if (!kept_.media_ids.empty()) {
      for (const auto& each : candidates_) fitting_.push_back(each);
      return end();
    }
    if (compared_ == candidates_.size()) return end();
    send(fmt::format("/api/v1/statuses/{}/source", percent_encoded(candidates_[compared_].id)),
         [](looking& me, const egress_reply& reply) { me.read_source(reply); });
  }

  void read_source(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete;
    const auto& one = candidates_[compared_++];
    const auto object = is_whole && reply.status == 200 ? object_of(reply.body) : std::nullopt;
    if (object) {
      if (comparable_text(text_at(*object, "text")) == sent_) fitting_.push_back(one);
      return compare_next();
    }
    if (!is_whole || reply.status != 404) return done_(failed(reply));
    // A server that has no sources, or the post was deleted meanwhile: the shown text decides where it can.
    if (comparable_text(plain_text(one.content)) == sent_) fitting_.push_back(one);
    compare_next();
  }

  void end() {
    if (fitting_.size() > 1)
      return done_(verdict(reconciliation_kind::cannot_know,
                           "The account has several posts with this text since; nothing tells which one it is."));
    if (fitting_.size() == 1) {
      auto live = verdict(reconciliation_kind::live,
                          fmt::format("The account lists the post, published at {}.",
                                      domain::time_formatter{"UTC"}.format(fitting_.front().created_at)));
      live.external_id = fitting_.front().id;
      if (!fitting_.front().url.empty()) live.external_url = fitting_.front().url;
      return done_(std::move(live));
    }
    if (clock_.now() < what_.started_at + options_.absent_after)
      return done_(verdict(reconciliation_kind::try_again,
                           "The account does not list the post yet; it is too early to be sure that it will not."));
    done_(verdict(reconciliation_kind::absent, "The account lists no such post since it was first sent."));
  }

  reconciliation failed(const egress_reply& reply) const {
    const auto problem = problem_of(reply, clock_.now());
    auto made = verdict(reconciliation_kind::try_again, problem.reason);
    made.retry_at = problem.retry_at;
    made.is_unauthorized = problem.kind == outcome_kind::auth_expired;
    if (problem.kind == outcome_kind::permission || problem.kind == outcome_kind::invalid)
      made.kind = reconciliation_kind::cannot_know;
    return made;
  }

  const mastodon_options options_;
  egress& client_;
  const base::clock& clock_;
  const publication what_;
  const kept_steps kept_;
  const std::function<void(reconciliation)> done_;
  const account_place place_;
  const std::string sent_;
  std::string newest_id_;
  std::vector<listed_status> candidates_;
  std::vector<listed_status> fitting_;
  std::size_t compared_ = 0;
  int pages_ = 0;
};

}  // namespace

void look_up(const mastodon_options& options, egress& client, const base::clock& clock, publication what,
             std::function<void(reconciliation)> done) {
  auto kept = kept_of(what);
  if (!kept) {
    auto never = verdict(reconciliation_kind::absent, "Nothing was sent to be published.");
    client.after({}, [never = std::move(never), done = std::move(done)] { done(never); });
    return;
  }
  std::make_shared<looking>(options, client, clock, std::move(what), std::move(*kept), std::move(done))->ask_page();
}

}  // namespace pulse::connectors::mastodon
