// Claims that meet commands, takeovers and each other.
#include <future>
#include <latch>

#include <catch2/catch.hpp>

#include "persistence/publishing/pauses.hpp"
#include "tests/persistence/engine/one_post.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement count_blocked{
    "test_blocked",
    "SELECT count(*)::integer FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"};
constexpr statement pause_tenant{"test_pause_tenant", "UPDATE tenants SET paused_at = $2 WHERE id = $1"};

posts::edit edited() {
  posts::edit wanted;
  wanted.text = "edited";
  return wanted;
}

/// Two transactions that meet: the first is held open after its work until the second waits for its locks.
class meeting {
 public:
  explicit meeting(publishing_store& of) : watcher_(of.url()) {}

  /// Runs `first` and `second`, each a job, the second while the first is not committed; their values.
  template <class First, class Second>
  auto run(database& first_on, std::optional<base::uuid> first_as, First first, database& second_on,
           std::optional<base::uuid> second_as, Second second) {
    std::latch worked{1};
    std::latch go{1};
    auto one = std::async(std::launch::async, [&] {
      return first_on.transact_now(first_as, [&](transaction& tx) {
        auto value = first(tx);
        worked.count_down();
        go.wait();
        return value;
      });
    });
    worked.wait();
    auto two = std::async(std::launch::async, [&] { return second_on.transact_now(second_as, second); });
    const bool blocked = watcher_.sees_someone_blocked();
    go.count_down();
    auto first_value = one.get();
    auto second_value = two.get();
    CHECK(blocked);
    REQUIRE(first_value);
    REQUIRE(second_value);
    return std::pair{*first_value, *second_value};
  }

 private:
  class watcher {
   public:
    explicit watcher(const std::string& url) : database_(options(url)) {}
    bool sees_someone_blocked() {
      const auto patience = std::chrono::steady_clock::now() + 20s;
      while (std::chrono::steady_clock::now() < patience) {
        const auto found = database_.query_now(std::nullopt, count_blocked);
        if (found && found->get<int>(0, 0) > 0) return true;
      }
      return false;
    }

   private:
    static database::options options(const std::string& url) {
      database::options how;
      how.url = url;
      how.as = role::login;
      how.connections = 1;
      return how;
    }
    database database_;
  };
  watcher watcher_;
};

}  // namespace

TEST_CASE("a command that commits before a claim is obeyed by it") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto command = [&](auto job) {
    return meet.run(p.store.requests(), p.acme.id, job, p.store.engine(), std::nullopt, claiming);
  };
  SECTION("cancel") {
    const auto [changed, won] =
        command([&](transaction& tx) { return posts::lock(tx, p.post_id), posts::cancel(tx, p.by_owner()); });
    CHECK(changed == 1);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::cancelled);
  }
  SECTION("reschedule") {
    const auto [changed, won] = command(
        [&](transaction& tx) { return posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h); });
    CHECK(changed == 1);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::waiting);
  }
  SECTION("delete") {
    const auto [changed, won] =
        command([&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::remove(tx, p.by_owner()); });
    CHECK(changed);
    CHECK(won == 0);
  }
  SECTION("edit: the new text goes out") {
    const auto [changed, won] = meet.run(
        p.store.requests(), p.acme.id,
        [&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::update(tx, p.by_owner(), edited()); },
        p.store.engine(), std::nullopt,
        [&](transaction& tx) { return claim(tx, p.store.node_id(), std::vector{p.wanted()}); });
    CHECK(changed);
    REQUIRE(won.size() == 1);
    CHECK(won[0].text == "edited");
  }
  SECTION("pause the tenant") {
    CHECK(command([&](transaction& tx) {
            return tx.execute(pause_tenant, p.acme.id, noon()).affected() == 1;
          }).second == 0);
  }
  SECTION("pause the project") {
    CHECK(command([&](transaction& tx) {
            return pauses::pause_project(tx, p.acme.project_id, {p.acme.owner_id, noon()});
          }).second == 0);
  }
  SECTION("pause the channel") {
    CHECK(command([&](transaction& tx) {
            return pauses::pause_channel(tx, p.acme.website_id, {p.acme.owner_id, noon()});
          }).second == 0);
  }
  SECTION("switch the channel off") {
    CHECK(command([&](transaction& tx) { return switch_off(tx, p.acme); }).second == 0);
  }
  SECTION("remove the channel") {
    const auto [changed, won] =
        command([&](transaction& tx) { return channels::remove(tx, p.acme.website_id, p.acme.owner_id, noon()); });
    CHECK(changed);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::cancelled);
  }
}

TEST_CASE("a command that comes after a claim learns that it is too late") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto command = [&](auto job) {
    const auto [won, changed] = meet.run(p.store.engine(), std::nullopt, claiming, p.store.requests(), p.acme.id, job);
    CHECK(won == 1);
    CHECK(p.row().state == delivery_state::sending);
    return changed;
  };
  SECTION("cancel") {
    CHECK(command([&](transaction& tx) { return posts::lock(tx, p.post_id), posts::cancel(tx, p.by_owner()); }) == 0);
  }
  SECTION("reschedule") {
    CHECK(command([&](transaction& tx) {
            return posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h);
          }) == 0);
  }
  SECTION("delete") {
    CHECK_FALSE(
        command([&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::remove(tx, p.by_owner()); }));
  }
  SECTION("edit") {
    CHECK_FALSE(command(
        [&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::update(tx, p.by_owner(), edited()); }));
  }
  SECTION("pause") {  // it holds for what comes after
    CHECK(command([&](transaction& tx) {
      return pauses::pause_project(tx, p.acme.project_id, {p.acme.owner_id, noon()});
    }));
  }
}

TEST_CASE("a takeover that commits before a claim is seen by it, and one that comes later waits for it") {
  one_post p;
  meeting meet{p.store};
  const auto successor = base::new_uuid(noon());
  const auto late = noon() + 24h * 400;  // the owner's lease is over
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto taking = [&](transaction& tx) { return take_tenant(tx, p.acme.id, successor, late).value_or(0); };
  SECTION("before") {
    const auto [fence, won] =
        meet.run(p.store.engine(), std::nullopt, taking, p.store.engine(), std::nullopt, claiming);
    CHECK(fence == p.fence + 1);
    CHECK(won == 0);
  }
  SECTION("after") {
    const auto [won, fence] =
        meet.run(p.store.engine(), std::nullopt, claiming, p.store.engine(), std::nullopt, taking);
    CHECK(won == 1);
    CHECK(fence == p.fence + 1);
    const auto found = p.store.as_engine([&](transaction& tx) {
      return select_agenda(tx, p.acme.id, successor, p.fence + 1, {late, 10, true});
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].state == delivery_state::sending);
    CHECK(found[0].deadline_at == noon() + 12s);
    CHECK_FALSE(p.records(p.outcome(delivery_state::published)));  // it has been replaced
  }
}

TEST_CASE("of two claims of one attempt that meet, one is won") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](base::timestamp now) {
    return [&, now](transaction& tx) {
      return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted(now)}).size());
    };
  };
  const auto [first, second] =
      meet.run(p.store.engine(), std::nullopt, claiming(noon()), p.store.engine(), std::nullopt, claiming(noon() + 1s));
  CHECK(first == 1);
  CHECK(second == 0);
}

// --- outcomes --------------------------------------------------------------------------------------------------------

}  // namespace pulse::persistence
