#include "http/routes/people/factor_reset.hpp"

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "http/routes/people/confirmation.hpp"
#include "http/routes/people/mails.hpp"
#include "http/routes/people/second_factor.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/passkeys.hpp"
#include "persistence/people/second_factors.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace factors = persistence::second_factors;
namespace members = persistence::members;
namespace sessions = persistence::sessions;
using domain::permission;
using server::verb;

/// Both members are locked until the transaction ends, so that neither changes meanwhile.
std::optional<problem> refuse_reset(persistence::transaction& within, const base::uuid& actor_id,
                                    const base::uuid& id) {
  directory::lock_people(within);
  const auto actor = directory::find(within, actor_id);
  const auto target = directory::find(within, id);
  // The caller may have been deactivated while this waited for the lock.
  if (!actor || !actor->is_active || !target) return problems::not_found("member");
  if (const auto refused = domain::may_reset_factor(to_person(*actor), to_person(*target))) return to_problem(*refused);
  // A company's owner must not weaken the account of somebody who sees all companies.
  if (target->is_platform_admin)
    return problems::forbidden("platform_admin",
                               "They administer this installation, so only whoever operates it can help them.");
  if (!target->is_active)
    return problems::conflict("inactive_member", "They are deactivated. Let them in again first.");
  return std::nullopt;
}

/// Takes the app, the recovery codes and the passkeys: whoever has lost the device may have lost all of them with it,
/// and who still has a passkey needs no help. False: there was none of them.
bool take_away(persistence::transaction& within, const base::uuid& id) {
  const auto factor = factors::lock(within, id);
  factors::remove(within, id);
  const auto passkeys = persistence::passkeys::remove_all(within, id);
  return passkeys > 0 || (factor && factor->confirmed_at);
}

void tell(persistence::transaction& within, const base::uuid& id, const factor_resetter& by,
          const factor_reset_tools& with) {
  const auto target = members::find_proof(id).first(within);
  if (!target) return;
  const addressee to{within.tenant_id().value_or(base::uuid{}), id, target->email, target->company_name};
  const auto rule = factors::find_requirement().first(within);
  const auto mail = factor_reset_mail(with.pages, with.now, to, by, rule && rule->is_required);
  persistence::mail_outbox::insert(within, mail, with.secrets, with.now);
}

/// The member who is signed in.
factor_resetter resetter_of(persistence::transaction& within, const request_context& context) {
  const auto actor = members::find_proof(context.principal.member_id).first(within);
  return {actor ? actor->display_name : "Somebody of your company", "an owner of your company"};
}

net::awaitable<reply<nothing>> reset_factor(request_context& context, const sign_in_services& services, base::uuid id) {
  const auto now = context.services.clock.now();
  auto job = [&context, id, now](persistence::transaction& within) -> result<nothing> {
    if (auto refused = refuse_unconfirmed(within, context, now)) return std::move(*refused);
    if (auto refused = refuse_reset(within, context.principal.member_id, id)) return std::move(*refused);
    const factor_reset_tools tools{context.services.addresses, context.services.secrets, now};
    if (!reset_factor_of(within, id, resetter_of(within, context), tools))
      return problems::conflict("no_second_factor", "They have neither a second factor nor a passkey.");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  mail_waits(context);
  services.known.forget(id);
  // They were guesses at codes that are gone; the first code of the next app is not to wait for them.
  co_await forgive_guesses(context, guess_of_code(id));
  co_return nothing{};
}

}  // namespace

bool reset_factor_of(persistence::transaction& within, const base::uuid& id, const factor_resetter& by,
                     const factor_reset_tools& with) {
  if (!take_away(within, id)) return false;
  sessions::end_all(within, id, std::nullopt, sessions::ending::revoked, with.now);
  tell(within, id, by, with);
  return true;
}

void add_factor_reset(route_table& table, const sign_in_services& services) {
  table.add(
      verb::delete_, "/org/members/{id}/second-factor", permission::manage_members,
      [services](request_context& context, in_path<by_id> path) { return reset_factor(context, services, path->id); },
      "Reset the second factor of a member who has lost it",
      {.success = 204,
       .problems = {403, 404, 409},
       .description =
           "For a member who has neither their authenticator app nor a recovery code. Takes away the app, the "
           "recovery codes and all passkeys, ends all sessions of the member, and mails them who did it. Their "
           "password stays, and lets them in until they set up another factor; where the company asks for one, "
           "they must do that first. Owners do this for everybody else, admins for members below them. Asks for "
           "a sign-in or POST /auth/confirm within ten minutes."});
}

}  // namespace pulse::http::routes
