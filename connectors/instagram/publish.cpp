#include "connectors/instagram/publish.hpp"

#include <algorithm>
#include <utility>

#include "connectors/instagram/handles.hpp"
#include "connectors/meta/usage.hpp"

namespace pulse::connectors::instagram {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

/// How often a ready container may be refused before the next attempt makes another.
constexpr int refusals_of_container = 2;
constexpr milliseconds longest_side_call{3'000};  // for what is good to have: the quota, the address of the post

outcome made(outcome_kind kind, std::string reason) { return {.kind = kind, .reason = std::move(reason)}; }

/// How long a film may be processed before that counts as a failure.
constexpr std::chrono::minutes longest_processing{30};

form_fields image_form(const domain::media& image) {
  form_fields form{{"image_url", image.url}};
  if (!image.alt_text.empty()) form.emplace_back("alt_text", image.alt_text);
  return form;
}

outcome later(std::string reason, base::timestamp at) {
  return {.kind = outcome_kind::transient, .retry_at = at, .reason = std::move(reason)};
}

}  // namespace

publish_call::publish_call(const instagram_options& options, egress& client, const base::clock& clock,
                           std::shared_ptr<quota_book> book, publication what, std::function<void(publish_reply)> done)
    : publish_steps(client, clock, std::move(what), std::move(done)),
      options_(options),
      client_(client),
      clock_(clock),
      book_(std::move(book)),
      pause_(options.first_pause) {}

void publish_call::start() {
  if (what().media.empty() || what().media.front().url.empty()) {
    return end(
        made(outcome_kind::invalid,
             "Instagram has no posts without an image or a film. Add one to the post, or take this channel out."));
  }
  if (!is_id(user())) {
    return end(made(outcome_kind::permission,
                    "The channel's account has no id of Instagram, which is a number. Connect the account again."));
  }
  look_at_quota();
  const auto kept = usable_container(what());
  if (!kept) return judge_pictures(domain::channel_type::instagram, [this] { create(); });
  container_ = *kept;
  is_reused_ = true;
  ask(status_request(options_, what().account, container_), [this](const egress_reply& reply) { read_kept(reply); });
}

/// Beside the other steps, so that nothing waits for it.
void publish_call::look_at_quota() {
  if (!book_->begin_post(user())) return;
  auto request =
      get_request(options_, what().account, user() + "/content_publishing_limit", {{"fields", "quota_usage,config"}});
  const auto learn = [this](const egress_reply& reply) {
    if (reply.how_far != progress::complete || reply.status != 200) return;
    if (const auto said = read_quota(reply.body)) book_->learn(user(), *said, clock_.now());
  };
  ask(std::move(request), learn, longest_side_call);
}

// --- the container of an earlier attempt -----------------------------------------------------------------------------

void publish_call::read_kept(const egress_reply& reply) {
  if (says_missing(reply)) return find_published(false);
  const auto status = read_status(reply, now());
  if (status.has_error()) return end(reply, status.error(), budgets_of(reply));
  switch (status->state) {
    case container_state::finished:
      if (times_refused(what()) < refusals_of_container) return send_publish();
      return find_published(false);
    case container_state::in_progress: return wait_for_container();
    case container_state::published: return find_published(true);
    case container_state::expired:
    case container_state::error: return create();
  }
}

void publish_call::find_published(bool is_surely_live) {
  const auto found = [self = shared_from_this(), this, is_surely_live](const search_result& result) {
    tell_found(is_surely_live, result);
  };
  search_media(options_, client_, clock_, what(), earliest_of(options_, what()), left(), found);
}

void publish_call::tell_found(bool is_surely_live, const search_result& result) {
  switch (result.what) {
    case search_result::kind::one: {
      // Captions need not be unique: without Instagram's word for the container it may be another delivery's post.
      if (!is_surely_live) break;
      auto live = made(outcome_kind::published, "An earlier attempt had published it on Instagram.");
      live.external_id = result.found->id;
      if (!result.found->url.empty()) live.external_url = result.found->url;
      return end(std::move(live));
    }
    case search_result::kind::none:
      if (!is_surely_live) return create();
      break;
    case search_result::kind::failed:
      if (!is_surely_live) return end(*result.problem);
      break;
    case search_result::kind::several:
    case search_result::kind::too_many: break;
  }
  end(made(outcome_kind::unknown,
           "An earlier attempt may have published it on Instagram; which post it is must be looked up."));
}

// --- a container of this attempt -------------------------------------------------------------------------------------

void publish_call::create() {
  is_reused_ = false;
  children_.clear();
  if (what().media.size() > 1) {
    if (what().film() != nullptr) {
      auto kept = kept_items(what(), now());
      children_ = std::move(kept.ids);
      children_made_at_ = kept.made_at;
    }
    return create_child(children_.size());
  }
  if (const auto* const film = what().film())
    return make_container({{"media_type", "REELS"}, {"video_url", film->url}, {"caption", what().text}});
  auto form = image_form(what().media.front());
  form.emplace_back("caption", what().text);
  make_container(form);
}

/// Children are seen by nobody. Pictures are not kept: an attempt that ends between them makes them anew.
void publish_call::create_child(std::size_t index) {
  if (index == what().media.size()) return what().film() == nullptr ? make_carousel() : look_at_children(0);
  const auto& medium = what().media[index];
  const bool is_film = medium.kind == domain::media_kind::video;
  auto form = is_film ? form_fields{{"media_type", "VIDEO"}, {"video_url", medium.url}} : image_form(medium);
  form.emplace_back("is_carousel_item", "true");
  ask(post_request(options_, what().account, user() + "/media", form), [this, index](const egress_reply& reply) {
    auto id = read_created(reply, now());
    if (id.has_error()) return end(reply, id.error(), budgets_of(reply));
    if (children_.empty()) children_made_at_ = now();
    children_.push_back(std::move(*id));
    keep_children([this, index] { create_child(index + 1); });
  });
}

void publish_call::keep_children(std::function<void()> then) {
  if (what().film() == nullptr || !what().keep) return then();
  what().keep(item_handles(children_, what(), children_made_at_),
              [self = shared_from_this(), this, then = std::move(then)](bool kept) {
                if (kept) return then();
                end(made(outcome_kind::transient, "The prepared post could not be recorded, so it was not published."));
              });
}

void publish_call::look_at_children(std::size_t index) {
  while (index < children_.size() && what().media[index].kind != domain::media_kind::video) ++index;
  if (index == children_.size()) return make_carousel();
  ask(status_request(options_, what().account, children_[index]),
      [this, index](const egress_reply& reply) { read_child(index, reply); });
}

void publish_call::read_child(std::size_t index, const egress_reply& reply) {
  const auto status = read_status(reply, now());
  if (status.has_error()) {
    auto problem = status.error();
    if (!says_missing(reply)) return end(reply, std::move(problem), budgets_of(reply));
    problem.kind = outcome_kind::transient;
    return forget_children(std::move(problem));
  }
  switch (status->state) {
    case container_state::finished: return look_at_children(index + 1);
    case container_state::published:
    case container_state::expired:
    case container_state::error: return forget_children(failed_processing(*status, now()));
    case container_state::in_progress: break;
  }
  const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
  if (left() >= pause + options_.least_time_to_publish)
    return wait(pause, milliseconds{0}, [this, index] { look_at_children(index); });
  auto unfinished = later("Instagram is still processing a film of the post; the next attempt goes on from there.",
                          now() + options_.retry_unfinished_after);
  unfinished.goes_on = now() < children_made_at_ + longest_processing;
  end(std::move(unfinished));
}

/// The next attempt makes them anew.
void publish_call::forget_children(outcome why) {
  children_.clear();
  keep_children([this, why = std::move(why)] { end(why); });
}

void publish_call::make_carousel() {
  std::string all;
  for (const auto& id : children_) all += (all.empty() ? "" : ",") + id;
  make_container({{"media_type", "CAROUSEL"}, {"children", all}, {"caption", what().text}});
}

void publish_call::make_container(const form_fields& form) {
  ask(post_request(options_, what().account, user() + "/media", form),
      [this](const egress_reply& reply) { read_created_reply(reply); });
}

void publish_call::read_created_reply(const egress_reply& reply) {
  auto id = read_created(reply, now());
  if (id.has_error()) return end(reply, id.error(), budgets_of(reply));
  container_ = *id;
  const auto go_on = [self = shared_from_this(), this](bool kept) {
    if (kept) return look_at_container();
    end(made(outcome_kind::transient, "The prepared post could not be recorded, so it was not published."));
  };
  if (!what().keep) return go_on(false);
  what().keep(handles_of(container_, what(), now()), go_on);
}

void publish_call::look_at_container() {
  ask(status_request(options_, what().account, container_),
      [this](const egress_reply& reply) { read_container(reply); });
}

void publish_call::read_container(const egress_reply& reply) {
  const auto status = read_status(reply, now());
  if (status.has_error()) {
    auto problem = status.error();
    // Seen at Instagram with containers that are there; a moment later they are found.
    if (says_missing(reply)) problem.kind = outcome_kind::transient;
    return end(reply, std::move(problem), budgets_of(reply));
  }
  switch (status->state) {
    case container_state::finished: return send_publish();
    case container_state::in_progress: return wait_for_container();
    case container_state::published: return find_published(true);
    case container_state::expired:
    case container_state::error: return end(reply, failed_processing(*status, now()), budgets_of(reply));
  }
}

void publish_call::wait_for_container() {
  const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
  if (left() < pause + options_.least_time_to_publish) {
    auto unfinished = later("Instagram is still processing the post; the next attempt goes on from there.",
                            now() + options_.retry_unfinished_after);
    const auto made_at = is_reused_ ? container_made_at(what()).value_or(now()) : now();
    unfinished.goes_on = what().film() != nullptr && now() < made_at + longest_processing;
    return end(std::move(unfinished));
  }
  wait(pause, milliseconds{0}, [this] { look_at_container(); });
}

// --- publishing ------------------------------------------------------------------------------------------------------

void publish_call::send_publish() {
  if (book_->is_used_up(user(), now())) {
    constexpr std::chrono::hours pause{1};
    auto limited =
        made(outcome_kind::rate_limited, "The account has published as many posts as Instagram allows in 24 hours.");
    limited.retry_at = now() + pause;
    return end(std::move(limited));
  }
  if (left() < std::min(options_.least_time_to_publish, what().timeout / 3)) {
    constexpr std::chrono::seconds pause{1};
    return end(
        later("Preparing the post took all the time of the attempt; the next one goes on from there.", now() + pause));
  }
  send_last(post_request(options_, what().account, user() + "/media_publish", {{"creation_id", container_}}),
            [this](const egress_reply& reply) { read_published(reply); });
}

void publish_call::read_published(const egress_reply& reply) {
  auto result = classify_publish(reply, now());
  if (result.kind == outcome_kind::published) return add_permalink(reply, std::move(result));
  if (reply.how_far == progress::complete) return end_refused(reply, std::move(result));
  end(reply, std::move(result), budgets_of(reply));
}

void publish_call::end_refused(const egress_reply& reply, outcome refused) {
  const bool is_about_container = refused.kind == outcome_kind::transient || refused.kind == outcome_kind::invalid ||
                                  refused.kind == outcome_kind::permission;
  if (is_reused_ && is_about_container) {
    // What an earlier attempt sent may have arrived in between: then the container is used up, and refused for that.
    refused.kind = outcome_kind::unknown;
    refused.reason += " An earlier attempt may have published it, which must be looked up.";
  } else if (says_missing(reply)) {
    refused.kind = outcome_kind::transient;  // as in `read_container`: it was there a moment ago
  }
  publication::kept_handles notes;
  if (refuses_container(reply)) notes = refused_handles((is_reused_ ? times_refused(what()) : 0) + 1);
  if (suspects_spam(reply)) notes = blocked_handles(what());
  const auto tell = [self = shared_from_this(), this, reply, refused](bool) { end(reply, refused, budgets_of(reply)); };
  if (notes.empty() || !what().keep) return tell(false);
  what().keep(std::move(notes), tell);
}

/// Instagram's answer has the id alone. It is kept at once, so that a reconciliation need not compare captions.
void publish_call::add_permalink(const egress_reply& reply, outcome live) {
  book_->spend(user());
  const auto id = live.external_id.value_or("");
  if (what().keep) what().keep(medium_handles(id), [](bool) {});
  const auto read = [this, reply, live](const egress_reply& answer) {
    auto complete = live;
    if (answer.how_far == progress::complete && answer.status == 200)
      complete.external_url = read_permalink(answer.body);
    end_published(reply, std::move(complete));
  };
  ask(get_request(options_, what().account, id, {{"fields", "permalink"}}), read, longest_side_call);
}

void publish_call::end_published(const egress_reply& reply, outcome live) {
  end(reply, std::move(live), budgets_of(reply));
}

std::vector<budget_report> publish_call::budgets_of(const egress_reply& reply) const {
  auto budgets =
      reply.how_far == progress::complete ? meta::read_usage(reply, "instagram", now()) : std::vector<budget_report>{};
  if (auto posts = book_->report(user(), now())) budgets.push_back(std::move(*posts));
  return budgets;
}

}  // namespace pulse::connectors::instagram
