#include "connectors/mastodon/publish.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/mastodon/classify.hpp"
#include "connectors/mastodon/film.hpp"
#include "connectors/shared/multipart.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/picture_problem.hpp"

namespace pulse::connectors::mastodon {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* content_handle = "mastodon_content";
constexpr const char* newest_handle = "mastodon_newest";
constexpr const char* media_handle = "mastodon_media";
constexpr const char* until_handle = "mastodon_media_until";
constexpr const char* pending_handle = "mastodon_film";  // the server has it and processes it
constexpr const char* no_posts = "0";

/// Stands for everything that a post is made of.
std::string mark_of(const publication& what) {
  constexpr std::size_t digits = 32;
  const auto parent = place_in_thread(what).parent;
  const auto below = parent.empty() ? std::string{} : fmt::format("below {}\n", parent);
  std::string options;
  for (const auto& [name, value] : what.options) options += fmt::format("{}={}\n", name, value);
  return base::to_hex(base::sha256(fmt::format("{}\n{}\n{}{}{}", what.account.external_user_id,
                                               domain::mark_of(what.media), options, below, what.text)))
      .substr(0, digits);
}

std::string handle_of(const publication& what, const char* name) {
  const auto content = what.handles.find(content_handle);
  const auto found = what.handles.find(name);
  if (content == what.handles.end() || found == what.handles.end() || content->second != mark_of(what)) return {};
  return found->second;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const auto& each : parts) all += (all.empty() ? "" : ",") + each;
  return all;
}

outcome invalid(std::string reason) { return {.kind = outcome_kind::invalid, .reason = std::move(reason)}; }

class steps final : public film_steps {
 public:
  steps(mastodon_options options, std::shared_ptr<known_limits> limits, std::shared_ptr<film_uploads> uploads,
        egress& client, const base::clock& clock, publication given, std::function<void(publish_reply)> done)
      : film_steps(std::move(uploads), options.files, client, clock, std::move(given), std::move(done)),
        options_(std::move(options)),
        limits_(std::move(limits)),
        place_(place_of(what().account)),
        pause_(options_.first_pause) {}

  void start() override {
    const bool has_instance = !place_.instance.empty() || !options_.reached.base_url.empty();
    if (!is_id(place_.id) || !has_instance)
      return end({.kind = outcome_kind::permission,
                  .reason = "The channel's account does not say on which server it is. Connect the account again."});
    const auto kept = kept_of(what());
    is_repeated_ = kept.has_value();
    if (kept) newest_id_ = kept->newest_id;
    const auto until = base::parse_timestamp(handle_of(what(), until_handle));
    if (kept && until && now() < *until) {
      media_ids_ = kept->media_ids;
      media_until_ = *until;
      pending_id_ = handle_of(what(), pending_handle);
    }
    if (const auto known = limits_->find(place_.instance, now())) return check(*known);
    ask_limits("/api/v2/instance");
  }

 private:
  egress_request request(std::string method, const std::string& path) const {
    return request_to(options_.reached, place_.instance, std::move(method), path, what().account.access_token.reveal());
  }

  // --- what the instance takes

  void ask_limits(const std::string& path) {
    auto asked = request_to(options_.reached, place_.instance, "GET", path, "");
    ask(
        std::move(asked),
        [this, path](const egress_reply& reply) {
          const bool is_whole = reply.how_far == progress::complete;
          if (is_whole && reply.status == 404 && path == "/api/v2/instance") return ask_limits("/api/v1/instance");
          auto told = is_whole && reply.status == 200 ? read_limits(reply.body) : std::nullopt;
          // Some instances hide their limits: then the usual ones apply, and the instance refuses what it does not
          // take.
          if (!told && is_whole && reply.status >= 400 && reply.status < 500 && reply.status != 429)
            told = instance_limits{};
          if (!told) return end(reply, problem_of(reply, now()));
          limits_->store(place_.instance, *told, now());
          check(*told);
        },
        options_.lookup_timeout);
  }

  void check(const instance_limits& there) {
    const int length = length_at(there, what().text) + length_at(there, what().option("content_warning"));
    if (length > there.max_characters)
      return end(
          invalid(fmt::format("The account's server takes {} characters, this has {}.", there.max_characters, length)));
    if (std::cmp_greater(what().media.size(), there.max_media))
      return end(invalid(fmt::format("The account's server takes {} media in a post, this has {}.", there.max_media,
                                     what().media.size())));
    for (const auto& each : what().media) {
      if (std::cmp_greater(base::count_code_points(each.alt_text), there.max_description))
        return end(invalid(fmt::format(
            "The account's server takes descriptions of {} characters, one of this post's media has a longer one.",
            there.max_description)));
    }
    there_ = there;
    if (!newest_id_.empty()) return upload_next();
    look_at_newest();
  }

  // --- what makes it possible to find the post again

  void look_at_newest() {
    ask(
        request("GET", statuses_path(place_.id, {{"limit", "1"}})),
        [this](const egress_reply& reply) {
          const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
          const auto page = is_whole ? read_statuses(reply.body) : std::nullopt;
          if (!page) return end(reply, problem_of(reply, now()));
          newest_id_ = page->empty() ? no_posts : page->front().id;
          keep([this] { upload_next(); });
        },
        options_.lookup_timeout);
  }

  void keep(std::function<void()> then) {
    if (!what().keep) return then();
    publication::kept_handles handles{{content_handle, mark_of(what())},
                                      {newest_handle, newest_id_},
                                      {media_handle, joined(media_ids_)},
                                      {until_handle, base::to_string(media_until_)},
                                      {pending_handle, pending_id_}};
    what().keep(std::move(handles), [self = shared_from_this(), this, then = std::move(then)](bool kept) {
      if (kept) return then();
      end({.kind = outcome_kind::transient,
           .reason = "What is needed to find the post again could not be recorded, so it was not sent."});
    });
  }

  // --- the pictures, or the film

  void upload_next() {
    const auto index = media_ids_.size();
    if (index >= what().media.size()) return wait({}, options_.publish_needs, [this] { post(); });
    if (what().media[index].kind == domain::media_kind::video) return upload_film();
    fetch(what().media[index].url, domain::channel_type::mastodon,
          [this, index](fetched_image image) { upload(std::move(image), what().media[index].alt_text); });
  }

  void upload_film() {
    if (!pending_id_.empty()) return look(pending_id_);
    bring_film(key_of(what()), request("POST", "/api/v2/media"), there_, [this](const egress_reply& reply) {
      const auto media = read_media(reply);
      if (!media) return end(reply, failed_upload(reply));
      if (media->is_ready) return keep_upload(media->id);
      pending_id_ = media->id;
      media_until_ = now() + options_.media_life;
      keep([this] { look(pending_id_); });
    });
  }

  /// The film is not looked for again: the next attempt uploads it anew.
  void forget_film(outcome why) {
    pending_id_.clear();
    keep([this, why = std::move(why)] { end(why); });
  }

  void upload(fetched_image image, const std::string& alt_text) {
    const auto& types = there_.media_types;
    if (!types.empty() && std::find(types.begin(), types.end(), image.media_type) == types.end())
      return end(invalid(fmt::format("The account's server does not take pictures of the type {}.", image.media_type)));
    if (std::cmp_greater(image.bytes.size(), there_.max_image_bytes))
      return end(invalid(fmt::format("The account's server takes pictures of at most {}, one is larger.",
                                     in_megabytes(there_.max_image_bytes))));
    fields form;
    if (!alt_text.empty()) form.emplace_back("description", alt_text);
    auto made = multipart_of(form, {"file", "picture", image.media_type, image.bytes});
    auto sent = request("POST", "/api/v2/media");
    sent.headers.push_back({"content-type", std::move(made.content_type)});
    sent.body = std::move(made.body);
    ask(std::move(sent), [this](const egress_reply& reply) {
      const auto media = read_media(reply);
      if (!media) return end(reply, failed_upload(reply));
      if (media->is_ready) return keep_upload(media->id);
      look(media->id);
    });
  }

  /// A picture that the server cannot process now may be taken later; nothing is live.
  outcome failed_upload(const egress_reply& reply) const {
    auto made = problem_of(reply, now());
    if (made.kind == outcome_kind::rate_limited || made.kind == outcome_kind::transient)
      made.reason =
          (what().film() == nullptr ? "The picture could not be uploaded. " : "The film could not be uploaded. ") +
          made.reason;
    return made;
  }

  void look(const std::string& id) {
    const auto pause = std::exchange(pause_, std::min(pause_ * 2, options_.longest_pause));
    if (left() < pause + options_.publish_needs) {
      if (!pending_id_.empty()) return go_on_later("The account's server is processing the film.", pause);
      return end({.kind = outcome_kind::transient,
                  .retry_at = now() + options_.retry_unfinished_after,
                  .reason = "The account's server is still processing the picture; it is uploaded again."});
    }
    wait(pause, milliseconds{0}, [this, id] {
      ask(request("GET", "/api/v1/media/" + percent_encoded(id)), [this, id](const egress_reply& reply) {
        const auto media = read_media(reply);
        const bool is_refused = !media && reply.how_far == progress::complete;
        if (is_refused && reply.status == 422 && !pending_id_.empty())
          return forget_film(
              invalid("The account's server could not process the film. Try another file, such as MP4 with H.264."));
        if (is_refused && reply.status == 422)
          return end(invalid("The account's server could not process the picture."));
        if (is_refused && reply.status == 404 && !pending_id_.empty())
          return forget_film(
              {.kind = outcome_kind::transient, .reason = "The account's server has forgotten the film."});
        if (!media) return end(reply, problem_of(reply, now()));
        if (media->is_ready) return keep_upload(id);
        look(id);
      });
    });
  }

  void keep_upload(const std::string& id) {
    if (media_ids_.empty()) media_until_ = now() + options_.media_life;
    media_ids_.push_back(id);
    pending_id_.clear();
    keep([this] { upload_next(); });
  }

  // --- the post

  void post() {
    // What is left out would be as the account's owner has set it for their own posts.
    const auto visibility = what().option("visibility");
    boost::json::object body{{"status", what().text},
                             {"visibility", visibility.empty() ? "public" : visibility},
                             {"sensitive", what().option("sensitive") == "yes"}};
    if (const auto warning = what().option("content_warning"); !warning.empty()) body["spoiler_text"] = warning;
    if (const auto language = what().option("language"); !language.empty()) body["language"] = language;
    if (const auto parent = place_in_thread(what()).parent; !parent.empty()) body["in_reply_to_id"] = parent;
    if (!media_ids_.empty()) {
      boost::json::array ids;
      for (const auto& each : media_ids_) ids.emplace_back(each);
      body["media_ids"] = std::move(ids);
    }
    auto sent = request("POST", "/api/v1/statuses");
    sent.headers.push_back({"content-type", "application/json"});
    sent.headers.push_back({"idempotency-key", key_of(what())});
    sent.body = boost::json::serialize(body);
    send_last(std::move(sent), [this](const egress_reply& reply) { read(reply); });
  }

  void read(const egress_reply& reply) {
    auto result = classify_publish(reply, now());
    const bool is_whole = reply.how_far == progress::complete;
    const auto visibility = what().option("visibility");
    const bool is_public = visibility.empty() || visibility == "public";
    if (result.kind == outcome_kind::published && is_public && visibility_in(reply) == "unlisted")
      result.reason += " The server shows it unlisted: its moderators have limited the account.";
    if (is_whole && reply.status == 422) limits_->forget(place_.instance);
    // An earlier attempt may have come through: then its media are attached already, and its post may be deleted by
    // now.
    if (is_whole && is_repeated_ && (reply.status == 404 || (reply.status == 422 && !media_ids_.empty()))) {
      result.kind = outcome_kind::unknown;
      result.reason += " An earlier attempt may have published it, which must be looked up.";
    }
    end(reply, std::move(result), is_whole ? read_budgets(reply, now()) : std::vector<budget_report>{});
  }

  using fields = std::vector<std::pair<std::string, std::string>>;

  const mastodon_options options_;
  const std::shared_ptr<known_limits> limits_;
  const account_place place_;
  instance_limits there_;
  std::string newest_id_;
  std::vector<std::string> media_ids_;
  base::timestamp media_until_{};
  std::string pending_id_;  // of the film, while the server processes it
  bool is_repeated_ = false;
  milliseconds pause_;
};

}  // namespace

std::optional<kept_steps> kept_of(const publication& what) {
  auto newest = handle_of(what, newest_handle);
  if (newest.empty()) return std::nullopt;
  return kept_steps{std::move(newest), split(handle_of(what, media_handle))};
}

std::string key_of(const publication& what) {
  constexpr std::size_t digits = 32;
  return base::to_hex(base::sha256(fmt::format("mastodon\n{}\n{}", base::to_string(what.delivery_id), mark_of(what))))
      .substr(0, digits);
}

std::string statuses_path(const std::string& account_id,
                          const std::vector<std::pair<std::string, std::string>>& query) {
  auto all = query;
  all.emplace_back("exclude_reblogs", "true");
  return fmt::format("/api/v1/accounts/{}/statuses?{}", percent_encoded(account_id), form_encoded(all));
}

std::shared_ptr<publish_steps> publishing(const mastodon_options& options, std::shared_ptr<known_limits> limits,
                                          std::shared_ptr<film_uploads> uploads, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(options, std::move(limits), std::move(uploads), client, clock, std::move(what),
                                 std::move(done));
}

}  // namespace pulse::connectors::mastodon
