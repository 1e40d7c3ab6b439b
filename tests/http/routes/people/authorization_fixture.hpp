// One company with one object of each kind, and another company, as the authorization matrix needs them.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/routes/people/operator_acts.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

namespace pulse::tests::matrix {

using domain::role;

/// What the parameters of a route's path name ("*" stands for any one word of a path), and a body that the route takes.
/// A route with parameters that has no row here is no route that anybody has thought about.
struct row {
  std::string_view route;
  std::vector<std::string_view> kinds;  // of the parameters in order; "word:x" is the word x
  std::string_view body = {};
};

const std::vector<row>& rows();

inline std::string name_of(const http::route& of) {
  return std::string{http::server::to_string(of.method)} + " " + of.path;
}

/// Whether `row`, with its "*", is the row of the route called `name`.
inline bool is_row_of(std::string_view row, std::string_view name) {
  const auto star = row.find('*');
  if (star == row.npos) return row == name;
  const auto behind = row.substr(star + 1);
  if (name.size() < star + behind.size() || name.substr(0, star) != row.substr(0, star) || !name.ends_with(behind))
    return false;
  const auto word = name.substr(star, name.size() - star - behind.size());
  return !word.empty() && word.find_first_of("/{") == word.npos;
}

inline const row* row_of(const http::route& of) {
  const auto name = name_of(of);
  const auto found =
      std::find_if(rows().begin(), rows().end(), [&](const auto& one) { return is_row_of(one.route, name); });
  return found == rows().end() ? nullptr : &*found;
}

/// Ids of one company's things, by kind.
using things = std::map<std::string, std::string, std::less<>>;

/// Of what nothing was made here, an id that nobody has.
inline std::string id_of(const things& about, const std::string& kind) {
  const auto found = about.find(kind);
  return found == about.end() ? base::to_string(base::uuid_from_name("no " + kind)) : found->second;
}

struct matrix_fixture : people_fixture {
  std::map<role, std::string> tokens_of;  // of one company's people
  std::string stranger, platform_admin, suspended, deactivated, refresh_token;
  things own, foreign, missing;

  matrix_fixture() {
    const auto owner = sign_up("owner@example.com");
    tokens_of[role::owner] = owner.text("/access_token");
    refresh_token = owner.text("/refresh_token");
    own = make_things(owner);
    for (const auto as : {role::admin, role::team_leader, role::member, role::analyst})
      tokens_of[as] =
          join(tokens_of[role::owner], std::string{base::to_name(as)}, base::to_name(as)).text("/access_token");
    const auto gone = join(tokens_of[role::owner], "gone", "owner");
    deactivated = gone.text("/access_token");
    remove("/org/members/" + gone.text("/member/id"), tokens_of[role::owner]);
    const auto other = sign_up("stranger@example.com", "Other");
    stranger = other.text("/access_token");
    foreign = make_things(other);
    platform_admin = make_platform_admin();
    suspended = make_suspended();
    for (const auto& [kind, id] : own) missing[kind] = base::to_string(base::uuid_from_name("no " + kind));
  }

  answered join(const std::string& by, const std::string& name, std::string_view as) {
    const std::string role{as == "owner" ? "admin" : as};
    const auto code = post("/org/invites", R"({"role":")" + role + "\"}", by).text("/code");
    return post("/org/invites/accept",
                R"({"code":")" + code + R"(","email":")" + name + R"(@example.com","password":")" + password + "\"}");
  }

  things make_things(const answered& by) {
    const auto token = by.text("/access_token");
    things made;
    made["company"] = by.text("/company/id");
    made["member"] = join(token, "joined" + made["company"], "member").text("/member/id");
    made["project"] = post("/projects", R"({"name":"A"})", token).text("/id");
    made["channel"] =
        post("/channels", R"({"project_id":")" + made["project"] + R"(","type":"website","name":"Site"})", token)
            .text("/id");
    put("/channels/" + made["channel"] + "/webhook", R"({"address":"https://example.org/hook"})", token);
    const auto post_made =
        post("/posts", R"({"project_id":")" + made["project"] + R"(","title":"A","text":"B"})", token);
    made["post"] = post_made.text("/id");
    made["delivery"] = post_made.text("/deliveries/0/id");
    made["campaign"] =
        post("/campaigns", R"({"project_id":")" + made["project"] + R"(","name":"A"})", token).text("/id");
    made["content"] = post("/content", R"({"project_id":")" + made["project"] + R"(","text":"B"})", token).text("/id");
    made["template"] =
        post("/templates", R"({"project_id":")" + made["project"] + R"(","name":"A","text":"B"})", token).text("/id");
    made["rule"] =
        post("/automation/rules",
             R"({"project_id":")" + made["project"] +
                 R"(","name":"A","trigger":{"kind":"cron","cron":"0 9 * * *"},"action":{"kind":"make_content",)"
                 R"("template_id":")" +
                 made["template"] + R"("}})",
             token)
            .text("/id");
    made["run"] = post("/automation/rules/" + made["rule"] + "/run-now", {}, token).text("/id");
    made["tracked_page"] = post("/tracked-pages", R"({"url":"linkedin.com/company/acme"})", token).text("/id");
    post("/tracked-pages/" + made["tracked_page"] + "/subscribe", "{}", token);
    post("/tracked-pages/" + made["tracked_page"] + "/posts", R"({"url":"urn:li:activity:70"})", token);
    made["tracked_post"] = get("/tracked-posts", token).text("/items/0/id");
    made["engagement"] = get("/engagements", token).text("/items/0/id");
    post("/engagements/" + made["engagement"] + "/confirm", "{}", token);
    made["team"] = post("/org/teams", R"({"name":"Red"})", token).text("/id");
    made["phrase"] = post("/automation/avoid-phrases", R"({"phrase":"synergy"})", token).text("/id");
    constexpr std::string_view chat = R"({"kind":"slack","address":"https://hooks.slack.com/services/T/B/x"})";
    made["webhook"] = post("/automation/webhooks", std::string{chat}, token).text("/id");
    made["company_webhook"] = post("/automation/company-webhooks", std::string{chat}, token).text("/id");
    made["invite"] = post("/org/invites", "{}", token).text("/id");
    made["token"] = post("/auth/tokens", R"({"name":"t","scopes":["read_posts"]})", token).text("/details/id");
    made["session"] = get("/auth/sessions", token).text("/items/0/id");
    return made;
  }
  std::string make_platform_admin() {
    const auto made = sign_up("root@example.com", "Operators");
    persistence::database login({.url = database_url, .connections = 1, .as = persistence::role::login});
    const auto promoted = http::routes::promote_by_operator(login, "root@example.com", clock.now());
    REQUIRE(promoted.has_value());
    REQUIRE(*promoted == 1);
    login.stop();
    return made.text("/access_token");
  }
  std::string make_suspended() {
    const auto made = sign_up("suspended@example.com", "Suspended");
    REQUIRE(
        post("/admin/orgs/" + made.text("/company/id") + "/suspend", R"({"reason":"x"})", platform_admin).status() ==
        200);
    return made.text("/access_token");
  }

  http::server::request ask(const http::route& of, const things& about, const std::string& token) {
    std::string address = of.path;
    const auto* known = row_of(of);
    for (std::size_t i = 0; i < of.path_parameters.size(); ++i) {
      const std::string place = "{" + of.path_parameters[i] + "}";
      const std::string kind{known == nullptr ? std::string_view{"project"} : known->kinds.at(i)};
      const auto value = kind.starts_with("word:") ? kind.substr(5) : id_of(about, kind);
      address.replace(address.find(place), place.size(), value);
    }
    return with_token(request(of.method, address, known == nullptr ? std::string{} : std::string{known->body}), token);
  }
};

/// A body without what may differ between two answers that must be alike: the ids that were asked for.
inline std::string without(std::string body, const things& ids) {
  for (const auto& [kind, id] : ids) {
    for (auto at = body.find(id); at != body.npos; at = body.find(id)) body.replace(at, id.size(), "{id}");
  }
  return body;
}

inline bool names_a_thing(const row& one) {
  return std::any_of(one.kinds.begin(), one.kinds.end(), [](auto kind) { return !kind.starts_with("word:"); });
}

}  // namespace pulse::tests::matrix
