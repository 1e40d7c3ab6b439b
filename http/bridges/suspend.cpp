#include "http/bridges/suspend.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace pulse::http {

boost::asio::awaitable<void> suspend(suspended_work& work) {
  auto executor = co_await boost::asio::this_coro::executor;
  auto initiate = [](auto handler, auto on, suspended_work* started) {
    auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
    started->start([waiting, on] { boost::asio::post(on, [waiting] { (*waiting)(); }); });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
      initiate, boost::asio::use_awaitable, executor, &work);
}

}  // namespace pulse::http
