#include "connectors/facebook/connector.hpp"

#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/facebook/classify.hpp"
#include "connectors/facebook/film.hpp"
#include "connectors/facebook/pages.hpp"
#include "connectors/facebook/publish.hpp"
#include "connectors/meta/comments.hpp"
#include "connectors/meta/graph.hpp"
#include "connectors/shared/parts.hpp"

namespace pulse::connectors::facebook {

namespace {

bool is_comment(const publication& what) { return !place_in_thread(what).parent.empty(); }

meta::comment_edge comments(const facebook_options& options, const base::clock& clock) {
  return {.platform = "Facebook",
          .permission = "pages_manage_engagement",
          .usage = "pages",
          .fields = "id,message,created_time,from",
          .text_field = "message",
          .time_field = "created_time",
          .get =
              [options](const credentials& account, const std::string& path, const meta::form_fields& query) {
                auto request = request_to(options, "GET", fmt::format("{}?{}", path, form_encoded(query)), account);
                request.timeout = options.lookup_timeout;
                return request;
              },
          .post =
              [options](const credentials& account, const std::string& path, const meta::form_fields& form) {
                auto request = request_to(options, "POST", path, account);
                request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
                request.body = form_encoded(form);
                return request;
              },
          .own = [&clock](const meta::graph_error& error) { return own_error(error, clock.now()); },
          .absent_after = options.absent_after};
}

}  // namespace

facebook_connector::facebook_connector(facebook_options options, egress& client, const base::clock& clock,
                                       media_files* films)
    : options_(std::move(options)), client_(client), clock_(clock), films_(films) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void facebook_connector::publish(publication what, std::function<void(publish_reply)> done) {
  if (is_comment(what))
    return meta::commenting(comments(options_, clock_), client_, clock_, std::move(what), std::move(done))->start();
  if (what.film() != nullptr)
    return publishing_film(options_, films_, client_, clock_, std::move(what), std::move(done))->start();
  publishing(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void facebook_connector::reconcile(publication what, std::function<void(domain::reconciliation)> done) {
  if (is_comment(what))
    return meta::find_comment(comments(options_, clock_), client_, clock_, std::move(what), std::move(done));
  if (what.film() != nullptr) return find_film(options_, client_, clock_, std::move(what), std::move(done));
  list_search how;
  how.platform = "Facebook";
  how.ask = [options = options_, account = what.account](const std::string& next) {
    std::vector<std::pair<std::string, std::string>> query{{"fields", "id,message,created_time,permalink_url"},
                                                           {"limit", "100"}};
    if (!next.empty()) query.emplace_back("after", next);
    auto request = request_to(
        options, "GET", fmt::format("{}/published_posts?{}", account.external_user_id, form_encoded(query)), account);
    request.timeout = options.lookup_timeout;
    return request;
  };
  how.read = &read_posts;
  how.problem = [&clock = clock_](const egress_reply& reply) {
    return problem_of(reply, meta::step::harmless, clock.now());
  };
  how.is_ours = [sent = comparable_text(what.text)](const list_item& each) {
    return comparable_text(each.text) == sent;
  };
  how.earliest = std::chrono::floor<std::chrono::seconds>(what.since.value_or(what.started_at) - options_.clock_skew);
  how.absent_from = what.started_at + options_.absent_after;
  search_list(client_, clock_, std::move(how), std::move(done));
}

void facebook_connector::remove(removal what, std::function<void(removal_reply)> done) {
  auto request = request_to(options_, "DELETE", percent_encoded(what.external_id), what.account);
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    if (reply.how_far == progress::complete && reply.status == 200) return done({.kind = removal_kind::gone});
    const auto error = meta::read_error(reply.body);
    if (reply.how_far == progress::complete && error && meta::says_missing(*error))
      return done({.kind = removal_kind::gone});
    const auto problem = problem_of(reply, meta::step::harmless, clock.now());
    switch (problem.kind) {
      case domain::outcome_kind::auth_expired: return done({removal_kind::auth_expired, std::nullopt, problem.reason});
      case domain::outcome_kind::permission:
      case domain::outcome_kind::invalid:
      case domain::outcome_kind::duplicate: return done({removal_kind::refused, std::nullopt, problem.reason});
      case domain::outcome_kind::published:
      case domain::outcome_kind::rate_limited:
      case domain::outcome_kind::transient:
      case domain::outcome_kind::unknown: return done({removal_kind::later, problem.retry_at, problem.reason});
    }
  });
}

void facebook_connector::read_page(page_look what, std::function<void(page_reading)> done) {
  facebook::read_page(options_, client_, clock_, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::facebook

namespace pulse::connectors::made {

std::unique_ptr<connector> facebook(const surroundings& around) {
  const auto graph = meta::address_in(around.settings, "META_GRAPH_API_BASE_URL");
  facebook::facebook_options options;
  options.base_url = graph.base;
  options.version = graph.version;
  return std::make_unique<facebook::facebook_connector>(options, around.client, around.clock, around.films);
}

}  // namespace pulse::connectors::made
