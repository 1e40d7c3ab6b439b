#include "http/api/route.hpp"

#include "http/api/services.hpp"

namespace pulse::http::detail {

void write_document(document& from, std::string_view media_type, server::response& to) {
  to.content_type = from.media_type.empty() ? media_type : from.media_type;
  to.body = std::move(from.body);
  to.shared_body = std::move(from.shared_body);
  to.compressible = from.compressible;
  to.parts = std::move(from.parts);
  to.parts_bytes = from.parts_bytes;
}

server::response begin_response(int status, std::vector<server::header>& headers) {
  server::response made;
  made.status = status;
  made.headers = std::move(headers);
  return made;
}

server::response render_problem(request_context& context, const problem& what) {
  context.problem_code = what.code;
  context.problem_cause = what.cause;
  return render(what, context.services.addresses.seen_path(context.request.path), context.request.id);
}

}  // namespace pulse::http::detail
