// A blank text counts as empty, in every text of every body.
#include <catch2/catch.hpp>

#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::in_project;
using tests::names;

TEST_CASE("a text that must not be empty shows something, wherever it stands in a body") {
  tests::campaigns_fixture front;
  const auto in = in_project(front.project);
  const auto refused = [&](const answered& answer, std::string_view pointer) {
    INFO(pointer << ": " << answer.raw.bytes());
    CHECK(answer.status() == 422);
    CHECK(names(answer, pointer));
  };
  for (const std::string blank : {" ", "\u200b", "\u00a0\ufeff", "\u3164", "\u2800", "\uffff"}) {
    const auto field = [&](const std::string& name) { return "\"" + name + "\":\"" + blank + "\""; };
    refused(front.post("/projects", "{" + field("name") + "}", front.token), "/name");
    refused(front.post("/projects", R"({"name":"A",)" + field("description") + "}", front.token), "/description");
    refused(front.patch("/channels/" + front.website, "{" + field("name") + "}", front.token), "/name");
    refused(front.post("/campaigns", in + field("name") + "}", front.token), "/name");
    refused(front.post("/campaigns", in + R"("name":"A",)" + field("goal") + "}", front.token), "/goal");
    refused(front.post("/campaigns", in + R"("name":"A","labels":[")" + blank + R"("]})", front.token), "/labels/0");
    refused(front.post("/templates", in + R"("name":"A","text":"B",)" + field("title") + "}", front.token), "/title");
    refused(
        front.post("/content", in + R"("text":"A","variants":[{"platform":"x",)" + field("text") + "}]}", front.token),
        "/variants/0/text");
    refused(front.put("/projects/" + front.project + "/guardrails",
                      R"({"guardrails":{"forbidden_phrases":[")" + blank + R"("]}})", front.token),
            "/guardrails/forbidden_phrases/0");
    refused(
        front.put("/projects/" + front.project + "/guardrails",
                  R"({"approval":{"steps":[{"approvers":{"roles":["owner"]},)" + field("name") + "}]}}", front.token),
        "/approval/steps/0/name");
    refused(front.post("/org/teams", "{" + field("name") + "}", front.token), "/name");
    refused(front.put("/users/profile", "{" + field("full_name") + "}", front.token), "/full_name");
    refused(front.post("/signup", R"({"company_name":"A","email":"a@b.test","password":"correct horse battery",)" +
                                      field("full_name") + "}"),
            "/full_name");
  }
}

TEST_CASE("a rule neither waits for a text of blanks nor sends a message of them") {
  tests::campaigns_fixture front;
  const auto answer = front.post(
      "/automation/rules",
      in_project(front.project) +
          R"("name":"A","trigger":{"kind":"event","event":"post_published"},"conditions":{"text_contains":[" "]},)"
          R"("action":{"kind":"notify","message":"\u200b","member_ids":[")" +
          tests::no_such_id + R"("]}})",
      front.token);
  CHECK(names(answer, "/conditions/text_contains/0"));
  CHECK(names(answer, "/action/message"));
}

TEST_CASE("a description of which the site would show nothing is refused") {
  tests::campaigns_fixture front;
  for (const std::string nothing : {"&nbsp;", "[a]: https://b.com", "#"}) {
    const auto answer = front.patch("/projects/" + front.project, R"({"description":")" + nothing + "\"}", front.token);
    CHECK(answer.status() == 422);
    CHECK(names(answer, "/description"));
  }
  CHECK(front.patch("/projects/" + front.project, R"({"description":""})", front.token).status() == 200);
}

TEST_CASE("a password of blanks can be nobody's, and is refused like any text of which nobody sees anything") {
  tests::campaigns_fixture front;
  CHECK(front.post("/auth/login", R"({"email":"owner@acme.test","password":" "})").status() == 422);
}
