#include "domain/people/authority.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using namespace pulse::domain;

namespace {

using refusal = refusal_of_authority;
constexpr role roles[] = {role::owner, role::admin, role::team_leader, role::member, role::analyst};
const auto red = base::uuid_from_name("red");
const auto blue = base::uuid_from_name("blue");

person somebody(role as, std::optional<base::uuid> team = {}) { return {base::uuid_from_name("somebody"), as, team}; }
person other(role as, std::optional<base::uuid> team = {}) { return {base::uuid_from_name("other"), as, team}; }

}  // namespace

TEST_CASE("nobody raises themselves, and nobody raises above themselves") {
  for (const auto actor : roles) {
    for (const auto wanted : roles) CHECK(may_set_role(somebody(actor), somebody(actor), wanted).has_value());
    for (const auto target : roles) {
      for (const auto wanted : roles) {
        const bool touches_owner = target == role::owner || wanted == role::owner;
        const bool allowed = actor == role::owner || (actor == role::admin && !touches_owner);
        CHECK(may_set_role(somebody(actor), other(target), wanted).has_value() == !allowed);
      }
    }
  }
}

TEST_CASE(
    "the last owner can neither leave nor be removed; others may leave, and are removed by whoever stands above") {
  CHECK(may_deactivate(somebody(role::owner), somebody(role::owner), 1) == refusal::last_owner);
  CHECK(may_deactivate(somebody(role::owner), other(role::owner), 2) == std::nullopt);
  CHECK(may_deactivate(somebody(role::owner), somebody(role::owner), 2) == std::nullopt);
  for (const auto actor : roles) {
    if (actor != role::owner) CHECK(may_deactivate(somebody(actor), somebody(actor), 1) == std::nullopt);
    for (const auto target : roles) {
      const bool allowed = actor == role::owner || (actor == role::admin && target != role::owner);
      CHECK(may_deactivate(somebody(actor), other(target), 5).has_value() == !allowed);
    }
  }
}

TEST_CASE("an owner resets everybody else's second factor, an admin those of members below, and nobody their own") {
  for (const auto actor : roles) {
    CHECK(may_reset_factor(somebody(actor), somebody(actor)).has_value());
    for (const auto target : roles) {
      const bool is_below = target != role::owner && target != role::admin;
      const bool allowed = actor == role::owner || (actor == role::admin && is_below);
      CHECK(may_reset_factor(somebody(actor), other(target)).has_value() == !allowed);
    }
  }
  CHECK(may_reset_factor(somebody(role::owner), somebody(role::owner)) == refusal::own_factor);
  CHECK(may_reset_factor(somebody(role::admin), other(role::owner)) == refusal::above_self);
  CHECK(may_reset_factor(somebody(role::admin), other(role::admin)) == refusal::not_below);
  CHECK(may_reset_factor(somebody(role::team_leader), other(role::analyst)) == refusal::not_theirs);
}

TEST_CASE("an owner makes somebody else the owner") {
  for (const auto actor : roles) {
    CHECK(may_transfer(somebody(actor), other(role::member)).has_value() == (actor != role::owner));
    CHECK(may_transfer(somebody(actor), somebody(actor)).has_value());
  }
}

TEST_CASE(
    "team leaders invite members and analysts into their own team, owners and admins invite anywhere, nobody invites "
    "owners") {
  for (const auto actor : roles) CHECK(may_invite(somebody(actor, red), role::owner, red) == refusal::owner_invited);
  CHECK(may_invite(somebody(role::admin), role::admin, std::nullopt) == std::nullopt);
  CHECK(may_invite(somebody(role::team_leader, red), role::member, red) == std::nullopt);
  CHECK(may_invite(somebody(role::team_leader, red), role::analyst, red) == std::nullopt);
  CHECK(may_invite(somebody(role::team_leader, red), role::team_leader, red) == refusal::above_self);
  CHECK(may_invite(somebody(role::team_leader, red), role::admin, red) == refusal::above_self);
  CHECK(may_invite(somebody(role::team_leader, red), role::member, blue) == refusal::other_team);
  CHECK(may_invite(somebody(role::team_leader, red), role::member, std::nullopt) == refusal::other_team);
  CHECK(may_invite(somebody(role::team_leader), role::member, std::nullopt) == refusal::other_team);
  CHECK(may_invite(somebody(role::member, red), role::member, red) == refusal::not_theirs);
  CHECK(may_invite(somebody(role::analyst, red), role::analyst, red) == refusal::not_theirs);
}

TEST_CASE("team leaders rename their own team") {
  CHECK(may_rename_team(somebody(role::team_leader, red), red) == std::nullopt);
  CHECK(may_rename_team(somebody(role::team_leader, red), blue) == refusal::other_team);
  CHECK(may_rename_team(somebody(role::admin), blue) == std::nullopt);
  CHECK(may_rename_team(somebody(role::member, red), red) == refusal::not_theirs);
}
