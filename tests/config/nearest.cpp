#include "config/nearest.hpp"

#include "config/declaration.hpp"
#include "config/names.hpp"

using namespace pulse::config;

TEST_CASE("the edit distance counts letters inserted, deleted, changed and swapped") {
  CHECK(edit_distance("PORT", "PORT", 2) == 0);
  CHECK(edit_distance("PROT", "PORT", 2) == 1);
  CHECK(edit_distance("PRT", "PORT", 2) == 1);
  CHECK(edit_distance("PORTS", "PORT", 2) == 1);
  CHECK(edit_distance("PART", "PORT", 2) == 1);
  CHECK(edit_distance("", "AB", 2) == 2);
  CHECK(edit_distance("ABCDEF", "UVWXYZ", 2) == 3);
  CHECK(edit_distance("A", "ABCDEFGH", 2) == 3);
}

TEST_CASE("a typing error in a setting's name leads to the setting") {
  CHECK(nearest_name("DATABSE_URL") == "DATABASE_URL");
  CHECK(nearest_name("DATABASE_URI") == "DATABASE_URL");
  CHECK(nearest_name("database_url") == "DATABASE_URL");
  CHECK(nearest_name("JWT_SECRETKEY") == "JWT_SECRET_KEY");
  CHECK(nearest_name("FERNET_KYE") == "FERNET_KEY");
  CHECK(nearest_name("JWT_SECRET_FILES") == "JWT_SECRET_FILE");
  CHECK(nearest_name("PROT") == "PORT");
  CHECK(nearest_name("LINKEDN_CLIENT_ID") == "LINKEDIN_CLIENT_ID");
}

TEST_CASE("names of other programs are no typing errors") {
  for (const auto* name : {"FOO", "HOME", "TZ", "DEBUG", "SMTP_HOST", "POSTGRES_PASSWORD", "POSTGRES_DB",
                           "COMPOSE_PROJECT_NAME", "CELERY_BROKER_URL", "SECRET", "PATH"}) {
    INFO(name);
    CHECK_FALSE(nearest_name(name));
  }
}

TEST_CASE("no setting's name is one letter away from another's") {
  // Otherwise the advice for an unknown name would depend on the order of the declarations.
  for (const auto& one : declarations()) {
    for (const auto& other : declarations()) {
      if (&one == &other) continue;
      INFO(one.name << " " << other.name);
      CHECK(edit_distance(one.name, other.name, 2) > 1);
    }
  }
}
