#include "connectors/chat/message.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "base/time.hpp"

using namespace pulse;
using namespace pulse::connectors;
using domain::chat_kind;

namespace {

const domain::chat_message hostile{.title = "A comment waits",
                                   .parts = {{"under a post of <!channel> & @everyone *Acme* [here](https://evil.test)",
                                              "https://pulse.test/app/confirm#secret=s1", "Confirm or skip it"},
                                             {"Nothing goes out before you say so.", {}, {}}}};

boost::json::object written(chat_kind kind, const domain::chat_message& message = hostile) {
  return boost::json::parse(chat::body_of(kind, message)).as_object();
}

egress_reply answered(int status) {
  egress_reply made;
  made.how_far = progress::complete;
  made.status = status;
  return made;
}

}  // namespace

TEST_CASE("a page's post mentions nobody and makes no link in any chat, and our link stays whole") {
  const std::string slack{written(chat_kind::slack).at("text").as_string()};
  CHECK(slack.find("&lt;!channel&gt; &amp; @everyone") != std::string::npos);
  CHECK(slack.find("<https://pulse.test/app/confirm#secret=s1|Confirm or skip it>") != std::string::npos);
  CHECK_FALSE(written(chat_kind::slack).at("mrkdwn").as_bool());
  const auto discord = written(chat_kind::discord);
  const std::string content{discord.at("content").as_string()};
  CHECK(discord.at("allowed_mentions").at("parse").as_array().empty());
  CHECK(content.find("\\[here\\]\\(https://evil.test\\)") != std::string::npos);
  CHECK(content.find("<https://pulse.test/app/confirm#secret=s1>") != std::string::npos);
  const auto teams = written(chat_kind::teams);
  const auto& body = teams.at("attachments").at(0).at("content").at("body").as_array();
  REQUIRE(body.size() == 4);
  CHECK(body.at(2).at("actions").at(0).at("url").as_string() == "https://pulse.test/app/confirm#secret=s1");
  CHECK(std::string{body.at(1).at("text").as_string()}.find("\\*Acme\\*") != std::string::npos);
}

TEST_CASE("a message that Discord would not take leaves out parts, never half a link") {
  domain::chat_message many{.title = "10 wait", .parts = {}};
  for (int i = 0; i < 10; ++i)
    many.parts.push_back({std::string(400, 'x'), "https://pulse.test/#" + std::to_string(i), "Go"});
  const std::string content{written(chat_kind::discord, many).at("content").as_string()};
  CHECK(content.size() <= 2'000);
  CHECK(content.find("<https://pulse.test/#3>") != std::string::npos);
  CHECK(content.find("#4") == std::string::npos);
}

TEST_CASE("a chat's reply tells whether to retry, and whether the webhook is gone") {
  const auto now = *base::parse_timestamp("2026-12-01T09:00:00Z");
  CHECK(chat::read_reply(answered(200), now).what == chat::delivery::arrived);
  CHECK(chat::read_reply(answered(204), now).what == chat::delivery::arrived);
  CHECK(chat::read_reply(answered(400), now).what == chat::delivery::refused);
  CHECK(chat::read_reply(answered(302), now).what == chat::delivery::refused);
  for (const int status : {401, 403, 404, 410})
    CHECK(chat::read_reply(answered(status), now).what == chat::delivery::gone);
  for (const int status : {500, 503}) CHECK(chat::read_reply(answered(status), now).what == chat::delivery::again);
  auto slow = answered(429);
  slow.headers = {{"retry-after", "30"}};
  CHECK(chat::read_reply(slow, now).again_at == now + std::chrono::seconds{30});
  CHECK(chat::read_reply({}, now).what == chat::delivery::again);
  egress_reply refused;
  refused.address_refused = true;
  CHECK(chat::read_reply(refused, now).what == chat::delivery::gone);
}

TEST_CASE("a name in a chat does not turn the order of what is read") {
  const domain::chat_message turned{
      .title = "A like \u202Ewaits",
      .parts = {{"under a post of \u2066Acme\u200F", "https://pulse.test/x", "Con\u202Dfirm"}}};
  for (const auto kind : {chat_kind::slack, chat_kind::teams, chat_kind::discord}) {
    const auto body = chat::body_of(kind, turned);
    CHECK(body.find("A like waits") != std::string::npos);
    for (const auto* control : {"\u202E", "\u202D", "\u2066", "\u200F"}) CHECK(body.find(control) == std::string::npos);
  }
}
