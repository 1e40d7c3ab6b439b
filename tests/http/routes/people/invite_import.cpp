// A table of invitations that two people import at the same moment.
#include <map>

#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::people_fixture;

TEST_CASE("a table that two people import at the same moment, each twice, invites everybody once") {  // asvs: 2.3.4
  constexpr int rounds = 40;
  constexpr int people = 5;
  people_fixture front;
  const auto owner = front.sign_up("owner@example.com").text("/access_token");
  const auto admin = tests::join(front, owner, "admin", "admin");
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    std::string table = "email,role";
    for (int i = 0; i < people; ++i)
      table += R"(\nr)" + std::to_string(round) + "p" + std::to_string(i) + "@example.com,member";
    std::vector<http::server::request> all;
    for (const auto& by : {owner, admin, owner, admin}) {
      auto asked = front.request(http::server::verb::post, "/org/invites/import", R"({"content":")" + table + "\"}");
      all.push_back(front.with_token(std::move(asked), by));
    }
    std::size_t invited = 0;
    std::size_t skipped = 0;
    for (const auto& answer : front.answer_together(all)) {
      REQUIRE(answer.status() == 200);
      CHECK(answer.body.at("errors").as_array().empty());
      invited += answer.body.at("invites").as_array().size();
      skipped += answer.body.at("skipped").as_array().size();
    }
    CHECK(invited == people);
    CHECK(skipped == people * (all.size() - 1));
    std::map<std::string, int> mailed;
    for (const auto& mail : front.take_mails()) ++mailed[mail.first];
    CHECK(mailed.size() == people);
    for (const auto& [address, mails] : mailed) CHECK(mails == 1);
    const auto open = front.get("/org/invites?limit=100", owner).body.at("items").as_array();
    for (const auto& each : open) front.remove("/org/invites/" + std::string{each.at("id").as_string()}, owner);
  }
}
