// The routes for connecting accounts: their input, and the answer to each outcome.
#include <catch2/catch.hpp>

#include "actors/accounts/connecting.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;

namespace {

/// Remembers what it was asked, and answers what a test says.
class fake_connecting final : public actors::connecting {
 public:
  void start(actors::connect_request wanted, std::function<void(actors::connect_started)> done) override {
    started = wanted;
    done(start_answer);
  }
  void finish(actors::connect_return, std::function<void(actors::connect_finished)> done) override {
    done({.dashboard_url = "https://pulse.test/app/channels", .tenant_id = std::nullopt});
  }
  void sign_in(actors::connect_password with, std::function<void(actors::connect_signed_in)> done) override {
    identifier = with.identifier;
    password = with.password.reveal();
    project_id = with.project_id;
    done(sign_in_answer);
  }

  actors::connect_request started;
  actors::connect_started start_answer;
  std::string identifier;
  std::string password;
  std::optional<base::uuid> project_id;
  actors::connect_signed_in sign_in_answer;
};

struct fixture : publishing_fixture {
  fixture() {
    services.connecting = &connecting;
    connecting.start_answer.authorization_url = "https://a.example/oauth/authorize?state=s";
    connecting.start_answer.browser_key = "key";
  }
  fake_connecting connecting;
  std::string token = sign_up("acme");
  std::string project = add_project(token);
};

std::string wrong_parameter(const tests::answered& of) {
  return std::string{of.body.at("errors").at(0).at("parameter").as_string()};
}

}  // namespace

TEST_CASE("an instance is asked for where the provider has many, and nowhere else") {
  fixture front;
  const auto begun =
      front.get("/channels/mastodon/oauth/start?instance=a.example&project_id=" + front.project, front.token);
  CHECK(begun.status() == 200);
  CHECK(begun.text("/authorization_url") == "https://a.example/oauth/authorize?state=s");
  CHECK(front.connecting.started.instance == "a.example");
  CHECK(front.connecting.started.project_id);
  const auto without = front.get("/channels/mastodon/oauth/start", front.token);
  CHECK(without.status() == 422);
  CHECK(wrong_parameter(without) == "instance");
  CHECK(front.get("/channels/x/oauth/start?instance=a.example", front.token).status() == 422);
  CHECK(front.get("/channels/x/oauth/start", front.token).status() == 200);
}

TEST_CASE("an instance that is none is refused at its parameter") {
  fixture front;
  front.connecting.start_answer = {.problem = "must be the address of a server", .is_instance_wrong = true};
  const auto refused = front.get("/channels/mastodon/oauth/start?instance=x", front.token);
  CHECK(refused.status() == 422);
  CHECK(wrong_parameter(refused) == "instance");
}

TEST_CASE("a name and a password for apps are handed over once, and the answer holds neither") {
  fixture front;
  front.connecting.sign_in_answer = {actors::connect_signed_in::kind::connected, "", 1};
  const auto body =
      in_project(front.project) + R"("identifier":"acme.bsky.social","app_password":"aaaa-bbbb-cccc-dddd"})";
  const auto made = front.post("/channels/bluesky/connect", body, front.token);
  CHECK(made.status() == 200);
  CHECK(made.text("/result") == "connected");
  CHECK(made.raw.bytes().find("aaaa") == std::string::npos);
  CHECK(front.connecting.identifier == "acme.bsky.social");
  CHECK(front.connecting.password == "aaaa-bbbb-cccc-dddd");
  CHECK(front.connecting.project_id);
  CHECK(front.post("/channels/bluesky/connect", body, "").status() == 401);
  CHECK(names(front.post("/channels/bluesky/connect", R"({"identifier":"a.b"})", front.token), "/app_password"));
  CHECK(front.post("/channels/x/connect", body, front.token).status() == 404);
}

TEST_CASE("what a sign-in comes to is told where it belongs") {
  fixture front;
  using kind = actors::connect_signed_in::kind;
  const auto answer = [&](kind what) {
    front.connecting.sign_in_answer = {what, "Because.", 0};
    return front.post("/channels/bluesky/connect", R"({"identifier":"acme.bsky.social","app_password":"x"})",
                      front.token);
  };
  CHECK(names(answer(kind::refused), "/app_password"));
  CHECK(names(answer(kind::unknown_project), "/project_id"));
  CHECK(answer(kind::not_configured).status() == 409);
  CHECK(answer(kind::later).status() == 503);
  CHECK(answer(kind::choose).text("/result") == "choose");
}
