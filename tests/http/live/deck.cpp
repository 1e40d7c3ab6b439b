#include "http/live/deck.hpp"

#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include "http/live/feed.hpp"
#include "http/live/messages.hpp"

namespace pulse::http::live {

namespace {

frame make_frame(std::string json) {
  auto made = std::make_shared<actors::activity_frame>();
  made->cursor = "7-" + json;
  made->json = std::move(json);
  return made;
}

actors::activity_batch batch_of(std::vector<frame> frames) {
  return std::make_shared<const std::vector<frame>>(std::move(frames));
}

/// Notes how often it is told the time, and goes after the second.
struct counting_resident final : deck::resident {
  explicit counting_resident(deck& in) : in_(in) {}
  void on_tick(deck::clock::time_point) override {
    if (++ticks == 2) in_.leave(*this);
  }
  deck& in_;
  int ticks = 0;
};

}  // namespace

TEST_CASE("a thousand watchers do not hold up what else their thread has to do") {
  constexpr std::size_t watchers = 1'000;
  boost::asio::io_context loop;
  std::vector<std::shared_ptr<feed>> feeds;
  std::size_t served = 0;
  const auto events = batch_of({make_frame("1"), make_frame("2")});
  for (std::size_t each = 0; each < watchers; ++each) {
    feeds.push_back(std::make_shared<feed>(loop.get_executor(), feed_limits{}, [] {}));
    feeds.back()->call_with([&served] { ++served; });
    feeds.back()->take(events);
  }
  std::size_t served_before = watchers;
  boost::asio::post(loop, [&] { served_before = served; });
  loop.run();
  CHECK(served_before <= deck::watchers_in_turn_max);
  CHECK(served == watchers);
  for (const auto& each : feeds) CHECK(each->next(10).size() == 2);
}

TEST_CASE("a watcher gets what is handed to it in order, however many turns it takes") {
  boost::asio::io_context loop;
  const auto by = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [] {});
  std::vector<frame> given;
  for (std::size_t each = 0; each < 5 * deck::watchers_in_turn_max; ++each) {
    given.push_back(make_frame(std::to_string(each)));
    by->take(batch_of({given.back()}));
  }
  loop.run();
  CHECK(by->next(3) == std::vector<frame>(given.begin(), given.begin() + 3));
  CHECK(by->next(2, 1) == std::vector<frame>{given[3]});  // of more bytes than were asked for
  std::vector<frame> rest;
  while (!by->is_empty()) {
    for (auto& each : by->next(64)) rest.push_back(std::move(each));
  }
  CHECK(rest == std::vector<frame>(given.begin() + 4, given.end()));
}

TEST_CASE("residents are told the time until they leave, and an empty deck keeps no loop alive") {
  boost::asio::io_context loop;
  auto& here = deck::of(loop.get_executor());
  counting_resident one{here};
  here.enter(one);
  loop.run();
  CHECK(one.ticks == 2);
}

TEST_CASE("who is as far as the one before is sent the same bytes") {
  const std::vector<frame> some{make_frame("{\"a\":1}"), make_frame("{\"b\":2}")};
  const auto first = to_message(some);
  CHECK(*first == R"({"type":"events","events":[{"a":1},{"b":2}]})");
  CHECK(to_message(std::vector<frame>{some}) == first);
  const auto other = to_message(std::vector<frame>{some.front()});
  CHECK(*other == R"({"type":"events","events":[{"a":1}]})");
  CHECK(*to_server_sent(std::vector<frame>{some.front()}) == "id: 7-{\"a\":1}\nevent: event\ndata: {\"a\":1}\n\n");
}

}  // namespace pulse::http::live
