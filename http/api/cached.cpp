#include "http/api/cached.hpp"

namespace pulse::http::detail {

boost::asio::awaitable<std::optional<std::string>> find_cached(request_context& context, std::string key) {
  auto& redis = context.services.redis;
  auto ask = [&redis, key = std::move(key)](auto done) {
    redis.submit(persistence::redis::get_command(key), std::move(done));
  };
  auto answer = co_await from_callback<persistence::redis_result<persistence::redis_reply>>(std::move(ask));
  if (answer.has_error()) co_return std::nullopt;
  const auto* text = answer->string();
  if (text == nullptr) co_return std::nullopt;
  co_return *text;
}

void keep_cached(request_context& context, std::string_view key, std::string_view json, std::chrono::milliseconds ttl) {
  context.services.redis.submit(persistence::redis::set_command(key, json, ttl),
                                [](const persistence::redis_result<persistence::redis_reply>&) {});
}

server::response render_cached(std::string json) { return server::response::json(200, std::move(json)); }

}  // namespace pulse::http::detail
