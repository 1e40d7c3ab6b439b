#include "http/routes/people/sign_in_rules.hpp"

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/second_factors.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace factors = persistence::second_factors;
using domain::permission;
using server::verb;

struct sign_in_rules {
  bool requires_second_factor = false;
  std::int64_t members_without = 0;  // active members without a second factor
};
BOOST_DESCRIBE_STRUCT(sign_in_rules, (), (requires_second_factor, members_without))

struct sign_in_rules_change {
  bool requires_second_factor = false;
};
BOOST_DESCRIBE_STRUCT(sign_in_rules_change, (), (requires_second_factor))

sign_in_rules to_shown(const factors::requirement& row) { return {row.is_required, row.members_without}; }

net::awaitable<reply<sign_in_rules>> show(request_context& context) {
  auto found = co_await read_first(context, factors::find_requirement());
  if (!found) co_return found.error();
  co_return to_shown(found->value_or(factors::requirement{}));
}

net::awaitable<reply<sign_in_rules>> put(request_context& context, sign_in_rules_change request) {
  auto job = [request, who = context.principal](persistence::transaction& within) -> result<factors::requirement> {
    if (!factors::set_requirement(within, request.requires_second_factor, who.member_id, who.session_id))
      return problems::conflict("no_second_factor",
                                "You have no second factor yourself, and would lock yourself out. Set one up first.");
    return factors::find_requirement().first(within).value_or(factors::requirement{});
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return to_shown(*done);
}

}  // namespace

void add_sign_in_rules(route_table& table) {
  table.add(verb::get, "/org/sign-in-rules", permission::manage_members, &show, "How my company's people must sign in");
  table.add(verb::put, "/org/sign-in-rules", permission::manage_members,
            [](request_context& context, in_body<sign_in_rules_change> body) { return put(context, body.value); },
            "Require a second factor of everybody in my company, or stop requiring it",
            {.problems = {409},
             .description = "A member without one can then only set one up. Sessions that began with a passkey or at "
                            "an identity provider, and tokens for scripts, stay valid."});
}

}  // namespace pulse::http::routes
