// The providers against the stand-ins, over HTTP.
#include <catch2/catch.hpp>

#include "connectors/ai/chat_provider.hpp"
#include "connectors/ai/choice.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using namespace pulse::connectors::ai;
using namespace std::chrono_literals;
using kind = failure_kind;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  dialect speaks;

  explicit fixture(dialect which) : speaks(which) {}
  ~fixture() { client.stop(); }

  std::string name() const { return speaks == dialect::openai ? "openai" : "openrouter"; }
  chat_options options() const {
    chat_options made;
    made.speaks = speaks;
    made.base_url = box.url("/" + name() + (speaks == dialect::openai ? "/v1" : "/api/v1"));
    made.key = base::secret{"sandbox-" + name() + "-key"};
    made.model = "gpt-4o-mini";
    made.timeout = patience;
    made.prices = {15, 60};
    made.first_pause = 1ms;
    return made;
  }
  answer ask(request what, chat_options how) {
    chat_provider provider{std::move(how), client, clock};
    awaited<std::shared_ptr<answer>> got;
    provider.complete(std::move(what),
                      [call = got.callback()](answer given) { call(std::make_shared<answer>(std::move(given))); });
    return *got.get();
  }
  answer ask(request what) { return ask(std::move(what), options()); }
  void next(const std::string& answers) {
    const auto reply =
        box.call("POST", "/_sandbox/limits", R"({"platform":")" + name() + R"(","answers":[)" + answers + "]}");
    REQUIRE(reply.status == 200);
  }
  void fault(const std::string& more) { box.add_fault(R"({"platform":")" + name() + "\"," + more + "}"); }
  std::size_t calls() { return box.journal("arrived").size(); }
  /// Asks, each time with twice the time, until one question could be sent within it: a busy machine may need longer
  /// than the first to connect, and then nothing was sent, which is another failure.
  failure failure_of_sent(const request& what, chat_options how) {
    auto why = ask(what, how).error();
    while (why.kind == kind::unreachable && how.timeout < patience) {
      how.timeout *= 2;
      why = ask(what, how).error();
    }
    return why;
  }
};

request some_question() {
  request made;
  made.system = "You write remarks about posts.";
  made.task = "Write one.";
  made.materials = {{"post", "We have opened an office in Utrecht."}};
  made.schema = {{"type", "object"},
                 {"properties", {{"text", {{"type", "string"}, {"minLength", 1}, {"maxLength", 400}}}}},
                 {"required", {"text"}}};
  made.most_tokens = 200;
  return made;
}

}  // namespace

TEST_CASE("AI: both providers answer in the form that was asked for, and say what it used") {
  fixture with{GENERATE(dialect::openai, dialect::openrouter)};
  CAPTURE(with.name());
  const auto got = with.ask(some_question());
  REQUIRE(got.has_value());
  CHECK_FALSE(got->value.at("text").as_string().empty());
  CHECK(got->tokens_in > 0);
  CHECK(got->tokens_out > 0);
  CHECK(got->cost_micro_usd > 0);
  CHECK(got->model == "gpt-4o-mini");
  const chat_provider provider{with.options(), with.client, with.clock};
  CHECK(got->tokens_in + got->tokens_out <= provider.at_most(some_question()).tokens);
  CHECK(got->cost_micro_usd <= provider.at_most(some_question()).cost_micro_usd);
  const auto arrived = with.box.journal("arrived").at(0).as_object();
  CHECK(boost::json::serialize(arrived).find("sandbox-" + with.name() + "-key") == std::string::npos);
}

TEST_CASE("AI: what is final is not tried again, and what passes is") {
  fixture with{GENERATE(dialect::openai, dialect::openrouter)};
  const auto [next, expected, calls] = GENERATE(table<std::string, kind, std::size_t>({
      {R"({"status":429,"code":"insufficient_quota"})", kind::quota_final, 1},
      {R"({"status":402})", kind::quota_final, 1},
      {R"({"status":401})", kind::refused_by_provider, 1},
      {R"({"status":400,"code":"context_length_exceeded"})", kind::too_large, 1},
      {R"({"refusal":"No."})", kind::declined, 1},
      {R"({"content":"x","finish_reason":"length"})", kind::too_large, 1},
      {R"({"status":429,"retry_after":3600})", kind::rate_limited, 1},
      {R"({"status":500},{"status":503},{"status":502,"in_200":true})", kind::unreachable, 3},
      {R"({"content":"no JSON"},{"raw":"<html>"})", kind::malformed, 2},
      {R"({"content":"{\"other\":1}"},{"content":"{\"text\":5}"})", kind::not_of_schema, 2},
  }));
  CAPTURE(with.name(), next);
  with.next(next);
  const auto got = with.ask(some_question());
  REQUIRE(got.has_error());
  const bool is_hidden_502 = with.speaks == dialect::openai && expected == kind::unreachable;
  if (!is_hidden_502) CHECK(got.error().kind == expected);
  CHECK(with.calls() == calls);
}

TEST_CASE("AI: after an error of the day the answer comes, and what all tries used is counted") {
  fixture with{GENERATE(dialect::openai, dialect::openrouter)};
  const auto* first =
      GENERATE(R"({"status":500})", R"({"status":429,"retry_after":0})", R"({"content":"{\"other\":1}"})");
  CAPTURE(with.name(), first);
  const auto alone = with.ask(some_question());
  with.next(first);
  const auto got = with.ask(some_question());
  REQUIRE(got.has_value());
  CHECK(got->value == alone->value);
  const bool is_paid_twice = std::string_view{first}.find("content") != std::string_view::npos;
  CHECK((got->tokens_in > alone->tokens_in) == is_paid_twice);
}

TEST_CASE("AI: an answer that is huge is refused, and not read to its end") {
  fixture with{dialect::openai};
  with.next(R"({"repeat":"xxxxxxxxxx","times":500000})");
  CHECK(with.ask(some_question()).error().kind == kind::too_large);
}

TEST_CASE("AI: connections that end and answers that are late are failures of their kind") {
  fixture with{dialect::openai};
  auto how = with.options();
  how.timeout = 300ms;
  with.fault(R"("kind":"slow","ms":100000,"count":0)");
  const auto used = with.failure_of_sent(some_question(), how);
  CHECK(used.kind == kind::timeout);
  CHECK(used.tokens_in > 0);  // it may have been charged
  with.box.call("DELETE", "/_sandbox/faults");
  with.fault(R"("kind":"drop_before","count":1)");
  CHECK(with.ask(some_question()).has_value());
  how.base_url = "http://127.0.0.1:1/v1";
  CHECK(with.ask(some_question(), how).error().kind == kind::unreachable);
}

TEST_CASE("AI: a model with a temperature of its own is asked without one") {
  fixture with{dialect::openai};
  auto what = some_question();
  what.model = "reasoning-1";
  CHECK(with.ask(what).has_value());
  CHECK(with.calls() == 2);
  what.model = "missing-1";
  const auto got = with.ask(what);
  CHECK(got.error().kind == kind::refused_by_provider);
  CHECK(got.error().reason.find("OPENAI_MODEL") != std::string::npos);
}

TEST_CASE("AI: a request that is too long is not sent") {
  fixture with{dialect::openai};
  auto what = some_question();
  what.materials.push_back({"feed", std::string(max_request_bytes, 'x')});
  CHECK(with.ask(what).error().kind == kind::too_large);
  what = some_question();
  what.most_tokens = max_answer_tokens + 1;
  CHECK(with.ask(what).error().kind == kind::too_large);
  CHECK(with.calls() == 0);
}

TEST_CASE("AI: a wrong key is said to be one, and is nowhere in the reason") {
  fixture with{GENERATE(dialect::openai, dialect::openrouter)};
  auto how = with.options();
  how.key = base::secret{"sk-wrong-key"};
  const auto why = with.ask(some_question(), how).error();
  CHECK(why.kind == kind::refused_by_provider);
  CHECK(why.reason.find("sk-wrong-key") == std::string::npos);
  CHECK(why.reason.find("_API_KEY") != std::string::npos);
}

TEST_CASE("AI: which provider there is follows from the keys, and production has none offline") {
  fixture with{dialect::openai};
  provider_settings how;
  const auto chosen = [&] { return choose_provider(how, with.client, with.clock); };
  CHECK(chosen().which->is_stand_in());
  how.is_production = true;
  CHECK(chosen().which == nullptr);
  CHECK(chosen().missing.find("OPENAI_API_KEY or OPENROUTER_API_KEY") != std::string::npos);
  how.openrouter = with.options();
  how.openrouter.speaks = dialect::openrouter;
  CHECK(chosen().which->name() == "OpenRouter");
  how.openai = with.options();
  CHECK(chosen().which->name() == "OpenAI");
  how.choice = provider_choice::openrouter;
  CHECK(chosen().which->name() == "OpenRouter");
  how.openrouter.key = {};
  CHECK(chosen().missing.find("OPENROUTER_API_KEY") != std::string::npos);
  how.choice = provider_choice::offline;
  CHECK(chosen().which == nullptr);
}
