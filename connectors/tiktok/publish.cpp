#include "connectors/tiktok/publish.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "connectors/tiktok/film.hpp"

namespace pulse::connectors::tiktok {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

/// Of the attempt's time, for the call that begins the post.
constexpr milliseconds begin_needs{2'500};
constexpr milliseconds look_needs{500};

std::string levels_in_words(const std::vector<std::string>& levels) {
  std::string words;
  for (const auto& each : levels) words += (words.empty() ? "" : ", ") + each;
  return words;
}

/// Pictures, and films that are not the library's: TikTok fetches them, and the call that tells it so publishes.
class fetched_post final : public post_steps {
 public:
  using post_steps::post_steps;

 private:
  void begin() override {
    judge_pictures(domain::channel_type::tiktok, [this] { keep_and_send(); });
  }

  void keep_and_send() {
    keep({{handles::begun_by, std::to_string(what().attempt)},
          {handles::publish_id, ""},
          {handles::film_bytes, ""},
          {handles::creator, creator().username}},
         [this] {
           if (left() >= begin_needs) return send();
           end({.kind = outcome_kind::transient, .reason = "TikTok took too long to say what the account may do."});
         });
  }

  void send() {
    const bool is_film = what().film() != nullptr;
    auto request = post_request(options(), what().account,
                                is_film ? "/v2/post/publish/video/init/" : "/v2/post/publish/content/init/",
                                is_film ? pulled_film_body(what(), creator()) : photos_body(what(), creator()));
    send_last(std::move(request), [this](const egress_reply& reply) {
      const auto begun = begun_in(reply);
      if (!begun) return end(reply, problem_of(reply, step::publishing, now()));
      set_post(begun->publish_id, reply);
      if (!what().keep) return look();
      // What cannot be kept is known to this call at least.
      what().keep({{handles::mark, mark_of(what())}, {handles::publish_id, begun->publish_id}},
                  [self = shared_from_this(), this](bool) { look(); });
    });
  }

  void resume(const post_status& status) override {
    if (status.state == post_state::failed) return ask_creator();
    wait_for_post();
  }
};

}  // namespace

post_steps::post_steps(tiktok_options options, egress& client, const base::clock& clock, publication what,
                       std::function<void(publish_reply)> done)
    : publish_steps(client, clock, std::move(what), std::move(done)),
      options_(std::move(options)),
      pause_(options_.first_pause) {}

void post_steps::start() {
  if (what().option("privacy_level").empty() || what().option("disclosure").empty())
    return end({.kind = outcome_kind::invalid,
                .reason =
                    "Who can see the post, and what it promotes, must be chosen for TikTok: nothing is made public by "
                    "itself."});
  earlier_ = kept_in(what()).value_or(kept_post{});
  if (earlier_.publish_id.empty()) return ask_creator();
  publish_id_ = earlier_.publish_id;
  creator_.username = earlier_.username;
  is_resumed_ = true;
  look();
}

void post_steps::ask_creator() {
  is_resumed_ = false;
  earlier_ = {};
  auto request = post_request(options_, what().account, "/v2/post/publish/creator_info/query/", {});
  request.body.clear();
  ask(std::move(request), [this](const egress_reply& reply) {
    auto creator = creator_in(reply);
    if (!creator) return end(reply, problem_of(reply, step::harmless, now()));
    creator_ = std::move(*creator);
    check_privacy();
  });
}

void post_steps::check_privacy() {
  const auto& offered = creator_.privacy_levels;
  const auto wanted = what().option("privacy_level");
  if (std::find(offered.begin(), offered.end(), wanted) != offered.end()) return begin();
  end({.kind = outcome_kind::invalid,
       .reason = fmt::format("TikTok does not offer this account {} for who can see the post; it offers {}.", wanted,
                             levels_in_words(offered))});
}

void post_steps::set_post(std::string publish_id, egress_reply reply) {
  publish_id_ = std::move(publish_id);
  first_ = std::move(reply);
}

void post_steps::look() {
  ask(status_request(options_, what().account, publish_id_), [this](const egress_reply& reply) {
    const auto status = status_in(reply);
    if (!status) return cannot_see(reply);
    if (status->state == post_state::complete)
      return end(first_, live_post(*status, publish_id_, creator_.username, what().film() != nullptr));
    if (status->state == post_state::in_inbox)
      return end(first_, {.kind = outcome_kind::unknown,
                          .reason = "TikTok has put the post into the account's inbox as a draft."});
    if (is_resumed_) {
      is_resumed_ = false;
      return resume(*status);
    }
    if (status->state == post_state::failed) return end(first_, failed_post(*status, now()));
    wait_for_post();
  });
}

/// The post was begun; that it cannot be looked at says nothing of it.
void post_steps::cannot_see(const egress_reply& reply) {
  if (is_resumed_ && says_unknown_post(reply)) return ask_creator();
  const auto problem = problem_of(reply, step::harmless, now());
  if (problem.kind == outcome_kind::transient) return wait_for_post();
  end(first_, {.kind = outcome_kind::unknown, .retry_at = problem.retry_at, .reason = problem.reason});
}

void post_steps::wait_for_post() {
  const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
  if (left() < pause + look_needs) {
    return end(first_, {.kind = outcome_kind::unknown,
                        .retry_at = now() + options_.look_again_after,
                        .reason = "TikTok is still working on the post; it is looked up until it is done."});
  }
  wait(pause, milliseconds{0}, [this] { look(); });
}

void post_steps::keep(std::map<std::string, std::string> kept, std::function<void()> then) {
  if (!what().keep) return then();
  kept[handles::mark] = mark_of(what());
  what().keep(std::move(kept), [self = shared_from_this(), this, then = std::move(then)](bool is_kept) {
    if (is_kept) return then();
    end({.kind = outcome_kind::transient,
         .reason = "What is about to be sent could not be recorded, so it was not sent."});
  });
}

std::optional<kept_post> kept_in(const publication& what) {
  const auto at = [&what](const char* name) {
    const auto found = what.handles.find(name);
    return found == what.handles.end() ? std::string{} : found->second;
  };
  const auto number_at = [&at](const char* name) {
    const auto text = at(name);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  };
  if (at(handles::mark) != mark_of(what)) return std::nullopt;
  kept_post made;
  made.publish_id = at(handles::publish_id);
  made.username = at(handles::creator);
  made.begun_by = static_cast<int>(number_at(handles::begun_by));
  made.film_bytes = number_at(handles::film_bytes);
  if (!made.is_upload()) return made;
  made.upload_url = at(handles::upload_url);
  made.pieces = number_at(handles::pieces);
  made.url_until = base::parse_timestamp(at(handles::url_until));
  made.has_begun_last = at(handles::last_begun) == "yes";
  return made;
}

egress_request status_request(const tiktok_options& options, const credentials& account,
                              const std::string& publish_id) {
  return post_request(options, account, "/v2/post/publish/status/fetch/", {{"publish_id", publish_id}});
}

std::shared_ptr<publish_steps> publishing(const tiktok_options& options, egress& client, const base::clock& clock,
                                          publication what, std::function<void(publish_reply)> done) {
  if (what.film() != nullptr && options.films != nullptr)
    return publishing_film(options, client, clock, std::move(what), std::move(done));
  return std::make_shared<fetched_post>(options, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::tiktok
