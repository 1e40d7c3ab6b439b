#include "http/routes/publishing/deliveries.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/web_address.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/published.hpp"
#include "persistence/engine/delivery_decisions.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace decisions = persistence::delivery_decisions;
using decisions::delivery_details;
using domain::delivery_decision;
using domain::delivery_state;
using persistence::transaction;

/// A delivery with the decisions that a person may take now.
struct decidable_delivery : delivery_details {
  bool can_retry = false;
  std::vector<delivery_decision> decisions;
};
BOOST_DESCRIBE_STRUCT(decidable_delivery, (delivery_details), (can_retry, decisions))

struct list_deliveries_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<base::uuid> post_id;
  std::optional<base::uuid> channel_id;
  std::optional<delivery_state> state;
  std::optional<bool> needs_decision;
};
BOOST_DESCRIBE_STRUCT(list_deliveries_query, (page_request), (project_id, post_id, channel_id, state, needs_decision))

struct resolve_delivery_request {
  delivery_decision decision = delivery_decision::drop;
  std::optional<base::text<1, domain::most_web_address_bytes>> external_url;  // with is_live
  std::optional<base::text<1, 255>> external_id;  // with is_live; default: derived from the address
};
BOOST_DESCRIBE_STRUCT(resolve_delivery_request, (), (decision, external_url, external_id))

decidable_delivery with_decisions(delivery_details row) {
  decidable_delivery made{{std::move(row)}, false, {}};
  made.can_retry = made.state == delivery_state::failed || made.is_comment_missing;
  made.decisions = domain::possible_decisions(made.state, made.asked_at.has_value());
  return made;
}

// --- reading ---------------------------------------------------------------------------------------------------------

asio::awaitable<reply<page<decidable_delivery>>> list_deliveries(request_context& context,
                                                                 in_query<list_deliveries_query> query) {
  const auto& request = query.value;
  const auto list = request.needs_decision.value_or(false) ? &decisions::list_undecided : &decisions::list;
  auto wanted = list({request.project_id, request.post_id, request.channel_id, request.state}, request.start().id,
                     request.rows());
  auto found = co_await read_all(context, std::move(wanted));
  if (!found) co_return found.error();
  std::vector<decidable_delivery> rows;
  for (auto& row : *found) rows.push_back(with_decisions(std::move(row)));
  co_return reply_page(context, make_page(std::move(rows), request, key_of_created<decidable_delivery>));
}

asio::awaitable<reply<decidable_delivery>> get_delivery(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, decisions::find(path->id), "delivery");
  if (!found) co_return found.error();
  co_return with_decisions(std::move(*found));
}

// --- deciding --------------------------------------------------------------------------------------------------------

/// The state of a delivery, as the rest of "It …".
std::string_view standing(const delivery_details& of) {
  switch (of.state) {
    case delivery_state::waiting: return of.asked_at ? "is late and waits for an answer" : "waits to be sent";
    case delivery_state::sending: return "is being sent";
    case delivery_state::published: return "is published";
    case delivery_state::failed: return "has failed";
    case delivery_state::unknown: return "is being looked up at the platform";
    case delivery_state::unconfirmed: return "is unconfirmed";
    case delivery_state::cancelled: return "was cancelled";
    case delivery_state::missed: return "has missed its time";
  }
  return "has changed";
}

/// A sentence with the actions that are possible now.
std::string way_on(const delivery_details& of) {
  const auto possible = domain::possible_decisions(of.state, of.asked_at.has_value());
  if (of.is_comment_missing) return "POST /deliveries/{id}/retry sends its first comment once more.";
  if (possible.empty()) {
    return of.state == delivery_state::failed ? "POST /deliveries/{id}/retry sends it once more."
                                              : "There is nothing to decide about it.";
  }
  std::string names;
  for (const auto each : possible) names += (names.empty() ? "" : ", ") + std::string{base::to_name(each)};
  return "POST /deliveries/{id}/resolve takes one of: " + names + ".";
}

/// 409: why a delivery in this state cannot be `done`.
problem cannot(const delivery_details& of, std::string_view done) {
  return problems::conflict("delivery_is_" + std::string{of.asked_at ? "late" : base::to_name(of.state)},
                            fmt::format("The delivery cannot be {}: it {}. {}", done, standing(of), way_on(of)));
}

problem channel_removed(const delivery_details& of) {
  return problems::conflict("channel_removed",
                            fmt::format("The channel {} was removed, so nothing can be sent on it. Connect the account "
                                        "again and write the post for the new channel.",
                                        of.channel_name));
}

/// Locks the delivery, calls `act`, which returns the number of deliveries changed, and reads the delivery again.
template <class Act>
asio::awaitable<reply<decidable_delivery>> decide(request_context& context, base::uuid id, Act act) {
  const persistence::by_member by{.member_id = context.principal.member_id, .now = context.services.clock.now()};
  auto job = [id, by, act](transaction& tx) -> result<decidable_delivery> {
    const auto post_id = decisions::lock(tx, id);
    if (!post_id) return problems::not_found("delivery");
    const auto before = decisions::find(id).first(tx);
    if (!before) return problems::not_found("delivery");
    if (auto refused = act(tx, *before, by)) return std::move(*refused);
    auto after = decisions::find(id).first(tx);
    if (!after) return problems::not_found("delivery");
    return with_decisions(std::move(*after));
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return std::move(*done);
}

asio::awaitable<reply<decidable_delivery>> retry_delivery(request_context& context, in_path<by_id> path) {
  const auto act = [](transaction& tx, const delivery_details& before,
                      const persistence::by_member& by) -> std::optional<problem> {
    if (before.is_comment_missing) {
      const int comments = ask_for_comments(tx, before.post_id, before.id, by.member_id, by.now);
      return comments > 0 ? std::nullopt : std::optional{cannot(before, "retried")};
    }
    if (before.state != delivery_state::failed) return cannot(before, "retried");
    if (decisions::retry(tx, before.post_id, before.id, by) == 0) return channel_removed(before);
    return std::nullopt;
  };
  auto done = co_await decide(context, path->id, act);
  co_return done;
}

/// Checks the address and the id of a post that a person found live.
std::optional<problem> check(const resolve_delivery_request& wanted, bool is_loopback_allowed) {
  std::vector<field_error> errors;
  if (wanted.decision != delivery_decision::is_live) {
    const std::string detail = "must be left out: it goes with the decision is_live";
    if (wanted.external_url) errors.push_back(at_field("/external_url", detail));
    if (wanted.external_id) errors.push_back(at_field("/external_id", detail));
  } else if (!wanted.external_url) {
    errors.push_back(at_field("/external_url", "is required: the address at which the post is live"));
  } else if (auto wrong = domain::web_address_problem(wanted.external_url->value, is_loopback_allowed)) {
    errors.push_back(at_field("/external_url", std::move(*wrong)));
  }
  if (wanted.external_id && is_blank(wanted.external_id->value))
    errors.push_back(at_field("/external_id", "must not be blank"));
  if (errors.empty()) return std::nullopt;
  return problems::invalid_fields(std::move(errors));
}

std::optional<decisions::sighting> sighting_of(const resolve_delivery_request& wanted) {
  if (!wanted.external_url) return std::nullopt;
  const auto& url = wanted.external_url->value;
  return decisions::sighting{.external_id = text_or(wanted.external_id, domain::external_id_of(url)),
                             .external_url = url};
}

asio::awaitable<reply<decidable_delivery>> resolve_delivery(request_context& context, in_path<by_id> path,
                                                            in_body<resolve_delivery_request> body) {
  if (auto wrong = check(body.value, context.services.is_loopback_allowed)) co_return std::move(*wrong);
  const auto act = [decision = body->decision, seen = sighting_of(body.value)](
                       transaction& tx, const delivery_details& before,
                       const persistence::by_member& by) -> std::optional<problem> {
    const auto possible = domain::possible_decisions(before.state, before.asked_at.has_value());
    if (std::find(possible.begin(), possible.end(), decision) == possible.end()) {
      return cannot(before, "resolved as " + std::string{base::to_name(decision)});
    }
    if (decisions::resolve(tx, before.id, decision, seen, by) == 0) return channel_removed(before);
    return std::nullopt;
  };
  auto done = co_await decide(context, path->id, act);
  co_return done;
}

}  // namespace

void add_deliveries(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::get, "/deliveries", permission::read_posts, &list_deliveries, "List the deliveries, newest first",
      {.description = "`needs_decision=true` lists those that wait for a person: unconfirmed ones, and late ones that "
                      "ask for a decision. `state=failed` lists those that can be retried."});
  routes.add(verb::get, "/deliveries/{id}", permission::read_posts, &get_delivery, "Read a delivery",
             {.problems = {404}});
  routes.add(
      verb::post, "/deliveries/{id}/retry", permission::publish_posts, &retry_delivery,
      "Send a failed delivery once more",
      {.success = 202,
       .problems = {404, 409},
       .description =
           "It is due now, with all attempts of its retry policy, and its lateness no longer counts. A thread "
           "continues after its published parts. For a published post whose first comment is missing "
           "(`is_comment_missing`) only the comment is sent, once: GET /posts/{id}/publications shows its outcome. 409 "
           "in any other case."});
  routes.add(
      verb::post, "/deliveries/{id}/resolve", permission::publish_posts, &resolve_delivery,
      "Decide about a delivery that waits for a person",
      {.problems = {404, 409},
       .description =
           "Unconfirmed: `is_live` with its `external_url`, `send_again` if it is missing, or `drop`. Late and "
           "asked "
           "about: `send` or `skip`. 409 names the state and what is possible when the decision does not fit it."});
}

}  // namespace pulse::http::routes
