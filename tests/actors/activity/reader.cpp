#include "actors/activity/reader.hpp"

#include <algorithm>
#include <numeric>

#include "actors/activity/shared_reader.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
namespace events = persistence::events;
using events::cursor;

base::uuid company(int number) { return base::uuid_from_name("company" + std::to_string(number)); }

/// A database that answers when it is told to.
class slow_rows final : public activity_rows {
 public:
  struct read_call {
    std::vector<events::reader> readers;
    int limit = 0;
    std::function<void(std::shared_ptr<read_stretches>)> done;
  };
  struct session_call {
    std::vector<watching_session> sessions;
    std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done;
  };
  std::vector<read_call> reads;
  std::vector<session_call> checks;
  std::vector<std::function<void(std::optional<cursor>)>> ends;

  void find_end(std::function<void(std::optional<cursor>)> done) override { ends.push_back(std::move(done)); }
  void read(std::vector<events::reader> readers, int limit,
            std::function<void(std::shared_ptr<read_stretches>)> done) override {
    reads.push_back({std::move(readers), limit, std::move(done)});
  }
  void find_ended(std::vector<watching_session> sessions,
                  std::function<void(std::shared_ptr<std::vector<persistence::watch_over>>)> done) override {
    checks.push_back({std::move(sessions), std::move(done)});
  }
};

struct reader_fixture : support::actor_fixture {
  slow_rows rows;
  std::optional<shared_reader> all{std::in_place, system, rows};

  ~reader_fixture() {
    all.reset();
    rows = {};  // their answers hold the reader
    settle();
  }

  using answer = std::shared_ptr<std::optional<read_answer>>;

  /// A hub that goes on after `number`; empty until it is answered.
  answer ask(int number, int limit = 500) {
    auto given = std::make_shared<std::optional<read_answer>>();
    all->read_after({company(number), {number, 0}}, limit, [given](auto read) { *given = std::move(read); });
    return given;
  }

  /// The latest read is answered: everybody may go on one further.
  void answer_read() {
    const auto call = std::move(rows.reads.back());
    rows.reads.back().done = nullptr;
    auto made = std::make_shared<read_stretches>(call.readers.size());
    for (std::size_t i = 0; i < made->size(); ++i)
      made->at(i).to = {call.readers[i].after.transaction + 1, call.readers[i].after.id};
    call.done(made);
    settle();
  }
};

}  // namespace

TEST_CASE_METHOD(reader_fixture, "simultaneous requests are read together, and each gets its own events") {
  std::vector<answer> given;
  for (int i = 0; i < 100; ++i) given.push_back(ask(i));
  settle();
  REQUIRE(rows.reads.size() == 1);
  CHECK(rows.reads[0].readers.size() == 100);
  CHECK(rows.reads[0].readers[7].tenant_id == company(7));
  CHECK(rows.reads[0].limit == 50);  // 5,000 together
  answer_read();
  for (int i = 0; i < 100; ++i) CHECK(given[static_cast<std::size_t>(i)]->value().read->to.transaction == i + 1);
}

TEST_CASE_METHOD(reader_fixture, "requests during a read go into the next one, which waits in proportion to the read") {
  ask(1);
  settle();
  advance(4ms);
  const auto two = ask(2);
  const auto three = ask(3);
  settle();
  CHECK(rows.reads.size() == 1);
  answer_read();
  advance(15ms);  // of four times 4 ms
  CHECK(rows.reads.size() == 1);
  advance(1ms);
  REQUIRE(rows.reads.size() == 2);
  CHECK(rows.reads[1].readers.size() == 2);
  answer_read();
  CHECK(two->value().begun_at == scheduler.clock().now());
  CHECK(two->value().read->to.transaction == 3);
  CHECK(three->value().read->to.transaction == 4);
}

TEST_CASE_METHOD(reader_fixture, "after a quiet moment nobody waits, and after a slow read nobody waits long") {
  ask(1);
  settle();
  advance(300ms);
  answer_read();
  ask(2);
  advance(19ms);
  CHECK(rows.reads.size() == 1);
  advance(1ms);
  REQUIRE(rows.reads.size() == 2);
  answer_read();
  advance(1s);
  ask(3);
  settle();
  CHECK(rows.reads.size() == 3);
}

TEST_CASE_METHOD(reader_fixture, "companies beyond one read's limit are read by the next") {
  std::vector<answer> given;
  for (int i = 0; i < 600; ++i) given.push_back(ask(i));
  settle();
  CHECK(rows.reads.at(0).readers.size() == 512);
  CHECK(rows.reads.at(0).limit == 20);
  answer_read();
  REQUIRE(rows.reads.size() == 2);
  CHECK(rows.reads[1].readers.size() == 88);
  answer_read();
  CHECK(std::all_of(given.begin(), given.end(), [](const auto& each) { return each->has_value() && (**each).read; }));
}

TEST_CASE_METHOD(reader_fixture, "a database that does not answer is reported to every caller, and asked again") {
  const auto one = ask(1);
  const auto two = ask(2);
  settle();
  rows.reads.back().done(nullptr);
  settle();
  CHECK(one->value().read == nullptr);
  CHECK(two->value().read == nullptr);
  const auto again = ask(1);
  advance(100ms);
  answer_read();
  CHECK(again->value().read);
}

TEST_CASE_METHOD(reader_fixture, "all sessions are asked about at once, and each company hears of its own") {
  using over = std::vector<persistence::watch_over>;
  std::vector<std::shared_ptr<over>> heard(3);
  for (int i = 0; i < 3; ++i) {
    const watching_session who{company(i), base::uuid_from_name("member"), base::uuid_from_name("session"), {}};
    all->find_ended({who, who}, [&heard, i](auto given) { heard[static_cast<std::size_t>(i)] = std::move(given); });
  }
  settle();
  REQUIRE(rows.checks.size() == 1);
  REQUIRE(rows.checks[0].sessions.size() == 6);
  CHECK(rows.checks[0].sessions[4].tenant_id == company(2));
  rows.checks[0].done(std::make_shared<over>(over{{2, true}, {5, false}}));
  settle();
  CHECK(heard[0]->empty());
  REQUIRE(heard[1]->size() == 1);
  CHECK(heard[1]->front().place == 0);
  CHECK(heard[1]->front().may_return);
  REQUIRE(heard[2]->size() == 1);
  CHECK(heard[2]->front().place == 1);
  CHECK_FALSE(heard[2]->front().may_return);
}

TEST_CASE_METHOD(reader_fixture, "the end of the streams is never older than the question") {
  std::vector<std::int64_t> heard;
  const auto ask_end = [&] {
    all->find_end([&heard](auto at) { heard.push_back(at ? at->transaction : -1); });
    settle();
  };
  ask_end();
  ask_end();  // while the first is on its way
  REQUIRE(rows.ends.size() == 1);
  rows.ends[0](cursor{5, 0});
  settle();
  CHECK(heard == std::vector<std::int64_t>{5});
  REQUIRE(rows.ends.size() == 2);
  rows.ends[1](cursor{6, 0});
  settle();
  CHECK(heard == std::vector<std::int64_t>{5, 6});
}

TEST_CASE_METHOD(reader_fixture,
                 "a reader that ends answers whoever waits, and is not begun again when the process stops") {
  const auto one = ask(1);
  settle();
  const auto two = ask(2);
  settle();
  all->stop();
  settle();
  CHECK(two->value().read == nullptr);
  CHECK(one->value().read == nullptr);
  const auto late = ask(3);
  settle();
  CHECK(late->value().read == nullptr);
  CHECK(rows.reads.size() == 1);
}

}  // namespace pulse::actors
