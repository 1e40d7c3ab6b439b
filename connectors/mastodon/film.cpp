#include "connectors/mastodon/film.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/shared/picture_problem.hpp"

namespace pulse::connectors::mastodon {

namespace {

using domain::outcome_kind;
using std::chrono::milliseconds;

/// The least time that a step needs; with less it is left to the next attempt.
constexpr milliseconds step_needs{2'500};
constexpr milliseconds upload_pause{500};
constexpr milliseconds look_pause{1'000};

}  // namespace

film_steps::film_steps(std::shared_ptr<film_uploads> uploads, media_files* files, egress& client,
                       const base::clock& clock, publication given, std::function<void(publish_reply)> done)
    : publish_steps(client, clock, std::move(given), std::move(done), files),
      uploads_(std::move(uploads)),
      files_(files),
      client_(client) {}

bool film_steps::is_on_its_way(const std::string& key) const {
  return uploads_->find(key).is != film_uploads::state::unknown;
}

void film_steps::bring_film(const std::string& key, egress_request request, const instance_limits& there,
                            std::function<void(const egress_reply&)> then) {
  key_ = key;
  then_ = std::move(then);
  if (files_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
  const auto found = [this, self = shared_from_this(), request = std::move(request),
                      there](const std::optional<media_files::facts>& film) {
    if (!film)
      return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
    bytes_ = film->bytes;
    if (is_on_its_way(key_)) return follow(uploads_->find(key_).read);
    const auto& types = there.media_types;
    if (!types.empty() && std::find(types.begin(), types.end(), film->type) == types.end())
      return end({.kind = outcome_kind::invalid,
                  .reason = fmt::format("The account's server does not take films of the type {}.", film->type)});
    if (film->bytes > there.max_video_bytes)
      return end({.kind = outcome_kind::invalid,
                  .reason = fmt::format("The account's server takes films of at most {}, this one has {}.",
                                        in_megabytes(there.max_video_bytes), in_megabytes(film->bytes))});
    send(request, *film);
  };
  files_->find(what().film()->url, found);
}

void film_steps::send(egress_request request, const media_files::facts& film) {
  const auto boundary = "pulse-" + base::random_token(24);
  auto form = film_stream(what().film()->url, film.bytes, *files_);
  if (const auto& alt_text = what().film()->alt_text; !alt_text.empty())
    form->front +=
        fmt::format("--{}\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n{}\r\n", boundary, alt_text);
  form->front += fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film\"\r\nContent-Type: {}\r\n\r\n", boundary,
      film.type);
  form->end = fmt::format("\r\n--{}--\r\n", boundary);
  request.headers.push_back({"content-type", "multipart/form-data; boundary=" + boundary});
  request.stream = std::move(form);
  if (!uploads_->begin(key_, std::move(request), client_))
    return end({.kind = outcome_kind::transient, .reason = "Other films are on their way to Mastodon; it follows."});
  follow(0);
}

void film_steps::follow(std::int64_t read_before) {
  const auto upload = uploads_->find(key_);
  if (upload.is != film_uploads::state::running) {
    uploads_->forget(key_);
    if (upload.reply) return then_(*upload.reply);
    return end({.kind = outcome_kind::transient, .reason = "The film did not reach the account's server."});
  }
  if (left() > upload_pause + step_needs)
    return wait(upload_pause, step_needs, [this, read_before] { follow(read_before); });
  auto told = fmt::format("The account's server is being sent the film: {} of {} so far.", in_megabytes(upload.read),
                          in_megabytes(bytes_));
  if (upload.read > read_before || upload.read == 0) return go_on_later(std::move(told), look_pause);
  end({.kind = outcome_kind::transient, .reason = std::move(told)});
}

}  // namespace pulse::connectors::mastodon
