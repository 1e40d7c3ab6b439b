#include "http/routes/people/users.hpp"

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/people/directory.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
using directory::profile;
using domain::permission;
using server::verb;

struct update_profile_request {
  std::optional<base::text<1, 120>> full_name;
  std::optional<base::text<0, 5000>> markdown;  // a self-description, for writing in their name
  std::optional<base::text<0, 200>> tone;       // their tone of voice: "warm, short, no emoji"
};
BOOST_DESCRIBE_STRUCT(update_profile_request, (), (full_name, markdown, tone))

net::awaitable<reply<profile>> show_profile(request_context& context) {
  auto found = co_await read_one(context, directory::find_profile(context.principal.member_id), "member");
  co_return std::move(found);
}

net::awaitable<reply<profile>> update_profile(request_context& context, update_profile_request request) {
  if (request.full_name && is_blank(request.full_name->value))
    co_return problems::invalid_field("/full_name", "must not be blank");
  auto job = [id = context.principal.member_id, name = plain(request.full_name), markdown = plain(request.markdown),
              tone = plain(request.tone)](persistence::transaction& within) -> result<profile> {
    auto changed = directory::update_profile(within, id, name, markdown, tone);
    if (!changed) return problems::not_found("member");
    return std::move(*changed);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

}  // namespace

void add_users(route_table& table) {
  table.add(verb::get, "/users/profile", permission::read_account, &show_profile, "My profile");
  table.add(verb::put, "/users/profile", permission::manage_self,
            [](request_context& context, in_body<update_profile_request> body) {
              return update_profile(context, std::move(body.value));
            },
            "Change my profile", {.description = "Omitted fields keep their values."});
}

}  // namespace pulse::http::routes
