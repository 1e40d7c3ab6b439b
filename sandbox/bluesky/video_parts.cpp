// Films uploaded in parts: begin, upload each part (repeatedly if needed), finish, and ask for the progress.
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "sandbox/bluesky/replies.hpp"
#include "sandbox/bluesky/videos.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::bluesky {

namespace {

/// The service chooses this size.
constexpr std::int64_t part_bytes = 1024 * 1024;
constexpr std::chrono::hours upload_life{1};

std::int64_t count_of(std::int64_t bytes) { return (bytes + part_bytes - 1) / part_bytes; }

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

verdict video_service::begin(const http::server::request& request, base::timestamp now) {
  const auto [did, wrong] = holder_of(request, "com.atproto.repo.uploadBlob", now);
  if (wrong) return *wrong;
  const auto body = body_of(request);
  const auto* const size = body ? body->if_contains("sizeBytes") : nullptr;
  if (size == nullptr || !size->is_int64() || size->get_int64() < 1)
    return refuse(400, "InvalidRequest", "Input must have the property \"sizeBytes\"");
  if (!has_email) return refuse(403, "UploadForbidden", "Your account's e-mail address is not confirmed");
  if (text_at(*body, "mimeType") != "video/mp4") return refuse(400, "UnsupportedContentType", "unsupported video");
  const auto bytes = size->get_int64();
  if (std::cmp_greater(bytes, most_film_bytes)) return refuse(400, "VideoTooLarge", "video is too large");
  const auto [videos, bytes_left] = left_of(did, now);
  if (videos < 1 || bytes_left < bytes) return refuse(400, "DailyLimitExceeded", "daily upload limit exceeded");
  const auto id = base::random_token(16);
  const auto made = uploads_.emplace(id, upload{did, bytes, {}, now + upload_life, {}}).first;
  return done(boost::json::object{{"jobId", id},
                                  {"partSizeBytes", part_bytes},
                                  {"partCount", count_of(bytes)},
                                  {"expiresAt", base::to_string(made->second.until)}},
              id);
}

video_service::found_upload video_service::upload_of(const http::server::request& request, const std::string& id,
                                                     base::timestamp now) const {
  const auto [did, wrong] = holder_of(request, "com.atproto.repo.uploadBlob", now);
  found_upload made{id, did, uploads_.find(id), wrong};
  if (made.wrong) return made;
  if (made.at == uploads_.end() || made.at->second.did != did) {
    made.wrong = refuse(400, "UploadNotFound", "no such upload");
  } else if (made.at->second.job.empty() && now >= made.at->second.until) {
    made.wrong = refuse(400, "UploadExpired", "the upload has expired");
  }
  return made;
}

verdict video_service::take_part(const http::server::request& request, base::timestamp now) {
  const auto given = query_of(request);
  auto found = upload_of(request, value_of(given, "jobId"), now);
  if (found.wrong) return std::move(*found.wrong);
  auto& of = uploads_.at(found.id);
  if (!of.job.empty()) return refuse(400, "UploadAlreadyCompleted", "the upload is completed");
  const auto number = number_in(value_of(given, "partNumber"));
  if (number < 1 || number > count_of(of.bytes)) return refuse(400, "InvalidPartNumber", "no such part");
  const auto expected = std::min(part_bytes, of.bytes - (number - 1) * part_bytes);
  if (std::cmp_not_equal(request.body.size(), expected))
    return refuse(400, "PartSizeMismatch", fmt::format("part {} must have {} bytes", number, expected));
  of.parts[number] = request.body;
  return done(boost::json::object{{"partNumber", number}, {"sizeBytes", expected}}, found.id);
}

verdict video_service::show_upload(const http::server::request& request, base::timestamp now) const {
  const auto found = upload_of(request, value_of(query_of(request), "jobId"), now);
  if (found.wrong) return *found.wrong;
  const auto& of = found.at->second;
  boost::json::array received;
  for (const auto& [number, bytes] : of.parts) received.push_back(number);
  boost::json::object shown{{"jobId", found.id},
                            {"partSizeBytes", part_bytes},
                            {"partCount", count_of(of.bytes)},
                            {"receivedParts", std::move(received)},
                            {"expiresAt", base::to_string(of.until)},
                            {"state", of.job.empty() ? "created" : "completed"}};
  if (!of.job.empty()) {
    shown["completedJobId"] = of.job;
    shown["jobStatus"] = status_of(of.job, of.did, "JOB_STATE_CREATED");
  }
  return done(shown, found.id);
}

/// May be repeated. If the bytes are known already, the answer is their earlier job.
verdict video_service::finish(const http::server::request& request, base::timestamp now) {
  const auto how = std::exchange(next_, processing{});
  const auto body = body_of(request);
  auto found = upload_of(request, body ? text_at(*body, "jobId") : std::string{}, now);
  if (found.wrong) return std::move(*found.wrong);
  auto& of = uploads_.at(found.id);
  boost::json::object record;
  if (of.job.empty()) {
    std::string film;
    for (std::int64_t number = 1; number <= count_of(of.bytes); ++number) {
      if (!of.parts.contains(number)) return refuse(400, "MissingParts", fmt::format("missing parts: {}", number));
      film += of.parts.at(number);
    }
    auto made = job_of(of.did, film, how, now);
    if (made.wrong) return std::move(*made.wrong);
    of.job = made.id;
    for (auto& [number, bytes] : of.parts) bytes.clear();
    record["film"] = film_record(made.id, film);
  }
  return done(
      boost::json::object{{"completedJobId", of.job}, {"jobStatus", status_of(of.job, of.did, "JOB_STATE_CREATED")}},
      of.job, std::move(record));
}

}  // namespace pulse::sandbox::bluesky
