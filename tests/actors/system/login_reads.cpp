// Reads with a company's login, requested at a node: the limiters of the node's own companies answer, and requests for
// other companies are left to other nodes.
#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {
namespace {

struct looks_fixture : node_fixture {
  const base::uuid login = base::uuid_from_name("a login");

  read_permit_answer look(process& at) {
    auto answer = std::make_shared<std::optional<read_permit_answer>>();
    system.spawn([node = at.node, answer, tenant = tenant, login = login](caf::event_based_actor* self) {
      self->request(node, 10s, login_read_request{tenant, {domain::channel_type::x, login}})
          .then([answer](const read_permit_answer& said) { *answer = said; });
    });
    settle();
    REQUIRE(answer->has_value());
    return **answer;
  }
  /// Asks until the company is awake.
  read_permit_answer look_awake(process& at) {
    auto said = look(at);
    for (int i = 0; i < 5 && !said.is_granted && said.words.empty(); ++i) {
      advance(said.not_before - clock.now());
      said = look(at);
    }
    return said;
  }
};

}  // namespace

TEST_CASE_METHOD(looks_fixture, "a company is woken for a read, and its limiter answers all requests") {
  auto& a = start_process();
  CHECK(look_awake(a).is_granted);
  read_permit_answer said{.is_granted = true};
  int looks = 1;
  for (; looks < 100 && said.is_granted; ++looks) said = look(a);
  CHECK_FALSE(said.is_granted);
  CHECK(said.words.starts_with("the account's budget of 100 posts in "));
  // Another login of the company has a budget of its own, and what the platform says to a look holds for it alone.
  caf::anon_send(a.node, login_read_report{tenant, {domain::channel_type::x, {login, {}, clock.now() + 40min}}});
  settle();
  CHECK(look(a).not_before == clock.now() + 40min);
}

TEST_CASE_METHOD(looks_fixture, "a read for a company of another node is refused here until that node is gone") {
  auto& a = start_process();
  auto& b = start_process();
  deliver(9min);
  REQUIRE(notify(a, tenant));
  CHECK(look_awake(a).is_granted);
  const auto said = look_awake(b);
  CHECK_FALSE(said.is_granted);
  CHECK(said.words.empty());
  CHECK(said.not_before > clock.now());
  kill(a);
  advance_long(20s);
  CHECK(look_awake(b).is_granted);
}

TEST_CASE_METHOD(looks_fixture, "a due post goes out on time while reads use their whole share") {
  auto& a = start_process();
  const auto of_x = tables.add_channel(tenant, domain::channel_type::x, login);
  REQUIRE(look_awake(a).is_granted);
  for (int i = 0; i < 200; ++i) look(a);
  const auto id = tables.add_delivery(of_x, clock.now() + 1s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  CHECK(state(id) == delivery_state::published);
}

}  // namespace pulse::actors
