#include "http/routes/people/operator_acts.hpp"

#include <vector>

#include "http/routes/people/second_factor.hpp"
#include "persistence/audit/entries.hpp"
#include "persistence/people/companies.hpp"
#include "persistence/people/wrong_guesses.hpp"

namespace pulse::http::routes {

namespace {

namespace audit = persistence::audit;
namespace companies = persistence::companies;
using persistence::transaction;

constexpr std::string_view promoting = "pulse admin promote";
constexpr std::string_view resetting = "pulse admin reset-second-factor";

/// There is no call behind it: the operator's rights are those of the database's address.
audit::entry entry_of(std::string_view command, const base::uuid& member_id, base::timestamp now) {
  return {.id = base::new_uuid(now),
          .at = now,
          .action = std::string{command},
          .by = audit::actor_kind::platform_admin,
          .actor_id = std::nullopt,
          .session_id = std::nullopt,
          .token_id = std::nullopt,
          .subject_id = member_id,
          .request_id = {},
          .address = {},
          .device = "the command line"};
}

/// Runs `act(within, member_id)` for each of `places` in a transaction of its company, with its entry in the audit;
/// how many it was true for.
template <class Act>
persistence::result<std::size_t> act_on(persistence::database& login,
                                        const std::vector<companies::place_of_member>& places, std::string_view command,
                                        base::timestamp now, Act act) {
  std::size_t count = 0;
  for (const auto& place : places) {
    const auto done = login.transact_now(place.tenant_id, [&](transaction& within) {
      audit::begin(within);
      const bool is_done = act(within, place.member_id);
      if (is_done) audit::append(within, entry_of(command, place.member_id, now), audit::when::always);
      return is_done;
    });
    if (done.has_error()) return done.error();
    if (*done) ++count;
  }
  return count;
}

persistence::result<std::vector<companies::place_of_member>> places_of(
    persistence::database& login, persistence::bound_query<companies::place_of_member> wanted) {
  return login.transact_now(std::nullopt, [&](transaction& within) { return wanted.all(within); });
}

}  // namespace

std::string_view sentence_of_act(std::string_view action) {
  if (action == promoting) return "Make a member an administrator of this installation, at its command line";
  if (action == resetting) return "Reset the second factor of a member who has lost it, at the command line";
  return {};
}

persistence::result<std::size_t> promote_by_operator(persistence::database& login, const std::string& email,
                                                     base::timestamp now) {
  const auto places = places_of(login, companies::find_confirmed(email));
  if (places.has_error()) return places.error();
  return act_on(login, *places, promoting, now,
                [](transaction& within, const base::uuid& id) { return companies::promote(within, id); });
}

persistence::result<std::size_t> reset_factors_by_operator(persistence::database& login, const std::string& email,
                                                           const factor_reset_tools& with) {
  const auto places = places_of(login, companies::find_with_factor(email));
  if (places.has_error()) return places.error();
  const factor_resetter by{"Whoever operates this installation of Pulse", "them"};
  return act_on(login, *places, resetting, with.now, [&](transaction& within, const base::uuid& id) {
    if (!reset_factor_of(within, id, by, with)) return false;
    // They were guesses at codes that are gone; the first code of the next app is not to wait for them.
    persistence::wrong_guesses::forgive(within, guess_of_code(id));
    return true;
  });
}

}  // namespace pulse::http::routes
