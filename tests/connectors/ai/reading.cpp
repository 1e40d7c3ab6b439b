#include "connectors/ai/reading.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::ai;
using namespace std::chrono_literals;
using kind = failure_kind;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};
const boost::json::object text_schema{
    {"type", "object"}, {"properties", {{"text", {{"type", "string"}, {"maxLength", 40}}}}}, {"required", {"text"}}};

egress_reply reply_of(int status, std::string body, std::vector<egress_header> headers = {}) {
  egress_reply made;
  made.how_far = progress::complete;
  made.status = status;
  made.body = std::move(body);
  made.headers = std::move(headers);
  return made;
}

request asked() {
  request made;
  made.system = "You write.";
  made.task = "Write.";
  made.schema = text_schema;
  made.most_tokens = 100;
  return made;
}

how_to_read how(dialect speaks = dialect::openai) {
  return {speaks, {15, 60}, now, {1'100, 42}, "OPENAI_API_KEY", "OPENAI_MODEL"};
}

answer read(const egress_reply& got, dialect speaks = dialect::openai) { return read_reply(got, asked(), how(speaks)); }

std::string openai_error(std::string_view type, std::string_view code) {
  return R"({"error":{"message":"secret words of the prompt","type":")" + std::string{type} +
         R"(","param":null,"code":)" + (code.empty() ? "null" : '"' + std::string{code} + '"') + "}}";
}

std::string openrouter_error(int status, std::string_view type, std::string_view more = "") {
  return R"({"error":{"code":)" + std::to_string(status) +
         R"(,"message":"secret words of the prompt","metadata":{"error_type":")" + std::string{type} + "\"" +
         std::string{more} + "}}}";
}

/// A completion whose message is `content`, JSON already.
std::string completion(const std::string& content, const std::string& ended = "stop",
                       const std::string& usage = R"({"prompt_tokens":70,"completion_tokens":30})") {
  return R"({"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":)" +
         content + R"(},"finish_reason":")" + ended + R"("}],"usage":)" + usage + "}";
}

std::string in_json(std::string_view text) { return boost::json::serialize(boost::json::string{text}); }

}  // namespace

TEST_CASE("OpenAI: every row of the error table is what it says") {
  const auto [status, type, code, expected] = GENERATE(table<int, std::string, std::string, kind>({
      {400, "invalid_request_error", "", kind::refused_by_provider},
      {400, "invalid_request_error", "context_length_exceeded", kind::too_large},
      {400, "invalid_request_error", "unsupported_parameter", kind::refused_by_provider},
      {400, "invalid_request_error", "invalid_value", kind::refused_by_provider},
      {400, "invalid_request_error", "content_policy_violation", kind::declined},
      {401, "invalid_request_error", "invalid_api_key", kind::refused_by_provider},
      {401, "invalid_request_error", "invalid_organization", kind::refused_by_provider},
      {403, "invalid_request_error", "unsupported_country_region_territory", kind::refused_by_provider},
      {404, "invalid_request_error", "model_not_found", kind::refused_by_provider},
      {408, "", "", kind::timeout},
      {409, "", "", kind::unreachable},
      {413, "", "", kind::too_large},
      {429, "requests", "rate_limit_exceeded", kind::rate_limited},
      {429, "tokens", "rate_limit_exceeded", kind::rate_limited},
      {429, "insufficient_quota", "insufficient_quota", kind::quota_final},
      {429, "insufficient_quota", "", kind::quota_final},
      {500, "server_error", "", kind::unreachable},
      {502, "", "", kind::unreachable},
      {503, "server_error", "", kind::unreachable},
      {504, "", "", kind::timeout},
      {302, "", "", kind::malformed},
  }));
  CAPTURE(status, type, code);
  const auto got = read(reply_of(status, openai_error(type, code)));
  REQUIRE(got.has_error());
  CHECK(got.error().kind == expected);
  CHECK(got.error().reason.find("secret words") == std::string::npos);
  CHECK(got.error().retry_at.has_value() == (expected == kind::rate_limited));
}

TEST_CASE("OpenRouter: every row of the error table is what it says, also when it comes with 200") {
  const auto [status, type, expected] = GENERATE(table<int, std::string, kind>({
      {400, "invalid_request", kind::refused_by_provider},
      {400, "context_length_exceeded", kind::too_large},
      {400, "content_policy_violation", kind::declined},
      {400, "refusal", kind::declined},
      {401, "", kind::refused_by_provider},
      {402, "", kind::quota_final},
      {403, "", kind::refused_by_provider},
      {404, "", kind::refused_by_provider},
      {408, "", kind::timeout},
      {413, "", kind::too_large},
      {422, "", kind::refused_by_provider},
      {429, "rate_limit_exceeded", kind::rate_limited},
      {500, "", kind::unreachable},
      {502, "", kind::unreachable},
      {503, "", kind::unreachable},
      {504, "", kind::timeout},
      {524, "", kind::timeout},
      {529, "", kind::unreachable},
  }));
  const auto is_200 = GENERATE(false, true);
  CAPTURE(status, type, is_200);
  const auto got = read(reply_of(is_200 ? 200 : status, openrouter_error(status, type)), dialect::openrouter);
  REQUIRE(got.has_error());
  CHECK(got.error().kind == expected);
  CHECK(got.error().reason.find("secret words") == std::string::npos);
}

TEST_CASE("OpenRouter: a moderated answer is declined, and an error without a status is a passing failure") {
  const auto flagged =
      read(reply_of(403, openrouter_error(403, "moderation", R"(,"reasons":["violence"],"flagged_input":"x")")),
           dialect::openrouter);
  CHECK(flagged.error().kind == kind::declined);
  CHECK(read(reply_of(200, R"({"error":{"message":"m"}})"), dialect::openrouter).error().kind == kind::unreachable);
  CHECK(read(reply_of(200, R"({"error":"x"})"), dialect::openrouter).error().kind == kind::unreachable);
}

TEST_CASE("an answer of the form is read with what it used and what it cost") {
  const auto got = read(reply_of(200, completion(in_json(R"({"text":"Hello"})"))));
  REQUIRE(got.has_value());
  CHECK(got->value.at("text") == "Hello");
  CHECK(got->tokens_in == 70);
  CHECK(got->tokens_out == 30);
  CHECK(got->cost_micro_usd == (70 * 15 + 30 * 60 + 99) / 100);
  CHECK(got->model == "gpt-4o-mini-2024-07-18");
  const auto told = read(reply_of(200, completion(in_json(R"({"text":"Hello"})"), "stop",
                                                  R"({"prompt_tokens":70,"completion_tokens":30,"cost":0.000123})")),
                         dialect::openrouter);
  CHECK(told->cost_micro_usd == 123);
  CHECK(read(reply_of(200, completion(in_json("```json\n{\"text\":\"Hello\"}\n```")))).has_value());
}

TEST_CASE("an answer without figures counts as its whole reservation") {
  const auto* usage = GENERATE("{}", "null", R"({"prompt_tokens":-5,"completion_tokens":"x"})", "[]");
  CAPTURE(usage);
  const auto got = read(reply_of(200, completion(in_json(R"({"text":"Hello"})"), "stop", usage)));
  REQUIRE(got.has_value());
  CHECK(got->tokens_in + got->tokens_out == 1'100);
  CHECK(got->cost_micro_usd == 42);
}

TEST_CASE("hostile answers are refused with the error, and their content is repeated nowhere") {
  const auto [body, expected] = GENERATE(table<std::string, kind>({
      {"", kind::malformed},
      {"<html>secret words</html>", kind::malformed},
      {"[]", kind::malformed},
      {"{}", kind::malformed},
      {R"({"choices":[]})", kind::malformed},
      {R"({"choices":["secret words"]})", kind::malformed},
      {R"({"choices":[{"message":null}]})", kind::malformed},
      {completion("null"), kind::malformed},
      {completion(R"("")"), kind::malformed},
      {completion("17"), kind::malformed},
      {completion(in_json("secret words")), kind::malformed},
      {completion(in_json("[1,2]")), kind::malformed},
      {completion(in_json(R"({"text":"a"} secret words)")), kind::malformed},
      {completion(in_json("{\"text\":\"cut off")), kind::malformed},
      {completion(in_json(R"({"words":"secret words"})")), kind::not_of_schema},
      {completion(in_json(R"({"text":"a","system":"secret words"})")), kind::not_of_schema},
      {completion(in_json(R"({"text":17})")), kind::not_of_schema},
      {completion(in_json(R"({"text":["secret words"]})")), kind::not_of_schema},
      {completion(in_json(R"({"text":")" + std::string(41, 'x') + "\"}")), kind::not_of_schema},
      {completion(in_json(R"({"text":"a"})"), "length"), kind::too_large},
      {completion(in_json(R"({"text":"a"})"), "content_filter"), kind::declined},
      {completion(in_json(R"({"text":"a"})"), "error"), kind::unreachable},
      {R"({"choices":[{"message":{"content":null,"refusal":"secret words"},"finish_reason":"stop"}]})", kind::declined},
  }));
  CAPTURE(body);
  const auto got = read(reply_of(200, body));
  REQUIRE(got.has_error());
  CHECK(got.error().kind == expected);
  CHECK(got.error().reason.find("secret words") == std::string::npos);
  CHECK(got.error().reason.starts_with(sentence(expected)));
}

TEST_CASE("a missing reply is \"unreachable\" if nothing was sent, and otherwise may have been charged") {
  egress_reply none;
  none.error = "Nobody answers.";
  CHECK(read(none).error().kind == kind::unreachable);
  CHECK(read(none).error().tokens_in == 0);
  none.how_far = progress::bytes_may_have_left;
  CHECK(read(none).error().kind == kind::timeout);
  CHECK(read(none).error().tokens_in + read(none).error().tokens_out == 1'100);
  none.too_large = true;
  CHECK(read(none).error().kind == kind::too_large);
}

TEST_CASE("the pause is as long as the provider says, in any of its formats") {
  const auto until = [](std::vector<egress_header> headers) {
    return *read(reply_of(429, openai_error("requests", "rate_limit_exceeded"), std::move(headers))).error().retry_at -
           now;
  };
  CHECK(until({{"retry-after", "7"}}) == 7s);
  CHECK(until({{"retry-after-ms", "1500"}, {"retry-after", "2"}}) == 1500ms);
  CHECK(until({{"x-ratelimit-remaining-requests", "0"},
               {"x-ratelimit-reset-requests", "1m2s"},
               {"x-ratelimit-remaining-tokens", "5"},
               {"x-ratelimit-reset-tokens", "2h"}}) == 62s);
  CHECK(until({{"x-ratelimit-reset",
                std::to_string(
                    std::chrono::duration_cast<std::chrono::milliseconds>((now + 9s).time_since_epoch()).count())}}) ==
        9s);
  CHECK(until({}) == 20s);
  CHECK(read(reply_of(503, "", {{"retry-after", "4"}})).error().retry_at == now + 4s);
}

TEST_CASE("durations are read in Go's spelling, and nothing else is one") {
  CHECK(read_go_duration("6m30s") == 390s);
  CHECK(read_go_duration("120ms") == 120ms);
  CHECK(read_go_duration("1.5s") == 1500ms);
  CHECK(read_go_duration("1h2m") == 62min);
  for (const auto* text : {"", "5", "s", "-1s", "1d", "1s x", "99999999h", "nan", "infs"}) {
    CAPTURE(text);
    CHECK_FALSE(read_go_duration(text));
  }
}

TEST_CASE("only a refused temperature is reported as one") {
  const auto refused = [](std::string_view code, std::string_view param) {
    return reply_of(400, R"({"error":{"message":"m","type":"invalid_request_error","param":")" + std::string{param} +
                             R"(","code":")" + std::string{code} + R"("}})");
  };
  CHECK(is_about_temperature(refused("unsupported_value", "temperature")));
  CHECK(is_about_temperature(refused("unsupported_parameter", "temperature")));
  CHECK_FALSE(is_about_temperature(refused("unsupported_value", "model")));
  CHECK_FALSE(is_about_temperature(refused("invalid_value", "temperature")));
}

TEST_CASE("every failure has a sentence of its own") {
  std::vector<std::string_view> seen;
  for (int i = 0; i <= static_cast<int>(kind::too_large); ++i) {
    const auto words = sentence(static_cast<kind>(i));
    CHECK(words.ends_with('.'));
    CHECK(std::find(seen.begin(), seen.end(), words) == seen.end());
    seen.push_back(words);
  }
}
