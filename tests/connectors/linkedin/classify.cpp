#include "connectors/linkedin/classify.hpp"

#include <catch2/catch.hpp>

#include "connectors/linkedin/little_text.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::linkedin;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};
constexpr const char* urn = "urn:li:share:6844785523593134080";

egress_reply reply_of(int status, std::string body = "", std::vector<egress_header> headers = {}) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return reply;
}

}  // namespace

TEST_CASE("LinkedIn's 201 publishes under the URN of its header, and tells nothing without one") {
  const auto published = classify_publish(reply_of(201, "", {{"x-restli-id", urn}}), now);
  CHECK(published.kind == outcome_kind::published);
  CHECK(published.external_id == urn);
  CHECK(published.external_url == "https://www.linkedin.com/feed/update/urn:li:share:6844785523593134080/");
  CHECK(classify_publish(reply_of(201, "", {{"x-restli-id", "urn:li:ugcPost:1"}}), now).external_id ==
        "urn:li:ugcPost:1");
  for (const auto* other : {"", "7", "urn:li:person:1", "urn:li:share:", "urn:li:share:1x", " urn:li:share:1"}) {
    CAPTURE(other);
    CHECK(classify_publish(reply_of(201, "", {{"x-restli-id", other}}), now).kind == outcome_kind::unknown);
  }
  CHECK(classify_publish(reply_of(201), now).kind == outcome_kind::unknown);
}

TEST_CASE("LinkedIn's refusals have their documented outcomes") {
  const auto [status, body, expected] = GENERATE(table<int, const char*, outcome_kind>({
      {401, "", outcome_kind::auth_expired},
      {401, R"({"serviceErrorCode":65600,"message":"Invalid access token"})", outcome_kind::auth_expired},
      {401, R"({"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN"})", outcome_kind::auth_expired},
      {401, R"({"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN"})", outcome_kind::auth_expired},
      {401, R"({"code":"EMPTY_ACCESS_TOKEN"})", outcome_kind::auth_expired},
      {401, R"({"code":"INVALID_ACCESS_TOKEN"})", outcome_kind::auth_expired},
      {403, R"({"serviceErrorCode":100,"code":"ACCESS_DENIED"})", outcome_kind::permission},
      {403, R"({"serviceErrorCode":100,"message":"Not enough permissions to access: partnerApiPosts"})",
       outcome_kind::permission},
      {400, R"({"code":"MISSING_FIELD"})", outcome_kind::invalid},
      {400, R"({"code":"INVALID_VALUE_FOR_FIELD"})", outcome_kind::invalid},
      {400, R"({"code":"INVALID_URN_TYPE"})", outcome_kind::invalid},
      {400, R"({"code":"INVALID_URN_ID"})", outcome_kind::invalid},
      {400, R"({"code":"FIELD_LENGTH_TOO_LONG"})", outcome_kind::invalid},
      {400, R"({"code":"INVALID_VALUE_BLANK_FIELD"})", outcome_kind::invalid},
      {400, R"({"code":"VERSION_MISSING"})", outcome_kind::rate_limited},
      {426, R"({"code":"NONEXISTENT_VERSION"})", outcome_kind::rate_limited},
      {409, R"({"code":"CONFLICT"})", outcome_kind::transient},
      {413, "", outcome_kind::invalid},
      {415, "", outcome_kind::invalid},
      {422, R"({"code":"UNPROCESSABLE_ENTITY","message":"no"})", outcome_kind::invalid},
      {422, R"({"code":"DUPLICATE_POST"})", outcome_kind::duplicate},
      {422, R"({"message":"Content is a duplicate of urn:li:share:1"})", outcome_kind::duplicate},
      {429, "", outcome_kind::rate_limited},
      {302, "", outcome_kind::transient},
      {200, "", outcome_kind::unknown},
      {204, "", outcome_kind::unknown},
      {408, "", outcome_kind::unknown},
      {500, "", outcome_kind::unknown},
      {502, "", outcome_kind::unknown},
      {504, "", outcome_kind::unknown},
      {503, "<html>", outcome_kind::unknown},
  }));
  CAPTURE(status, body);
  const auto outcome = classify_publish(reply_of(status, body), now);
  CHECK(outcome.kind == expected);
  CHECK(outcome.http_status == status);
  CHECK_FALSE(outcome.reason.empty());
  const auto step = classify_step(reply_of(status, body), now);
  if (status < 300) {
    CHECK_FALSE(step);
  } else {
    REQUIRE(step);
    CHECK(step->kind == (expected == outcome_kind::unknown ? outcome_kind::transient : expected));
  }
}

TEST_CASE("A reply that did not come whole is unknown once bytes may have left, and never before the post") {
  egress_reply lost;
  lost.how_far = progress::bytes_may_have_left;
  lost.status = 201;
  lost.headers = {{"x-restli-id", urn}};
  CHECK(classify_publish(lost, now).kind == outcome_kind::unknown);
  CHECK(classify_step(lost, now)->kind == outcome_kind::transient);
  lost.how_far = progress::no_byte_sent;
  CHECK(classify_publish(lost, now).kind == outcome_kind::transient);
}

TEST_CASE("A duplicate names the post that is live, and no person") {
  const auto with = [](std::string words) {
    return classify_publish(reply_of(422, R"({"code":"DUPLICATE_POST","message":")" + words + "\"}"), now);
  };
  CHECK(with(std::string{"Content is a duplicate of "} + urn).external_id == urn);
  CHECK(with("urn:li:person:abc already posted urn:li:ugcPost:77 before").external_id == "urn:li:ugcPost:77");
  CHECK_FALSE(with("Content by urn:li:person:12345 is a duplicate").external_id);
  CHECK_FALSE(with("Content is a duplicate").external_id);
}

TEST_CASE("LinkedIn's daily limit ends at midnight UTC, every other pause is short") {
  const auto at = [](std::string body, std::vector<egress_header> headers = {}) {
    return classify_publish(reply_of(429, std::move(body), std::move(headers)), now).retry_at;
  };
  const std::string daily =
      R"({"code":"TOO_MANY_REQUESTS","message":"Resource level throttle limit for calls to this resource is reached."})";
  CHECK(at(daily) == pulse::base::timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}});
  CHECK(at(daily, {{"retry-after", "30"}}) == now + 30s);
  CHECK(at(daily, {{"retry-after", "100000"}}) == now + 25h);
  CHECK(at("", {{"retry-after", "Sun, 22 Nov 2026 08:10:00 GMT"}}) ==
        pulse::base::timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 10min});
  CHECK(at(R"({"message":"Comment create throttled: creation rate limit exceeded for member"})") == now + 1min);
  CHECK(at("") == now + 1min);
}

TEST_CASE("LinkedIn's Retry-After counts with every passing refusal and with its errors") {
  for (const int status : {409, 425, 500, 503}) {
    CAPTURE(status);
    CHECK(classify_publish(reply_of(status, "", {{"retry-after", "40"}}), now).retry_at == now + 40s);
    CHECK_FALSE(classify_publish(reply_of(status), now).retry_at);
  }
  CHECK(classify_step(reply_of(503, "", {{"retry-after", "40"}}), now)->retry_at == now + 40s);
}

TEST_CASE("A version that LinkedIn has ended names the setting") {
  const auto outcome = classify_publish(reply_of(426, R"({"message":"Requested version 202401 is not active"})"), now);
  CHECK(outcome.reason.find("LINKEDIN_VERSION") != std::string::npos);
  CHECK(outcome.kind == outcome_kind::rate_limited);  // it holds the post, and costs it no attempt
  CHECK(outcome.retry_at == now + 15min);
}

TEST_CASE("Token and bytes go to LinkedIn's own upload addresses only") {
  const std::string base = "https://api.linkedin.com";
  CHECK(is_upload_url("https://www.linkedin.com/dms-uploads/x", base));
  CHECK(is_upload_url("https://api.linkedin.com/x", base));
  CHECK(is_upload_url("http://127.0.0.1:9100/x", "http://127.0.0.1:9100/linkedin"));
  for (const auto* other :
       {"", "https://www.linkedin.com", "http://www.linkedin.com/x", "https://linkedin.com.example.org/x",
        "https://evillinkedin.com/x", "https://user@www.linkedin.com/x", "https://example.org/www.linkedin.com/x",
        "https://example.org?www.linkedin.com/x", "https://www.linkedin.com:8443/x", "http://127.0.0.1:9100/x"}) {
    CAPTURE(other);
    CHECK_FALSE(is_upload_url(other, base));
  }
  CHECK_FALSE(is_upload_url("http://127.0.0.1:91001/x", "http://127.0.0.1:9100"));
}

TEST_CASE("Little text escapes what is reserved and keeps hashtags") {
  CHECK(little_text("plain, with: all! of? that.") == "plain, with: all! of? that.");
  CHECK(little_text(R"(|{}@[]()<>#\*_~)") == R"(\|\{\}\@\[\]\(\)\<\>\#\\\*\_\~)");
  CHECK(little_text("We #hire (now)") == R"(We {hashtag|\#|hire} \(now\))");
  CHECK(little_text("#Größe, #2026 C# a#b #") == R"({hashtag|\#|Größe}, \#2026 C\# a\#b \#)");
  CHECK(little_text("mail me_too@example.org") == R"(mail me\_too\@example.org)");
  CHECK(little_text("") == "");
}

TEST_CASE("LinkedIn: what is part of a link or of a word is no hashtag, and what looks like a mention is none") {
  CHECK(little_text("https://example.com/#pricing") == R"(https://example.com/\#pricing)");
  CHECK(little_text("See https://example.com/?q=#t and #real") ==
        R"(See https://example.com/?q=\#t and {hashtag|\#|real})");
  CHECK(little_text("example.com/a#b") == R"(example.com/a\#b)");
  CHECK(little_text("?q=#t") == R"(?q=\#t)");
  CHECK(little_text("Inc.#D") == R"(Inc.\#D)");
  CHECK(little_text("a-#b a/#b a&#b a+#b a=#b a:#b") == R"(a-\#b a/\#b a&\#b a+\#b a=\#b a:\#b)");
  CHECK(
      little_text("(#a) \"#b\" \u201c#c \U0001F389#d\n#e\u3000#f\u3002#g") ==
      "\\({hashtag|\\#|a}\\) \"{hashtag|\\#|b}\" \u201c{hashtag|\\#|c} \U0001F389{hashtag|\\#|d}\n{hashtag|\\#|e}\u3000"
      "{hashtag|\\#|f}\u3002{hashtag|\\#|g}");
  CHECK(little_text("@[Acme](urn:li:organization:1)") == R"(\@\[Acme\]\(urn:li:organization:1\))");
  CHECK(little_text("{hashtag|\\#|x}") == R"(\{hashtag\|\\\#\|x\})");
}
