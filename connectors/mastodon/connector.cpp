#include "connectors/mastodon/connector.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/mastodon/classify.hpp"
#include "connectors/mastodon/lookup.hpp"
#include "connectors/mastodon/publish.hpp"
#include "connectors/shared/html_text.hpp"

namespace pulse::connectors::mastodon {

namespace {

/// One listing, page after page; keeps itself alive until it has called back.
class reading : public std::enable_shared_from_this<reading> {
 public:
  reading(mastodon_options options, egress& client, const base::clock& clock, credentials account, int count,
          std::function<void(listing)> done)
      : options_(std::move(options)),
        client_(client),
        clock_(clock),
        account_(std::move(account)),
        wanted_(static_cast<std::size_t>(std::clamp(count, 1, most_listed))),
        done_(std::move(done)) {}

  void ask(const std::string& older_than) {
    constexpr std::size_t page = 40;
    const auto place = place_of(account_);
    std::vector<std::pair<std::string, std::string>> query{
        {"limit", std::to_string(std::min(page, wanted_ - found_.posts.size()))}};
    if (!older_than.empty()) query.emplace_back("max_id", older_than);
    auto request = request_to(options_.reached, place.instance, "GET", statuses_path(place.id, query),
                              account_.access_token.reveal());
    request.timeout = options_.lookup_timeout;
    client_.send(std::move(request), [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  void read(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto page = is_whole ? read_statuses(reply.body) : std::nullopt;
    if (!page) {
      const auto problem = problem_of(reply, clock_.now());
      found_.problem = problem.reason;
      found_.is_unauthorized = problem.kind == domain::outcome_kind::auth_expired;
      return done_(std::move(found_));
    }
    for (const auto& each : *page) {
      if (found_.posts.size() < wanted_)
        found_.posts.push_back({each.id, each.url, plain_text(each.content), each.created_at});
    }
    if (page->empty() || found_.posts.size() >= wanted_) return done_(std::move(found_));
    ask(page->back().id);
  }

  const mastodon_options options_;
  egress& client_;
  const base::clock& clock_;
  const credentials account_;
  const std::size_t wanted_;
  const std::function<void(listing)> done_;
  listing found_;
};

removal_reply removal_of(const egress_reply& reply, base::timestamp now) {
  const bool is_gone = reply.how_far == progress::complete && (reply.status == 200 || reply.status == 404);
  if (is_gone) return {.kind = removal_kind::gone};
  const auto problem = problem_of(reply, now);
  switch (problem.kind) {
    case domain::outcome_kind::auth_expired: return {removal_kind::auth_expired, std::nullopt, problem.reason};
    case domain::outcome_kind::permission:
    case domain::outcome_kind::invalid:
    case domain::outcome_kind::duplicate: return {removal_kind::refused, std::nullopt, problem.reason};
    case domain::outcome_kind::published:
    case domain::outcome_kind::rate_limited:
    case domain::outcome_kind::transient:
    case domain::outcome_kind::unknown: break;
  }
  return {removal_kind::later, problem.retry_at, problem.reason};
}

}  // namespace

mastodon_connector::mastodon_connector(mastodon_options options, egress& client, const base::clock& clock)
    : options_([&options] {
        while (options.reached.base_url.ends_with('/')) options.reached.base_url.pop_back();
        return std::move(options);
      }()),
      client_(client),
      clock_(clock) {}

void mastodon_connector::publish(publication what, std::function<void(publish_reply)> done) {
  publishing(options_, limits_, uploads_, client_, clock_, std::move(what), std::move(done))->start();
}

void mastodon_connector::reconcile(publication what, std::function<void(domain::reconciliation)> done) {
  look_up(options_, client_, clock_, std::move(what), std::move(done));
}

void mastodon_connector::remove(removal what, std::function<void(removal_reply)> done) {
  const auto place = place_of(what.account);
  auto request = request_to(options_.reached, place.instance, "DELETE",
                            fmt::format("/api/v1/statuses/{}?delete_media=true", percent_encoded(what.external_id)),
                            what.account.access_token.reveal());
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    done(removal_of(reply, clock.now()));
  });
}

void mastodon_connector::list_recent(credentials account, int count, std::function<void(listing)> done) {
  std::make_shared<reading>(options_, client_, clock_, std::move(account), count, std::move(done))->ask("");
}

}  // namespace pulse::connectors::mastodon

namespace pulse::connectors::made {

std::unique_ptr<connector> mastodon(const surroundings& around) {
  mastodon::mastodon_options options;
  options.reached.base_url = around.settings["MASTODON_API_BASE_URL"];
  options.files = around.films;
  return std::make_unique<mastodon::mastodon_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
