#include "connectors/threads/publish.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/threads/classify.hpp"

namespace pulse::connectors::threads {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* container_handle = "container";
constexpr const char* content_handle = "container_content";
constexpr const char* made_at_handle = "container_made_at";

/// How long a film may be processed before that counts as a failure.
constexpr std::chrono::minutes longest_processing{30};
constexpr milliseconds longest_side_call{3'000};  // for what is good to have: the address of the post

/// Stands for everything that a container is made of.
std::string mark_of(const publication& what) {
  constexpr std::size_t digits = 32;
  const auto parent = place_in_thread(what).parent;
  return base::to_hex(
             base::sha256(fmt::format("{}\n{}\n{}{}", what.account.external_user_id, domain::mark_of(what.media),
                                      what.text, parent.empty() ? "" : "\n" + parent)))
      .substr(0, digits);
}

class steps final : public publish_steps {
 public:
  steps(threads_options options, egress& client, const base::clock& clock, publication what,
        std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)),
        options_(std::move(options)),
        pause_(options_.first_pause) {}

  void start() override {
    if (what().account.external_user_id.empty())
      return end({.kind = outcome_kind::permission,
                  .reason = "The channel has no account of Threads. Connect the account again."});
    const auto kept = kept_container(what());
    if (!kept) return judge_pictures(domain::channel_type::threads, [this] { create(); });
    container_ = *kept;
    is_reused_ = true;
    const auto made_at = what().handles.find(made_at_handle);
    if (made_at != what().handles.end()) made_at_ = base::parse_timestamp(made_at->second).value_or(made_at_);
    look();
  }

 private:
  const std::string& user() const { return what().account.external_user_id; }

  void create() {
    is_reused_ = false;
    const auto& media = what().media;
    if (media.size() > 1) return create_child(0);
    form_fields form{{"media_type", media.empty() ? "TEXT" : type_of(media.front())}, {"text", what().text}};
    if (!media.empty()) add_medium(form, media.front());
    make_container(std::move(form));
  }

  static std::string type_of(const domain::media& one) {
    return one.kind == domain::media_kind::video ? "VIDEO" : "IMAGE";
  }

  static void add_medium(form_fields& form, const domain::media& one) {
    form.emplace_back(one.kind == domain::media_kind::video ? "video_url" : "image_url", one.url);
    if (!one.alt_text.empty()) form.emplace_back("alt_text", one.alt_text);
  }

  void create_child(std::size_t index) {
    if (index == what().media.size()) {
      std::string all;
      for (const auto& id : children_) all += (all.empty() ? "" : ",") + id;
      return make_container({{"media_type", "CAROUSEL"}, {"children", all}, {"text", what().text}});
    }
    form_fields form{{"media_type", type_of(what().media[index])}, {"is_carousel_item", "true"}};
    add_medium(form, what().media[index]);
    ask(post_request(options_, what().account, user() + "/threads", form), [this, index](const egress_reply& reply) {
      const auto id = id_in(reply);
      if (!id) return end(reply, problem_of(reply, meta::step::harmless, now()));
      children_.push_back(*id);
      create_child(index + 1);
    });
  }

  void make_container(form_fields form) {
    if (auto parent = place_in_thread(what()).parent; !parent.empty())
      form.emplace_back("reply_to_id", std::move(parent));
    ask(post_request(options_, what().account, user() + "/threads", form), [this](const egress_reply& reply) {
      const auto id = id_in(reply);
      if (!id) return end(reply, problem_of(reply, meta::step::harmless, now()));
      container_ = *id;
      const auto go_on = [self = shared_from_this(), this](bool kept) {
        if (kept) return look();
        end({.kind = outcome_kind::transient,
             .reason = "The prepared post could not be recorded, so it was not published."});
      };
      if (!what().keep) return go_on(false);
      made_at_ = now();
      what().keep({{container_handle, container_},
                   {content_handle, mark_of(what())},
                   {made_at_handle, base::to_string(made_at_)}},
                  go_on);
    });
  }

  void look() {
    ask(get_request(options_, what().account, container_, {{"fields", "id,status,error_message"}}),
        [this](const egress_reply& reply) {
          const auto status = status_in(reply);
          if (!status) {
            const auto error = meta::read_error(reply.body);
            if (is_reused_ && error && meta::says_missing(*error)) return create();
            return end(reply, problem_of(reply, meta::step::harmless, now()));
          }
          switch (status->state) {
            case container_state::finished: return publish();
            case container_state::in_progress: return wait_for_container();
            case container_state::published:
              return end(
                  {.kind = outcome_kind::unknown,
                   .reason = "An earlier attempt has published it on Threads; which post it is must be looked up."});
            case container_state::error:
            case container_state::expired:
              if (is_reused_) return create();
              return end(reply, failed_processing(*status));
          }
        });
  }

  void wait_for_container() {
    const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
    if (left() < pause + options_.publish_needs) {
      outcome unfinished{.kind = outcome_kind::transient,
                         .retry_at = now() + options_.retry_unfinished_after,
                         .reason = "Threads is still processing the post; the next attempt goes on from there."};
      unfinished.goes_on = what().film() != nullptr && now() < made_at_ + longest_processing;
      return end(std::move(unfinished));
    }
    wait(pause, milliseconds{0}, [this] { look(); });
  }

  void publish() {
    send_last(post_request(options_, what().account, user() + "/threads_publish", {{"creation_id", container_}}),
              [this](const egress_reply& reply) {
                auto result = classify_publish(reply, now());
                const bool is_about_container = result.kind == outcome_kind::transient ||
                                                result.kind == outcome_kind::invalid ||
                                                result.kind == outcome_kind::permission;
                if (is_reused_ && is_about_container && reply.how_far == progress::complete) {
                  // What an earlier attempt sent may have arrived in between, and used the container up.
                  result.kind = outcome_kind::unknown;
                  result.reason += " An earlier attempt may have published it, which must be looked up.";
                }
                if (result.kind == outcome_kind::published) return add_permalink(reply, std::move(result));
                end(reply, std::move(result));
              });
  }

  /// Threads' answer has the id alone, and no address can be made of it. Without one the post is published all the
  /// same.
  void add_permalink(const egress_reply& reply, outcome live) {
    const auto id = live.external_id.value_or("");
    const auto read = [this, reply, live = std::move(live)](const egress_reply& answer) mutable {
      if (auto url = permalink_in(answer); !url.empty()) live.external_url = std::move(url);
      end(reply, live);
    };
    ask(get_request(options_, what().account, percent_encoded(id), {{"fields", "permalink"}}), read, longest_side_call);
  }

  const threads_options options_;
  std::string container_;
  std::vector<std::string> children_;
  base::timestamp made_at_{};  // the container
  bool is_reused_ = false;
  milliseconds pause_;
};

egress_request request_to(const threads_options& options, std::string method, const credentials& account,
                          const std::string& path) {
  egress_request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/v1.0/{}", options.base_url, path);
  request.headers = {{"authorization", "Bearer " + account.access_token.reveal()}, {"accept", "application/json"}};
  request.timeout = options.lookup_timeout;
  request.address = trust::platform;
  return request;
}

}  // namespace

egress_request get_request(const threads_options& options, const credentials& account, const std::string& path,
                           const form_fields& query) {
  return request_to(options, "GET", account, fmt::format("{}?{}", path, form_encoded(query)));
}

egress_request post_request(const threads_options& options, const credentials& account, const std::string& path,
                            const form_fields& form) {
  auto request = request_to(options, "POST", account, path);
  request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  request.body = form_encoded(form);
  return request;
}

std::optional<std::string> kept_container(const publication& what) {
  const auto container = what.handles.find(container_handle);
  const auto content = what.handles.find(content_handle);
  if (container == what.handles.end() || content == what.handles.end() || content->second != mark_of(what))
    return std::nullopt;
  return container->second;
}

std::shared_ptr<publish_steps> publishing(const threads_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(options, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::threads
