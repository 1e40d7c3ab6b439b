#include "http/routes/people/invites.hpp"

#include "domain/people/credentials.hpp"
#include "domain/platforms/unicode.hpp"
#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/invites.hpp"
#include "persistence/people/teams.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace rows = persistence::invites;
namespace members = persistence::members;
using domain::permission;
using server::verb;

constexpr std::size_t code_bytes = 16;
constexpr int days_good = 7;

struct by_code {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(by_code, (), (code))

/// An invitation into the team of the path.
struct team_invitation {
  std::optional<domain::email_address> email;
  std::optional<domain::role> role;  // default: member
  std::optional<base::bounded_int<1, 500>> uses_max;
  std::optional<base::bounded_int<1, 30>> expires_in_days;
};
BOOST_DESCRIBE_STRUCT(team_invitation, (), (email, role, uses_max, expires_in_days))

struct invitation : team_invitation {
  std::optional<base::uuid> team_id;
};
BOOST_DESCRIBE_STRUCT(invitation, (team_invitation), (team_id))

struct made_invite {
  base::uuid id;
  std::optional<std::string> email;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  int uses_max = 1;
  base::timestamp expires_at;
  base::omittable<std::string> code;  // shown only once; none when it was mailed
  base::omittable<std::string> url;
};
BOOST_DESCRIBE_STRUCT(made_invite, (), (id, email, role, team_id, uses_max, expires_at, code, url))

struct valid_invite {
  bool is_valid = false;
  std::string company_name;
  std::optional<std::string> email;
  domain::role role = domain::role::member;
  std::optional<std::string> team_name;
  base::timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(valid_invite, (), (is_valid, company_name, email, role, team_name, expires_at))

struct acceptance {
  base::text<1, 64> code;
  domain::email_address email;
  domain::new_password password;
  std::optional<base::text<1, 120>> full_name;
};
BOOST_DESCRIBE_STRUCT(acceptance, (), (code, email, password, full_name))

persistence::bytes hash_of_code(std::string_view code) { return {std::string{base::as_text(base::sha256(code))}}; }

// --- POST /org/invites, /org/teams/{id}/invite -----------------------------------------------------------------------

rows::invite to_row(const request_context& context, const invitation& request) {
  const auto now = context.services.clock.now();
  const auto days = request.expires_in_days ? static_cast<int>(request.expires_in_days->value) : days_good;
  rows::invite made{.id = base::new_uuid(now),
                    .email = std::nullopt,
                    .role = request.role.value_or(domain::role::member),
                    .team_id = request.team_id,
                    .uses_max = request.uses_max ? static_cast<int>(request.uses_max->value) : 1,
                    .uses = 0,
                    .created_by = context.principal.member_id,
                    .created_at = now,
                    .expires_at = now + std::chrono::hours{24 * days},
                    .revoked_at = std::nullopt};
  if (request.email) made.email = request.email->value;
  return made;
}

result<std::string> store_invite(persistence::transaction& within, const rows::invite& made,
                                 const persistence::bytes& hash) {
  const auto actor = directory::find(within, made.created_by);
  if (!actor) return problems::not_found("member");
  if (made.team_id && !persistence::teams::exists(within, *made.team_id)) return problems::not_found("team");
  if (const auto refused = domain::may_invite({actor->id, actor->role, actor->team_id}, made.role, made.team_id))
    return to_problem(*refused);
  if (!rows::insert(within, made, hash))
    return problems::conflict("too_many_invites", "There are 2,000 open invitations. Revoke some first.");
  return members::find_company().first(within)->name;
}

net::awaitable<reply<made_invite>> invite(request_context& context, invitation request) {
  if (request.email && request.uses_max && request.uses_max->value > 1)
    co_return problems::invalid_field("/uses_max", "must be 1 where the invitation is for one address");
  const auto made = to_row(context, request);
  const auto code = base::random_token(code_bytes);
  const bool is_mailed = made.email && context.services.is_mail_sent;
  auto job = [&context, made, code](persistence::transaction& within) -> result<nothing> {
    const auto company = store_invite(within, made, hash_of_code(code));
    if (!company) return company.error();
    if (made.email) {
      const addressee to{context.principal.tenant_id, {}, *made.email, *company};
      persistence::mail_outbox::insert(within, invitation_mail(context, to, code), context.services.secrets,
                                       made.created_at);
    }
    return nothing{};
  };
  auto stored = co_await in_transaction(context, std::move(job));
  if (!stored) co_return stored.error();
  if (made.email) mail_waits(context);
  made_invite answer{made.id, made.email, made.role, made.team_id, made.uses_max, made.expires_at, {}, {}};
  if (!is_mailed) {
    answer.code = code;
    answer.url = invitation_link(context, code);
  }
  co_return std::move(answer);
}

// --- GET, DELETE -----------------------------------------------------------------------------------------------------

net::awaitable<reply<page<rows::invite>>> list_invites(request_context& context, in_query<page_request> query) {
  auto found = co_await read_all(context, rows::list(bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<rows::invite>));
}

net::awaitable<reply<nothing>> revoke_invite(request_context& context, in_path<by_id> path) {
  const auto now = context.services.clock.now();
  auto job = [id = path->id, now](persistence::transaction& within) { return rows::revoke(within, id, now); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("invite");
  co_return nothing{};
}

// --- GET /org/invites/validate/{code}, POST /org/invites/accept ------------------------------------------------------

struct found_invite {
  base::uuid tenant_id;
  rows::shown shown;
};

net::awaitable<result<found_invite>> find_invite(request_context& context, std::string code) {
  const auto hash = hash_of_code(code);
  auto place = co_await read_first_of(context, std::nullopt, rows::find_place(hash));
  if (!place) co_return place.error();
  if (!*place) co_return problems::not_found("invite");
  const auto tenant_id = (*place)->tenant_id;
  auto shown = co_await read_first_of(context, tenant_id, rows::find_shown(hash, context.services.clock.now()));
  if (!shown) co_return shown.error();
  if (!*shown) co_return problems::not_found("invite");
  co_return found_invite{tenant_id, std::move(**shown)};
}

net::awaitable<reply<valid_invite>> validate_invite(request_context& context, std::string code) {
  auto found = co_await find_invite(context, std::move(code));
  if (!found) co_return found.error();
  auto& shown = found->shown;
  co_return valid_invite{shown.is_good, shown.company_name, shown.email, shown.role, shown.team_name, shown.expires_at};
}

/// The code of a mail proves its address. Without mail the inviter has seen the code, so it proves nothing.
bool proves_address(const rows::shown& invite, const services& services) {
  return invite.email && services.is_mail_sent;
}

struct joined {
  members::account account;
  bool counts = false;
};

result<joined> join_company(persistence::transaction& within, const rows::shown& invite, members::member made,
                            const std::string& hash, const new_session& session, const request_context& context) {
  if (!rows::use(within, invite.id, session.now))
    return problems::conflict("invite_over", "This invitation is used up, revoked or expired. Ask for another.");
  const bool is_first = members::find_logins(made.email, std::nullopt).all(within).empty();
  const bool counts = proves_address(invite, context.services) || (is_first && !context.services.is_mail_sent);
  if (counts) made.email_verified_at = session.now;
  members::insert(within, made, hash);
  directory::set_team(within, made.id, invite.team_id);
  if (counts) {
    store_session(within, session, made.id);
  } else {
    const addressee to{within.tenant_id().value_or(base::uuid{}), made.id, made.email, invite.company_name};
    persistence::mail_outbox::insert(within, verification_mail(context, to), context.services.secrets, session.now);
  }
  auto account = members::find_account(made.id).first(within);
  if (!account) return problems::internal("a member that was just made is not there");
  if (account->is_suspended) return company_suspended();
  return joined{std::move(*account), counts};
}

net::awaitable<reply<signed_up>> accept_invite(request_context& context, const sign_in_services& services,
                                               acceptance request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  if (request.full_name && domain::is_blank(request.full_name->value))
    co_return problems::invalid_field("/full_name", "must not be blank");
  if (auto refused = take_try(services.limits.signup_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  auto found = co_await find_invite(context, request.code.value);
  if (!found) co_return found.error();
  context.concerns = {{found->tenant_id}};
  const auto& invite = found->shown;
  if (invite.email && *invite.email != request.email.value)
    co_return problems::forbidden("other_address", "This invitation is for another e-mail address.");
  const auto name =
      request.full_name ? request.full_name->value : request.email.value.substr(0, request.email.value.find('@'));
  auto password =
      choose_password(request.password.value, {request.email.value, name, invite.company_name}, "/password");
  if (!password) co_return password.error();
  auto hash = co_await hash_first_password(context, std::move(*password), request.email.value);
  if (!hash) co_return hash.error();

  const auto session = begin_session(context);
  const members::member made{base::new_uuid(session.now), request.email.value, name, invite.role, session.now};
  context.concerns = {{found->tenant_id, made.id}};
  auto job = [&context, invite, made, hash = std::move(*hash), session](persistence::transaction& within) {
    return join_company(within, invite, made, hash, session, context);
  };
  auto done = co_await in_transaction(context, found->tenant_id, std::move(job));
  if (!done) {
    if (done.error().constraint != members::email_once) co_return done.error();
    co_return problems::conflict("already_member", "This address is a member of the company already. Sign in.");
  }
  if (!done->counts) mail_waits(context);
  co_return answer_signup(context, services, *how, done->account, session, done->counts);
}

}  // namespace

void add_invites(route_table& table, const sign_in_services& services) {
  table.add(
      verb::post, "/org/invites", permission::invite_members,
      [](request_context& context, in_body<invitation> body) { return invite(context, std::move(body.value)); },
      "Invite people",
      {.success = 201,
       .problems = {403, 404, 409},
       .description = "With an address the invitation is mailed there, and is for it alone. Without one, anybody with "
                      "the link may use it, `uses_max` times. The code is shown only once. Team leaders "
                      "invite members and analysts into their own team.",
       .no_store = true});
  table.add(verb::post, "/org/teams/{id}/invite", permission::invite_members,
            [](request_context& context, in_path<by_id> path, in_body<team_invitation> body) {
              invitation request;
              static_cast<team_invitation&>(request) = std::move(body.value);
              request.team_id = path->id;
              return invite(context, std::move(request));
            },
            "Invite people into a team", {.success = 201, .problems = {403, 404, 409}, .no_store = true});
  table.add(verb::get, "/org/invites", permission::manage_members, &list_invites, "All invitations, newest first");
  table.add(verb::delete_, "/org/invites/{id}", permission::manage_members, &revoke_invite, "Revoke an invitation",
            {.success = 204, .problems = {404}});
  table.add(verb::get, "/org/invites/validate/{code}", permission::public_,
            [](request_context& context, in_path<by_code> path) {
              return validate_invite(context, std::move(path.value.code));
            },
            "Read an invitation by its code", {.problems = {404, 503}, .no_store = true});
  table.add(verb::post, "/org/invites/accept", permission::public_,
            [services](request_context& context, in_body<acceptance> body) {
              return accept_invite(context, services, std::move(body.value));
            },
            "Join a company with the code of an invitation",
            {.success = 201,
             .also = 202,
             .problems = {403, 404, 409, 429, 503},
             .description = "202 without tokens where the address is not confirmed yet: a mail is on its way.",
             .no_store = true});
}

}  // namespace pulse::http::routes
