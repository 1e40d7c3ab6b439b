#include "sandbox/pinterest/films.hpp"

#include <utility>

#include "base/secure.hpp"
#include "sandbox/core/json_fields.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/pinterest/requests.hpp"

namespace pulse::sandbox::pinterest {

namespace {

verdict did(http::server::response answer, std::string id) {
  return {std::move(answer), decision::done, std::move(id), {}};
}

/// S3's form refuses in XML; clients ignore its text.
verdict form_error(std::string_view code) {
  http::server::response made;
  made.status = 403;
  made.content_type = "application/xml";
  made.body = "<Error><Code>" + std::string{code} + "</Code></Error>";
  return refuse(std::move(made));
}

}  // namespace

verdict film_shelf::begin(const http::server::request& request, const std::string& user) {
  const auto body = read_object(request.body);
  if (!body || text_at(*body, "media_type") != "video" || body->size() != 1)
    return refuse(error(400, 1, "Invalid request: media_type must be video."));
  const auto id = std::to_string(++last_);
  films_[id] = {user, base::random_token(24), false, false, {}};
  const auto host = std::string{request.find("host").value_or("")};
  return did(json_reply(201, {{"media_id", id},
                              {"media_type", "video"},
                              {"upload_url", "http://" + host + "/pinterest/media-upload/"},
                              {"upload_parameters",
                               {{"x-amz-date", "20261122T080000Z"},
                                {"x-amz-algorithm", "AWS4-HMAC-SHA256"},
                                {"key", "uploads/" + id},
                                {"policy", films_[id].policy},
                                {"Content-Type", "multipart/form-data"}}}}),
             id);
}

verdict film_shelf::take(const http::server::request& request, base::timestamp now) {
  constexpr std::string_view below = "uploads/";
  const auto form = read_multipart(request);
  if (!form) return form_error("MalformedPOSTRequest");
  const auto field = [&form](std::string_view name) {
    const auto found = form->find(name);
    return found == form->end() ? std::string_view{} : found->second;
  };
  if (request.find("authorization")) return form_error("InvalidArgument");  // Pinterest's token must not be sent to S3
  const auto key = field("key");
  const auto found = key.starts_with(below) ? films_.find(std::string{key.substr(below.size())}) : films_.end();
  if (found == films_.end() || field("policy") != found->second.policy ||
      field("x-amz-algorithm") != "AWS4-HMAC-SHA256" || field("x-amz-date").empty() ||
      field("Content-Type") != "multipart/form-data")
    return form_error("AccessDenied");
  const auto file = field("file");
  // S3 ignores fields after the file.
  const auto last_field = request.body.find("name=\"Content-Type\"");
  if (file.empty() || request.body.find("name=\"file\"") < last_field) return form_error("InvalidArgument");
  auto& one = found->second;
  const auto how = std::exchange(next_, processing{});
  one.is_taken = true;
  one.fails = how.fails || file.substr(4, 4) != "ftyp";
  one.ready_at = now + how.time;
  auto made = did(empty_reply(), found->first);
  made.record = {
      {"film", {{"id", found->first}, {"bytes", file.size()}, {"sha256", base::to_hex(base::sha256(file))}}}};
  return made;
}

std::string_view film_shelf::state_of(const film& one, base::timestamp now) {
  if (!one.is_taken) return "registered";
  if (now < one.ready_at) return "processing";
  return one.fails ? "failed" : "succeeded";
}

verdict film_shelf::status(const std::string& id, const std::string& user, base::timestamp now) const {
  const auto found = films_.find(id);
  if (found == films_.end() || found->second.user != user) return refuse(error(404, 404, "Not found."));
  return did(json_reply(200, {{"media_id", id}, {"media_type", "video"}, {"status", state_of(found->second, now)}}),
             id);
}

bool film_shelf::is_ready(const std::string& id, const std::string& user, base::timestamp now) const {
  const auto found = films_.find(id);
  return found != films_.end() && found->second.user == user && state_of(found->second, now) == "succeeded";
}

}  // namespace pulse::sandbox::pinterest
