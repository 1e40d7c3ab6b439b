#include "connectors/tiktok/publish.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "connectors/tiktok/classify.hpp"

namespace pulse::connectors::tiktok {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* mark_handle = "post_mark";
constexpr const char* begun_handle = "post_begun_by";
constexpr const char* id_handle = "publish_id";
constexpr const char* name_handle = "creator";
constexpr const char* url_handle = "upload_url";
/// Of the attempt's time, for the call that begins the post.
constexpr milliseconds begin_needs{2'500};

std::string levels_in_words(const std::vector<std::string>& levels) {
  std::string words;
  for (const auto& each : levels) words += (words.empty() ? "" : ", ") + each;
  return words;
}

class steps final : public publish_steps {
 public:
  steps(tiktok_options options, egress& client, const base::clock& clock, publication what,
        std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)),
        options_(std::move(options)),
        pause_(options_.first_pause) {}

  void start() override {
    if (what().media.empty())
      return end({.kind = outcome_kind::invalid, .reason = "TikTok has no posts without pictures or a film."});
    if (what().option("privacy_level").empty() || what().option("disclosure").empty())
      return end({.kind = outcome_kind::invalid,
                  .reason =
                      "Who can see the post, and what it promotes, must be chosen for TikTok: nothing is made public "
                      "by itself."});
    const auto kept = kept_in(what());
    if (!kept || kept->publish_id.empty()) return ask_creator();
    publish_id_ = kept->publish_id;
    creator_.username = kept->username;
    is_resumed_ = true;
    look();
  }

 private:
  bool is_film() const { return film_of(what()) != nullptr; }

  void ask_creator() {
    is_resumed_ = false;
    auto request = post_request(options_, what().account, "/v2/post/publish/creator_info/query/", {});
    request.body.clear();
    ask(std::move(request),
        [this](const egress_reply& reply) {
          auto creator = creator_in(reply);
          if (!creator) return end(reply, problem_of(reply, step::harmless, now()));
          creator_ = std::move(*creator);
          check_privacy();
        });
  }

  void check_privacy() {
    const auto& offered = creator_.privacy_levels;
    const auto wanted = what().option("privacy_level");
    if (std::find(offered.begin(), offered.end(), wanted) == offered.end())
      return end({.kind = outcome_kind::invalid,
                  .reason = "TikTok does not offer this account " + wanted + " for who can see the post; it offers " +
                            levels_in_words(offered) + "."});
    keep({{begun_handle, std::to_string(what().attempt)}, {id_handle, ""}, {name_handle, creator_.username}},
         [this] {
           if (left() >= begin_needs) return begin();
           end({.kind = outcome_kind::transient, .reason = "TikTok took too long to say what the account may do."});
         });
  }

  void begin() {
    auto request =
        is_film()
            ? post_request(options_, what().account, "/v2/post/publish/video/init/", pulled_film_body(what(), creator_))
            : post_request(options_, what().account, "/v2/post/publish/content/init/", photos_body(what(), creator_));
    send_last(std::move(request), [this](const egress_reply& reply) {
      const auto begun = begun_in(reply);
      if (!begun) return end(reply, problem_of(reply, step::publishing, now()));
      publish_id_ = begun->publish_id;
      first_ = reply;
      if (!what().keep) return look();
      // What cannot be kept is known to this call at least.
      what().keep(marked({{id_handle, publish_id_}}), [self = shared_from_this(), this](bool) { look(); });
    });
  }

  void look() {
    ask(status_request(options_, what().account, publish_id_), [this](const egress_reply& reply) {
      const auto status = status_in(reply);
      if (!status) return cannot_see(reply);
      switch (status->state) {
        case post_state::complete: return end(first_, live_post(*status, publish_id_, creator_.username, is_film()));
        case post_state::failed:
          if (is_resumed_) return ask_creator();
          return end(first_, failed_post(*status, now()));
        case post_state::in_inbox:
          return end(first_, {.kind = outcome_kind::unknown,
                              .reason = "TikTok has put the post into the account's inbox as a draft."});
        case post_state::uploading:
        case post_state::downloading: return wait_for_post();
      }
    });
  }

  /// The post was begun; that it cannot be looked at says nothing of it.
  void cannot_see(const egress_reply& reply) {
    if (is_resumed_ && says_unknown_post(reply)) return ask_creator();
    const auto problem = problem_of(reply, step::harmless, now());
    if (problem.kind == outcome_kind::transient) return wait_for_post();
    outcome result{.kind = outcome_kind::unknown, .retry_at = problem.retry_at, .reason = problem.reason};
    end(first_, std::move(result));
  }

  void wait_for_post() {
    const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
    if (left() < pause + milliseconds{500}) {
      return end(first_, {.kind = outcome_kind::unknown,
                          .retry_at = now() + options_.look_again_after,
                          .reason = "TikTok is still working on the post; it is looked up until it is done."});
    }
    wait(pause, milliseconds{0}, [this] { look(); });
  }

  std::map<std::string, std::string> marked(std::map<std::string, std::string> handles) const {
    handles[mark_handle] = mark_of(what());
    return handles;
  }

  void keep(std::map<std::string, std::string> handles, std::function<void()> then) {
    if (!what().keep) return then();
    what().keep(marked(std::move(handles)), [self = shared_from_this(), this, then = std::move(then)](bool kept) {
      if (kept) return then();
      end({.kind = outcome_kind::transient,
           .reason = "That the post is about to be sent could not be recorded, so it was not sent."});
    });
  }

  const tiktok_options options_;
  creator_info creator_;
  std::string publish_id_;
  egress_reply first_;  // to the call that began the post
  bool is_resumed_ = false;
  milliseconds pause_;
};

}  // namespace

std::optional<kept_post> kept_in(const publication& what) {
  const auto at = [&what](const char* name) {
    const auto found = what.handles.find(name);
    return found == what.handles.end() ? std::string{} : found->second;
  };
  if (at(mark_handle) != mark_of(what)) return std::nullopt;
  kept_post made{at(id_handle), at(name_handle), at(url_handle)};
  const auto begun = at(begun_handle);
  std::from_chars(begun.data(), begun.data() + begun.size(), made.begun_by);
  return made;
}

egress_request status_request(const tiktok_options& options, const credentials& account,
                              const std::string& publish_id) {
  return post_request(options, account, "/v2/post/publish/status/fetch/", {{"publish_id", publish_id}});
}

std::shared_ptr<publish_steps> publishing(const tiktok_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(options, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::tiktok
