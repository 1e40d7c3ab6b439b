#include "http/routes/engagement/confirmation_links.hpp"

#include <memory>

#include "http/api/services.hpp"
#include "http/auth/rate_limit.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/engagement/member_word.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/engagement/asking.hpp"
#include "persistence/engagement/feed.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace asking = persistence::asking;
namespace rows = persistence::engagements;
using domain::engagement_kind;
using domain::engagement_state;
using persistence::transaction;

/// Limits for one network: a member needs little, and secrets cannot be guessed.
const rate_policy reading{"confirmations_by_address", 120, std::chrono::seconds{60}};
const rate_policy answering{"confirmation_answers_by_address", 30, std::chrono::seconds{60}};

struct by_secret {
  base::text<1, 64> secret;
};
BOOST_DESCRIBE_STRUCT(by_secret, (), (secret))

struct link_answer {
  std::optional<base::text<1, rows::most_text>> text;  // of a comment: replaces the proposed text
};
BOOST_DESCRIBE_STRUCT(link_answer, (), (text))

/// One act, and nothing else of the company.
struct linked_act {
  std::string member_name;
  engagement_kind kind = engagement_kind::like;
  engagement_state state = engagement_state::waiting_confirmation;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  std::string text;
  std::string page_name;
  std::string post_title;
  std::string post_text;
  std::string post_url;
  base::timestamp not_before;
  base::timestamp expires_at;
  bool is_open = false;  // it still waits, and this link may answer it
};
BOOST_DESCRIBE_STRUCT(linked_act, (),
                      (member_name, kind, state, reaction, text, page_name, post_title, post_text, post_url, not_before,
                       expires_at, is_open))

struct link_limits {
  rate_limiter reads{reading};
  rate_limiter answers{answering};
};

std::optional<problem> take_turn(const request_context& context, rate_limiter& from) {
  const auto verdict = from.take(network_of(context.request.remote_address), std::chrono::steady_clock::now());
  if (verdict.allowed) return std::nullopt;
  return from.refuse(verdict);
}

linked_act show(transaction& tx, const speaker& by, const asking::confirmation_link& link, bool is_used) {
  const auto act = read_back(tx, by, link.engagement_id);
  linked_act made{.member_name = act.member_name,
                  .kind = act.kind,
                  .state = act.state,
                  .reaction = act.reaction,
                  .text = act.text,
                  .page_name = act.page_name,
                  .post_title = act.post_title,
                  .post_text = {},
                  .post_url = act.post_url,
                  .not_before = act.not_before,
                  .expires_at = act.expires_at,
                  .is_open = !is_used && act.state == engagement_state::waiting_confirmation};
  const auto post = persistence::tracked_posts::find_one(act.post_id).first(tx);
  if (post) made.post_text = post->text;
  return made;
}

/// Opens the link of the secret and runs `act(tx, by, link)` in its tenant. An unknown secret gets a plain 404.
template <class Act>
net::awaitable<reply<linked_act>> with_link(request_context& context, std::string secret, Act act) {
  auto owner = co_await read_first_of(context, std::nullopt, asking::find_owner(asking::hash_secret(secret)));
  if (!owner) co_return owner.error();
  if (!*owner) co_return problems::not_found("link");
  const auto tenant_id = (*owner)->tenant_id;
  context.concerns = {{tenant_id, (*owner)->member_id}};
  auto job = [tenant_id, id = (*owner)->link_id, now = context.services.clock.now(), request = context.request.id,
              act](transaction& tx) -> result<linked_act> {
    const auto link = asking::open(tx, id, now);
    if (!link) return problems::not_found("link");
    return act(tx, speaker{tenant_id, link->member_id, false, request, now}, *link);
  };
  auto done = co_await in_transaction(context, tenant_id, job);
  if (!done) co_return same_words_or(done.error());
  co_return std::move(*done);
}

problem used() {
  return problems::conflict("link_used", "This link was answered already, or its like or comment is over.");
}

/// Gives the answer of a link, which is possible once.
template <class Say>
net::awaitable<reply<linked_act>> answer(request_context& context, std::string secret, Say say) {
  auto act = [say](transaction& tx, const speaker& by, const asking::confirmation_link& link) -> result<linked_act> {
    const auto found = lock_own(tx, by, link.engagement_id);
    if (!found) return found.error();
    if (link.used_at || found->state != engagement_state::waiting_confirmation) return used();
    auto said = say(tx, by, link.engagement_id);
    if (!said) return said.error();
    asking::use(tx, link.engagement_id, by.now);
    return show(tx, by, link, true);
  };
  auto answered = co_await with_link(context, std::move(secret), act);
  if (answered.why() == nullptr && context.services.engagement_waits) context.services.engagement_waits();
  co_return answered;
}

}  // namespace

void add_confirmation_links(route_table& table) {
  using domain::permission;
  using server::verb;
  const auto limits = std::make_shared<link_limits>();
  auto read = [limits](request_context& context, in_path<by_secret> path) -> net::awaitable<reply<linked_act>> {
    if (auto refused = take_turn(context, limits->reads)) co_return std::move(*refused);
    auto act = [](transaction& tx, const speaker& by, const asking::confirmation_link& link) -> result<linked_act> {
      return show(tx, by, link, link.used_at.has_value());
    };
    auto answered = co_await with_link(context, path->secret.value, act);
    co_return answered;
  };
  auto confirm = [limits](request_context& context, in_path<by_secret> path,
                          in_body<std::optional<link_answer>> body) -> net::awaitable<reply<linked_act>> {
    if (auto refused = take_turn(context, limits->answers)) co_return std::move(*refused);
    std::optional<std::string> text;
    if (body.value) text = plain(body.value->text);
    auto say = [text](transaction& tx, const speaker& by, const base::uuid& id) {
      return confirm_within(tx, by, id, text);
    };
    auto answered = co_await answer(context, path->secret.value, say);
    co_return answered;
  };
  auto skip = [limits](request_context& context, in_path<by_secret> path) -> net::awaitable<reply<linked_act>> {
    if (auto refused = take_turn(context, limits->answers)) co_return std::move(*refused);
    auto say = [](transaction& tx, const speaker& by, const base::uuid& id) {
      return skip_within(tx, by, id, "its member said no");
    };
    auto answered = co_await answer(context, path->secret.value, say);
    co_return answered;
  };
  table.add(
      verb::get, "/confirmation-links/{secret}", permission::public_, std::move(read),
      "Read the act that a mailed link asks about",
      {.problems = {404, 429},
       .description = "One like or comment. 404 also when the link has expired or its member is no longer active.",
       .no_store = true});
  table.add(verb::post, "/confirmation-links/{secret}/confirm", permission::public_, std::move(confirm),
            "Confirm the act by the link", {.problems = {404, 409, 429}, .no_store = true});
  table.add(verb::post, "/confirmation-links/{secret}/skip", permission::public_, std::move(skip),
            "Skip the act by the link", {.problems = {404, 409, 429}, .no_store = true});
}

}  // namespace pulse::http::routes
