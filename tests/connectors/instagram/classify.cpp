#include "connectors/instagram/classify.hpp"

#include <catch2/catch.hpp>

#include "connectors/instagram/handles.hpp"
#include "connectors/instagram/listing.hpp"
#include "connectors/instagram/quota.hpp"
#include "connectors/shared/list_search.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::instagram;
using pulse::base::timestamp;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

egress_reply complete(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error(int code, int subcode) {
  return complete(400, R"({"error":{"message":"m","code":)" + std::to_string(code) + R"(,"error_subcode":)" +
                           std::to_string(subcode) + R"(,"error_user_msg":"what people read"}})");
}

}  // namespace

TEST_CASE("Every error of Instagram's table means what the table says, at each step") {
  struct row {
    int code;
    int subcode;
    outcome_kind at_publishing;
    outcome_kind before;
  };
  constexpr auto invalid = outcome_kind::invalid;
  constexpr auto transient = outcome_kind::transient;
  constexpr auto unknown = outcome_kind::unknown;
  constexpr auto limited = outcome_kind::rate_limited;
  constexpr auto permission = outcome_kind::permission;
  const row table[] = {
      {-2, 2207003, transient, transient},
      {-2, 2207020, transient, transient},
      {-1, 2207001, unknown, transient},
      {-1, 2207032, unknown, transient},
      {-1, 2207053, unknown, transient},
      {1, 2207057, invalid, invalid},
      {4, 2207051, unknown, permission},
      {9, 2207042, limited, limited},
      {24, 2207006, transient, transient},
      {24, 2207008, transient, transient},
      {25, 2207050, permission, permission},
      {100, 2207023, invalid, invalid},
      {100, 2207028, invalid, invalid},
      {100, 2207035, invalid, invalid},
      {100, 2207036, invalid, invalid},
      {100, 2207037, invalid, invalid},
      {100, 2207040, invalid, invalid},
      {352, 2207026, invalid, invalid},
      {9004, 2207052, invalid, invalid},
      {9007, 2207027, transient, transient},
      {36000, 2207004, invalid, invalid},
      {36001, 2207005, invalid, invalid},
      {36003, 2207009, invalid, invalid},
      {36004, 2207010, invalid, invalid},
      {9007, 0, transient, transient},
      {36003, 0, invalid, invalid},
      {190, 463, outcome_kind::auth_expired, outcome_kind::auth_expired},
      {80002, 0, limited, limited},
      {4, 0, limited, limited},
      {2, 0, unknown, transient},
  };
  for (const auto& row : table) {
    CAPTURE(row.code, row.subcode);
    const auto reply = error(row.code, row.subcode);
    const auto published = classify_publish(reply, now);
    CHECK(published.kind == row.at_publishing);
    CHECK(published.http_status == 400);
    CHECK(published.reason.find("Instagram says: \"what people read\"") != std::string::npos);
    const auto created = read_created(reply, now);
    REQUIRE(created.has_error());
    CHECK(created.error().kind == row.before);
    CHECK(read_status(reply, now).error().kind == row.before);
  }
  CHECK(classify_publish(error(9, 2207042), now).retry_at == now + 1h);
  CHECK(classify_publish(error(9007, 2207027), now).retry_at == now + 5s);
  CHECK(classify_publish(error(24, 2207008), now).retry_at == now + 30s);
}

TEST_CASE("Only an id in the reply makes a post published") {
  const auto live = classify_publish(complete(200, R"({"id":"17920238422030506"})"), now);
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id == "17920238422030506");
  for (const auto* body : {"", "{}", R"({"id":17920238422030506})", R"({"id":"../x"})", R"({"id":""})", "<html>"}) {
    CAPTURE(body);
    CHECK(classify_publish(complete(200, body), now).kind == outcome_kind::unknown);
    CHECK(read_created(complete(200, body), now).error().kind == outcome_kind::transient);
    CHECK(read_status(complete(200, body), now).error().kind == outcome_kind::transient);
  }
  CHECK(classify_publish(complete(200, R"({"error":{"code":1}})"), now).kind == outcome_kind::unknown);
}

TEST_CASE("The status of a container is read, and says why it failed") {
  const auto status = read_status(
      complete(200,
               R"({"status_code":"ERROR","status":"Error: Media upload has failed with error code 2207052","id":"1"})"),
      now);
  REQUIRE_FALSE(status.has_error());
  CHECK(status->state == container_state::error);
  CHECK(failed_processing(*status, now).kind == outcome_kind::invalid);
  CHECK(failed_processing({container_state::error, "Error: code 2207053"}, now).kind == outcome_kind::transient);
  CHECK(failed_processing({container_state::error, "Error"}, now).kind == outcome_kind::transient);
  CHECK(failed_processing({container_state::expired, ""}, now).kind == outcome_kind::transient);
  CHECK(read_status(complete(200, R"({"status_code":"IN_PROGRESS"})"), now)->state == container_state::in_progress);
  CHECK(read_status(complete(200, R"({"status_code":"PUBLISHED"})"), now)->state == container_state::published);
  CHECK(read_status(complete(200, R"({"status_code":"NEW"})"), now).has_error());
}

TEST_CASE("A missing container is distinguished from an unreadable one") {
  CHECK(says_missing(error(100, 33)));
  CHECK(says_missing(error(24, 2207006)));
  CHECK_FALSE(says_missing(error(100, 0)));
  CHECK_FALSE(says_missing(error(190, 0)));
  CHECK_FALSE(says_missing(complete(404, "")));
}

TEST_CASE("A page of media is read, and its next page by its cursor, never by its address") {
  const auto page = read_media_page(
      R"({"data":[{"id":"179","caption":"a","permalink":"https://www.instagram.com/p/Cx/","timestamp":"2026-11-22T08:00:05+0000"},
                  {"id":"178","permalink":"javascript:x","timestamp":"2026-11-22T09:00:05+0100"}],
          "paging":{"cursors":{"before":"b","after":"QVF"},"next":"https://graph.facebook.com/?access_token=secret"}})");
  REQUIRE(page);
  REQUIRE(page->items.size() == 2);
  CHECK(page->items[0].published_at == now + 5s);
  CHECK(page->items[0].url == "https://www.instagram.com/p/Cx/");
  CHECK(page->items[1].published_at == now + 5s);
  CHECK(page->items[1].url.empty());
  CHECK(page->items[1].text.empty());
  CHECK(page->next == "QVF");
  CHECK(read_media_page(R"({"data":[],"paging":{"cursors":{"after":"x"}}})")->next.empty());
  CHECK(read_media_page(R"({"data":[],"paging":{"cursors":{"after":"x"},"next":null}})")->next.empty());
  for (const auto* body : {"", "{}", "[]", R"({"data":{}})", R"({"data":[1]})", R"({"data":[{"id":"1"}]})",
                           R"({"data":[],"paging":{"next":"https://graph.facebook.com/"}})",
                           R"({"data":[],"paging":{"cursors":{"after":""},"next":"https://graph.facebook.com/"}})",
                           R"({"data":[],"paging":{"cursors":{"after":"x"},"next":7,"cursors":[]}})",
                           R"({"data":[{"id":"x","timestamp":"2026-11-22T08:00:05+0000"}]})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_media_page(body));
  }
}

TEST_CASE("Refusals of ready containers, and suspected spam, are distinguished from other refusals") {
  CHECK(refuses_container(error(24, 2207006)));
  CHECK(refuses_container(error(24, 2207008)));
  CHECK(refuses_container(error(24, 0)));
  CHECK_FALSE(refuses_container(error(9007, 2207027)));
  CHECK_FALSE(refuses_container(complete(200, "{}")));
  CHECK(suspects_spam(error(4, 2207051)));
  CHECK_FALSE(suspects_spam(error(4, 0)));
}

TEST_CASE("What was kept of a container is cleared with the next one") {
  publication what;
  what.attempt = 2;
  CHECK(times_refused(what) == 0);
  CHECK_FALSE(was_blocked(what));
  CHECK_FALSE(kept_medium(what));
  const auto add = [&what](const std::map<std::string, std::string>& handles) {
    for (const auto& [name, value] : handles) what.handles[name] = value;
  };
  add(refused_handles(2));
  add(blocked_handles(what));
  add(medium_handles("179"));
  CHECK(times_refused(what) == 2);
  CHECK(was_blocked(what));
  CHECK(kept_medium(what) == "179");
  what.attempt = 3;
  CHECK_FALSE(was_blocked(what));
  what.attempt = 2;
  add(handles_of("17", what, now));
  CHECK(times_refused(what) == 0);
  CHECK_FALSE(was_blocked(what));
  CHECK_FALSE(kept_medium(what));
}

TEST_CASE("Captions are compared as people see them") {
  CHECK(comparable_text("cafe\u0301") == comparable_text("café"));
  CHECK(comparable_text(" a\r\nb\n") == "a\nb");
  CHECK(comparable_text("a b") != comparable_text("a  b"));
  CHECK(comparable_text(" \n").empty());
}

TEST_CASE("A kept container is reused only for the same content") {
  publication what;
  what.text = "text";
  what.media = {{pulse::domain::media_kind::image, "https://a.example/b.jpg", "alt"}};
  what.account.external_user_id = "42";
  CHECK_FALSE(kept_container(what));
  what.handles = handles_of("179", what, now);
  CHECK(kept_container(what) == "179");
  CHECK(usable_container(what) == "179");
  CHECK(container_made_at(what) == now);
  SECTION("another text") { what.text = "other"; }
  SECTION("another image") { what.media[0].url = "https://a.example/c.jpg"; }
  SECTION("another description") { what.media[0].alt_text = ""; }
  SECTION("another account") { what.account.external_user_id = "43"; }
  SECTION("not made by this connector") { what.handles.erase("container_content"); }
  CHECK(kept_container(what) == "179");
  CHECK_FALSE(usable_container(what));
}

TEST_CASE("The quota is looked at now and then, and always while it is scarce") {
  quota_book book;
  CHECK(book.begin_post("42"));
  book.learn("42", {2, 100}, now);
  for (int i = 1; i < quota_book::posts_between_looks; ++i) CHECK_FALSE(book.begin_post("42"));
  CHECK(book.begin_post("42"));
  CHECK(book.begin_post("43"));
  const auto report = book.report("42", now);
  REQUIRE(report);
  CHECK(report->budget == "posts");
  CHECK(report->limit == 100);
  CHECK(report->remaining == 98);
  CHECK(report->resets_at == now + 24h);
  CHECK_FALSE(book.report("42", now + 2h));
  book.learn("42", {90, 100}, now);
  CHECK(book.begin_post("42"));
  CHECK(book.begin_post("42"));
  for (int i = 0; i < 10; ++i) book.spend("42");
  CHECK(book.is_used_up("42", now));
  CHECK_FALSE(book.is_used_up("42", now + 2min));
  CHECK_FALSE(book.report("42", now));
}

TEST_CASE("A reply about the quota is read") {
  const auto said = read_quota(R"({"data":[{"quota_usage":2,"config":{"quota_total":50,"quota_duration":86400}}]})");
  REQUIRE(said);
  CHECK(said->used == 2);
  CHECK(said->total == 50);
  CHECK(said->window == 24h);
  for (const auto* body : {"", "{}", R"({"data":[]})", R"({"data":[{"quota_usage":2}]})",
                           R"({"data":[{"quota_usage":-2,"config":{"quota_total":50}}]})",
                           R"({"data":[{"quota_usage":2,"config":{"quota_total":0}}]})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_quota(body));
  }
}
