#include "domain/publishing/post_editing.hpp"

#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <catch2/catch.hpp>

namespace pulse::domain {

namespace {

bool may_edit_of(std::vector<delivery_progress> deliveries) { return may_edit(deliveries); }

constexpr delivery_progress waiting{delivery_state::waiting, 0};

}  // namespace

TEST_CASE("a post may be edited while something of it waits and nothing has begun") {
  CHECK(may_edit_of({waiting}));
  CHECK(may_edit_of({waiting, {delivery_state::cancelled, 0}}));
  CHECK_FALSE(may_edit_of({}));
  CHECK_FALSE(may_edit_of({{delivery_state::cancelled, 0}}));
}

TEST_CASE("an attempt of any delivery ends the editing of its post, whatever became of it") {
  CHECK_FALSE(may_edit_of({waiting, {delivery_state::waiting, 1}}));
  CHECK_FALSE(may_edit_of({waiting, {delivery_state::cancelled, 1}}));
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>([](auto each) {
    CAPTURE(each.name);
    const bool is_harmless = each.value == delivery_state::waiting || each.value == delivery_state::cancelled;
    CHECK(may_edit_of({waiting, {each.value, 0}}) == is_harmless);
  });
}

}  // namespace pulse::domain
