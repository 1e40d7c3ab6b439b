#include "http/routes/people/sign_in_arrival.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/invites.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace identities = persistence::identities;
namespace invites = persistence::invites;
namespace members = persistence::members;
namespace logins = persistence::social_accounts;
using actors::identity_found;
using identities::provider_kind;
using persistence::transaction;

arrival refuse(std::string word) { return {.refused = std::move(word), .tenant_id = {}, .member_id = {}}; }

identities::person to_person(const sign_in_pass& pass, const identity_found& who) {
  return {.provider = pass.provider, .issuer = who.issuer, .subject = who.subject, .name = who.name};
}

bool allows_acting(std::string_view scope) {
  constexpr std::string_view wanted = "w_member_social";
  return scope.find(wanted) != scope.npos;
}

/// Signing in with LinkedIn also connects the member's own account, for acts in their name.
void connect_own(transaction& within, const identity_found& who, const base::uuid& member_id,
                 const persistence::secret_box& box, base::timestamp now) {
  logins::connection made{.id = base::new_uuid(now),
                          .provider = "linkedin",
                          .external_user_id = who.subject,
                          .name = who.name,
                          .member_id = member_id,
                          .purpose = domain::login_purpose::engage,
                          .given = {.access_token = who.access_token,
                                    .refresh_token = who.refresh_token,
                                    .expires_at = who.expires_at,
                                    .refresh_expires_at = who.refresh_expires_at,
                                    .scope = who.scope,
                                    .refresh_at = std::nullopt},
                          .accounts = {}};
  if (who.refresh_token && who.expires_at) made.given.refresh_at = now + (*who.expires_at - now) * 4 / 5;
  logins::store(within, made, box, now);
}

/// The part of an arrival that happens inside one company.
class arriving {
 public:
  arriving(request_context& context, const sign_in_pass& pass, const identity_found& who)
      : pass_(pass),
        who_(who),
        box_(context.services.secrets),
        now_(context.services.clock.now()),
        new_id_(base::new_uuid(now_)) {}

  /// The identity is known: its active member is let in.
  result<arrival> known(transaction& within, const identities::owner& owner) const {
    identities::note_use(within, owner.id, now_);
    connect(within, owner.member_id);
    return arrival{{}, owner.tenant_id, owner.member_id};
  }

  /// Finds the member by an address that both sides have verified.
  result<arrival> by_address(transaction& within, const base::uuid& tenant_id) const {
    if (who_.email.empty()) return refuse("email_not_verified");
    const auto found = identities::find_by_email(within, who_.email);
    // Owners set up a company's provider and so decide who signs in, which must not make anybody a platform
    // administrator.
    if (!found || !found->is_active || !found->is_verified || found->is_platform_admin) return refuse("no_account");
    return link_to(within, tenant_id, found->id);
  }

  /// With an invitation: a new member, or the present member with that address.
  result<arrival> by_invitation(transaction& within, const base::uuid& tenant_id, const invites::shown& invite) const {
    if (who_.email.empty()) return refuse("email_not_verified");
    if (invite.email && *invite.email != who_.email) return refuse("other_address");
    if (identities::find_by_email(within, who_.email)) return by_address(within, tenant_id);
    if (!invites::use(within, invite.id, now_)) return refuse("invite_over");
    const auto name = who_.name.empty() ? who_.email.substr(0, who_.email.find('@')) : who_.name;
    const members::member made{new_id_, who_.email, name, invite.role, now_, now_};
    members::insert(within, made, "");  // no password: none matches
    persistence::directory::set_team(within, made.id, invite.team_id);
    return link_to(within, tenant_id, made.id);
  }

  result<arrival> link_to(transaction& within, const base::uuid& tenant_id, const base::uuid& member_id) const {
    switch (identities::link(within, member_id, to_person(pass_, who_), now_)) {
      case identities::linking::taken: return refuse("linked_elsewhere");
      case identities::linking::has_other: return refuse("has_other");
      case identities::linking::done: break;
    }
    connect(within, member_id);
    return arrival{{}, tenant_id, member_id};
  }

  const base::uuid& new_id() const { return new_id_; }

 private:
  void connect(transaction& within, const base::uuid& member_id) const {
    if (pass_.provider == provider_kind::linkedin && allows_acting(who_.scope))
      connect_own(within, who_, member_id, box_, now_);
  }

  const sign_in_pass& pass_;
  const identity_found& who_;
  const persistence::secret_box& box_;
  const base::timestamp now_;
  const base::uuid new_id_;  // the id of a member who may be made, chosen before the job, which may run twice
};

/// A refusal, or a failed transaction, leaves nothing behind.
arrival settle(result<arrival> done) {
  if (!done) return refuse(done.error().status == 503 ? "unavailable" : "error");
  return std::move(*done);
}

struct led {
  base::uuid tenant_id;
  std::optional<invites::shown> invite;
};

/// The company of an invitation; nothing where there is no such invitation.
net::awaitable<result<std::optional<led>>> find_invited(request_context& context, const std::string& code) {
  const auto hash = identities::hash_of(code);
  auto place = co_await read_first_of(context, std::nullopt, invites::find_place(hash));
  if (!place) co_return place.error();
  if (!*place) co_return std::optional<led>{};
  const auto tenant_id = (*place)->tenant_id;
  auto shown = co_await read_first_of(context, tenant_id, invites::find_shown(hash, context.services.clock.now()));
  if (!shown) co_return shown.error();
  co_return std::optional<led>{led{tenant_id, std::move(*shown)}};
}

/// The one company in which the address is a verified member's; nothing if there is none, or several.
net::awaitable<result<std::vector<members::login>>> find_verified(request_context& context, const std::string& email) {
  auto found = co_await read_all_of(context, std::nullopt, members::find_logins(email, std::nullopt));
  if (found) std::erase_if(*found, [](const auto& one) { return !one.is_verified || one.is_suspended; });
  co_return found;
}

}  // namespace

net::awaitable<arrival> admit_identity(request_context& context, const sign_in_pass& pass, const identity_found& who) {
  const arriving here{context, pass, who};
  auto tenant_id = pass.provider == provider_kind::company ? pass.tenant_id : std::optional<base::uuid>{};
  std::optional<invites::shown> invite;
  if (!pass.invite_code.empty()) {
    auto invited = co_await find_invited(context, pass.invite_code);
    if (!invited) co_return refuse("unavailable");
    if (!*invited || !(*invited)->invite) co_return refuse("invite_over");
    // A company's own provider must not let anybody into another company.
    if (tenant_id && *tenant_id != (*invited)->tenant_id) co_return refuse("invite_over");
    tenant_id = (*invited)->tenant_id;
    invite = std::move((*invited)->invite);
  }
  auto owner =
      co_await read_first_of(context, std::nullopt, identities::find_owner(who.issuer, who.subject, tenant_id));
  if (!owner) co_return refuse("unavailable");
  if (*owner) {
    context.concerns = {{(*owner)->tenant_id, (*owner)->member_id}};
    auto job = [&here, known = **owner](transaction& within) { return here.known(within, known); };
    auto done = co_await in_transaction(context, (*owner)->tenant_id, std::move(job));
    co_return settle(std::move(done));
  }
  if (!tenant_id) {
    if (who.email.empty()) co_return refuse("email_not_verified");
    auto found = co_await find_verified(context, who.email);
    if (!found) co_return refuse("unavailable");
    if (found->empty()) co_return refuse("no_account");
    if (found->size() > 1) co_return refuse("several_companies");
    tenant_id = found->front().tenant_id;
    context.concerns = {{*tenant_id, found->front().member_id}};
  } else {
    context.concerns = {{*tenant_id, here.new_id()}};
  }
  auto job = [&here, company = *tenant_id, &invite](transaction& within) {
    return invite && invite->is_good ? here.by_invitation(within, company, *invite) : here.by_address(within, company);
  };
  auto done = co_await in_transaction(context, *tenant_id, std::move(job));
  co_return settle(std::move(done));
}

net::awaitable<arrival> link_identity(request_context& context, const sign_in_pass& pass, const identity_found& who) {
  const arriving here{context, pass, who};
  const auto tenant_id = pass.tenant_id.value_or(base::uuid{});
  const auto member_id = pass.member_id.value_or(base::uuid{});
  context.concerns = {{tenant_id, member_id}};
  auto job = [&here, tenant_id, member_id](transaction& within) { return here.link_to(within, tenant_id, member_id); };
  auto done = co_await in_transaction(context, tenant_id, std::move(job));
  co_return settle(std::move(done));
}

}  // namespace pulse::http::routes
