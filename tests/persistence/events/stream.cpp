#include "persistence/events/stream.hpp"

#include <future>
#include <latch>
#include <random>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "persistence/events/events.hpp"
#include "persistence/events/readers.hpp"
#include "persistence/people/sessions.hpp"
#include "persistence/people/watching.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using events::cursor;
using tests::company;
using tests::noon;
using tests::publishing_store;

events::event edited(const company& of, std::optional<base::uuid> project_id = std::nullopt) {
  return {.tenant_id = of.id,
          .project_id = project_id.value_or(of.project_id),
          .post_id = base::new_uuid(noon()),
          .member_id = of.owner_id,
          .facts = domain::post_edited{},
          .at = noon()};
}

events::stretch read(publishing_store& store, const company& of, const cursor& after,
                     std::optional<base::uuid> project_id = std::nullopt, int limit = 100) {
  return store.as_engine([&](transaction& tx) { return events::read_after(tx, of.id, after, project_id, limit); });
}

cursor find_end(publishing_store& store) {
  return store.as_engine([](transaction& tx) { return events::find_end(tx); });
}

std::vector<std::int64_t> ids_of(const events::stretch& of) {
  std::vector<std::int64_t> ids;
  for (const auto& each : of.events) ids.push_back(each.event.id);
  return ids;
}

}  // namespace

TEST_CASE("an event that commits late is neither skipped nor overtaken") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto start = find_end(store);
  database late{{.url = store.url(), .connections = 1, .as = role::engine}};
  std::latch is_appended{1};
  std::latch may_commit{1};
  auto slow = std::async(std::launch::async, [&] {
    return late.transact_now(std::nullopt, [&](transaction& tx) {
      events::append(tx, edited(acme));
      tx.execute(statement{"test_flush", "SELECT 1"});
      is_appended.count_down();
      may_commit.wait();
    });
  });
  is_appended.wait();
  store.as_engine([&](transaction& tx) { events::append(tx, edited(acme)); });
  const auto before = read(store, acme, start);
  CHECK(before.events.empty());
  CHECK(before.is_early);
  may_commit.count_down();
  REQUIRE(slow.get());
  const auto after = read(store, acme, before.to);
  REQUIRE(after.events.size() == 2);
  CHECK(std::is_sorted(after.events.begin(), after.events.end(),
                       [](const auto& a, const auto& b) { return a.at < b.at; }));
  CHECK_FALSE(after.is_early);
  CHECK(read(store, acme, after.to).events.empty());
}

TEST_CASE(
    "a long transaction of another database holds nobody up who is held up and asks, and one of this database does") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto start = find_end(store);
  const auto patient = [&](const cursor& after) {
    return store.as_engine([&](transaction& tx) {
      return events::read_after(tx, acme.id, after, std::nullopt, 100, events::patience::with_our_own);
    });
  };
  const auto write_long = [](database& in, std::latch& is_writing, std::latch& may_end) {
    return std::async(std::launch::async, [&] {
      auto done = in.transact_now(std::nullopt, [&](transaction& tx) {
        tx.execute(statement{"test_take_number", "SELECT pg_current_xact_id()::text"});
        is_writing.count_down();
        may_end.wait();
      });
      if (!is_writing.try_wait()) is_writing.count_down();  // it has failed, which is seen below
      return done;
    });
  };
  const auto url = store.url();
  const auto name_at = url.find('/', url.find("://") + 3) + 1;
  const auto elsewhere_url =
      url.substr(0, name_at) + "postgres" + url.substr(std::min(url.find('?', name_at), url.size()));
  database elsewhere{{.url = elsewhere_url, .connections = 1, .statement_timeout = 5min, .as = role::login}};
  database here{{.url = url, .connections = 1, .statement_timeout = 5min, .as = role::login}};
  std::latch is_writing_elsewhere{1}, may_end_elsewhere{1}, is_writing_here{1}, may_end_here{1};
  auto there = write_long(elsewhere, is_writing_elsewhere, may_end_elsewhere);
  is_writing_elsewhere.wait();
  store.as_engine([&](transaction& tx) { events::append(tx, edited(acme)); });
  CHECK(read(store, acme, start).is_early);
  const auto first = patient(start);
  CHECK(first.events.size() == 1);
  CHECK_FALSE(first.is_early);
  auto own = write_long(here, is_writing_here, may_end_here);
  is_writing_here.wait();
  store.as_engine([&](transaction& tx) { events::append(tx, edited(acme)); });
  const auto held = patient(first.to);
  CHECK(held.events.empty());
  CHECK(held.is_early);
  may_end_here.count_down();
  REQUIRE(own.get());
  CHECK(patient(held.to).events.size() == 1);
  may_end_elsewhere.count_down();
  REQUIRE(there.get());
}

TEST_CASE("a reader sees every event of many writers once, in one order, whatever the order of their commits") {
  constexpr int writers = 4;
  constexpr int transactions = 60;
  publishing_store store;
  const auto acme = store.add_company();
  auto place = find_end(store);
  std::atomic<int> running{writers};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      database own{{.url = store.url(), .connections = 1, .as = role::engine}};
      std::mt19937 random{static_cast<unsigned>(writer)};
      for (int i = 0; i < transactions; ++i) {
        own.transact_now(std::nullopt, [&](transaction& tx) {
          events::append(tx, std::vector<events::event>(1 + random() % 3, edited(acme)));
          tx.execute(statement{"test_sleep", "SELECT pg_sleep($1::double precision)"},
                     static_cast<double>(random() % 4) / 1000.0);
        });
      }
      --running;
    });
  }
  std::vector<cursor> seen;
  for (bool is_last = false; !is_last;) {
    is_last = running == 0;
    const auto part = read(store, acme, place, std::nullopt, 7);
    for (const auto& each : part.events) seen.push_back(each.at);
    place = part.to;
    if (part.is_full || part.is_early) is_last = false;
  }
  for (auto& each : threads) each.join();
  const auto all = read(store, acme, {}, std::nullopt, 10'000);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(std::set<cursor>(seen.begin(), seen.end()).size() == seen.size());
  CHECK(seen.size() == all.events.size());
}

TEST_CASE("many companies read on at once, and each gets what it would have got alone") {
  publishing_store store;
  const auto start = find_end(store);
  std::vector<company> companies;
  std::vector<events::reader> readers;
  for (int i = 0; i < 5; ++i) companies.push_back(store.add_company("Company " + std::to_string(i)));
  for (int round = 0; round < 4; ++round) {
    for (std::size_t i = 0; i < companies.size(); ++i)
      store.as_engine([&](transaction& tx) { events::append(tx, std::vector(i, edited(companies[i]))); });
  }
  const cursor future{start.transaction + 1'000'000, 1};
  for (const auto& each : companies) readers.push_back({each.id, start});
  readers.push_back({companies[2].id, future});
  readers.push_back({companies[2].id, read(store, companies[2], start, std::nullopt, 3).to});
  const auto read_all = [&](int limit) {
    return store.as_engine([&](transaction& tx) { return events::read_after(tx, readers, limit); });
  };
  for (const int limit : {3, 100}) {
    const auto all = read_all(limit);
    REQUIRE(all.size() == readers.size());
    for (std::size_t i = 0; i < readers.size(); ++i) {
      const auto alone = store.as_engine([&](transaction& tx) {
        return events::read_after(tx, readers[i].tenant_id, readers[i].after, std::nullopt, limit);
      });
      CHECK(ids_of(all[i]) == ids_of(alone));
      CHECK(all[i].is_full == alone.is_full);
      CHECK(all[i].is_early == alone.is_early);
      CHECK(all[i].is_ahead == alone.is_ahead);
      if (all[i].is_full) CHECK(all[i].to == alone.to);
      if (all[i].events.empty()) continue;
      CHECK(all[i].events[0].event.message == alone.events[0].event.message);
      REQUIRE(all[i].events[0].event.by);
      CHECK(all[i].events[0].event.by->name == alone.events[0].event.by->name);
    }
  }
}

TEST_CASE(
    "of many companies only those are held up that a long transaction writes for, and who asks for this database's "
    "own") {
  publishing_store store;
  const auto acme = store.add_company("Acme");
  const auto other = store.add_company("Other");
  const auto start = find_end(store);
  database late{{.url = store.url(), .connections = 1, .as = role::engine}};
  std::latch is_appended{1};
  std::latch may_commit{1};
  auto slow = std::async(std::launch::async, [&] {
    return late.transact_now(std::nullopt, [&](transaction& tx) {
      events::append(tx, edited(acme));
      tx.execute(statement{"test_flush", "SELECT 1"});
      is_appended.count_down();
      may_commit.wait();
    });
  });
  is_appended.wait();
  store.as_engine([&](transaction& tx) { events::append(tx, edited(acme)); });
  const std::vector<events::reader> readers{
      {acme.id, start}, {other.id, start}, {acme.id, start, events::patience::with_our_own}};
  const auto read_all = [&] {
    return store.as_engine([&](transaction& tx) { return events::read_after(tx, readers, 100); });
  };
  const auto before = read_all();
  CHECK(before[0].is_early);
  CHECK_FALSE(before[1].is_early);
  CHECK(before[2].is_early);
  for (const auto& each : before) CHECK(each.events.empty());
  may_commit.count_down();
  REQUIRE(slow.get());
  const auto after = read_all();
  CHECK(after[0].events.size() == 2);
  CHECK(after[1].events.empty());
  CHECK(after[2].events.size() == 2);
}

TEST_CASE("a stream is of one company, and of one project with the company's own") {
  publishing_store store;
  const auto acme = store.add_company("Acme");
  const auto other = store.add_company("Other");
  const auto start = find_end(store);
  const auto elsewhere = base::new_uuid(noon());
  store.as_engine([&](transaction& tx) {
    events::append(tx, edited(other));
    events::append(tx, edited(acme));
    events::append(tx, edited(acme, elsewhere));
    events::append(tx, {.tenant_id = acme.id, .facts = domain::company_paused{}, .at = noon()});
  });
  CHECK(read(store, acme, start).events.size() == 3);
  const auto here = read(store, acme, start, acme.project_id);
  REQUIRE(here.events.size() == 2);
  CHECK(here.events[0].event.by.value().name == "Owner");
  CHECK(here.events[0].event.message == "The post was edited.");
  CHECK(here.events[0].event.subject.kind == "post");
  CHECK(here.events[1].event.type == "CompanyPaused");
  CHECK(here.events[1].event.subject.kind == "company");
  CHECK_FALSE(here.events[1].event.by);
  const auto latest =
      store.as(acme, [&](transaction& tx) { return events::read_latest(tx, acme.id, std::nullopt, 2); });
  REQUIRE(latest.size() == 2);
  CHECK(latest[0].type == "CompanyPaused");
  CHECK(store.as(acme, [&](transaction& tx) { return events::count_after(tx, acme.id, start, 2); }) == 2);
}

TEST_CASE("a page ends in the middle of a transaction and goes on there") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto start = find_end(store);
  store.as_engine([&](transaction& tx) { events::append(tx, std::vector<events::event>(5, edited(acme))); });
  const auto first = read(store, acme, start, std::nullopt, 3);
  CHECK(first.is_full);
  const auto second = read(store, acme, first.to, std::nullopt, 3);
  CHECK_FALSE(second.is_full);
  auto ids = ids_of(first);
  for (const auto id : ids_of(second)) ids.push_back(id);
  CHECK(ids.size() == 5);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("a place of another database is noticed, and what is no place is none") {
  publishing_store store;
  const auto acme = store.add_company();
  CHECK(read(store, acme, {std::int64_t{1} << 40, 1}).is_ahead);
  CHECK(events::parse_cursor("12-34") == cursor{12, 34});
  CHECK(events::to_text({12, 34}) == "12-34");
  for (const auto* each : {"", "-", "1", "1-", "-1", "1-2-3", "a-b", "1-2 ", "99999999999999999999-1", "1--2"})
    CHECK_FALSE(events::parse_cursor(each));
}

TEST_CASE("events of a restored database come before all that is written afterwards, in their order") {
  static constexpr statement restore{"test_restore", R"sql(
    UPDATE publish_events SET transaction = (transaction::text::bigint + 1000000)::text::xid8 WHERE tenant_id = $1)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  store.as_engine([&](transaction& tx) { events::append(tx, std::vector<events::event>(3, edited(acme))); });
  const auto before = ids_of(read(store, acme, {}));
  store.as_engine([&](transaction& tx) { tx.execute(restore, acme.id); });
  CHECK(read(store, acme, {}).events.empty());
  CHECK(store.as_engine([](transaction& tx) { return events::adopt(tx); }) == 3);
  CHECK(store.as_engine([](transaction& tx) { return events::adopt(tx); }) == 0);
  CHECK(ids_of(read(store, acme, {})) == before);
  store.as_engine([&](transaction& tx) { events::append(tx, edited(acme)); });
  const auto after = ids_of(read(store, acme, {}));
  REQUIRE(after.size() == 4);
  CHECK(std::equal(before.begin(), before.end(), after.begin()));
}

TEST_CASE("a ticket opens one stream, within its time, while its session lasts") {  // asvs: 4.4.4
  publishing_store store;
  const auto acme = store.add_company();
  const auto session_id = base::new_uuid(noon());
  const auto in = [&](auto job) { return store.as(acme, std::move(job)); };
  in([&](transaction& tx) {
    sessions::open(tx, {.id = session_id,
                        .member_id = acme.owner_id,
                        .now = noon(),
                        .idle_ends_at = noon() + 24h,
                        .ends_at = noon() + 48h,
                        .from = {"192.0.2.0", "192.0.2.1", "test"}});
  });
  const auto keep = [&](char secret) {
    in([&](transaction& tx) {
      keep_ticket(tx, {acme.owner_id, session_id}, {std::string(32, secret)}, noon() + 30s, noon());
    });
  };
  const auto take = [&](char secret, std::chrono::seconds later) {
    return in([&](transaction& tx) { return take_ticket(tx, {std::string(32, secret)}, noon() + later); }).has_value();
  };
  keep('a');
  CHECK(take('a', 1s));
  CHECK_FALSE(take('a', 1s));
  keep('b');
  CHECK_FALSE(take('b', 31s));
  keep('c');
  bool is_signed_in = true;
  const auto ended = [&] {
    return store.as_engine([&](transaction& tx) {
      std::vector<std::size_t> places;
      const std::vector<watching_now> asked{{acme.id, acme.owner_id, session_id, ""},
                                            {acme.id, acme.owner_id, base::new_uuid(noon()), ""},
                                            {acme.id, acme.owner_id, session_id, "limited"}};
      for (const auto& each : find_watches_over(tx, asked, noon())) {
        places.push_back(each.place);
        CHECK(each.may_return == (each.place == 2 && is_signed_in));
      }
      return places;
    });
  };
  CHECK(ended() == std::vector<std::size_t>{1, 2});
  in([&](transaction& tx) { sessions::end(tx, session_id, sessions::ending::logout, noon()); });
  is_signed_in = false;
  CHECK(ended() == std::vector<std::size_t>{0, 1, 2});
  CHECK_FALSE(take('c', 1s));
}

}  // namespace pulse::persistence
