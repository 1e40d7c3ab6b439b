#include "connectors/linkedin/publishing.hpp"

#include <utility>

#include <boost/json.hpp>

#include "connectors/linkedin/classify.hpp"
#include "connectors/linkedin/little_text.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::outcome_kind;

constexpr const char* image_handle = "image";
constexpr std::string_view person = "urn:li:person:";
/// The time that the post itself needs after its images.
constexpr std::chrono::milliseconds post_needs{1'500};

boost::json::object as_media(const std::string& urn, const std::string& alt_text) {
  boost::json::object media{{"id", urn}};
  if (!alt_text.empty()) media["altText"] = alt_text;
  return media;
}

class picture_steps final : public post_steps {
 public:
  using post_steps::post_steps;

 private:
  void begin() override {
    for (const auto& each : what().media) {
      if (each.kind == domain::media_kind::image) images_.push_back(&each);
    }
    const auto text = kept_for_image(image_handle).value_or("");
    std::string_view kept{text};
    while (!kept.empty() && urns_.size() < images_.size()) {
      const auto comma = std::min(kept.find(','), kept.size());
      urns_.emplace_back(kept.substr(0, comma));
      kept.remove_prefix(std::min(comma + 1, kept.size()));
    }
    if (urns_.size() == images_.size()) return post(urns_);
    next_image();
  }

  void next_image() {
    if (urns_.size() == images_.size()) return wait(options().image_settles, post_needs, [this] { post(urns_); });
    fetch(images_[urns_.size()]->url, domain::channel_type::linkedin,
          [this](fetched_image image) { initialize(std::move(image)); });
  }

  void initialize(fetched_image image) {
    const boost::json::object body{{"initializeUploadRequest", {{"owner", author()}}}};
    ask(rest_request("/rest/images?action=initializeUpload", boost::json::serialize(body)),
        [this, bytes = std::move(image.bytes)](const egress_reply& reply) {
          if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
          const auto object = object_of(reply.body);
          const auto* value = object ? object->if_contains("value") : nullptr;
          const bool is_object = value != nullptr && value->is_object();
          const auto url = is_object ? text_at(value->get_object(), "uploadUrl") : std::string{};
          const auto urn = is_object ? text_at(value->get_object(), "image") : std::string{};
          if (!urn.starts_with("urn:li:image:") || !is_upload_url(url, options().base_url)) {
            return end({.kind = outcome_kind::transient,
                        .reason = "LinkedIn named no address of its own to upload the image to."});
          }
          upload(url, urn, bytes);
        });
  }

  void upload(const std::string& url, const std::string& urn, const std::string& bytes) {
    auto put = request("PUT", url);
    put.headers.push_back({"content-type", "application/octet-stream"});
    put.body = bytes;
    ask(std::move(put), [this, urn](const egress_reply& reply) {
      if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
      urns_.push_back(urn);
      std::string all;
      for (const auto& each : urns_) all += (all.empty() ? "" : ",") + each;
      keep_for_image({{image_handle, all}}, [this] { next_image(); });
    });
  }

  std::vector<const domain::media*> images_;  // the images of `what()`
  std::vector<std::string> urns_;             // the URNs of uploaded images, in order
};

}  // namespace

post_steps::post_steps(linkedin_options options, egress& client, const base::clock& clock, publication what,
                       std::function<void(publish_reply)> done, media_files* files)
    : publish_steps(client, clock, std::move(what), std::move(done), files),
      options_(std::move(options)),
      author_(what_author()) {}

void post_steps::start() {
  if (author_.empty()) return ask_who();
  begin();
}

std::string post_steps::what_author() const {
  const auto& id = what().account.external_user_id;
  if (id.empty() || id.starts_with("urn:li:")) return id;  // a member's or an organization's
  return std::string{person} + id;
}

egress_request post_steps::request(std::string method, std::string url) const {
  egress_request made;
  made.method = std::move(method);
  made.url = std::move(url);
  made.headers = {{"authorization", "Bearer " + what().account.access_token.reveal()}};
  made.address = trust::platform;
  return made;
}

egress_request post_steps::rest_request(const std::string& path, const std::string& body) const {
  auto made = request(body.empty() ? "GET" : "POST", options_.base_url + path);
  made.headers.push_back({"linkedin-version", options_.version});
  made.headers.push_back({"x-restli-protocol-version", "2.0.0"});
  if (!body.empty()) made.headers.push_back({"content-type", "application/json"});
  made.body = body;
  return made;
}

void post_steps::ask_who() {
  ask(request("GET", options_.base_url + "/v2/userinfo"), [this](const egress_reply& reply) {
    if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
    const auto object = object_of(reply.body);
    const auto sub = object ? text_at(*object, "sub") : std::string{};
    if (sub.empty()) {
      return end({.kind = outcome_kind::transient, .reason = "LinkedIn's reply about the account could not be read."});
    }
    author_ = std::string{person} + sub;
    begin();
  });
}

void post_steps::post(const std::vector<std::string>& media) {
  boost::json::object body{{"author", author_},
                           {"commentary", little_text(what().text)},
                           {"visibility", "PUBLIC"},
                           {"distribution",
                            {{"feedDistribution", "MAIN_FEED"},
                             {"targetEntities", boost::json::array{}},
                             {"thirdPartyDistributionChannels", boost::json::array{}}}},
                           {"lifecycleState", "PUBLISHED"},
                           {"isReshareDisabledByAuthor", false}};
  if (media.size() == 1) {
    body["content"] = boost::json::object{{"media", as_media(media.front(), what().media.front().alt_text)}};
  } else if (!media.empty()) {
    boost::json::array images;
    for (std::size_t i = 0; i < media.size(); ++i) images.push_back(as_media(media[i], what().media[i].alt_text));
    body["content"] = boost::json::object{{"multiImage", {{"images", std::move(images)}}}};
  }
  send_last(rest_request("/rest/posts", boost::json::serialize(body)),
            [this](const egress_reply& reply) { end(reply, classify_publish(reply, now())); });
}

std::shared_ptr<publish_steps> publishing(const linkedin_options& options, media_files* films, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done) {
  if (!place_in_thread(what).parent.empty())
    return publishing_comment(options, client, clock, std::move(what), std::move(done));
  if (what.film() != nullptr) return publishing_film(options, films, client, clock, std::move(what), std::move(done));
  return std::make_shared<picture_steps>(options, client, clock, std::move(what), std::move(done), films);
}

}  // namespace pulse::connectors::linkedin
