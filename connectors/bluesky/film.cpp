#include "connectors/bluesky/film.hpp"

#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/bluesky/classify.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/picture_problem.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr milliseconds upload_pause{500};
/// The service hands the film on with it, when it has looked through it.
constexpr std::chrono::minutes token_life{30};
constexpr std::chrono::hours limit_pause{1};

bool is_whole(const egress_reply& reply) { return reply.how_far == progress::complete; }

std::string words_in(const egress_reply& reply) {
  const auto object = object_of(reply.body);
  return object ? quoted("Bluesky", text_at(*object, "message")) : std::string{};
}

std::int64_t number_at(const boost::json::object& object, std::string_view name, std::int64_t otherwise) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
}

}  // namespace

outcome refused_film(const egress_reply& reply, base::timestamp now) {
  const auto refused = [&reply](outcome_kind kind, std::string reason) {
    outcome made{.kind = kind, .reason = std::move(reason) + words_in(reply)};
    made.http_status = reply.status;
    return made;
  };
  if (is_whole(reply) && (reply.status == 401 || reply.status == 403))
    return refused(outcome_kind::permission,
                   "Bluesky takes no film from this account. Its e-mail address may have to be confirmed.");
  if (is_whole(reply) && reply.status == 400)
    return refused(outcome_kind::invalid, "Bluesky does not take the film as it is.");
  if (is_whole(reply) && reply.status == 413)
    return refused(outcome_kind::invalid, "The film is larger than Bluesky takes.");
  auto made = problem_of(reply, now);
  if (made.kind == outcome_kind::transient) made.reason = "The film did not reach Bluesky. " + made.reason;
  return made;
}

std::optional<film_job> job_in(const egress_reply& reply) {
  const bool is_known = reply.status == 200 || reply.status == 409;
  auto object = is_whole(reply) && is_known ? object_of(reply.body) : std::nullopt;
  if (!object) return std::nullopt;
  if (const auto* within = object->if_contains("jobStatus"); within != nullptr && within->is_object())
    object = within->get_object();
  film_job made;
  made.id = text_at(*object, "jobId");
  made.did = text_at(*object, "did");
  if (made.id.empty()) return std::nullopt;
  // Of what it knows already it may say a failure and give the blob all the same.
  if (const auto* blob = object->if_contains("blob"); blob != nullptr && blob->is_object()) {
    egress_reply alone;
    alone.how_far = progress::complete;
    alone.status = 200;
    alone.body = boost::json::serialize(boost::json::object{{"blob", *blob}});
    made.blob = blob_in(alone).value_or("");
  }
  if (!made.blob.empty()) {
    made.is = film_job::state::done;
  } else if (text_at(*object, "state") == "JOB_STATE_FAILED" && reply.status == 200) {
    made.is = film_job::state::failed;
    made.why = text_at(*object, "message");
    if (made.why.empty()) made.why = text_at(*object, "error");
  }
  return made;
}

std::optional<outcome> limit_problem(const egress_reply& reply, std::int64_t bytes, base::timestamp now) {
  const auto object = is_whole(reply) && reply.status == 200 ? object_of(reply.body) : std::nullopt;
  const auto* may = object ? object->if_contains("canUpload") : nullptr;
  if (may == nullptr || !may->is_bool()) return std::nullopt;
  const bool is_used_up =
      number_at(*object, "remainingDailyVideos", 1) < 1 || number_at(*object, "remainingDailyBytes", bytes) < bytes;
  const auto words = quoted("Bluesky", text_at(*object, "message"));
  if (is_used_up) {
    return outcome{.kind = outcome_kind::rate_limited,
                   .retry_at = now + limit_pause,
                   .reason = "The account has uploaded as much film today as Bluesky allows." + words};
  }
  if (may->get_bool()) return std::nullopt;
  return outcome{
      .kind = outcome_kind::permission,
      .reason = "Bluesky takes no film from this account. Its e-mail address may have to be confirmed." + words};
}

std::string service_did(const std::string& url) {
  const auto scheme = url.find("://");
  auto host = scheme == std::string::npos ? url : url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto colon = host.find(':'); colon != std::string::npos) host.replace(colon, 1, "%3A");
  return "did:web:" + host;
}

film_steps::film_steps(std::string video_url, std::shared_ptr<film_uploads> uploads, media_files* files, egress& client,
                       const base::clock& clock, publication given, std::function<void(publish_reply)> done)
    : publish_steps(client, clock, std::move(given), std::move(done), files),
      video_url_(std::move(video_url)),
      uploads_(std::move(uploads)),
      files_(files),
      client_(client) {
  while (video_url_.ends_with('/')) video_url_.pop_back();
}

void film_steps::bring_film(const repository_host& host, std::function<void(picture_blob)> then) {
  host_ = host;
  then_ = std::move(then);
  if (files_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
  files_->find(what().film()->url, [this, self = shared_from_this()](std::optional<media_files::facts> found) {
    if (!found)
      return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
    facts_ = std::move(*found);
    key_ = did() + " " + what().film()->url + " " + base::to_string(what().delivery_id);
    if (const auto blob = kept_for_image(film_blob_handle); !has_forgotten_ && blob && !blob->empty())
      return give(*blob);
    if (const auto job = kept_for_image(film_job_handle); !has_forgotten_ && job && !job->empty()) {
      job_ = *job;
      return look();
    }
    if (const auto begun = kept_for_image(film_upload_handle); !has_forgotten_ && begun && !begun->empty()) {
      session_.id = *begun;
      return look_at_parts();
    }
    if (uploads_->find(key_).is != film_uploads::state::unknown) {
      sending_ = key_;
      sent_ = [this](const egress_reply& reply) { read_upload(reply); };
      return follow(uploads_->find(key_).read);
    }
    ask_limits();
  });
}

void film_steps::forget_blob(std::function<void()> then) {
  has_forgotten_ = true;
  keep_for_image({{film_upload_handle, ""}, {film_job_handle, ""}, {film_blob_handle, ""}}, std::move(then));
}

egress_request film_steps::video_request(std::string method, const std::string& name_and_query,
                                         const std::string& token) const {
  return xrpc_request({video_url_, trust::platform}, std::move(method), name_and_query, token);
}

/// A token for one call of one service, made by the account's server: the session itself is shown to nobody else.
void film_steps::ask_token(const std::string& audience, const std::string& method,
                           std::function<void(std::string token)> then) {
  const auto until = std::chrono::floor<std::chrono::seconds>(now() + token_life).time_since_epoch().count();
  const auto query = form_encoded({{"aud", audience}, {"lxm", method}, {"exp", std::to_string(until)}});
  ask(xrpc_request(host_, "GET", "com.atproto.server.getServiceAuth?" + query, what().account.access_token.reveal()),
      [this, then = std::move(then)](const egress_reply& reply) {
        const auto object = is_whole(reply) && reply.status == 200 ? object_of(reply.body) : std::nullopt;
        auto token = object ? text_at(*object, "token") : std::string{};
        if (token.empty()) return end(reply, problem_of(reply, now()));
        then(std::move(token));
      });
}

/// Checked before 300 MB are sent for nothing. If the service does not say, the upload shows it.
void film_steps::ask_limits() {
  constexpr const char* method = "app.bsky.video.getUploadLimits";
  ask_token(service_did(video_url_), method, [this](const std::string& token) {
    ask(video_request("GET", method, token), [this](const egress_reply& reply) {
      if (auto wrong = limit_problem(reply, facts_.bytes, now())) return end(std::move(*wrong));
      ask_upload_token([this](const std::string&) { begin_parts(); });
    });
  });
}

/// For all that is done with a film, while it lives.
void film_steps::ask_upload_token(std::function<void(std::string token)> then) {
  if (now() < token_until_) return then(token_);
  ask_token(service_did(host_.url), "com.atproto.repo.uploadBlob", [this, then = std::move(then)](std::string token) {
    token_ = std::move(token);
    token_until_ = now() + token_life / 2;
    then(token_);
  });
}

void film_steps::upload(const std::string& token) {
  const auto name = base::to_hex(base::sha256(key_)).substr(0, 24) + ".mp4";
  auto sent =
      video_request("POST", "app.bsky.video.uploadVideo?" + form_encoded({{"did", did()}, {"name", name}}), token);
  sent.headers.push_back({"content-type", facts_.type});
  sent.stream = film_stream(what().film()->url, facts_.bytes, *files_);
  send(key_, std::move(sent), [this](const egress_reply& reply) { read_upload(reply); });
}

/// Outlasts the attempt: the next one finds it by its key.
void film_steps::send(const std::string& key, egress_request request, std::function<void(const egress_reply&)> then) {
  sending_ = key;
  sent_ = std::move(then);
  const auto known = uploads_->find(key);
  if (known.is != film_uploads::state::unknown) return follow(known.read);
  if (!uploads_->begin(key, std::move(request), client_))
    return end({.kind = outcome_kind::transient, .reason = "Other films are on their way to Bluesky; it follows."});
  follow(0);
}

/// Until the service has the film, or the attempt's time is over: the film goes on meanwhile.
void film_steps::follow(std::int64_t read_before) {
  const auto upload = uploads_->find(sending_);
  if (upload.is != film_uploads::state::running) {
    uploads_->forget(sending_);
    if (upload.reply) return sent_(*upload.reply);
    return end({.kind = outcome_kind::transient, .reason = "The film did not reach Bluesky."});
  }
  if (left() > upload_pause + film_step_needs)
    return wait(upload_pause, film_step_needs, [this, read_before] { follow(read_before); });
  auto told = fmt::format("Bluesky is being sent the film: {} of {} so far.", in_megabytes(there_ + upload.read),
                          in_megabytes(facts_.bytes));
  if (upload.read > read_before || upload.read == 0) return go_on_later(std::move(told), film_look_pause);
  end({.kind = outcome_kind::transient, .reason = std::move(told)});
}

void film_steps::read_upload(const egress_reply& reply) {
  auto job = job_in(reply);
  if (!job) return end(refused_film(reply, now()));
  job_ = job->id;
  keep_for_image({{film_job_handle, job_}}, [this, reply, job = std::move(*job)] { read_job(reply, job); });
}

void film_steps::look() {
  ask(video_request("GET", "app.bsky.video.getJobStatus?" + form_encoded({{"jobId", job_}}), ""),
      [this](const egress_reply& reply) {
        const auto job = job_in(reply);
        if (job) return read_job(reply, *job);
        const bool is_unknown = is_whole(reply) && (reply.status == 400 || reply.status == 404);
        if (is_unknown)
          return forget_job({.kind = outcome_kind::transient, .reason = "Bluesky does not know the film any more."});
        end(reply, problem_of(reply, now()));
      });
}

void film_steps::read_job(const egress_reply& reply, const film_job& job) {
  if (!job.did.empty() && job.did != did())
    return forget_job({.kind = outcome_kind::transient, .reason = "Bluesky has the film for another account."});
  switch (job.is) {
    case film_job::state::done: return keep_blob(job.blob);
    case film_job::state::failed:
      return forget_job({.kind = outcome_kind::invalid,
                         .reason = "Bluesky could not process the film." + quoted("Bluesky", job.why)});
    case film_job::state::running: break;
  }
  // A film that is known already is told without its blob: its job has it.
  if (reply.status == 409) return look();
  if (left() > film_look_pause + film_step_needs) return wait(film_look_pause, film_step_needs, [this] { look(); });
  go_on_later("Bluesky has the film and processes it.", 2 * film_look_pause);
}

void film_steps::keep_blob(const std::string& blob) {
  keep_for_image({{film_blob_handle, blob}}, [this, blob] { give(blob); });
}

void film_steps::give(const std::string& blob) {
  if (left() < film_step_needs) return go_on_later("Bluesky has the film; the post follows.");
  then_({blob, what().film()->alt_text, facts_.width, facts_.height});
}

/// A retry begins again from the start.
void film_steps::forget_job(outcome why) {
  keep_for_image({{film_upload_handle, ""}, {film_job_handle, ""}, {film_blob_handle, ""}},
                 [this, why = std::move(why)] { end(why); });
}

}  // namespace pulse::connectors::bluesky
