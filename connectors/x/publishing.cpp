#include "connectors/x/publishing.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/core.h>

#include "base/json.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/x/classify.hpp"
#include "connectors/x/media.hpp"

namespace pulse::connectors::x {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr const char* media_handle = "media_id";
constexpr const char* until_handle = "media_until";
/// An image that X keeps no longer than this is uploaded anew.
constexpr std::chrono::minutes least_life{5};
/// What the post itself needs of the attempt's time, after an image.
constexpr std::chrono::milliseconds post_needs{1'500};

class steps final : public publish_steps {
 public:
  steps(std::string base_url, media_files* files, egress& client, const base::clock& clock, publication what,
        std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done), files), base_url_(std::move(base_url)) {}

  void start() override {
    for (const auto& each : what().media) {
      if (each.kind == domain::media_kind::image) images_.push_back(&each);
    }
    if (images_.empty()) return post();
    take_kept();
    if (ids_.size() == images_.size()) return post();
    next_image();
  }

 private:
  /// What earlier steps have uploaded, in order, as long as X keeps all of it.
  void take_kept() {
    const auto until = base::parse_timestamp(kept_for_image(until_handle).value_or(""));
    if (!until || now() + least_life >= *until) return;
    std::istringstream kept{kept_for_image(media_handle).value_or("")};
    for (std::string id; std::getline(kept, id, ',') && ids_.size() < images_.size();) ids_.push_back(id);
    until_ = *until;
  }

  const domain::media& image() const { return *images_[ids_.size()]; }

  void next_image() {
    if (ids_.size() == images_.size()) return wait({}, post_needs, [this] { post(); });
    fetch(image().url, domain::channel_type::x, [this](fetched_image fetched) {
      if (!fetched.is_animated) return upload(fetched);
      animation_ = std::move(fetched);
      begin_upload();
    });
  }

  egress_request json_request(const std::string& path, std::string body) const {
    auto request = request_to(base_url_, "POST", path, what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = std::move(body);
    return request;
  }

  /// Nothing when the step succeeded. Nothing is public yet, so what is not known is harmless.
  std::optional<outcome> problem_of(const egress_reply& reply) const {
    return upload_problem(reply, what().account.handle, now(), "the image");
  }

  void upload(const fetched_image& image) {
    auto request = request_to(base_url_, "POST", "/2/media/upload", what().account);
    auto form = upload_body(image);
    request.headers.push_back({"content-type", std::move(form.content_type)});
    request.body = std::move(form.body);
    ask(std::move(request), [this](const egress_reply& reply) {
      if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
      const auto media = read_upload(reply.body);
      if (!media) return end(unreadable());
      describe(*media);
    });
  }

  // --- what is uploaded in pieces: an animation

  void begin_upload() {
    const auto bytes = static_cast<std::int64_t>(animation_.bytes.size());
    ask(json_request("/2/media/upload/initialize", initialize_body(animation_.media_type, bytes, "tweet_gif")),
        [this](const egress_reply& reply) {
          if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
          const auto media = read_upload(reply.body);
          if (!media) return end(unreadable());
          append(*media, 0);
        });
  }

  void append(const uploaded_media& media, std::size_t segment) {
    if (segment * segment_bytes >= animation_.bytes.size()) return finalize(media);
    auto request = request_to(base_url_, "POST", fmt::format("/2/media/upload/{}/append", media.id), what().account);
    const auto piece = std::string_view{animation_.bytes}.substr(segment * segment_bytes, segment_bytes);
    auto form = append_body(piece, segment);
    request.headers.push_back({"content-type", std::move(form.content_type)});
    request.body = std::move(form.body);
    ask(std::move(request), [this, media, segment](const egress_reply& reply) {
      if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
      append(media, segment + 1);
    });
  }

  void finalize(const uploaded_media& media) {
    auto request = request_to(base_url_, "POST", fmt::format("/2/media/upload/{}/finalize", media.id), what().account);
    ask(std::move(request), [this, media](const egress_reply& reply) { read_processing(media, reply); });
  }

  void read_processing(const uploaded_media& media, const egress_reply& reply) {
    if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
    const auto state = processing_of(reply.body);
    if (!state) return end(unreadable());
    switch (state->how) {
      case processing::kind::done: return describe(media);
      case processing::kind::failed:
        return end({.kind = outcome_kind::invalid, .reason = "X could not process the image. " + state->problem});
      case processing::kind::running: break;
    }
    wait(state->check_after, post_needs, [this, media] {
      ask(request_to(base_url_, "GET", "/2/media/upload?command=STATUS&media_id=" + media.id, what().account),
          [this, media](const egress_reply& answer) { read_processing(media, answer); });
    });
  }

  static outcome unreadable() {
    return {.kind = outcome_kind::transient, .reason = "X's reply to the image could not be read."};
  }

  void describe(const uploaded_media& media) {
    if (image().alt_text.empty()) return keep(media);
    ask(json_request("/2/media/metadata", alt_text_body(media.id, image().alt_text)),
        [this, media](const egress_reply& reply) {
          if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
          keep(media);
        });
  }

  void keep(const uploaded_media& media) {
    const auto until = now() + media.expires_after;
    until_ = ids_.empty() ? until : std::min(until_, until);
    ids_.push_back(media.id);
    keep_for_image({{media_handle, joined()}, {until_handle, base::to_string(until_)}}, [this] { next_image(); });
  }

  std::string joined() const {
    std::string all;
    for (const auto& id : ids_) {
      if (!all.empty()) all += ',';
      all += id;
    }
    return all;
  }

  void post() {
    send_last(json_request("/2/tweets", post_body(what().text, ids_, place_in_thread(what()).parent)),
              [this](const egress_reply& reply) {
                auto budgets =
                    reply.how_far == progress::complete ? read_budgets(reply, now()) : std::vector<budget_report>{};
                end(reply, classify_publish(reply, what().account.handle, now()), std::move(budgets));
              });
  }

  const std::string base_url_;
  std::vector<const domain::media*> images_;  // of `what()`
  std::vector<std::string> ids_;              // of those that are uploaded, in order
  base::timestamp until_{};                   // X keeps all of them until then
  fetched_image animation_;
};

}  // namespace

egress_request request_to(const std::string& base_url, std::string method, const std::string& path,
                          const credentials& account) {
  egress_request request;
  request.method = std::move(method);
  request.url = base_url + path;
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()}, {"accept", "application/json"}};
  request.address = trust::platform;
  return request;
}

std::string post_body(const std::string& text, const std::vector<std::string>& media_ids, const std::string& parent) {
  std::string body = "{\"text\":";
  base::json::write_string(body, text);
  for (std::size_t i = 0; i < media_ids.size(); ++i)
    body += (i == 0 ? ",\"media\":{\"media_ids\":[\"" : "\",\"") + media_ids[i];
  if (!media_ids.empty()) body += "\"]}";
  if (!parent.empty()) {
    body += ",\"reply\":{\"in_reply_to_tweet_id\":";
    base::json::write_string(body, parent);
    body += '}';
  }
  return body + '}';
}

std::optional<outcome> upload_problem(const egress_reply& reply, std::string_view handle, base::timestamp now,
                                      std::string_view of) {
  if (reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300) return std::nullopt;
  auto told = classify_publish(reply, handle, now);
  if (told.kind == outcome_kind::unknown) {
    told.kind = outcome_kind::transient;
    told.reason = fmt::format("X did not take {}. {}", of, reply.error);
  }
  return told;
}

std::shared_ptr<publish_steps> publishing(const std::string& base_url, media_files* files, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(base_url, files, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::x
