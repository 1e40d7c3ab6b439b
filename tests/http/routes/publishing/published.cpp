// Deleting, editing and commenting on published posts: the requests to platforms, and their outcomes.
#include <map>

#include <catch2/catch.hpp>

#include "domain/publishing/publication_change.hpp"
#include "persistence/publishing/publication_changes.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::names;
using tests::publishing_fixture;
namespace changes = persistence::publication_changes;
using domain::delivery_state;
using namespace std::chrono_literals;

namespace {

struct published_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token);
  base::uuid process = base::new_uuid(clock.now());

  /// A post that is published on all its channels.
  std::string publish() {
    const auto post = add_post(token, project);
    for (const auto listed = get("/posts/" + post, token);
         const auto& each : listed.body.at_pointer("/deliveries").as_array())
      bring_to(std::string{each.at("id").as_string()}, delivery_state::published);
    return post;
  }
  tests::answered delete_everywhere(const std::string& post) {
    return remove("/posts/" + post + "?everywhere=true", token);
  }

  std::vector<changes::begun_change> begin() {
    auto begun = engine_database.transact_now(
        std::nullopt, [&](persistence::transaction& tx) { return changes::begin_due(tx, process, clock.now(), 100); });
    REQUIRE(begun);
    return std::move(*begun);
  }
  bool settle(const changes::begun_change& of, domain::change_answer answer, const std::string& reason = {},
              const std::map<std::string, std::string>& kept = {}) {
    const auto after = domain::settle_change(changes::to_domain(of), answer, std::nullopt, clock.now());
    const auto done = engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return changes::settle(tx, process, of, {after, reason, kept}, clock.now());
    });
    REQUIRE(done);
    return *done;
  }
  /// What the attempts of a delivery have kept: the parts of it that are out.
  void keep_parts(const std::string& delivery, const std::string& handles) {
    constexpr persistence::statement change{"test_keep_parts", R"sql(
      UPDATE deliveries SET handles = $2::jsonb, attempt = 1, started_at = $3, external_id = $2::jsonb ->> 'part_1',
        external_url = $2::jsonb ->> 'part_1_url' WHERE id = $1)sql"};
    const auto done =
        engine_database.query_now(std::nullopt, change, *base::parse_uuid(delivery), handles, clock.now());
    REQUIRE(done);
    REQUIRE(done->affected() == 1);
  }
  std::vector<std::string> timeline(const std::string& post) {
    return tests::types_of(get("/posts/" + post + "/timeline", token));
  }
};

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("what can be deleted at the platforms is said before, with what stays and why") {
  published_fixture front;
  front.add_x(front.token, front.project);
  front.add_account(front.token, front.project, "tiktok");
  const auto image =
      R"(,"image":{"url":"https://example.org/a.jpg","alt_text":""},"options":{"tiktok":{"privacy_level":"SELF_ONLY","disclosure":"own_brand"}})";
  const auto post = front.add_post(front.token, front.project, image);
  for (const auto listed = front.get("/posts/" + post, front.token);
       const auto& each : listed.body.at_pointer("/deliveries").as_array())
    front.bring_to(std::string{each.at("id").as_string()}, delivery_state::published);
  const auto told = front.get("/posts/" + post + "/publications", front.token);
  REQUIRE(told.status() == 200);
  const auto& items = told.body.at("items").as_array();
  REQUIRE(items.size() == 2);
  for (const auto& each : items) {
    const bool is_x = each.at("channel_type").as_string() == "x";
    CHECK(each.at("can_delete").as_bool() == is_x);
    CHECK(each.at("cannot_delete_because").as_string().empty() == is_x);
    CHECK_FALSE(each.at("is_deleted").as_bool());
  }
}

TEST_CASE("a post is deleted at its platform, and then here; each step is told") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto post = front.publish();
  const auto asked = front.delete_everywhere(post);
  REQUIRE(asked.status() == 202);
  CHECK_FALSE(asked.body.at("is_deleted").as_bool());
  CHECK(asked.text("/items/0/change_state") == "waiting");
  CHECK(front.get("/posts/" + post, front.token).status() == 200);  // as long as it is there

  const auto begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].external_id == "1");
  CHECK(begun[0].access_token);
  CHECK(front.begin().empty());  // one attempt at a time
  CHECK(front.settle(begun[0], domain::change_answer::missing));
  CHECK_FALSE(front.settle(begun[0], domain::change_answer::missing));  // settled is settled
  CHECK(front.get("/posts/" + post, front.token).status() == 404);
}

TEST_CASE("to ask twice deletes once, and what failed can be asked for again") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto post = front.publish();
  REQUIRE(front.delete_everywhere(post).status() == 202);
  REQUIRE(front.delete_everywhere(post).status() == 202);
  auto begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(front.settle(begun[0], domain::change_answer::refused, "X does not let it."));
  const auto told = front.get("/posts/" + post + "/publications", front.token);
  CHECK(told.text("/items/0/change_state") == "failed");
  CHECK(told.text("/items/0/reason") == "X does not let it.");
  CHECK(has(front.timeline(post), "PublicationChangeRequested"));
  CHECK(has(front.timeline(post), "PublicationChangeFailed"));
  front.clock.advance(1s);
  REQUIRE(front.delete_everywhere(post).status() == 202);
  begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(front.settle(begun[0], domain::change_answer::done));
  CHECK(front.get("/posts/" + post, front.token).status() == 404);
}

TEST_CASE("what a killed process left in the middle is asked once more, after its deadline, and told") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto post = front.publish();
  REQUIRE(front.delete_everywhere(post).status() == 202);
  const auto lost = front.begin();
  REQUIRE(lost.size() == 1);
  front.process = base::new_uuid(front.clock.now());  // another one
  CHECK(front.begin().empty());
  front.clock.advance(domain::change_call_timeout + domain::change_deadline_margin);
  const auto again = front.begin();
  REQUIRE(again.size() == 1);
  CHECK(again[0].was_lost);
  CHECK(again[0].attempt == 2);
  CHECK(has(front.timeline(post), "PublicationChangeDelayed"));
  CHECK(front.settle(again[0], domain::change_answer::missing));
  CHECK(front.get("/posts/" + post, front.token).status() == 404);
}

TEST_CASE("a post with nothing that could be deleted elsewhere goes at once; what waits is cancelled") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto post = front.add_post(front.token, front.project, R"(,"scheduled_at":"2027-01-01T00:00:00Z")");
  const auto asked = front.delete_everywhere(post);
  REQUIRE(asked.status() == 202);
  CHECK(asked.body.at("is_deleted").as_bool());
  CHECK(front.get("/posts/" + post, front.token).status() == 404);
  CHECK(front.begin().empty());
}

TEST_CASE("changes of one channel begin one after the other") {
  published_fixture front;
  front.add_x(front.token, front.project);
  std::vector<std::string> posts;
  for (int i = 0; i < 3; ++i) {
    posts.push_back(front.publish());
    REQUIRE(front.delete_everywhere(posts.back()).status() == 202);
  }
  front.clock.advance(1min);
  for (const auto& post : posts) {
    const auto begun = front.begin();
    REQUIRE(begun.size() == 1);
    CHECK(base::to_string(begun[0].post_id) == post);
    CHECK(front.settle(begun[0], domain::change_answer::done));
  }
}

TEST_CASE("the words of a published post are edited where the platform lets programs, and judged as it counts") {
  published_fixture front;
  front.add_account(front.token, front.project, "linkedin");
  const auto post = front.publish();
  const auto delivery = front.delivery_of(front.token, post);
  const auto edit = [&](const std::string& text) {
    return front.post("/deliveries/" + delivery + "/edit", R"({"text":")" + text + R"("})", front.token);
  };
  CHECK(names(edit(std::string(3'001, 'a')), "/text"));
  REQUIRE(edit("New words").status() == 202);
  CHECK(edit("Newer words").code() == "change_under_way");
  CHECK(front.delete_everywhere(post).code() == "change_under_way");
  const auto begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].text == "New words");
  CHECK(front.settle(begun[0], domain::change_answer::done));
  CHECK(has(front.timeline(post), "PublicationEdited"));
  CHECK(front.get("/posts/" + post + "/publications", front.token).text("/items/0/text") == "New words");
}

TEST_CASE("what is not published, or cannot be edited, is refused by name") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto draft = front.add_post(front.token, front.project);
  const auto edit = [&](const std::string& post) {
    return front.post("/deliveries/" + front.delivery_of(front.token, post) + "/edit", R"({"text":"Other"})",
                      front.token);
  };
  CHECK(edit(draft).code() == "not_published");
  CHECK(edit(front.publish()).code() == "not_editable");
}

TEST_CASE("while a post is going out, or may be live, nothing of it is deleted") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto post = front.add_post(front.token, front.project);
  const auto delivery = front.delivery_of(front.token, post);
  front.bring_to(delivery, delivery_state::sending);
  CHECK(front.delete_everywhere(post).code() == "post_is_going_out");
  front.bring_to(delivery, delivery_state::unconfirmed);
  CHECK(front.delete_everywhere(post).code() == "post_may_be_live");
}

TEST_CASE("a first comment that was refused is sent once more, alone, and looked for where nobody knows") {
  published_fixture front;
  front.add_account(front.token, front.project, "linkedin");
  const auto post = front.add_post(front.token, front.project, R"(,"options":{"linkedin":{"first_comment":"Yes"}})");
  const auto delivery = front.delivery_of(front.token, post);
  front.bring_to(delivery, delivery_state::published);
  const auto retry = [&] { return front.post("/deliveries/" + delivery + "/retry", "{}", front.token); };
  CHECK(retry().code() == "delivery_is_published");  // nothing says that its comment is missing
  front.keep_parts(delivery, R"({"part_1":"1"})");

  const auto told = front.get("/posts/" + post + "/publications", front.token);
  CHECK(told.body.at_pointer("/items/0/can_comment").as_bool());
  const auto asked = retry();
  REQUIRE(asked.status() == 202);
  CHECK(asked.text("/state") == "published");
  CHECK_FALSE(asked.body.at("can_retry").as_bool());
  CHECK(retry().code() == "delivery_is_published");  // it is under way
  CHECK(front.delete_everywhere(post).code() == "change_under_way");

  auto begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].kind == domain::publication_change_kind::comment);
  CHECK(begun[0].options.at("first_comment") == "Yes");
  CHECK(begun[0].handles.at("part_1") == "1");
  CHECK_FALSE(begun[0].is_in_doubt);
  // Its answer is lost: the next attempt only looks, and what it does not find is sent with the one after.
  REQUIRE(front.settle(begun[0], domain::change_answer::unknown, "lost"));
  front.clock.advance(1min);
  begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].is_in_doubt);
  REQUIRE(front.settle(begun[0], domain::change_answer::absent, "not there"));
  begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK_FALSE(begun[0].is_in_doubt);
  front.process = base::new_uuid(front.clock.now());  // a process that was killed in the middle leaves doubt, too
  front.clock.advance(domain::change_call_timeout + domain::change_deadline_margin);
  begun = front.begin();
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].was_lost);
  CHECK(begun[0].is_in_doubt);
  REQUIRE(
      front.settle(begun[0], domain::change_answer::done, "The first comment is out, too.", {{"first_comment", "9"}}));
  CHECK(has(front.timeline(post), "PublicationCommented"));
  const auto after = front.get("/deliveries/" + delivery, front.token);
  CHECK(after.text("/reason") == "The first comment is out, too.");
  CHECK_FALSE(after.body.at("is_comment_missing").as_bool());
  CHECK(retry().code() == "delivery_is_published");
}

TEST_CASE("a comment that is refused again leaves the post as it is, and can be asked for again with the whole post") {
  published_fixture front;
  front.add_account(front.token, front.project, "linkedin");
  const auto post = front.add_post(front.token, front.project, R"(,"options":{"linkedin":{"first_comment":"Yes"}})");
  const auto delivery = front.delivery_of(front.token, post);
  front.bring_to(delivery, delivery_state::published);
  front.keep_parts(delivery, R"({"part_1":"1","part_1_url":"https://linkedin.test/1"})");
  REQUIRE(front.post("/posts/" + post + "/retry", "{}", front.token).status() == 202);
  const auto begun = front.begin();
  REQUIRE(begun.size() == 1);
  REQUIRE(
      front.settle(begun[0], domain::change_answer::refused, "The post is out; its first comment was refused: no."));
  CHECK(has(front.timeline(post), "PublicationChangeFailed"));
  const auto told = front.get("/deliveries/" + delivery, front.token);
  CHECK(told.text("/state") == "published");
  CHECK(told.body.at("can_retry").as_bool());
  const auto why = front.get("/posts/" + post + "/explain", front.token);
  CHECK(why.text("/deliveries/0/summary").find("its first comment was refused: no.") != std::string::npos);
  CHECK(why.text("/deliveries/0/you_can").find("send the first comment once more") != std::string::npos);
  front.clock.advance(1min);
  CHECK(front.post("/posts/" + post + "/retry", "{}", front.token).status() == 202);
}

TEST_CASE("a thread that is stopped in the middle says everywhere which parts are out, and can be deleted there") {
  published_fixture front;
  front.add_x(front.token, front.project);
  const auto how = GENERATE("cancel", "delete", "remove the channel");
  CAPTURE(how);
  const auto post =
      front.add_post(front.token, front.project,
                     R"(,"scheduled_at":"2027-01-01T00:00:00Z","options":{"x":{"thread":"Two\n---\nThree"}})");
  const auto delivery = front.delivery_of(front.token, post);
  front.keep_parts(delivery, R"({"part_1":"7","part_1_url":"https://x.test/7","part_2":"8"})");
  const std::string words = "when 2 of 3 parts were out; what is out stays there, and the rest is not sent";
  if (how == std::string_view{"delete"}) {
    REQUIRE(front.delete_everywhere(post).status() == 202);  // it is at the platform, so it is deleted there first
    CHECK(front.begin().size() == 1);
  } else if (how == std::string_view{"cancel"}) {
    REQUIRE(front.post("/posts/" + post + "/cancel", "{}", front.token).status() == 200);
  } else {
    const auto channel = front.get("/posts/" + post, front.token).text("/deliveries/0/channel_id");
    REQUIRE(front.remove("/channels/" + channel, front.token).status() == 204);
  }
  const auto after = front.get("/posts/" + post, front.token);
  CHECK(after.text("/deliveries/0/state") == "cancelled");
  CHECK(after.text("/deliveries/0/external_id") == "7");
  CHECK(after.text("/deliveries/0/reason").find(words) != std::string::npos);
  const auto publications = front.get("/posts/" + post + "/publications", front.token);
  CHECK(publications.body.at_pointer("/items/0/is_out").as_bool());
  CHECK(publications.body.at_pointer("/items/0/can_delete").as_bool());
  const auto timeline = front.get("/posts/" + post + "/timeline", front.token);
  CHECK(timeline.raw.bytes().find(words) != std::string::npos);
  CHECK(timeline.raw.bytes().find("before it") == std::string::npos);
  const auto why = front.get("/posts/" + post + "/explain", front.token);
  CHECK(why.text("/deliveries/0/summary")
            .starts_with("On X 2 of 3 parts are out at https://x.test/7. The rest was cancelled"));
  CHECK(why.raw.bytes().find("before it went out") == std::string::npos);
}

TEST_CASE("a post whose first comment waits is published when it is cancelled, and says that the comment is not sent") {
  published_fixture front;
  front.add_account(front.token, front.project, "linkedin");
  const auto post =
      front.add_post(front.token, front.project,
                     R"(,"scheduled_at":"2027-01-01T00:00:00Z","options":{"linkedin":{"first_comment":"Yes"}})");
  const auto delivery = front.delivery_of(front.token, post);
  front.keep_parts(delivery, R"({"part_1":"7"})");
  REQUIRE(front.post("/posts/" + post + "/cancel", "{}", front.token).status() == 200);
  const auto after = front.get("/deliveries/" + delivery, front.token);
  CHECK(after.text("/state") == "published");
  CHECK(after.text("/external_id") == "7");
  CHECK(after.text("/reason") == "The post is out; its first comment is not sent: it was cancelled.");
  CHECK(after.body.at("can_retry").as_bool());
  CHECK(has(front.timeline(post), "PublishSucceeded"));
  CHECK_FALSE(has(front.timeline(post), "PublishCancelled"));
  const auto why = front.get("/posts/" + post + "/explain", front.token);
  CHECK(why.text("/deliveries/0/summary").find("its first comment is not sent") != std::string::npos);
}
