// Reads the reactions to a pin.
#include <utility>

#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/pinterest/classify.hpp"
#include "connectors/pinterest/connector.hpp"
#include "connectors/pinterest/options.hpp"
#include "connectors/shared/after_publishing.hpp"

namespace pulse::connectors::pinterest {

namespace {

/// What is counted for ever goes before what is counted for 90 days. Reactions and comments are counted for ever alone,
/// and saves may be missing there (Pinterest API v5, GET /pins/{pin_id} with pin_metrics=true).
std::optional<post_figures> read_figures(const boost::json::value& document) {
  const auto count = [&document](std::string_view name) {
    auto whole = count_at(document, "/pin_metrics/lifetime_metrics/" + std::string{name});
    return whole ? whole : count_at(document, "/pin_metrics/90d/" + std::string{name});
  };
  return post_figures{
      .likes = count("reaction"), .comments = count("comment"), .shares = count("save"), .views = count("impression")};
}

}  // namespace

void pinterest_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto request = request_to(options_, "GET", fmt::format("pins/{}?pin_metrics=true", percent_encoded(what.external_id)),
                            what.account);
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        const bool is_gone = reply.how_far == progress::complete && (reply.status == 404 || reply.status == 410);
        if (is_gone) return measure_reply{.kind = measure_kind::gone};
        return measure_of(problem_of(reply, step::harmless, clock.now()));
      },
      std::move(done));
}

}  // namespace pulse::connectors::pinterest
