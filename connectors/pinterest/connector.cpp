#include "connectors/pinterest/connector.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/pinterest/classify.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::pinterest {

namespace {

using domain::outcome_kind;

class publishing final : public publish_steps {
 public:
  publishing(pinterest_options options, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)), options_(std::move(options)) {}

  void start() override {
    if (what().account.external_user_id.empty())
      return end({.kind = outcome_kind::permission, .reason = "The channel has no board. Connect the account again."});
    if (what().image() == nullptr)
      return end({.kind = outcome_kind::invalid, .reason = "A pin needs an image, and the post has none."});
    judge_pictures(domain::channel_type::pinterest, [this] { send(); });
  }

 private:
  void send() {
    auto request = request_to(options_, "POST", "pins", what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = pin_body(what());
    send_last(std::move(request), [this](const egress_reply& reply) {
      end(reply, classify_publish(reply, now()), budgets_of(reply, now()));
    });
  }

  const pinterest_options options_;
};

egress_request list_request(const pinterest_options& options, const credentials& account, int count,
                            const std::string& next) {
  std::vector<std::pair<std::string, std::string>> query{{"page_size", std::to_string(count)}};
  if (!next.empty()) query.emplace_back("bookmark", next);
  return request_to(options, "GET",
                    fmt::format("boards/{}/pins?{}", percent_encoded(account.external_user_id), form_encoded(query)),
                    account);
}

}  // namespace

pinterest_connector::pinterest_connector(pinterest_options options, egress& client, const base::clock& clock,
                                         media_files* films)
    : options_(std::move(options)), client_(client), clock_(clock), films_(films) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void pinterest_connector::publish(publication what, std::function<void(publish_reply)> done) {
  if (what.film() != nullptr && !what.account.external_user_id.empty())
    return publishing_film(options_, films_, uploads_, client_, clock_, std::move(what), std::move(done))->start();
  std::make_shared<publishing>(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void pinterest_connector::reconcile(publication what, std::function<void(domain::reconciliation)> done) {
  constexpr int page_size = 100;
  list_search how;
  how.platform = "Pinterest";
  how.ask = [options = options_, account = what.account](const std::string& next) {
    return list_request(options, account, page_size, next);
  };
  how.read = &read_pins;
  how.problem = [&clock = clock_](const egress_reply& reply) { return problem_of(reply, step::harmless, clock.now()); };
  how.is_ours = [sent = pin_words(what.title, what.text, link_of(what))](const list_item& each) {
    return each.text == sent;
  };
  how.earliest = std::chrono::floor<std::chrono::seconds>(what.since.value_or(what.started_at) - options_.clock_skew);
  how.absent_from = what.started_at + options_.absent_after;
  search_list(client_, clock_, std::move(how), std::move(done));
}

void pinterest_connector::list_recent(credentials account, int count, std::function<void(listing)> done) {
  constexpr int fewest = 25;  // a page has 25 pins at least
  const auto wanted = std::clamp(count, 1, most_listed);
  client_.send(list_request(options_, account, std::max(wanted, fewest), ""),
               [&clock = clock_, wanted, done = std::move(done)](const egress_reply& reply) {
                 listing made;
                 const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
                 const auto page = is_whole ? read_pins(reply.body) : std::nullopt;
                 if (!page) {
                   const auto problem = problem_of(reply, step::harmless, clock.now());
                   made.is_unauthorized = problem.kind == outcome_kind::auth_expired;
                   made.problem = problem.reason;
                   return done(std::move(made));
                 }
                 for (const auto& each : page->items) {
                   if (made.posts.size() == static_cast<std::size_t>(wanted)) break;
                   made.posts.push_back({each.id, each.url, description_in(each.text), each.published_at});
                 }
                 done(std::move(made));
               });
}

void pinterest_connector::remove(removal what, std::function<void(removal_reply)> done) {
  auto request = request_to(options_, "DELETE", "pins/" + percent_encoded(what.external_id), what.account);
  request.timeout = what.timeout;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const bool is_gone = reply.how_far == progress::complete &&
                         (reply.status == 204 || reply.status == 200 || reply.status == 404 || reply.status == 410);
    if (is_gone) return done({.kind = removal_kind::gone});
    const auto problem = problem_of(reply, step::harmless, clock.now());
    switch (problem.kind) {
      case outcome_kind::auth_expired: return done({removal_kind::auth_expired, std::nullopt, problem.reason});
      case outcome_kind::permission:
      case outcome_kind::invalid:
      case outcome_kind::duplicate: return done({removal_kind::refused, std::nullopt, problem.reason});
      case outcome_kind::published:
      case outcome_kind::rate_limited:
      case outcome_kind::transient:
      case outcome_kind::unknown: return done({removal_kind::later, problem.retry_at, problem.reason});
    }
  });
}

}  // namespace pulse::connectors::pinterest

namespace pulse::connectors::made {

std::unique_ptr<connector> pinterest(const surroundings& around) {
  pinterest::pinterest_options options;
  options.base_url = around.settings["PINTEREST_API_BASE_URL"];
  return std::make_unique<pinterest::pinterest_connector>(options, around.client, around.clock, around.films);
}

}  // namespace pulse::connectors::made
