#include "http/server/refusals.hpp"

#include <spdlog/spdlog.h>

namespace pulse::http::server {

namespace {

constexpr std::string_view allowed_methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

std::string sentence_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& thrown) {
    return thrown.what();
  } catch (...) {
    return "an unknown exception";
  }
}

}  // namespace

response render_refusal(const server::refusal& refuse, const parse_refusal& why, const std::string& request_id) {
  response answer;
  try {
    answer = refuse(why.status, why.title, why.detail, request_id);
  } catch (...) {
    spdlog::error("A refusal could not be rendered: {} (request={})", sentence_of(std::current_exception()),
                  request_id);
    answer = response::text(why.status, std::string(why.title));
  }
  answer.status = why.status;
  if (why.status == 405) answer.headers.push_back({"allow", std::string(allowed_methods)});
  if (why.status == 503 || why.status == 429) answer.headers.push_back({"retry-after", "1"});
  return answer;
}

response answer_about_the_server() {
  auto answer = response::empty(204);
  answer.headers.push_back({"allow", std::string(allowed_methods)});
  return answer;
}

response render_failure(const server::refusal& refuse, const std::exception_ptr& failure, const request& request) {
  spdlog::error("A handler failed: {} (method={} path={} request={} remote={})", sentence_of(failure),
                to_string(request.method), request.path, request.id, request.remote_address);
  return render_refusal(refuse, handler_failed, request.id);
}

}  // namespace pulse::http::server
