#include "http/bridges/confirmation.hpp"

#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace {

constexpr persistence::statement nothing_else{"confirm_alone", "SELECT"};

}  // namespace

boost::asio::awaitable<void> confirm_standing(call& of) {
  const auto to = detail::bound_to(of, of.who.tenant_id);
  if (!to.guarded) co_return;
  auto& database = detail::database_for(of);
  auto start = [&database, &to](auto finish) { database.query(to, nothing_else, std::move(finish)); };
  const auto done = co_await from_callback<persistence::result<persistence::rows>>(std::move(start));
  if (done.has_error()) {
    detail::note_failure(of, done.error());
  } else {
    of.is_standing_sure = true;
  }
}

}  // namespace pulse::http
