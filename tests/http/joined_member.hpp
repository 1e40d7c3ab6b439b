// Another member of a company, invited and joined.
#pragma once

#include <string>

#include "tests/http/front_door_fixture.hpp"

namespace pulse::tests {

/// The access token of a new member, whom `by` has invited as `role`.
inline std::string join(front_door_fixture& front, const std::string& by, const std::string& name,
                        const std::string& role) {
  const auto code = front.post("/org/invites", R"({"role":")" + role + "\"}", by).text("/code");
  return front
      .post("/org/invites/accept",
            R"({"code":")" + code + R"(","email":")" + name + R"(@example.com","password":"correct horse battery"})")
      .text("/access_token");
}

}  // namespace pulse::tests
