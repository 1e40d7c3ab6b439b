#include "connectors/threads/connector.hpp"

#include <utility>

#include <fmt/core.h>

#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/threads/classify.hpp"
#include "connectors/threads/publish.hpp"

namespace pulse::connectors::threads {

namespace {

using domain::reconciliation;
using domain::reconciliation_kind;

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation made;
  made.kind = kind;
  made.reason = std::move(reason);
  return made;
}

/// Judges the list together with the state of the container.
reconciliation combined(reconciliation listed, bool is_published) {
  if (listed.kind == reconciliation_kind::live && !is_published) {
    return verdict(reconciliation_kind::cannot_know,
                   "Threads lists a post with this text since, and does not say that it is this one.");
  }
  if (listed.kind == reconciliation_kind::absent && is_published) {
    return verdict(reconciliation_kind::try_again,
                   "Threads says that it published the post, and does not list it yet.");
  }
  return listed;
}

}  // namespace

threads_connector::threads_connector(threads_options options, egress& client, const base::clock& clock)
    : options_(std::move(options)), client_(client), clock_(clock) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void threads_connector::publish(publication what, std::function<void(publish_reply)> done) {
  publishing(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void threads_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  const auto container = kept_container(what);
  if (!container) {
    auto never = verdict(reconciliation_kind::absent, "Nothing was sent to Threads to be published.");
    client_.after({}, [never = std::move(never), done = std::move(done)] { done(never); });
    return;
  }
  auto ask = get_request(options_, what.account, *container, {{"fields", "id,status,error_message"}});
  client_.send(std::move(ask), [options = options_, &client = client_, &clock = clock_, what = std::move(what),
                                done = std::move(done)](const egress_reply& reply) {
    const auto status = status_in(reply);
    const auto error = meta::read_error(reply.body);
    const bool is_gone = reply.how_far == progress::complete && error && meta::says_missing(*error);
    if (!status && !is_gone) {
      const auto problem = problem_of(reply, meta::step::harmless, clock.now());
      auto later = verdict(reconciliation_kind::try_again, problem.reason);
      later.retry_at = problem.retry_at;
      later.is_unauthorized = problem.kind == domain::outcome_kind::auth_expired;
      return done(std::move(later));
    }
    const bool is_published = status && status->state == container_state::published;
    list_search how;
    how.platform = "Threads";
    // The account's own list has no replies (Threads API, "Retrieve Replies"): a further part stands below the one
    // above it.
    const auto parent = place_in_thread(what).parent;
    how.ask = [options, account = what.account, parent](const std::string& next) {
      form_fields query{{"fields", "id,text,timestamp,permalink"}, {"limit", "100"}};
      if (!parent.empty()) query.front().second += ",is_reply_owned_by_me";
      if (!next.empty()) query.emplace_back("after", next);
      return get_request(options, account, parent.empty() ? "me/threads" : percent_encoded(parent) + "/replies", query);
    };
    how.read = parent.empty() ? &read_threads : &read_own_replies;
    how.problem = [&clock](const egress_reply& answer) {
      return problem_of(answer, meta::step::harmless, clock.now());
    };
    how.is_ours = [sent = comparable_text(what.text)](const list_item& each) {
      return comparable_text(each.text) == sent;
    };
    how.earliest = std::chrono::floor<std::chrono::seconds>(what.since.value_or(what.started_at) - options.clock_skew);
    how.absent_from = what.started_at + options.absent_after;
    search_list(client, clock, std::move(how),
                [done, is_published](reconciliation listed) { done(combined(std::move(listed), is_published)); });
  });
}

void threads_connector::remove(removal what, std::function<void(removal_reply)> done) {
  egress_request request;
  request.method = "DELETE";
  request.url = fmt::format("{}/v1.0/{}", options_.base_url, percent_encoded(what.external_id));
  request.headers = {{"authorization", "Bearer " + what.account.access_token.reveal()}};
  request.timeout = what.timeout;
  request.address = trust::platform;
  client_.send(std::move(request), [&clock = clock_, done = std::move(done)](const egress_reply& reply) {
    const auto error = meta::read_error(reply.body);
    const bool is_gone =
        reply.how_far == progress::complete && (reply.status == 200 || (error && meta::says_missing(*error)));
    if (is_gone) return done({.kind = removal_kind::gone});
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

}  // namespace pulse::connectors::threads

namespace pulse::connectors::made {

std::unique_ptr<connector> threads(const surroundings& around) {
  threads::threads_options options;
  options.base_url = around.settings["THREADS_API_BASE_URL"];
  return std::make_unique<threads::threads_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
