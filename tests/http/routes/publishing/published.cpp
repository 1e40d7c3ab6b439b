// Deleting and editing what is published: what is asked of whom, and what becomes of it.
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
  bool settle(const changes::begun_change& of, domain::change_answer answer, const std::string& reason = {}) {
    const auto after = domain::settle_change(changes::to_domain(of), answer, std::nullopt, clock.now());
    const auto done = engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return changes::settle(tx, process, of, after, reason, clock.now());
    });
    REQUIRE(done);
    return *done;
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
