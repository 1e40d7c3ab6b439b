#include "sandbox/core/replies.hpp"

namespace pulse::sandbox {

http::server::response json_reply(int status, const boost::json::value& body) {
  return http::server::response::json(status, boost::json::serialize(body));
}

http::server::response problem_reply(int status, std::string_view detail) {
  return json_reply(status, {{"title", http::server::reason(status)}, {"status", status}, {"detail", detail}});
}

http::server::response empty_reply() {
  http::server::response empty;
  empty.status = 204;
  return empty;
}

}  // namespace pulse::sandbox
