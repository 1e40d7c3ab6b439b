#include "http/waiting_room.hpp"

#include <boost/json.hpp>

#include "http/api/problem.hpp"

namespace pulse::http {

namespace {

constexpr std::chrono::seconds try_again_after{1};

boost::asio::awaitable<server::response> at_once(server::response made) { co_return made; }

}  // namespace

void waiting_room::say(std::string reason) {
  const std::lock_guard lock{mutex_};
  reason_ = std::move(reason);
}

server::handler waiting_room::handler() {
  return [this](const server::request& request) {
    auto* const door = door_.load();
    return door == nullptr ? at_once(answer_waiting(request)) : door->answer(request);
  };
}

server::server::refusal waiting_room::refusal() {
  return [this](int status, std::string_view title, std::string_view detail, std::string_view request_id) {
    measures_.count_refused(status);
    return render(problems::of_refusal(status, title, detail), "", request_id);
  };
}

std::function<server::body_permit(const server::request&)> waiting_room::before_body() {
  return [this](const server::request& request) {
    auto* const door = door_.load();
    return door == nullptr ? server::body_permit{0, answer_waiting(request)} : door->permit_body(request);
  };
}

server::response waiting_room::answer_waiting(const server::request& request) const {
  auto path = addresses_.without_prefix(request.path);
  if (path.starts_with("/api/")) path.remove_prefix(4);
  if (server::is_read(request.method) && (path == "/live" || path == "/health")) {
    return server::response::json(200, R"({"status":"ok"})");
  }
  std::string reason;
  {
    const std::lock_guard lock{mutex_};
    reason = reason_;
  }
  if (server::is_read(request.method) && path == "/ready") {
    const boost::json::value none{{"ok", false}, {"latency_ms", nullptr}};
    const boost::json::value said{
        {"status", "unavailable"}, {"reason", reason}, {"checks", {{"database", none}, {"redis", none}}}};
    return server::response::json(503, boost::json::serialize(said));
  }
  return render(problems::unavailable("starting", reason + " Try again in a moment.", try_again_after),
                addresses_.seen_path(request.path), request.id);
}

}  // namespace pulse::http
