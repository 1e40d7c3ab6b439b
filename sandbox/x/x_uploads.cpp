// Pictures and films at X: uploaded in one request, or in pieces that are joined and processed.
#include <utility>
#include <variant>

#include "http/server/query.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/x/errors.hpp"
#include "sandbox/x/requests.hpp"
#include "sandbox/x/x.hpp"

namespace pulse::sandbox::x {

namespace {

verdict shown_upload(int status, boost::json::object data, std::string id) {
  return {http::server::response::json(status, boost::json::serialize(boost::json::object{{"data", std::move(data)}})),
          decision::done,
          std::move(id),
          {}};
}

boost::json::object to_record(const stored_media& media) {
  return {{"uploaded",
           {{"id", media.id},
            {"user_id", media.user_id},
            {"size", media.size},
            {"alt_text", media.alt_text},
            {"is_film", media.is_film},
            {"checksum", media.checksum},
            {"expires_at", base::to_string(media.expires_at)}}}};
}

}  // namespace

verdict x_platform::upload(const http::server::request& request, const user& by, base::timestamp now) {
  const auto bytes = read_upload(request);
  if (!bytes) return refuse(invalid_request("media", "", "The upload must be multipart/form-data with a media part"));
  if (!is_image(*bytes)) return refuse(invalid_request("media", "", "The media is no image that X takes"));
  const auto& media = media_.create(by.id, bytes->size(), now);
  verdict made{http::server::response::json(
                   200, boost::json::serialize(boost::json::object{{"data",
                                                                    {{"id", media.id},
                                                                     {"media_key", "3_" + media.id},
                                                                     {"size", media.size},
                                                                     {"expires_after_secs", 86'400}}}})),
               decision::done, media.id, to_record(media)};
  return made;
}

verdict x_platform::begin_upload(const http::server::request& request, const user& by) {
  auto read = read_initialize(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  auto& upload = std::get<open_upload>(read);
  upload.user_id = by.id;
  const auto id = media_.next_id();
  uploads_[id] = std::move(upload);
  return shown_upload(200, {{"id", id}, {"media_key", "16_" + id}, {"expires_after_secs", 86'400}}, id);
}

verdict x_platform::append(const std::string& id, const http::server::request& request, const user& by,
                           base::timestamp now) {
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second.user_id != by.id)
    return refuse(invalid_request("id", id, "The upload is not known."));
  if (auto refusal = append_piece(request, found->second)) return refuse(std::move(*refusal));
  const auto expires = std::chrono::floor<std::chrono::seconds>(now + std::chrono::hours{24});
  return shown_upload(200, {{"expires_at", expires.time_since_epoch().count()}}, id);
}

verdict x_platform::finalize(const std::string& id, const user& by, base::timestamp now) {
  const auto found = uploads_.find(id);
  if (found == uploads_.end() || found->second.user_id != by.id)
    return refuse(invalid_request("id", id, "The upload is not known."));
  const auto whole = std::move(found->second);
  uploads_.erase(found);
  if (const auto wrong = problem_of_whole(whole)) return refuse(invalid_request("media", id, *wrong));
  // X processes an animation before it can be shown: as long as a fault says, or else until the first status request.
  const auto how = std::exchange(next_, std::nullopt).value_or(processing{});
  processing_[id] = {now + how.time, how.fails};
  const stored_media media{
      id, by.id, whole.total_bytes, "", now + std::chrono::hours{24}, whole.category == "tweet_video", whole.checksum};
  media_.restore(media);
  auto made = shown_upload(200,
                           {{"id", id},
                            {"media_key", "16_" + id},
                            {"size", whole.total_bytes},
                            {"expires_after_secs", 86'400},
                            {"processing_info", {{"state", "pending"}, {"check_after_secs", 1}}}},
                           id);
  made.record = to_record(media);
  return made;
}

verdict x_platform::status(const http::server::request& request, const user& by, base::timestamp now) {
  const auto query = http::server::parse_query(request.query);
  if (!query) return refuse(invalid_request("", "", http::server::to_sentence(query.error())));
  std::string id, command;
  for (const auto& [name, value] : *query) {
    if (name == "media_id") id = value;
    if (name == "command") command = value;
  }
  const auto found = processing_.find(id);
  if (command != "STATUS" || media_.find(id, by.id, now) == nullptr || found == processing_.end())
    return refuse(invalid_request("media_id", id, "Your media IDs are invalid."));
  boost::json::object info{{"state", "in_progress"}, {"check_after_secs", 1}, {"progress_percent", 50}};
  if (now >= found->second.until && found->second.fails) {
    info = {{"state", "failed"},
            {"error", {{"code", 1}, {"name", "InvalidMedia"}, {"message", "The file could not be read."}}}};
  } else if (now >= found->second.until) {
    info = {{"state", "succeeded"}, {"progress_percent", 100}};
  }
  return shown_upload(200, {{"id", id}, {"processing_info", std::move(info)}}, id);
}

verdict x_platform::describe(const http::server::request& request, const user& by, base::timestamp now) {
  auto read = read_metadata(request);
  if (auto* refusal = std::get_if<http::server::response>(&read)) return refuse(std::move(*refusal));
  auto& [id, text] = std::get<std::pair<std::string, std::string>>(read);
  auto* media = media_.find(id, by.id, now);
  if (media == nullptr) return refuse(invalid_request("id", id, "Your media IDs are invalid."));
  media->alt_text = std::move(text);
  return {http::server::response::json(200, boost::json::serialize(boost::json::object{{"data", {{"id", id}}}})),
          decision::done, id, to_record(*media)};
}

}  // namespace pulse::sandbox::x
