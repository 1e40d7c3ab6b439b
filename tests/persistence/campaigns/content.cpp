#include "persistence/campaigns/content.hpp"

#include <catch2/catch.hpp>

#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using domain::campaigns::content_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

content::draft written_by_person(const company& of) {
  return {.id = base::new_uuid(noon()),
          .project_id = of.project_id,
          .title = "Spring",
          .text = "Spring is here.",
          .variants = {{"x", "Spring!"}},
          .image = domain::image{"https://acme.test/spring.png", "A crocus"},
          .template_values = {{"season", "spring"}},
          .channel_ids = {of.x_id},
          .labels = {"spring", "a \"label\", quoted"},
          .author_id = of.owner_id};
}

content::draft written_by_rule(const company& of, const base::uuid& run_id) {
  return {.id = base::new_uuid(noon()),
          .project_id = of.project_id,
          .rule_id = base::new_uuid(noon()),
          .run_id = run_id,
          .text = "Written by a rule."};
}

std::int64_t count(transaction& tx, const statement& what, const base::uuid& of) {
  return tx.execute(what, of).get<std::int64_t>(0, 0);
}

constexpr statement count_events{
    "test_count_content_events",
    "SELECT count(*) FROM publish_events WHERE subject_kind = 'content' AND subject_id = $1"};
constexpr statement count_versions{"test_count_content_versions",
                                   "SELECT count(*) FROM content_versions WHERE content_id = $1"};

}  // namespace

TEST_CASE("content is stored as it was written, with the first version of its words") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto wanted = written_by_person(acme);
  const auto found = store.as(acme, [&](transaction& tx) {
    content::insert(tx, wanted, noon());
    CHECK(count(tx, count_versions, wanted.id) == 1);
    return content::find(wanted.id).first(tx);
  });
  REQUIRE(found);
  CHECK(found->title == wanted.title);
  CHECK(found->text == wanted.text);
  REQUIRE(found->variants.size() == 1);
  CHECK(found->variants[0].text == "Spring!");
  CHECK(found->image == wanted.image);
  CHECK(found->template_values == wanted.template_values);
  CHECK(found->channel_ids == wanted.channel_ids);
  CHECK(found->labels == wanted.labels);
  CHECK(found->state == content_state::draft);
  CHECK(found->version == 1);
  CHECK(found->author_id == acme.owner_id);
  CHECK_FALSE(store.as(other, [&](transaction& tx) { return content::find(wanted.id).first(tx); }));
}

TEST_CASE("a run makes one item, however often it is asked to, as a request and as the engine") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto run_id = base::new_uuid(noon());
  const auto first = written_by_rule(acme, run_id);
  const auto second = written_by_rule(acme, run_id);
  auto as_engine = [&](const content::draft& made) {
    auto done =
        store.engine().transact_now(acme.id, [&](transaction& tx) { return content::insert(tx, made, noon()); });
    REQUIRE(done);
    return *done;
  };
  CHECK(as_engine(first) == first.id);
  CHECK(as_engine(second) == first.id);
  store.as(acme, [&](transaction& tx) {
    CHECK(content::insert(tx, second, noon()) == first.id);
    CHECK_FALSE(content::find(second.id).first(tx));
    CHECK(count(tx, count_versions, second.id) == 0);
    CHECK_FALSE(content::find(first.id).first(tx)->author_id);
  });
}

TEST_CASE("content is handed in once, in the version that was read, and by whoever may") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto wanted = written_by_person(acme);
  store.as(acme, [&](transaction& tx) { content::insert(tx, wanted, noon()); });
  CHECK_FALSE(
      store.as(other, [&](transaction& tx) { return content::submit(tx, wanted.id, 1, other.owner_id, noon()); }));
  store.as(acme, [&](transaction& tx) {
    CHECK_FALSE(content::submit(tx, wanted.id, 2, acme.owner_id, noon()));
    CHECK(content::submit(tx, wanted.id, 1, acme.owner_id, noon()));
    CHECK_FALSE(content::submit(tx, wanted.id, 1, acme.owner_id, noon()));
    const auto found = content::find(wanted.id).first(tx);
    CHECK(found->state == content_state::pending_approval);
    CHECK(found->round == 1);
    CHECK(found->needs_approval);
    CHECK(found->submitted_by == acme.owner_id);
  });
  store.as(acme, [&](transaction& tx) { CHECK(count(tx, count_events, wanted.id) == 1); });
}

TEST_CASE("content that needs approval does not pass without it") {
  publishing_store store;
  const auto acme = store.add_company();
  auto free = written_by_person(acme);
  auto bound = written_by_person(acme);
  bound.needs_approval = true;
  store.as(acme, [&](transaction& tx) {
    content::insert(tx, free, noon());
    content::insert(tx, bound, noon());
    CHECK(content::pass(tx, free.id, 1, noon()));
    CHECK_FALSE(content::pass(tx, free.id, 1, noon()));
    CHECK(content::find(free.id).first(tx)->state == content_state::approved);
    CHECK_FALSE(content::pass(tx, bound.id, 1, noon()));
    CHECK(content::find(bound.id).first(tx)->state == content_state::draft);
  });
}

}  // namespace pulse::persistence
