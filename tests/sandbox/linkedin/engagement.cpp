// The connector's likes and comments against LinkedIn's stand-in: made once, lost, found again.
#include <catch2/catch.hpp>

#include <future>

#include "connectors/linkedin/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using connectors::engagement_call;
using domain::engagement_kind;
using domain::outcome_kind;
using domain::reconciliation_kind;

namespace {

constexpr const char* post = "urn:li:activity:7100000000000000001";

struct linkedin_fixture {
  base::system_clock clock;
  tests::temporary_folder folder;
  tests::running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::linkedin::linkedin_connector connector{
      {.base_url = box.url(), .version = "202609", .image_settles = {}}, box.client(), clock};

  linkedin_fixture() { box.add_account("token", "ada", "", "linkedin"); }

  static engagement_call call(engagement_kind kind, const std::string& text = "", const std::string& token = "token") {
    return {.kind = kind, .text = text, .post_urn = post, .account = {"ada", "", base::secret{token}}};
  }
  domain::outcome engage(engagement_call what) {
    std::promise<domain::outcome> told;
    connector.engage(std::move(what), [&told](domain::outcome result) { told.set_value(std::move(result)); });
    return told.get_future().get();
  }
  domain::reconciliation find(engagement_call what) {
    std::promise<domain::reconciliation> told;
    connector.find_engagement(std::move(what),
                              [&told](domain::reconciliation result) { told.set_value(std::move(result)); });
    return told.get_future().get();
  }
  void fault(const std::string& kind) {
    box.add_fault(R"({"platform":"linkedin","kind":")" + kind +
                  R"(","count":1,"match":{"method":"POST","path_prefix":"/rest/"}})");
  }
};

}  // namespace

TEST_CASE("a like is made once, and found by actor and post") {
  linkedin_fixture on;
  const auto like = linkedin_fixture::call(engagement_kind::like);
  CHECK(on.find(like).kind == reconciliation_kind::absent);
  const auto made = on.engage(like);
  INFO(made.reason);
  CHECK(made.kind == outcome_kind::published);
  CHECK(made.external_id == "urn:li:reaction:(urn:li:person:ada," + std::string{post} + ")");
  CHECK(on.engage(like).kind == outcome_kind::duplicate);
  CHECK(on.find(like).kind == reconciliation_kind::live);
}

TEST_CASE("a comment is made as it is written, and found by actor and words") {
  linkedin_fixture on;
  const auto comment = linkedin_fixture::call(engagement_kind::comment, "Well done (really) #news");
  CHECK(on.find(comment).kind == reconciliation_kind::absent);
  CHECK(on.engage(comment).kind == outcome_kind::published);
  CHECK(on.find(comment).kind == reconciliation_kind::live);
  CHECK(on.find(linkedin_fixture::call(engagement_kind::comment, "Something else")).kind ==
        reconciliation_kind::absent);
}

TEST_CASE("what is lost on the way is not known, and the look tells what became of it") {
  for (const auto kind : {engagement_kind::like, engagement_kind::comment}) {
    for (const auto* fault : {"accept_then_drop", "accept_then_500", "drop_before", "empty_200"}) {
      linkedin_fixture on;
      INFO(fault);
      on.fault(fault);
      const auto what = linkedin_fixture::call(kind, kind == engagement_kind::comment ? "Yes" : "");
      CHECK(on.engage(what).kind == outcome_kind::unknown);
      const bool is_there = std::string_view{fault}.starts_with("accept");
      CHECK(on.find(what).kind == (is_there ? reconciliation_kind::live : reconciliation_kind::absent));
    }
  }
}

TEST_CASE("a token that is refused, a blank comment and a daily limit say what they are") {
  linkedin_fixture on;
  CHECK(on.engage(linkedin_fixture::call(engagement_kind::comment, "Yes", "other")).kind == outcome_kind::auth_expired);
  CHECK(on.find(linkedin_fixture::call(engagement_kind::like, "", "other")).is_unauthorized);
  CHECK(on.engage(linkedin_fixture::call(engagement_kind::comment, " ")).kind == outcome_kind::invalid);
  REQUIRE(on.box.call("POST", "/_sandbox/limits", R"({"platform":"linkedin","comments":{"limit":0}})").status == 200);
  const auto limited = on.engage(linkedin_fixture::call(engagement_kind::comment, "Yes"));
  CHECK(limited.kind == outcome_kind::rate_limited);
  CHECK(limited.retry_at);
}

TEST_CASE("an act whose sender may send no more does not leave") {
  linkedin_fixture on;
  auto comment = linkedin_fixture::call(engagement_kind::comment, "Yes");
  comment.may_send = [] { return false; };
  CHECK(on.engage(comment).kind == outcome_kind::transient);
  CHECK(on.find(comment).kind == reconciliation_kind::absent);
}

TEST_CASE("a restart of the stand-in keeps what was liked and said") {
  base::system_clock clock;
  const tests::temporary_folder folder;
  const auto journal = folder.file("journal.jsonl");
  const auto ask = [&](auto&& with) {
    tests::running_sandbox box{clock, journal};
    connectors::linkedin::linkedin_connector connector{
        {.base_url = box.url(), .version = "202609", .image_settles = {}}, box.client(), clock};
    with(box, connector);
  };
  ask([](auto& box, auto& connector) {
    box.add_account("token", "ada", "", "linkedin");
    std::promise<void> done;
    connector.engage(linkedin_fixture::call(engagement_kind::comment, "Yes"),
                     [&done](const domain::outcome&) { done.set_value(); });
    done.get_future().get();
  });
  ask([](auto&, auto& connector) {
    std::promise<reconciliation_kind> told;
    connector.find_engagement(linkedin_fixture::call(engagement_kind::comment, "Yes"),
                              [&told](const domain::reconciliation& found) { told.set_value(found.kind); });
    CHECK(told.get_future().get() == reconciliation_kind::live);
  });
}
