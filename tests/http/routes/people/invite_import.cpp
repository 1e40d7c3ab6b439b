// Tables of invitations: their columns, and one that two people import at the same moment.
#include <map>
#include <tuple>

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

namespace {

/// What the preview of a table says, and what the import of the same table says.
struct looked_at {
  tests::answered preview;
  tests::answered done;
};

looked_at send(people_fixture& front, const std::string& owner, const std::string& table) {
  const auto body = R"({"content":")" + table + '"';
  return {front.post("/org/invites/import", body + R"(,"preview":true})", owner),
          front.post("/org/invites/import", body + "}", owner)};
}

std::size_t open_invites(people_fixture& front, const std::string& owner) {
  return front.get("/org/invites", owner).body.at("items").as_array().size();
}

}  // namespace

TEST_CASE("a table with a column that is not read invites nobody, and says which column and what there may be") {
  people_fixture front;
  const auto owner = front.sign_up("owner@example.com").text("/access_token");
  const std::vector<std::pair<std::string, std::string>> refused{
      {R"(email,name,role\nann@example.com,Ann,admin)",
       "Row 1, column 2: \"name\" is no column of this table. There may be email, role and team."},
      {R"(Role;E-Mail;Expires\nadmin;ann@example.com;2027)",
       "Row 1, column 3: \"Expires\" is no column of this table. There may be email, role and team."},
      {R"(email,role,address\nann@example.com,admin,bob@example.com)",
       "Row 1, column 3: \"address\" is there twice. There may be email, role and team, each once."},
      {R"(email,role,ROLE\nann@example.com,admin,member)",
       "Row 1, column 3: \"ROLE\" is there twice. There may be email, role and team, each once."}};
  std::string dashes;
  for (int i = 0; i < 1'000; ++i) dashes += "\u2013";  // of three bytes each
  const auto shortened = "Row 1, column 2: \"" + dashes.substr(0, 60) + "\u2026\" is no column of this table.";
  for (const auto& [table, why] : refused) {
    INFO(table);
    const auto said = send(front, owner, table);
    CHECK(said.preview.code() == "unknown_column");
    CHECK(said.preview.text("/detail") == why);
    CHECK(said.done.status() == 409);
    CHECK(said.done.text("/detail") == why);
  }
  CHECK(send(front, owner, "email," + dashes).done.text("/detail").starts_with(shortened));
  CHECK(open_invites(front, owner) == 0);
}

TEST_CASE("a row with more cells than the table has columns is wrong, and says where and what there may be") {
  people_fixture front;
  const auto owner = front.sign_up("owner@example.com").text("/access_token");
  const std::vector<std::tuple<std::string, std::int64_t, std::string>> wrong{
      {R"(ann@example.com,admin,,Ann)", 1, "has something in column 4, and the columns are email, role and team"},
      {R"(email,role\nbob@example.com,member\nann@example.com,admin,Red)", 3,
       "has something in column 3, and the columns are email and role"},
      {R"(email\nann@example.com;admin)", 2, "has no e-mail address"},
      {R"(team,,email\nRed,Ann,ann@example.com)", 2, "has something in column 2, and the columns are team and email"}};
  for (const auto& [table, row, why] : wrong) {
    INFO(table);
    const auto said = send(front, owner, table);
    for (const auto* answer : {&said.preview, &said.done}) {
      REQUIRE(answer->status() == 200);
      REQUIRE(answer->body.at("errors").as_array().size() == 1);
      CHECK(answer->body.at_pointer("/errors/0/row").as_int64() == row);
      CHECK(answer->text("/errors/0/detail") == why);
      CHECK_FALSE(answer->body.at("is_stored").as_bool());
    }
  }
  CHECK(open_invites(front, owner) == 0);
  // Cells that are empty say nothing that could be lost, and spreadsheets write them.
  const auto said = send(front, owner, R"(email,role,team,,\nann@example.com,admin,,,\nbob@example.com, , , ,)");
  CHECK(said.done.body.at("is_stored").as_bool());
  CHECK(open_invites(front, owner) == 2);
}
