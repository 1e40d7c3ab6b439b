// The meaning of replies about comments: the Graph API's errors, and the owner of a listed comment.
#include "connectors/meta/comments.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::meta;
using pulse::base::timestamp;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

const comment_edge edge{.platform = "Instagram",
                        .permission = "instagram_manage_comments",
                        .usage = "instagram",
                        .fields = "id,text,timestamp,username,user",
                        .text_field = "text",
                        .time_field = "timestamp"};

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error_of(int code, int subcode = 0) {
  return reply_of(400, R"({"error":{"message":"words","type":"OAuthException","code":)" + std::to_string(code) +
                           R"(,"error_subcode":)" + std::to_string(subcode) + "}}");
}

}  // namespace

TEST_CASE("a comment's errors are those of the Graph API, and none of them says that it is there") {
  struct row {
    int code;
    int subcode;
    outcome_kind kind;
  };
  const row table[] = {{-2, 0, outcome_kind::unknown},        {1, 0, outcome_kind::unknown},
                       {2, 0, outcome_kind::unknown},         {3, 0, outcome_kind::permission},
                       {4, 0, outcome_kind::rate_limited},    {4, 2207051, outcome_kind::permission},
                       {10, 0, outcome_kind::permission},     {25, 2207050, outcome_kind::permission},
                       {32, 0, outcome_kind::rate_limited},   {100, 0, outcome_kind::invalid},
                       {100, 33, outcome_kind::transient},    {190, 463, outcome_kind::auth_expired},
                       {200, 0, outcome_kind::permission},    {368, 1390008, outcome_kind::rate_limited},
                       {506, 0, outcome_kind::duplicate},     {613, 0, outcome_kind::rate_limited},
                       {2635, 0, outcome_kind::rate_limited}, {80002, 0, outcome_kind::rate_limited}};
  for (const auto& each : table) {
    const auto told = classify_comment(error_of(each.code, each.subcode), edge, now);
    INFO(each.code << "/" << each.subcode << ": " << told.reason);
    CHECK(told.kind == each.kind);
    CHECK_FALSE(told.external_id);
    CHECK_FALSE(told.reason.empty());
  }
  CHECK(classify_comment(error_of(10), edge, now).reason.find("instagram_manage_comments") != std::string::npos);
}

TEST_CASE("a comment is out only with its id, and whatever else may have arrived is unknown") {
  const auto out = classify_comment(reply_of(200, R"({"id":"17_42"})"), edge, now);
  CHECK(out.kind == outcome_kind::published);
  CHECK(out.external_id == "17_42");
  for (const auto* body : {"", "{}", "[]", R"({"id":""})", R"({"id":7})", R"({"id":"a/b"})", "<html>"}) {
    INFO(body);
    CHECK(classify_comment(reply_of(200, body), edge, now).kind == outcome_kind::unknown);
  }
  egress_reply lost;
  lost.how_far = progress::bytes_may_have_left;
  CHECK(classify_comment(lost, edge, now).kind == outcome_kind::unknown);
  lost.how_far = progress::no_byte_sent;
  CHECK(classify_comment(lost, edge, now).kind == outcome_kind::transient);
}

TEST_CASE("of a list only the account's own comments count, and a list that cannot be read is none") {
  const credentials account{"42", "acme", pulse::base::secret{"token"}};
  const auto count = [&](const std::string& one) -> int {
    const auto page = read_own_comments(R"({"data":[)" + one + "]}", edge, account);
    return page ? static_cast<int>(page->items.size()) : -1;
  };
  const std::string head = R"({"id":"1","text":"Yes","timestamp":"2026-11-22T08:30:00+0000")";
  CHECK(count(head + R"(,"user":{"id":"42"}})") == 1);
  CHECK(count(head + R"(,"from":{"id":"42","name":"Acme"}})") == 1);
  CHECK(count(head + R"(,"username":"acme"})") == 1);
  CHECK(count(head + "}") == 1);  // nobody is named: it is not made again
  CHECK(count(head + R"(,"username":"other"})") == 0);
  CHECK(count(head + R"(,"from":{"id":"43"}})") == 0);
  CHECK(count(R"({"id":"1","text":"Yes"})") == -1);
  CHECK(count(R"({"text":"Yes","timestamp":"2026-11-22T08:30:00+0000"})") == -1);
  CHECK_FALSE(read_own_comments("{}", edge, account));
  CHECK_FALSE(read_own_comments(R"({"data":[],"paging":{"next":"https://x"}})", edge, account));
}
