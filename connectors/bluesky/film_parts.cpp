// A film in parts: begun once, each part sent until the service has it, finished. What the service says of the upload
// is the truth: whoever comes after a crash asks it.
#include <chrono>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/bluesky/classify.hpp"
#include "connectors/bluesky/film.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/picture_problem.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

using domain::outcome_kind;

void film_steps::begin_parts() {
  const auto name = base::to_hex(base::sha256(key_)).substr(0, 24) + ".mp4";
  boost::json::object asked{{"sizeBytes", facts_.bytes}, {"mimeType", facts_.type}, {"name", name}};
  if (facts_.width > 0 && facts_.height > 0) {
    asked["width"] = facts_.width;
    asked["height"] = facts_.height;
  }
  auto request = video_request("POST", "app.bsky.video.startUpload", token_);
  request.headers.push_back({"content-type", "application/json"});
  request.body = boost::json::serialize(asked);
  ask(std::move(request), [this](const egress_reply& reply) {
    if (knows_no_parts(reply)) return upload(token_);
    auto begun = session_in(reply, facts_.bytes);
    if (!begun) return refuse_parts(reply);
    session_ = std::move(*begun);
    keep_for_image({{film_upload_handle, session_.id}}, [this] { send_next_part(); });
  });
}

void film_steps::look_at_parts() {
  ask_upload_token([this](const std::string& token) {
    const auto asked = "app.bsky.video.getUploadStatus?" + form_encoded({{"jobId", session_.id}});
    ask(video_request("GET", asked, token), [this](const egress_reply& reply) { read_parts(reply); });
  });
}

void film_steps::read_parts(const egress_reply& reply) {
  auto found = session_in(reply, facts_.bytes);
  if (!found) return refuse_parts(reply);
  session_ = std::move(*found);
  switch (session_.is) {
    case film_session::state::open: return send_next_part();
    case film_session::state::finishing:
      if (left() > film_look_pause + film_step_needs)
        return wait(film_look_pause, film_step_needs, [this] { look_at_parts(); });
      return go_on_later("Bluesky has the film and puts it together.", 2 * film_look_pause);
    case film_session::state::completed:
      job_ = session_.job;
      return keep_for_image({{film_upload_handle, ""}, {film_job_handle, job_}}, [this] { look(); });
    case film_session::state::over: break;
  }
  forget_job(
      {.kind = outcome_kind::transient, .reason = "Bluesky has given up the upload of the film; it begins anew."});
}

void film_steps::send_next_part() {
  there_ = 0;
  for (std::size_t i = 0; i < session_.has.size(); ++i)
    there_ += session_.has[i] ? session_.bytes_of(i, facts_.bytes) : 0;
  const auto part = session_.next_part();
  if (!part) return finish_parts();
  if (left() < film_step_needs)
    return go_on_later(
        fmt::format("Bluesky has {} of {} of the film.", in_megabytes(there_), in_megabytes(facts_.bytes)));
  ask_upload_token([this, part = *part](const std::string& token) { send_part(part, token); });
}

void film_steps::send_part(std::size_t part, const std::string& token) {
  const auto number = std::to_string(part + 1);
  auto sent = video_request(
      "POST", "app.bsky.video.uploadPart?" + form_encoded({{"jobId", session_.id}, {"partNumber", number}}), token);
  sent.headers.push_back({"content-type", "application/octet-stream"});
  sent.stream =
      film_stream(what().film()->url, session_.bytes_of(part, facts_.bytes), *files_, session_.begin_of(part));
  send(fmt::format("{} {} {}", key_, session_.id, number), std::move(sent),
       [this, part](const egress_reply& reply) { read_part(part, reply); });
}

void film_steps::read_part(std::size_t part, const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return refuse_parts(reply);
  session_.has[part] = true;
  send_next_part();
}

/// The service hands the film on with this token, when it has looked through it.
void film_steps::finish_parts() {
  token_until_ = {};
  ask_upload_token([this](const std::string& token) {
    auto request = video_request("POST", "app.bsky.video.finishUpload", token);
    request.headers.push_back({"content-type", "application/json"});
    request.body = boost::json::serialize(boost::json::object{{"jobId", session_.id}});
    ask(std::move(request), [this](const egress_reply& reply) {
      auto job = job_in(reply);
      if (!job || reply.status != 200) return refuse_parts(reply);
      const auto object = object_of(reply.body);
      job_ = object ? text_at(*object, "completedJobId") : std::string{};
      if (job_.empty()) job_ = job->id;
      keep_for_image({{film_upload_handle, ""}, {film_job_handle, job_}},
                     [this, reply, job = std::move(*job)] { read_job(reply, job); });
    });
  });
}

void film_steps::refuse_parts(const egress_reply& reply) {
  if (is_session_over(reply))
    return forget_job(
        {.kind = outcome_kind::transient, .reason = "Bluesky does not know the upload of the film any more."});
  if (is_session_ahead(reply) && left() > film_look_pause + film_step_needs)
    return wait(film_look_pause, film_step_needs, [this] { look_at_parts(); });
  if (auto problem = session_problem(reply, now())) {
    const bool is_final = problem->kind == outcome_kind::invalid || problem->kind == outcome_kind::permission;
    return is_final ? forget_job(std::move(*problem)) : end(std::move(*problem));
  }
  end(refused_film(reply, now()));
}

}  // namespace pulse::connectors::bluesky
