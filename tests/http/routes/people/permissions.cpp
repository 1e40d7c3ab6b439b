// The permissions of each role, and the public routes. The matrix of all routes is authorization_matrix.cpp.
#include <catch2/catch.hpp>

#include "domain/people/permission.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse;
using domain::permission;
using domain::role;

namespace {

constexpr role roles[] = {role::owner, role::admin, role::team_leader, role::member, role::analyst};

}  // namespace

TEST_CASE("only these addresses are open to everyone") {  // asvs: 6.3.4
  tests::front_door_fixture front;
  std::vector<std::string> open;
  for (const auto& one : front.door.table().routes()) {  // asvs: 8.2.1
    if (one.needs == permission::public_)
      open.push_back(std::string{http::server::to_string(one.method)} + " " + one.path);
  }
  std::sort(open.begin(), open.end());
  CHECK(open == std::vector<std::string>{"GET /",
                                         "GET /activity/live",
                                         "GET /auth/linkedin",
                                         "GET /auth/linkedin/callback",
                                         "GET /auth/methods",
                                         "GET /auth/sso/callback",
                                         "GET /auth/sso/{sign_in_name}/start",
                                         "GET /calendar/ics/{file}",
                                         "GET /channels/linkedin/oauth/callback",
                                         "GET /channels/mastodon/oauth/callback",
                                         "GET /channels/meta/oauth/callback",
                                         "GET /channels/pinterest/oauth/callback",
                                         "GET /channels/threads/oauth/callback",
                                         "GET /channels/tiktok/oauth/callback",
                                         "GET /channels/x/oauth/callback",
                                         "GET /confirmation-links/{secret}",
                                         "GET /docs",
                                         "GET /docs/assets/{name}",
                                         "GET /health",
                                         "GET /integrations/linkedin/callback",
                                         "GET /integrations/meta/callback",
                                         "GET /live",
                                         "GET /media/files/{token}/{name}",
                                         "GET /metrics",
                                         "GET /openapi.json",
                                         "GET /org/invites/validate/{code}",
                                         "GET /ready",
                                         "GET /redoc",
                                         "GET /review/{secret}",
                                         "GET /site/{project_id}",
                                         "GET /site/{project_id}/feed.json",
                                         "GET /site/{project_id}/feed.xml",
                                         "GET /site/{project_id}/posts/{id}",
                                         "OPTIONS /media",
                                         "OPTIONS /media/uploads",
                                         "POST /auth/exchange",
                                         "POST /auth/login",
                                         "POST /auth/logout",
                                         "POST /auth/passkeys/challenge",
                                         "POST /auth/passkeys/sign-in",
                                         "POST /auth/password/forgot",
                                         "POST /auth/password/reset",
                                         "POST /auth/refresh",
                                         "POST /auth/verify-email",
                                         "POST /auth/verify-email/send",
                                         "POST /confirmation-links/{secret}/confirm",
                                         "POST /confirmation-links/{secret}/skip",
                                         "POST /org/invites/accept",
                                         "POST /review/{secret}/approve",
                                         "POST /review/{secret}/comments",
                                         "POST /review/{secret}/reject",
                                         "POST /signup",
                                         "POST /webhooks/whatsapp-link"});
}

TEST_CASE("the roles differ as they should") {
  for (const auto who : roles) CHECK(domain::allows(who, permission::read_posts));
  CHECK_FALSE(domain::allows(role::analyst, permission::write_posts));
  CHECK_FALSE(domain::allows(role::analyst, permission::publish_posts));
  CHECK(domain::allows(role::member, permission::publish_posts));
  CHECK_FALSE(domain::allows(role::member, permission::manage_channels));
  CHECK(domain::allows(role::team_leader, permission::manage_channels));
  CHECK_FALSE(domain::allows(role::team_leader, permission::manage_projects));
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<permission>>([](auto needed) {
    const bool is_of_a_role = needed.value != permission::administer_platform;
    CHECK(domain::allows(role::owner, needed.value) == is_of_a_role);
    CHECK(domain::allows(role::admin, needed.value) == is_of_a_role);
  });
}

TEST_CASE("a role is read in every spelling in use") {
  CHECK(domain::parse_role("Owner") == role::owner);
  CHECK(domain::parse_role("Admin") == role::admin);
  CHECK(domain::parse_role("team_leader") == role::team_leader);
  CHECK(domain::parse_role("Team Leader") == role::team_leader);
  CHECK(domain::parse_role("ANALYST") == role::analyst);
  CHECK_FALSE(domain::parse_role("emperor").has_value());
  CHECK_FALSE(domain::parse_role("").has_value());
}
