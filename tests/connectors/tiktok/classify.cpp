#include "connectors/tiktok/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::tiktok;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error(int status, const std::string& code) {
  return reply_of(status, R"({"data":{},"error":{"code":")" + code + R"(","message":"m","log_id":"1"}})");
}

egress_reply success(const std::string& data) {
  return reply_of(200, R"({"data":)" + data + R"(,"error":{"code":"ok","message":"","log_id":"1"}})");
}

}  // namespace

TEST_CASE("TikTok: every error of the calls is what it says, whatever its status") {
  const auto [status, code, expected] = GENERATE(table<int, std::string, outcome_kind>({
      {400, "invalid_param", outcome_kind::invalid},
      {400, "invalid_params", outcome_kind::invalid},
      {400, "app_version_check_failed", outcome_kind::invalid},
      {400, "invalid_file_upload", outcome_kind::invalid},
      {400, "invalid_publish_id", outcome_kind::invalid},
      {400, "scope_permission_missed", outcome_kind::permission},
      {400, "token_not_authorized_for_specified_publish_id", outcome_kind::permission},
      {401, "access_token_invalid", outcome_kind::auth_expired},
      {401, "scope_not_authorized", outcome_kind::permission},
      {403, "spam_risk_too_many_posts", outcome_kind::rate_limited},
      {403, "spam_risk_user_banned_from_posting", outcome_kind::permission},
      {403, "spam_risk_too_many_pending_share", outcome_kind::rate_limited},
      {403, "reached_active_user_cap", outcome_kind::rate_limited},
      {403, "unaudited_client_can_only_post_to_private_accounts", outcome_kind::permission},
      {403, "url_ownership_unverified", outcome_kind::invalid},
      {403, "privacy_level_option_mismatch", outcome_kind::invalid},
      {429, "rate_limit_exceeded", outcome_kind::rate_limited},
      {500, "internal_error", outcome_kind::unknown},
      {503, "internal_error", outcome_kind::unknown},
      // On purpose with 200: creator_info's refusals.
      {200, "spam_risk_too_many_posts", outcome_kind::rate_limited},
      {200, "spam_risk_user_banned_from_posting", outcome_kind::permission},
      {200, "reached_active_user_cap", outcome_kind::rate_limited},
      // What nobody has told us of.
      {200, "something_new", outcome_kind::invalid},
      {400, "something_new", outcome_kind::invalid},
      {401, "something_new", outcome_kind::auth_expired},
      {403, "something_new", outcome_kind::permission},
      {429, "something_new", outcome_kind::rate_limited},
      {408, "", outcome_kind::unknown},
      {302, "", outcome_kind::transient},
  }));
  CAPTURE(status, code);
  const auto made = problem_of(error(status, code), step::publishing, now);
  CHECK(made.kind == expected);
  CHECK(made.http_status == status);
  CHECK_FALSE(made.reason.empty());
  CHECK((made.kind != outcome_kind::rate_limited || made.retry_at > now));
  CHECK(problem_of(error(status, code), step::harmless, now).kind ==
        (expected == outcome_kind::unknown ? outcome_kind::transient : expected));
}

TEST_CASE("TikTok: every fail_reason is what it says: tried again, refused, held or for the account to mend") {
  const auto [reason, expected] = GENERATE(table<std::string, outcome_kind>({
      {"internal", outcome_kind::transient},
      {"video_pull_failed", outcome_kind::transient},
      {"photo_pull_failed", outcome_kind::transient},
      {"file_format_check_failed", outcome_kind::invalid},
      {"duration_check_failed", outcome_kind::invalid},
      {"frame_rate_check_failed", outcome_kind::invalid},
      {"picture_size_check_failed", outcome_kind::invalid},
      {"publish_cancelled", outcome_kind::invalid},
      {"auth_removed", outcome_kind::auth_expired},
      {"spam_risk_too_many_posts", outcome_kind::rate_limited},
      {"spam_risk_user_banned_from_posting", outcome_kind::permission},
      {"spam_risk_text", outcome_kind::invalid},
      {"spam_risk", outcome_kind::invalid},
      {"something_new", outcome_kind::invalid},
  }));
  CAPTURE(reason);
  post_status status;
  status.state = post_state::failed;
  status.fail_reason = reason;
  CHECK(failed_post(status, now).kind == expected);
}

TEST_CASE("TikTok: a success is what says ok and brings what was asked for") {
  CHECK(begun_in(success(R"({"publish_id":"v_pub_file~v2-1.123","upload_url":"https://a/"})"))->publish_id ==
        "v_pub_file~v2-1.123");
  for (const auto* data : {"{}", R"({"publish_id":""})", R"({"publish_id":7})", R"({"publish_id":"a b"})", "[]"}) {
    CAPTURE(data);
    CHECK_FALSE(begun_in(success(data)));
    CHECK(problem_of(success(data), step::publishing, now).kind == outcome_kind::unknown);
  }
  for (const auto* body : {"", "<html>", "{}", "[]", R"({"data":{"publish_id":"1"}})"}) {
    CAPTURE(body);
    CHECK_FALSE(begun_in(reply_of(200, body)));
    CHECK(problem_of(reply_of(200, body), step::publishing, now).kind == outcome_kind::unknown);
  }
  CHECK(begun_in(success(R"({"publish_id":")" + std::string(65, 'a') + "\"}")) == std::nullopt);
}

TEST_CASE("TikTok: what did not leave is transient, and what may have left is unknown") {
  egress_reply reply;
  CHECK(problem_of(reply, step::publishing, now).kind == outcome_kind::transient);
  reply.how_far = progress::bytes_may_have_left;
  CHECK(problem_of(reply, step::publishing, now).kind == outcome_kind::unknown);
  CHECK(problem_of(reply, step::harmless, now).kind == outcome_kind::transient);
}

TEST_CASE("TikTok: states are read, and ids of 64 bits under the misspelt name and the right one") {
  using enum post_state;
  for (const auto& [word, state] :
       {std::pair{"PROCESSING_UPLOAD", uploading}, std::pair{"PROCESSING_DOWNLOAD", downloading},
        std::pair{"SEND_TO_USER_INBOX", in_inbox}, std::pair{"PUBLISH_COMPLETE", complete},
        std::pair{"FAILED", failed}}) {
    const auto status = status_in(success(R"({"status":")" + std::string{word} + "\"}"));
    REQUIRE(status);
    CHECK(status->state == state);
  }
  CHECK_FALSE(status_in(success(R"({"status":"NEW"})")));
  CHECK_FALSE(status_in(error(200, "internal_error")));
  for (const auto* name : {"publicaly_available_post_id", "publicly_available_post_id"}) {
    const auto status =
        status_in(success(R"({"status":"PUBLISH_COMPLETE",")" + std::string{name} + R"(":[7412345678901234567]})"));
    REQUIRE(status);
    CHECK(status->post_id == "7412345678901234567");
    const auto live = live_post(*status, "v_pub.1", "acme", true);
    CHECK(live.external_id == "7412345678901234567");
    CHECK(live.external_url == "https://www.tiktok.com/@acme/video/7412345678901234567");
  }
  const auto own = live_post(*status_in(success(R"({"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[]})")),
                             "v_pub.1", "acme", false);
  CHECK(own.external_id == "v_pub.1");
  CHECK_FALSE(own.external_url);
}

TEST_CASE("TikTok: what the account may do is read before each post") {
  const auto read = creator_in(success(
      R"({"creator_username":"acme","privacy_level_options":["SELF_ONLY"],"comment_disabled":true,"duet_disabled":false})"));
  REQUIRE(read);
  CHECK(read->privacy_levels == std::vector<std::string>{"SELF_ONLY"});
  CHECK(read->comment_disabled);
  CHECK_FALSE(read->duet_disabled);
  CHECK_FALSE(creator_in(success("{}")));
}

TEST_CASE("TikTok: a list names what is cut, and pages go on from a cursor") {
  const auto page = read_videos(
      R"({"data":{"videos":[{"id":"74","create_time":1795939200,"title":"a","video_description":"words","share_url":"https://www.tiktok.com/@a/video/74"}],"cursor":1795939200000,"has_more":true},"error":{"code":"ok"}})");
  REQUIRE(page);
  CHECK(page->items.at(0).id == "74");
  CHECK(page->items.at(0).text == "words");
  CHECK(page->next == "1795939200000");
  for (const auto* body : {"", "{}", R"({"data":{"videos":[]}})", R"({"data":{"videos":[1]},"error":{"code":"ok"}})"})
    CHECK_FALSE(read_videos(body));
  CHECK(listed_words(std::string(200, 'a')) == std::string(150, 'a'));
}

TEST_CASE("TikTok: an upload goes to TikTok alone, or to where its API is") {
  const std::string api = "http://127.0.0.1:9100/tiktok";
  CHECK(is_upload_url("https://open-upload.tiktokapis.com/video/?upload_id=1", "https://open.tiktokapis.com"));
  CHECK(is_upload_url("http://127.0.0.1:9100/tiktok/video/?a=1", api));
  for (const auto* url :
       {"http://127.0.0.1:9101/video/", "https://tiktokapis.com.evil.example/", "http://a.tiktokapis.com/",
        "https://evil.example/.tiktokapis.com/", "https://a@evil.tiktokapis.com.example/", "", "x"})
    CHECK_FALSE(is_upload_url(url, api));
}

TEST_CASE("TikTok: a film is cut so that TikTok takes every piece") {
  constexpr std::int64_t mebibyte = 1024 * 1024;
  for (const auto bytes : {std::int64_t{1}, 5 * mebibyte, film_piece_bytes - 1, film_piece_bytes,
                           2 * film_piece_bytes - 1, 2 * film_piece_bytes, 1024 * mebibyte + 7, 4096 * mebibyte}) {
    CAPTURE(bytes);
    const auto count = pieces_of(bytes);
    CHECK(count == std::max<std::int64_t>(1, bytes / std::min(bytes, film_piece_bytes)));
    CHECK(count <= 1'000);
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      const auto size = piece_size(bytes, i);
      CHECK((i + 1 == count ? size <= 128 * mebibyte : size == film_piece_bytes));
      sum += size;
    }
    CHECK(sum == bytes);
  }
}

TEST_CASE("TikTok: what was chosen is what is sent, and what the account does not allow is switched off") {
  publication what;
  what.title = "T";
  what.text = "Words";
  what.media = {{pulse::domain::media_kind::image, "https://a.example/1.jpg", "alt"},
                {pulse::domain::media_kind::image, "https://a.example/2.jpg", ""}};
  what.options = {{"privacy_level", "SELF_ONLY"}, {"disclosure", "both"}, {"auto_add_music", "yes"}};
  creator_info creator;
  creator.comment_disabled = true;
  const auto body = photos_body(what, creator);
  const auto& info = body.at("post_info").as_object();
  CHECK(body.at("post_mode").as_string() == "DIRECT_POST");
  CHECK(info.at("privacy_level").as_string() == "SELF_ONLY");
  CHECK(info.at("title").as_string() == "T");
  CHECK(info.at("description").as_string() == "Words");
  CHECK(info.at("disable_comment").as_bool());
  CHECK(info.at("brand_organic_toggle").as_bool());
  CHECK(info.at("brand_content_toggle").as_bool());
  CHECK(info.at("auto_add_music").as_bool());
  CHECK(body.at("source_info").at("photo_images").as_array().size() == 2);
  what.media = {{pulse::domain::media_kind::video, "https://a.example/f.mp4", ""}};
  what.options = {{"privacy_level", "SELF_ONLY"}, {"disclosure", "none"}, {"is_aigc", "yes"}, {"disable_duet", "yes"}};
  creator.stitch_disabled = true;
  const auto film = pulled_film_body(what, creator);
  CHECK(film.at("post_info").at("title").as_string() == "Words");
  CHECK(film.at("post_info").at("is_aigc").as_bool());
  CHECK(film.at("post_info").at("disable_duet").as_bool());
  CHECK(film.at("post_info").at("disable_stitch").as_bool());
  CHECK_FALSE(film.at("post_info").at("brand_content_toggle").as_bool());
  CHECK(film.at("source_info").at("video_url").as_string() == "https://a.example/f.mp4");
}
