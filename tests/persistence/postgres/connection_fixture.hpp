// One connection as the owner of its own database, for tests of the wire format.
#pragma once

#include <string_view>

#include <catch2/catch.hpp>

#include "persistence/postgres/connection.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {

struct open_connection {
  open_connection()
      : on({tests::shared_servers().new_database(), role::login, "test", std::chrono::seconds{5},
            std::chrono::seconds{5}}) {}

  template <class... A>
  rows run(const statement& what, const A&... values) {
    on.scratch().assign(values...);
    on.send(what, on.scratch());
    on.sync(at_stake::commit);
    return on.receive();
  }

  connection on;
};

template <class Action>
failure failure_of_action(Action action) {
  try {
    action();
  } catch (const database_error& error) {
    return error.why();
  }
  FAIL("nothing was thrown");
  return {};
}

}  // namespace pulse::persistence
