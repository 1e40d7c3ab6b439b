#include "http/routes/activity/activity.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/live/event_stream.hpp"
#include "http/live/web_socket.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/people/watching.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace events = persistence::events;
using persistence::transaction;

/// How long a ticket may be used.
constexpr std::chrono::seconds ticket_lifetime{30};
constexpr std::int64_t latest_default = 50;

// --- tickets ---------------------------------------------------------------------------------------------------------

struct ticket {
  std::string ticket;
  base::timestamp expires_at;
  std::int64_t expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(ticket, (), (ticket, expires_at, expires_in))

/// A ticket reads `<tenant>.<secret>`: the tenant comes first so that the ticket's row can be found.
struct read_ticket {
  base::uuid tenant_id;
  persistence::bytes hash;
};

/// Random bytes of a ticket's secret.
constexpr std::size_t secret_bytes = 32;

persistence::bytes hash_of(std::string_view secret) { return {std::string{base::as_text(base::sha256(secret))}}; }

std::optional<read_ticket> parse_ticket(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto tenant_id = base::parse_uuid(text.substr(0, dot));
  if (!tenant_id) return std::nullopt;
  return read_ticket{*tenant_id, hash_of(text.substr(dot + 1))};
}

asio::awaitable<reply<ticket>> make_ticket(request_context& context) {
  if (context.principal.limits)
    co_return problems::forbidden(
        "not_for_tokens", "The live stream is for people who are signed in. A script polls GET /activity/events.");
  const auto now = context.services.clock.now();
  const auto secret = base::random_token(secret_bytes);
  const ticket made{fmt::format("{}.{}", base::to_string(context.principal.tenant_id), secret), now + ticket_lifetime,
                    ticket_lifetime.count()};
  auto job = [who = context.principal, hash = hash_of(secret), expires_at = made.expires_at, now](transaction& tx) {
    persistence::keep_ticket(tx, {who.member_id, who.session_id}, hash, expires_at, now);
  };
  auto kept = co_await in_transaction(context, std::move(job));
  if (!kept) co_return kept.error();
  auto answer = reply<ticket>{made};
  co_return std::move(answer).with("cache-control", "no-store");
}

// --- the live stream -------------------------------------------------------------------------------------------------

struct live_query {
  base::text<1, 200> ticket;
  std::optional<base::text<1, 64>> cursor;
  std::vector<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(live_query, (), (ticket, cursor, project_id))

/// Whether one of a header's comma-separated values is `wanted`, in lower case.
bool lists(const server::request& request, std::string_view name, std::string_view wanted) {
  std::string value{request.find(name).value_or("")};
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return value.find(wanted) != std::string::npos;
}

/// A page may open a stream if its origin is this service's own or is listed. Programs send no Origin.
bool is_origin_allowed(const request_context& context) {
  const auto origin = context.request.find("origin");
  if (!origin) return true;
  const auto& allowed = context.services.allowed_origins;
  const auto is_listed = [&](const std::string& each) { return each == "*" || each == *origin; };
  if (std::any_of(allowed.begin(), allowed.end(), is_listed)) return true;
  const auto scheme_end = origin->find("://");
  if (scheme_end == std::string_view::npos) return false;
  const auto host = origin->substr(scheme_end + 3);
  const auto own = context.services.addresses.api_url();
  const bool is_public_url = own.starts_with(*origin) && (own.size() == origin->size() || own[origin->size()] == '/');
  return is_public_url || host == context.request.find("host").value_or("");
}

/// The client's cursor: from the query, or from the header of an EventSource that reconnects.
std::optional<std::string> place_of(const request_context& context, const live_query& query) {
  if (const auto last = context.request.find("last-event-id"); last && !last->empty()) return std::string{*last};
  if (query.cursor) return query.cursor->value;
  return std::nullopt;
}

server::response begin_stream(std::shared_ptr<server::connection_taker> taken_by, int status) {
  server::response made;
  made.status = status;
  made.taken_by = std::move(taken_by);
  if (status == 101) return made;
  made.content_type = "text/event-stream";
  made.compressible = false;
  made.headers = {{"cache-control", "no-store"}, {"x-accel-buffering", "no"}};
  return made;
}

asio::awaitable<result<live::watch_facts>> admit(request_context& context, const live_query& query) {
  const auto wrong = problems::unauthenticated(
      "invalid_ticket", "This ticket is not good, was used, or has expired. Get a new one with POST /activity/ticket.");
  const auto read = parse_ticket(query.ticket.value);
  if (!read) co_return wrong;
  auto job = [hash = read->hash, now = context.services.clock.now()](transaction& tx) {
    return persistence::take_ticket(tx, hash, now);
  };
  auto taken = co_await in_transaction(context, read->tenant_id, std::move(job));
  if (!taken) co_return taken.error();
  if (!*taken) co_return wrong;
  live::watch_facts who{
      read->tenant_id, (*taken)->member_id, (*taken)->session_id, std::move((*taken)->reach), {}, false};
  if (const auto place = place_of(context, query)) {
    who.after = events::parse_cursor(*place);
    who.is_lost = !who.after;
  }
  co_return who;
}

asio::awaitable<reply<document>> open_stream(request_context& context, in_query<live_query> query) {
  const bool is_web_socket = lists(context.request, "upgrade", "websocket");
  if (!is_web_socket && !lists(context.request, "accept", "text/event-stream")) {
    co_return problem{.status = 406,
                      .code = "no_stream",
                      .detail =
                          "Ask for a WebSocket (Upgrade: websocket), or for server-sent events (Accept: "
                          "text/event-stream). GET /activity/events gives the same by polling."};
  }
  if (context.services.activity == nullptr)
    co_return problems::unavailable("no_live_stream", "The live stream is not running here.", std::chrono::seconds{5});
  if (!is_origin_allowed(context))
    co_return problems::forbidden("foreign_origin", "Pages of this origin may not open a stream here.");
  if (query->project_id.size() > live::projects_max)
    co_return problems::invalid_fields({{.parameter = "project_id", .detail = "must be at most 100"}});
  if (context.request.method != server::verb::get) co_return server::response::empty(200);
  auto who = co_await admit(context, query.value);
  if (!who) co_return who.error();
  std::set<base::uuid> projects{query->project_id.begin(), query->project_id.end()};
  if (is_web_socket)
    co_return begin_stream(live::make_web_socket(context.services, std::move(*who), std::move(projects)), 101);
  co_return begin_stream(live::make_event_stream(context.services, std::move(*who), std::move(projects)), 200);
}

// --- polling ---------------------------------------------------------------------------------------------------------

struct poll_query {
  std::optional<base::text<1, 64>> cursor;
  std::optional<base::uuid> project_id;
  std::optional<base::bounded_int<1, 500>> limit;
};
BOOST_DESCRIBE_STRUCT(poll_query, (), (cursor, project_id, limit))

struct polled_events {
  std::vector<events::activity_event> items;
  std::string cursor;
  base::timestamp server_time;
  bool has_more = false;  // call again at once
  bool reload = false;    // too much was missed: reload everything, and continue from `cursor`
};
BOOST_DESCRIBE_STRUCT(polled_events, (), (items, cursor, server_time, has_more, reload))

polled_events from_now_on(transaction& tx, bool reload) {
  polled_events made;
  made.cursor = events::to_text(events::find_end(tx));
  made.reload = reload;
  return made;
}

polled_events poll_after(transaction& tx, const base::uuid& tenant_id, const poll_query& query) {
  if (!query.cursor) return from_now_on(tx, false);
  const auto after = events::parse_cursor(query.cursor->value);
  if (!after || events::count_after(tx, tenant_id, *after, live::replayed_max + 1) > live::replayed_max)
    return from_now_on(tx, true);
  const auto limit = query.limit ? static_cast<int>(query.limit->value) : 500;
  auto read = events::read_after(tx, tenant_id, *after, query.project_id, limit, events::patience::with_our_own);
  if (read.is_ahead) return from_now_on(tx, true);
  polled_events made;
  for (auto& each : read.events) made.items.push_back(std::move(each.event));
  made.cursor = events::to_text(read.to);
  made.has_more = read.is_full;
  return made;
}

asio::awaitable<reply<polled_events>> poll_events(request_context& context, in_query<poll_query> query) {
  auto job = [tenant_id = context.principal.tenant_id, query = query.value](transaction& tx) {
    return poll_after(tx, tenant_id, query);
  };
  auto read = co_await in_transaction(context, std::move(job));
  if (!read) co_return read.error();
  read->server_time = context.services.clock.now();
  auto answer = reply<polled_events>{std::move(*read)};
  co_return std::move(answer).with("cache-control", "no-store");
}

// --- the latest ------------------------------------------------------------------------------------------------------

struct latest_query {
  std::optional<base::uuid> project_id;
  std::optional<base::bounded_int<1, 200>> limit;
};
BOOST_DESCRIBE_STRUCT(latest_query, (), (project_id, limit))

struct latest_events {
  std::vector<events::activity_event> items;
};
BOOST_DESCRIBE_STRUCT(latest_events, (), (items))

asio::awaitable<reply<latest_events>> list_latest(request_context& context, in_query<latest_query> query) {
  const auto limit = static_cast<int>(query->limit ? query->limit->value : latest_default);
  auto job = [tenant_id = context.principal.tenant_id, project_id = query->project_id,
              limit](transaction& tx) -> result<latest_events> {
    if (project_id && !persistence::projects::exists(tx, *project_id)) return problems::not_found("project");
    return latest_events{events::read_latest(tx, tenant_id, project_id, limit)};
  };
  auto found = co_await in_transaction(context, std::move(job));
  co_return reply<latest_events>{std::move(found)};
}

}  // namespace

void add_activity(route_table& table) {
  using domain::permission;
  using server::verb;
  table.add(
      verb::post, "/activity/ticket", permission::read_posts, &make_ticket, "Get a ticket for the live stream",
      {.success = 201,
       .problems = {403},
       .description = "It opens one stream within 30 seconds: `GET /activity/live?ticket=…`. For sessions; a script's "
                      "token polls.",
       .audit = audit_rule::quiet});
  table.add(
      verb::get, "/activity/live", permission::public_, &open_stream, "Open the live stream",
      {.media_type = "text/event-stream",
       .problems = {401, 403, 406, 503},
       .description =
           "As a WebSocket, or with `Accept: text/event-stream` as server-sent events. Messages: `hello` (server_time, "
           "cursor, resumed), `events` (a list of {cursor, event}; as server-sent events one `event` each, with the "
           "cursor as its id), `reload` (reason: reload everything, and continue from cursor), `ping` (server_time, "
           "every 15 s). With `cursor`, or Last-Event-ID, everything missed since then comes first, once and in order. "
           "`project_id`, repeatable, leaves out other projects; a WebSocket changes that with {\"type\": "
           "\"subscribe\", \"project_ids\": […]}. It ends within a second of signing out (4401). A member who may see "
           "only some projects or channels gets their events alone; when the access changes, it sends `reload` and "
           "ends: connect again then."});
  table.add(
      verb::get, "/activity/events", permission::read_posts, &poll_events, "Poll the live stream",
      {.description = "The events since `cursor`, in order, each once; without a cursor only the present one. Ask "
                      "again with the new cursor, at once while `has_more`. `reload`: too much was missed."});
  table.add(verb::get, "/analytics/activity-stream", permission::read_posts, &list_latest,
            "List the latest events, newest first", {.problems = {404}});
}

}  // namespace pulse::http::routes
