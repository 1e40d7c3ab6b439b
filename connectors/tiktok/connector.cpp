#include "connectors/tiktok/connector.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "connectors/all.hpp"
#include "connectors/tiktok/classify.hpp"
#include "connectors/tiktok/publish.hpp"

namespace pulse::connectors::tiktok {

namespace {

using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;
using answered = std::function<void(reconciliation)>;

constexpr int largest_page = 20;

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation made;
  made.kind = kind;
  made.reason = std::move(reason);
  return made;
}

egress_request list_request(const tiktok_options& options, const credentials& account, int count,
                            const std::string& cursor) {
  boost::json::object body{{"max_count", count}};
  std::int64_t from = 0;
  if (std::from_chars(cursor.data(), cursor.data() + cursor.size(), from).ec == std::errc{}) body["cursor"] = from;
  return post_request(options, account, "/v2/video/list/?fields=id,create_time,title,video_description,share_url",
                      body);
}

/// Whether the film can never become whole without another piece from here. What TikTok does not say is told by the end
/// of the address to which pieces are sent.
bool is_incomplete(const post_status& status, const kept_post& kept, base::timestamp now) {
  if (!kept.is_upload()) return false;
  if (status.uploaded_bytes) return *status.uploaded_bytes < kept.film_bytes;
  return kept.url_until && now > *kept.url_until + std::chrono::minutes{30};
}

/// What the state of the post says of the attempt.
reconciliation told_by(const post_status& status, const kept_post& kept, bool is_film, const tiktok_options& options,
                       base::timestamp now) {
  switch (status.state) {
    case post_state::complete: {
      const auto live = live_post(status, kept.publish_id, kept.username, is_film);
      auto found = verdict(reconciliation_kind::live, "TikTok says that the post is published.");
      found.external_id = live.external_id;
      found.external_url = live.external_url;
      return found;
    }
    case post_state::failed: {
      const auto failed = failed_post(status, now);
      auto gone = verdict(reconciliation_kind::absent, failed.reason);
      gone.is_refused = failed.kind == outcome_kind::invalid || failed.kind == outcome_kind::permission;
      return gone;
    }
    case post_state::in_inbox:
      return verdict(reconciliation_kind::cannot_know, "TikTok has put the post into the account's inbox as a draft.");
    case post_state::uploading:
      if (is_incomplete(status, kept, now))
        return verdict(reconciliation_kind::absent, "TikTok does not have the whole film, so nothing is published.");
      [[fallthrough]];
    case post_state::downloading: {
      auto later = verdict(reconciliation_kind::try_again, "TikTok is still working on the post.");
      later.retry_at = now + options.look_again_after;
      return later;
    }
  }
  return {};
}

reconciliation unseen(const domain::outcome& problem) {
  auto later = verdict(reconciliation_kind::try_again, problem.reason);
  later.retry_at = problem.retry_at;
  later.is_unauthorized = problem.kind == outcome_kind::auth_expired;
  if (problem.kind == outcome_kind::permission || problem.kind == outcome_kind::invalid)
    later.kind = reconciliation_kind::cannot_know;
  return later;
}

/// Of what TikTok was asked for and did not answer only finding it says something: the list has public posts alone,
/// after their moderation.
void search_public(const tiktok_options& options, egress& client, const base::clock& clock, const publication& what,
                   answered done) {
  list_search how;
  how.platform = "TikTok";
  how.ask = [options, account = what.account](const std::string& next) {
    return list_request(options, account, largest_page, next);
  };
  how.read = &read_videos;
  how.problem = [&clock](const egress_reply& reply) { return problem_of(reply, step::harmless, clock.now()); };
  how.is_ours = [sent = listed_words(what.text)](const list_item& each) { return listed_words(each.text) == sent; };
  how.earliest = std::chrono::floor<std::chrono::seconds>(what.since.value_or(what.started_at) - options.clock_skew);
  how.absent_from = what.started_at;
  search_list(client, clock, std::move(how), [done = std::move(done)](reconciliation found) {
    if (found.kind == reconciliation_kind::absent)
      found =
          verdict(reconciliation_kind::cannot_know,
                  "TikTok did not answer under which id it made the post, and lists public posts alone, after their "
                  "moderation: look at TikTok whether it is there.");
    done(std::move(found));
  });
}

}  // namespace

tiktok_connector::tiktok_connector(tiktok_options options, egress& client, const base::clock& clock)
    : options_(std::move(options)), client_(client), clock_(clock) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void tiktok_connector::publish(publication what, std::function<void(publish_reply)> done) {
  publishing(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void tiktok_connector::reconcile(publication what, answered done) {
  const auto kept = kept_in(what);
  if (kept && kept->is_upload() && !kept->has_begun_last) {
    client_.after({}, [done = std::move(done)] {
      done(verdict(reconciliation_kind::absent, "TikTok does not have the whole film, so nothing is published."));
    });
    return;
  }
  const bool is_of_this = kept && kept->begun_by == what.attempt;
  const bool is_of_earlier = kept && kept->begun_by > 0 && what.since && *what.since < what.started_at;
  if (!kept || (kept->publish_id.empty() && !is_of_this && !is_of_earlier)) {
    client_.after({}, [done = std::move(done)] {
      done(verdict(reconciliation_kind::absent, "Nothing was sent to TikTok to be published."));
    });
    return;
  }
  if (kept->publish_id.empty()) return search_public(options_, client_, clock_, what, std::move(done));
  client_.send(status_request(options_, what.account, kept->publish_id),
               [options = options_, &clock = clock_, kept = *kept, is_film = what.film() != nullptr,
                done = std::move(done)](const egress_reply& reply) {
                 const auto status = status_in(reply);
                 if (status) return done(told_by(*status, kept, is_film, options, clock.now()));
                 done(unseen(problem_of(reply, step::harmless, clock.now())));
               });
}

void tiktok_connector::list_recent(credentials account, int count, std::function<void(listing)> done) {
  const auto wanted = std::clamp(count, 1, largest_page);
  client_.send(list_request(options_, account, wanted, ""),
               [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
                 listing made;
                 const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
                 const auto page = is_whole ? read_videos(reply.body) : std::nullopt;
                 if (!page) {
                   const auto problem = problem_of(reply, step::harmless, clock.now());
                   made.is_unauthorized = problem.kind == outcome_kind::auth_expired;
                   made.problem = problem.reason;
                   return done(std::move(made));
                 }
                 for (const auto& each : page->items)
                   made.posts.push_back({each.id, each.url, each.text, each.published_at});
                 done(std::move(made));
               });
}

}  // namespace pulse::connectors::tiktok

namespace pulse::connectors::made {

std::unique_ptr<connector> tiktok(const surroundings& around) {
  tiktok::tiktok_options options;
  options.base_url = around.settings["TIKTOK_API_BASE_URL"];
  if (around.settings["TIKTOK_PULL_FILMS"] != "yes") options.films = around.films;
  return std::make_unique<tiktok::tiktok_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
