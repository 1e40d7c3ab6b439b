#include "http/bridges/confirmation.hpp"

#include <charconv>
#include <string_view>

#include <boost/asio/this_coro.hpp>

#include "http/bridges/confirming_loop.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace {

namespace asio = boost::asio;

constexpr persistence::statement nothing_else{"confirm_alone", "SELECT"};

/// The claim that the call's guard confirms (authenticator.cpp): its last value is the version.
persistence::standing_claim claim_of(const request_context& context) {
  persistence::standing_claim made{context.principal.tenant_id, context.principal.member_id};
  const std::string_view text = context.guarded->values[context.guarded->values.size() - 1];
  std::from_chars(text.data(), text.data() + text.size(), made.version);
  return made;
}

asio::awaitable<void> ask_pool(request_context& context) {
  const auto to = detail::bound_to(context, context.principal.tenant_id);
  auto& database = detail::database_for(context);
  auto start = [&database, &to](auto finish) { database.query(to, nothing_else, std::move(finish)); };
  const auto done = co_await from_callback<persistence::result<persistence::rows>>(std::move(start));
  if (done.has_error()) {
    detail::note_failure(context, done.error());
  } else {
    context.is_standing_sure = true;
  }
}

}  // namespace

asio::awaitable<void> confirmations::confirm(request_context& context) {
  if (!context.guarded || context.is_standing_sure) co_return;
  std::optional<bool> holds;
  auto executor = co_await asio::this_coro::executor;
  const auto* on_loop = how_ ? executor.target<asio::io_context::executor_type>() : nullptr;
  if (on_loop != nullptr) {
    auto& asking = asio::use_service<confirming_loop>(on_loop->context());
    auto start = [this, &asking, &context](std::function<void(std::optional<bool>)> finish) {
      if (!asking.ask(*how_, claim_of(context), finish)) finish(std::nullopt);
    };
    holds = co_await from_callback<std::optional<bool>>(std::move(start));
  }
  if (!holds) {
    auto asking = ask_pool(context);
    co_await std::move(asking);
    co_return;
  }
  asked_directly_.fetch_add(1, std::memory_order_relaxed);
  context.is_standing_sure = *holds;
  context.has_standing_changed = !*holds;
}

}  // namespace pulse::http
