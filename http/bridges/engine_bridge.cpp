#include "http/bridges/engine_bridge.hpp"

#include <memory>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/api/services.hpp"

namespace pulse::http {

boost::asio::awaitable<void> notify_engine(request_context& context) {
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto patience = std::make_shared<boost::asio::steady_timer>(executor, engine_wait_max);
  // Sets the timer's expiry instead of cancelling it: this ends the wait even if it has not begun yet.
  context.services.engine.notify(context.principal.tenant_id, [patience, executor] {
    boost::asio::post(executor, [patience] { patience->expires_at(boost::asio::steady_timer::time_point::min()); });
  });
  boost::system::error_code ended;
  co_await patience->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
}

}  // namespace pulse::http
