// Companies and their people on a real PostgreSQL, through the front door.
#pragma once

#include <string>

#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

namespace pulse::tests {

struct people_fixture : front_door_fixture {
  static constexpr const char* password = "correct horse battery";

  quiet_log quiet;

  explicit people_fixture(http::sign_in_limits::options limits = wide_limits())
      : front_door_fixture(migrated_database(), shared_servers().redis_url(), std::move(limits)) {}

  answered sign_up(const std::string& email, const std::string& company = "Acme") {
    return post("/signup",
                R"({"company_name":")" + company + R"(","email":")" + email + R"(","password":")" + password + R"("})");
  }
  static http::server::request log_in_request(const std::string& email, const std::string& with,
                                              const std::string& tenant_id = {}) {
    auto asked = request(http::server::verb::post, "/auth/login",
                         R"({"email":")" + email + R"(","password":")" + with + R"("})");
    if (!tenant_id.empty()) asked.headers.push_back({"x-tenant-id", tenant_id});
    return asked;
  }
  answered log_in(const std::string& email, const std::string& with = password, const std::string& tenant_id = {}) {
    return answer(log_in_request(email, with, tenant_id));
  }
  answered refresh(const std::string& token) {
    return post("/auth/refresh", R"({"refresh_token":")" + token + R"("})");
  }
};

}  // namespace pulse::tests
