// A company with a project and a website channel, and the calls of the campaigns tests.
#pragma once

#include <string>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

namespace pulse::tests {

inline const std::string no_such_id = "0191b2a0-0000-7000-8000-000000000000";

inline std::string header_of(const answered& from, std::string_view name) {
  const auto found = from.raw.find(name);
  return found ? std::string{*found} : std::string{};
}

struct campaigns_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token);
  std::string website = add_website(token, project);

  std::string add_campaign(const std::string& fields) {
    return id_of(post("/campaigns", in_project(project) + fields + "}", token));
  }
  /// A change under an If-Match.
  answered patch_if(std::string target, std::string body, std::string etag) {
    auto asked = with_token(request(http::server::verb::patch, std::move(target), std::move(body)), token);
    asked.headers.push_back({"if-match", std::move(etag)});
    return answer(asked);
  }
  /// The kinds of the project's events that begin so, the latest first.
  std::vector<std::string> events(std::string_view beginning) {
    const auto told = get("/analytics/activity-stream?project_id=" + project, token);
    std::vector<std::string> kinds;
    for (const auto& each : told.body.at_pointer("/items").as_array()) {
      std::string kind{each.at("type").as_string()};
      if (kind.starts_with(beginning)) kinds.push_back(std::move(kind));
    }
    return kinds;
  }
};

}  // namespace pulse::tests
