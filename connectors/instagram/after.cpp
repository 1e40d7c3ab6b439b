// Deleting a published post on Instagram, where the app is permitted to, and reading its reactions.
#include <utility>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/instagram/classify.hpp"
#include "connectors/instagram/connector.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/after_publishing.hpp"

namespace pulse::connectors::instagram {

namespace {

std::optional<post_figures> read_figures(const boost::json::value& document) {
  return post_figures{.likes = count_at(document, "/like_count"), .comments = count_at(document, "/comments_count")};
}

}  // namespace

void instagram_connector::remove(removal what, std::function<void(removal_reply)> done) {
  auto request = get_request(options_, what.account, percent_encoded(what.external_id), {});
  request.method = "DELETE";
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete;
    if (is_whole && (reply.status == 200 || says_missing(reply))) return done({.kind = removal_kind::gone});
    auto told = removal_of(problem_of(reply, meta::step::harmless, clock.now()));
    if (told.kind == removal_kind::refused)
      told.reason += " Instagram lets newer apps alone delete posts; delete it there.";
    done(std::move(told));
  });
}

void instagram_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto request =
      get_request(options_, what.account, percent_encoded(what.external_id), {{"fields", "like_count,comments_count"}});
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        if (says_missing(reply)) return measure_reply{.kind = measure_kind::gone};
        return measure_of(problem_of(reply, meta::step::harmless, clock.now()));
      },
      std::move(done));
}

}  // namespace pulse::connectors::instagram
