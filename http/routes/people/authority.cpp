#include "http/routes/people/authority.hpp"

namespace pulse::http::routes {

problem to_problem(domain::refusal_of_authority why) {
  using refusal = domain::refusal_of_authority;
  switch (why) {
    case refusal::own_role:
      return problems::forbidden("own_role",
                                 "Nobody changes their own role or access, or erases themselves. Ask another owner or "
                                 "admin of your company.");
    case refusal::owner_invited:
      return problems::forbidden(
          "owner_invited", "Nobody is invited as an owner. Invite them as an admin; an owner then makes them one.");
    case refusal::own_factor:
      return problems::forbidden("own_factor",
                                 "Nobody resets their own second factor this way. Use a recovery code, or ask another "
                                 "owner of your company.");
    case refusal::not_below:
      return problems::forbidden("not_below",
                                 "An admin does this for members below them only. Ask an owner of your company.");
    case refusal::above_self:
      return problems::forbidden("above_self", "That is above your own role. Ask an owner of your company.");
    case refusal::last_owner:
      return problems::conflict("last_owner",
                                "A company always has an owner. Make somebody else the owner first: POST /org/owner.");
    case refusal::other_team:
      return problems::forbidden("other_team",
                                 "A team leader does this for their own team only. Ask an owner or an admin.");
    case refusal::not_theirs:
      return problems::forbidden("not_permitted",
                                 "Your role does not include this. Ask an owner or an admin of your company.");
  }
  return problems::internal("an unknown refusal");
}

}  // namespace pulse::http::routes
