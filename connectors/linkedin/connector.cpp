#include "connectors/linkedin/connector.hpp"

#include <memory>
#include <utility>

#include <boost/json.hpp>

#include "connectors/all.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/linkedin/engage.hpp"
#include "connectors/linkedin/little_text.hpp"
#include "connectors/shared/publish_steps.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

constexpr const char* image_handle = "image";
constexpr std::string_view person = "urn:li:person:";
/// What the post itself needs of the attempt's time, after an image.
constexpr std::chrono::milliseconds post_needs{1'500};

/// One publish call, step by step: who the member is, the image, the post.
class publishing final : public publish_steps {
 public:
  publishing(linkedin_options options, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)),
        options_(std::move(options)),
        author_(what_author()) {}

  void start() override {
    if (author_.empty()) return ask_who();
    if (what().image() == nullptr) return post("");
    if (const auto image = kept_for_image(image_handle)) return post(*image);
    fetch(what().image()->url, domain::channel_type::linkedin,
          [this](fetched_image image) { initialize(std::move(image)); });
  }

 private:
  std::string what_author() const {
    const auto& id = what().account.external_user_id;
    if (id.empty() || id.starts_with(person)) return id;
    return std::string{person} + id;
  }

  egress_request request(std::string method, std::string url) const {
    egress_request made;
    made.method = std::move(method);
    made.url = std::move(url);
    made.headers = {{"authorization", "Bearer " + what().account.access_token.reveal()}};
    made.address = trust::platform;
    return made;
  }

  egress_request rest_request(const std::string& path, const boost::json::object& body) const {
    auto made = request("POST", options_.base_url + path);
    made.headers.push_back({"linkedin-version", options_.version});
    made.headers.push_back({"x-restli-protocol-version", "2.0.0"});
    made.headers.push_back({"content-type", "application/json"});
    made.body = boost::json::serialize(body);
    return made;
  }

  void ask_who() {
    ask(request("GET", options_.base_url + "/v2/userinfo"), [this](const egress_reply& reply) {
      if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
      const auto object = object_of(reply.body);
      const auto sub = object ? text_at(*object, "sub") : std::string{};
      if (sub.empty()) {
        return end(
            {.kind = outcome_kind::transient, .reason = "LinkedIn's reply about the account could not be read."});
      }
      author_ = std::string{person} + sub;
      start();
    });
  }

  void initialize(fetched_image image) {
    const boost::json::object body{{"initializeUploadRequest", {{"owner", author_}}}};
    ask(rest_request("/rest/images?action=initializeUpload", body),
        [this, bytes = std::move(image.bytes)](const egress_reply& reply) {
          if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
          const auto object = object_of(reply.body);
          const auto* value = object ? object->if_contains("value") : nullptr;
          const bool is_object = value != nullptr && value->is_object();
          const auto url = is_object ? text_at(value->get_object(), "uploadUrl") : std::string{};
          const auto urn = is_object ? text_at(value->get_object(), "image") : std::string{};
          if (!urn.starts_with("urn:li:image:") || !is_upload_url(url, options_.base_url)) {
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
      keep_for_image({{image_handle, urn}},
                     [this, urn] { wait(options_.image_settles, post_needs, [this, urn] { post(urn); }); });
    });
  }

  void post(const std::string& image) {
    boost::json::object body{{"author", author_},
                             {"commentary", little_text(what().text)},
                             {"visibility", "PUBLIC"},
                             {"distribution",
                              {{"feedDistribution", "MAIN_FEED"},
                               {"targetEntities", boost::json::array{}},
                               {"thirdPartyDistributionChannels", boost::json::array{}}}},
                             {"lifecycleState", "PUBLISHED"},
                             {"isReshareDisabledByAuthor", false}};
    if (!image.empty()) {
      boost::json::object media{{"id", image}};
      if (!what().image()->alt_text.empty()) media["altText"] = what().image()->alt_text;
      body["content"] = boost::json::object{{"media", std::move(media)}};
    }
    send_last(rest_request("/rest/posts", body),
              [this](const egress_reply& reply) { end(reply, classify_publish(reply, now())); });
  }

  const linkedin_options options_;
  std::string author_;
};

}  // namespace

linkedin_connector::linkedin_connector(linkedin_options options, egress& client, const base::clock& clock)
    : options_(std::move(options)), client_(client), clock_(clock) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void linkedin_connector::publish(publication what, std::function<void(publish_reply)> done) {
  std::make_shared<publishing>(options_, client_, clock_, std::move(what), std::move(done))->start();
}

void linkedin_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  reconciliation told;
  const auto until = what.started_at + duplicates_known_for;
  if (clock_.now() < until) {
    told.kind = reconciliation_kind::repeat_tells;
    told.repeat_until = until;
    told.reason =
        "LinkedIn does not let a member's posts be looked up, but it refuses a second copy and names the first: "
        "sending "
        "again tells.";
  } else {
    told.kind = reconciliation_kind::cannot_know;
    told.reason = "LinkedIn does not let a member's posts be looked up, and it is too late to tell by sending again.";
  }
  client_.after({}, [told = std::move(told), done = std::move(done)] { done(told); });
}

void linkedin_connector::engage(engagement_call what, std::function<void(outcome)> done) {
  linkedin::engage(options_, client_, clock_, std::move(what), std::move(done));
}

void linkedin_connector::find_engagement(engagement_call what, std::function<void(reconciliation)> done) {
  linkedin::find_engagement(options_, client_, clock_, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::linkedin

namespace pulse::connectors::made {

std::unique_ptr<connector> linkedin(const surroundings& around) {
  linkedin::linkedin_options options;
  options.base_url = around.settings["LINKEDIN_API_BASE_URL"];
  options.version = around.settings["LINKEDIN_VERSION"];
  return std::make_unique<linkedin::linkedin_connector>(options, around.client, around.clock);
}

}  // namespace pulse::connectors::made
