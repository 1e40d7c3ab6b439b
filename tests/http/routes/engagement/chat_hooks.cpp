// Chats that notify members and companies of waiting acts.
#include <catch2/catch.hpp>

#include "persistence/engagement/asking.hpp"
#include "persistence/engagement/chat_hooks.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
namespace asking = persistence::asking;
namespace hooks = persistence::chat_hooks;

namespace {

constexpr std::string_view address = "https://hooks.slack.com/services/T0/B0/very-secret";

struct chats_fixture : tests::people_fixture {
  std::string owner, ada;

  chats_fixture() {
    owner = sign_up("owner@example.com").text("/access_token");
    const auto code = post("/org/invites", R"({"role":"member"})", owner).text("/code");
    ada = post("/org/invites/accept",
               R"({"code":")" + code + R"(","email":"ada@example.com","password":")" + password + "\"}")
              .text("/access_token");
  }
  std::string add(const std::string& path, const std::string& token, const std::string& kind = "slack") {
    return post(path, R"({"kind":")" + kind + R"(","address":")" + std::string{address} + "\"}", token).text("/id");
  }
  /// A like waits for Ada under a post of Acme.
  void make_waiting_like() {
    put("/automation/settings",
        R"({"working_days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],)"
        R"("works_from_minute":0,"works_until_minute":1440})",
        ada);
    const auto page = post("/tracked-pages", R"({"url":"linkedin.com/company/acme","name":"Acme"})", owner).text("/id");
    post("/tracked-pages/" + page + "/subscribe", "{}", ada);
    post("/tracked-pages/" + page + "/posts", R"({"url":"urn:li:activity:70","title":"We hire"})", owner);
  }
  void ask() {
    const auto now = clock.now();
    const auto taken =
        as_engine.transact_now(std::nullopt, [now](persistence::transaction& tx) { return asking::take(tx, now, 10); });
    for (const auto& each : *taken) {
      const auto asked = as_engine.transact_now(each.tenant_id, [&](persistence::transaction& tx) {
        return asking::ask(tx, each.member_id, "https://pulse.test", secrets, now);
      });
      REQUIRE(asked.has_value());
    }
    const auto companies = as_engine.transact_now(
        std::nullopt, [now](persistence::transaction& tx) { return asking::companies_to_tell(tx, now, 10); });
    for (const auto& each : *companies) {
      const auto told = as_engine.transact_now(each, [&](persistence::transaction& tx) {
        return asking::tell_company(tx, "https://pulse.test", secrets, now);
      });
      REQUIRE(told.has_value());
    }
  }
  /// Takes what waits to be sent, and says that it arrived.
  std::vector<hooks::opened> take() {
    const auto now = clock.now();
    const auto taken = as_engine.transact_now(std::nullopt, [now](persistence::transaction& tx) {
      auto all = hooks::take(tx, now, now + std::chrono::minutes{1});
      for (const auto& each : all) hooks::finish(tx, each, std::nullopt, false, now);
      return all;
    });
    std::vector<hooks::opened> made;
    for (const auto& each : *taken) made.push_back(hooks::open(each, secrets).value());
    return made;
  }
};

std::string text_of(const domain::chat_message& from) {
  std::string made = from.title;
  for (const auto& each : from.parts) made += "\n" + each.text + "\n" + each.link;
  return made;
}

}  // namespace

TEST_CASE("a member's chat is asked with links, and nobody is shown its address again") {
  chats_fixture front;
  const auto made =
      front.post("/automation/webhooks", R"({"kind":"slack","address":")" + std::string{address} + "\"}", front.ada);
  CHECK(made.status() == 201);
  CHECK(made.text("/host") == "hooks.slack.com");
  const auto listed = front.get("/automation/webhooks", front.ada);
  CHECK(listed.raw.bytes().find("very-secret") == std::string::npos);
  CHECK(front.get("/automation/webhooks", front.owner).body.at_pointer("/items").as_array().empty());
  front.make_waiting_like();
  front.take_mails();
  front.ask();
  const auto said = front.take();
  REQUIRE(said.size() == 1);
  CHECK(said[0].address == address);
  REQUIRE(said[0].message.parts.size() == 2);
  const auto& link = said[0].message.parts[0].link;
  const auto secret = link.substr(link.find("#secret=") + 8);
  CHECK(front.post("/confirmation-links/" + secret + "/confirm", "{}").text("/state") == "queued");
  CHECK(front.take_mails().empty());
  front.ask();
  CHECK(front.take().empty());
}

TEST_CASE("a company's chat is told figures once a post: no name, no words, no link that answers") {
  chats_fixture front;
  CHECK(front
            .post("/automation/company-webhooks", R"({"kind":"teams","address":")" + std::string{address} + "\"}",
                  front.ada)
            .status() == 403);
  front.add("/automation/company-webhooks", front.owner, "teams");
  front.make_waiting_like();
  front.ask();
  const auto said = front.take();
  REQUIRE(said.size() == 1);
  const auto text = text_of(said[0].message);
  CHECK(text.find("1 waits for the word of 1 member under a post of Acme: \"We hire\"") != std::string::npos);
  CHECK(text.find("secret=") == std::string::npos);
  CHECK(text.find("ada") == std::string::npos);
  front.ask();
  CHECK(front.take().empty());
}

TEST_CASE("an address inside the network is no chat's, there are five at most, and another's is not there") {
  chats_fixture front;
  for (const auto* bad : {"https://10.0.0.1/x", "http://hooks.slack.com/x", "https://metadata.google.internal/",
                          "https://user:pass@hooks.slack.com/x"}) {
    INFO(bad);
    const auto refused =
        front.post("/automation/webhooks", R"({"kind":"slack","address":")" + std::string{bad} + "\"}", front.ada);
    CHECK(refused.status() == 422);
  }
  std::string first;
  for (int i = 0; i < 5; ++i) first = front.add("/automation/webhooks", front.ada);
  CHECK(front.post("/automation/webhooks", R"({"kind":"slack","address":")" + std::string{address} + "\"}", front.ada)
            .code() == "too_many_webhooks");
  CHECK(front.remove("/automation/webhooks/" + first, front.owner).status() == 404);
  CHECK(front.remove("/automation/company-webhooks/" + first, front.owner).status() == 404);
  CHECK(front.post("/automation/webhooks/" + first + "/test", "{}", front.owner).status() == 404);
  CHECK(front.post("/automation/webhooks/" + first + "/test", "{}", front.ada).status() == 204);
  CHECK(front.take().size() == 1);
  CHECK(front.remove("/automation/webhooks/" + first, front.ada).status() == 204);
}
