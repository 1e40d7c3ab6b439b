#include "connectors/facebook/publish.hpp"

#include <utility>
#include <vector>

#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/facebook/classify.hpp"
#include "connectors/meta/usage.hpp"

namespace pulse::connectors::facebook {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr const char* photos_handle = "photos";
constexpr std::chrono::milliseconds post_needs{1'500};  // of the attempt's time, after the photos

class steps final : public publish_steps {
 public:
  steps(facebook_options options, egress& client, const base::clock& clock, publication what,
        std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)), options_(std::move(options)) {}

  void start() override {
    if (what().account.external_user_id.empty())
      return end({.kind = outcome_kind::permission, .reason = "The channel has no page. Connect the account again."});
    if (what().media.empty()) return post();
    if (const auto kept = kept_for_image(photos_handle)) {
      photos_ = split(*kept);
      if (photos_.size() == what().media.size()) return post();
      photos_.clear();
    }
    judge_pictures(domain::channel_type::facebook, [this] { upload(0); });
  }

 private:
  static std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
      const auto comma = std::min(text.find(','), text.size());
      parts.emplace_back(text.substr(0, comma));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
  }

  egress_request form_request(const std::string& edge,
                              const std::vector<std::pair<std::string, std::string>>& form) const {
    auto request =
        request_to(options_, "POST", fmt::format("{}/{}", what().account.external_user_id, edge), what().account);
    request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
    request.body = form_encoded(form);
    return request;
  }

  void upload(std::size_t index) {
    if (index == what().media.size()) return keep_photos();
    const auto& media = what().media[index];
    std::vector<std::pair<std::string, std::string>> form{{"url", media.url}, {"published", "false"}};
    if (!media.alt_text.empty()) form.emplace_back("alt_text_custom", media.alt_text);
    ask(form_request("photos", form), [this, index](const egress_reply& reply) {
      const auto id = id_in(reply);
      if (!id) return end(reply, problem_of(reply, meta::step::harmless, now()), budgets_of(reply));
      photos_.push_back(*id);
      upload(index + 1);
    });
  }

  void keep_photos() {
    std::string all;
    for (const auto& id : photos_) all += (all.empty() ? "" : ",") + id;
    keep_for_image({{photos_handle, all}}, [this] { wait({}, post_needs, [this] { post(); }); });
  }

  void post() {
    std::vector<std::pair<std::string, std::string>> form{{"message", what().text}};
    for (std::size_t i = 0; i < photos_.size(); ++i)
      form.emplace_back(fmt::format("attached_media[{}]", i), "{\"media_fbid\":\"" + photos_[i] + "\"}");
    send_last(form_request("feed", form),
              [this](const egress_reply& reply) { end(reply, classify_publish(reply, now()), budgets_of(reply)); });
  }

  std::vector<budget_report> budgets_of(const egress_reply& reply) const {
    if (reply.how_far != progress::complete) return {};
    return meta::read_usage(reply, "pages", now());
  }

  const facebook_options options_;
  std::vector<std::string> photos_;
};

}  // namespace

egress_request request_to(const facebook_options& options, std::string method, const std::string& path,
                          const credentials& account) {
  egress_request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/{}/{}", options.base_url, options.version, path);
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()}, {"accept", "application/json"}};
  request.address = trust::platform;
  return request;
}

std::shared_ptr<publish_steps> publishing(const facebook_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(options, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::facebook
