// Actions on a published LinkedIn post: deleting it, editing it, and counting reactions.
#include <utility>

#include <boost/json.hpp>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/linkedin/connector.hpp"
#include "connectors/linkedin/little_text.hpp"
#include "connectors/shared/after_publishing.hpp"

namespace pulse::connectors::linkedin {

namespace {

egress_request request_to(const linkedin_options& options, std::string method, const std::string& path,
                          std::string_view restli_method, const credentials& account) {
  egress_request made;
  made.method = std::move(method);
  made.url = options.base_url + path;
  made.headers = {{"authorization", "Bearer " + account.access_token.reveal()},
                  {"linkedin-version", options.version},
                  {"x-restli-protocol-version", "2.0.0"}};
  if (!restli_method.empty()) made.headers.push_back({"x-restli-method", std::string{restli_method}});
  made.address = trust::platform;
  return made;
}

bool is_missing(const egress_reply& reply) {
  return reply.how_far == progress::complete && (reply.status == 404 || reply.status == 410);
}

/// Reactions of all kinds, and comments with their replies; the older endpoint has other names for them.
std::optional<post_figures> read_figures(const boost::json::value& document) {
  post_figures found;
  boost::system::error_code missing;
  const auto* const summaries = document.find_pointer("/reactionSummaries", missing);
  if (summaries != nullptr && summaries->is_object()) {
    found.likes = 0;
    for (const auto& each : summaries->get_object())
      found.likes = sum_of(found.likes, count_at(each.value(), "/count"));
  }
  if (!found.likes) found.likes = count_at(document, "/likesSummary/totalLikes");
  found.comments = count_at(document, "/commentSummary/count");
  if (!found.comments) found.comments = count_at(document, "/commentsSummary/aggregatedTotalComments");
  return found;
}

}  // namespace

void linkedin_connector::remove(removal what, std::function<void(removal_reply)> done) {
  auto request =
      request_to(options_, "DELETE", "/rest/posts/" + percent_encoded(what.external_id), "DELETE", what.account);
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const auto wrong = classify_step(reply, clock.now());
    if (!wrong || is_missing(reply)) return done({.kind = removal_kind::gone});
    done(removal_of(*wrong));
  });
}

void linkedin_connector::edit(edition what, std::function<void(removal_reply)> done) {
  auto request =
      request_to(options_, "POST", "/rest/posts/" + percent_encoded(what.external_id), "PARTIAL_UPDATE", what.account);
  request.headers.push_back({"content-type", "application/json"});
  request.body =
      boost::json::serialize(boost::json::object{{"patch", {{"$set", {{"commentary", little_text(what.text)}}}}}});
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    if (is_missing(reply)) return done({.kind = removal_kind::gone});
    const auto wrong = classify_step(reply, clock.now());
    done(wrong ? removal_of(*wrong) : removal_reply{.kind = removal_kind::done});
  });
}

void linkedin_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto request =
      request_to(options_, "GET", "/rest/socialMetadata/" + percent_encoded(what.external_id), "", what.account);
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        if (is_missing(reply)) return measure_reply{.kind = measure_kind::gone};
        const auto wrong = classify_step(reply, clock.now());
        return wrong ? measure_of(*wrong) : measure_of(std::optional<post_figures>{});
      },
      std::move(done));
}

}  // namespace pulse::connectors::linkedin
