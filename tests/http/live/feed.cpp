#include "http/live/feed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>

namespace pulse::http::live {

namespace {

frame make_frame(std::size_t size, std::optional<base::uuid> project_id = std::nullopt) {
  auto made = std::make_shared<actors::activity_frame>();
  made->json = std::string(size, 'x');
  made->project_id = project_id;
  return made;
}

actors::activity_batch batch_of(std::vector<frame> frames) {
  return std::make_shared<const std::vector<frame>>(std::move(frames));
}

}  // namespace

TEST_CASE("a reader that is too slow is dropped once, by number and by size, and keeps nothing") {
  boost::asio::io_context loop;
  for (const auto& limits : {feed_limits{.events = 3, .bytes = 1'000}, feed_limits{.events = 1'000, .bytes = 30}}) {
    int drops = 0;
    const auto slow = std::make_shared<feed>(loop.get_executor(), limits, [&drops] { ++drops; });
    slow->take(batch_of(std::vector<frame>(3, make_frame(10))));
    loop.restart();
    loop.run();
    CHECK(drops == 0);
    slow->take(batch_of(std::vector<frame>(3, make_frame(10))));
    loop.restart();
    loop.run();
    CHECK(drops == 1);
    CHECK(slow->is_closed());
    CHECK(slow->is_empty());
  }
}

TEST_CASE("a feed keeps what its watcher wants, in order") {
  boost::asio::io_context loop;
  const auto mine = base::uuid_from_name("mine");
  const auto by = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [] {});
  by->subscribe({mine});
  const auto own = make_frame(1, mine);
  const auto of_all = make_frame(1);
  by->take(batch_of({make_frame(1, base::uuid_from_name("other")), own, of_all}));
  loop.run();
  CHECK(by->next(10) == std::vector<frame>{own, of_all});
}

TEST_CASE("a limited watcher is given its projects and channels, and nothing else whatever it subscribes to") {
  const auto id = [](const char* name) { return base::uuid_from_name(name); };
  const auto text = [&](const char* name) { return base::to_string(id(name)); };
  const auto of = [&](std::optional<base::uuid> project, std::optional<base::uuid> channel = std::nullopt) {
    actors::activity_frame made;
    made.project_id = project;
    made.channel_id = channel;
    return made;
  };
  CHECK(watch_reach::read("") == nullptr);
  const auto reach = watch_reach::read("limited " + text("whole") + ":* " + text("part") + ":" + text("mine") + "+" +
                                       text("mine too"));
  CHECK(reach->covers(of(id("whole"))));
  CHECK(reach->covers(of(id("whole"), id("any channel"))));
  CHECK(reach->covers(of(id("part"))));
  CHECK(reach->covers(of(id("part"), id("mine"))));
  CHECK(reach->covers(of(id("part"), id("mine too"))));
  CHECK_FALSE(reach->covers(of(id("part"), id("a new channel"))));
  CHECK_FALSE(reach->covers(of(id("other"))));
  CHECK_FALSE(reach->covers(of(id("other"), id("mine"))));
  CHECK_FALSE(reach->covers(of(std::nullopt)));
  CHECK_FALSE(reach->covers(of(std::nullopt, id("mine"))));
  for (const auto* nothing : {"limited", "limited x:*", "everything", "limited :", " "}) {
    INFO(nothing);
    CHECK_FALSE(watch_reach::read(nothing)->covers(of(id("whole"))));
  }
  boost::asio::io_context loop;
  const auto by = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [] {});
  by->limit_to(reach);
  by->subscribe({id("other"), id("part")});
  const auto mine = make_frame(1, id("part"));
  by->take(batch_of({make_frame(1, id("other")), make_frame(1), mine, make_frame(1, id("whole"))}));
  by->push(make_frame(1, id("other")));
  loop.run();
  CHECK(by->next(10) == std::vector<frame>{mine});
}

TEST_CASE("a watcher that is told to go and does not is cut") {
  boost::asio::io_context loop;
  int drops = 0;
  const auto stuck = std::make_shared<feed>(loop.get_executor(), feed_limits{}, [&drops] { ++drops; });
  stuck->end(actors::watch_end::access_lost);
  loop.run();  // until its timer has gone off
  CHECK(drops == 1);
  CHECK(stuck->is_closed());
}

}  // namespace pulse::http::live
