// What can be done with a post on X once it is out: deleting it, and counting what people made of it.
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/json.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/after_publishing.hpp"
#include "connectors/x/classify.hpp"
#include "connectors/x/connector.hpp"
#include "connectors/x/publishing.hpp"

namespace pulse::connectors::x {

namespace {

using domain::outcome;
using domain::outcome_kind;

std::optional<boost::json::value> document_of(const egress_reply& reply) {
  base::json::cursor ignored;
  auto parsed = base::json::parse(reply.body, ignored);
  if (!parsed) return std::nullopt;
  return std::move(*parsed);
}

/// X answers a read of what is not there with 200 and an error of this type, too.
bool says_missing(const egress_reply& reply) {
  if (reply.how_far != progress::complete) return false;
  if (reply.status == 404) return true;
  const auto document = reply.status == 200 ? document_of(reply) : std::nullopt;
  boost::system::error_code missing;
  const auto* const type = document ? document->find_pointer("/errors/0/type", missing) : nullptr;
  return type != nullptr && type->is_string() &&
         std::string_view{type->get_string().data(), type->get_string().size()}.ends_with("/resource-not-found");
}

/// Of a call that publishes nothing.
outcome problem_of(const egress_reply& reply, base::timestamp now) {
  auto told = classify_publish(reply, "", now);
  if (told.kind == outcome_kind::published)
    told = {.kind = outcome_kind::transient, .reason = "X answered something else."};
  if (told.kind == outcome_kind::unknown) told.kind = outcome_kind::transient;
  return told;
}

bool says_deleted(const egress_reply& reply) {
  const auto document = reply.status == 200 ? document_of(reply) : std::nullopt;
  boost::system::error_code missing;
  const auto* const deleted = document ? document->find_pointer("/data/deleted", missing) : nullptr;
  return deleted != nullptr && deleted->is_bool() && deleted->get_bool();
}

/// `public_metrics` of the API's data dictionary.
std::optional<post_figures> read_figures(const boost::json::value& document) {
  const auto count = [&document](std::string_view name) {
    return count_at(document, "/data/public_metrics/" + std::string{name});
  };
  return post_figures{.likes = count("like_count"),
                      .comments = count("reply_count"),
                      .shares = sum_of(count("retweet_count"), count("quote_count")),
                      .views = count("impression_count")};
}

}  // namespace

void x_connector::remove(removal what, std::function<void(removal_reply)> done) {
  auto request =
      request_to(options_.base_url, "DELETE", "/2/tweets/" + percent_encoded(what.external_id), what.account);
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete;
    if (is_whole && (says_deleted(reply) || says_missing(reply))) return done({.kind = removal_kind::gone});
    done(removal_of(problem_of(reply, clock.now())));
  });
}

void x_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto request = request_to(options_.base_url, "GET",
                            fmt::format("/2/tweets/{}?tweet.fields=public_metrics", percent_encoded(what.external_id)),
                            what.account);
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    if (says_missing(reply)) return done({.kind = measure_kind::gone});
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    if (!is_whole) return done(measure_of(problem_of(reply, clock.now())));
    const auto document = document_of(reply);
    done(measure_of(document ? read_figures(*document) : std::nullopt));
  });
}

}  // namespace pulse::connectors::x
