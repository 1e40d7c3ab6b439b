#include "connectors/x/film.hpp"

#include <charconv>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "connectors/x/classify.hpp"
#include "connectors/x/media.hpp"
#include "connectors/x/publishing.hpp"

namespace pulse::connectors::x {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* media_handle = "media_id";
constexpr const char* until_handle = "media_until";
constexpr const char* film_handle = "film_id";
constexpr const char* film_until_handle = "film_until";
constexpr const char* pieces_handle = "film_pieces";

/// An upload that X keeps no longer than this is begun anew.
constexpr std::chrono::minutes least_life{5};
/// What a step needs of the attempt's time; with less it is left to the next attempt.
constexpr milliseconds piece_needs{2'500};
constexpr milliseconds post_needs{1'500};

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

class film_steps final : public publish_steps {
 public:
  film_steps(std::string base_url, media_files* films, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)), base_url_(std::move(base_url)), films_(films) {}

  void start() override {
    if (const auto ready = kept_until(media_handle, until_handle)) return post(*ready);
    if (films_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
    films_->find(film().url, [this, self = shared_from_this()](std::optional<media_files::facts> found) {
      if (!found)
        return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
      facts_ = std::move(*found);
      resume();
    });
  }

 private:
  const domain::media& film() const { return *what().film(); }
  std::string path_of(const std::string& step) const { return fmt::format("/2/media/upload/{}{}", upload_.id, step); }
  std::int64_t sent_bytes() const {
    return std::min<std::int64_t>(facts_.bytes, pieces_ * static_cast<std::int64_t>(film_piece_bytes));
  }
  bool is_whole() const { return sent_bytes() == facts_.bytes; }

  /// What was kept under `name`, as long as X keeps it.
  std::optional<std::string> kept_until(const char* name, const char* until_name) const {
    const auto until = base::parse_timestamp(kept_for_image(until_name).value_or(""));
    const auto kept = kept_for_image(name);
    if (!until || now() + least_life >= *until || !kept || kept->empty()) return std::nullopt;
    return kept;
  }

  void resume() {
    const auto id = kept_until(film_handle, film_until_handle);
    if (!id) return begin();
    upload_.id = *id;
    until_ = base::parse_timestamp(kept_for_image(film_until_handle).value_or("")).value_or(now());
    const auto pieces = kept_for_image(pieces_handle).value_or("");
    std::from_chars(pieces.data(), pieces.data() + pieces.size(), pieces_);
    is_resumed_ = true;
    next_piece();
  }

  egress_request json_request(const std::string& path, std::string body) const {
    auto request = request_to(base_url_, "POST", path, what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = std::move(body);
    return request;
  }

  std::optional<outcome> problem_of(const egress_reply& reply) const {
    return upload_problem(reply, what().account.handle, now(), "the film");
  }

  static outcome unreadable() {
    return {.kind = outcome_kind::transient, .reason = "X's reply to the film could not be read."};
  }

  void begin() {
    is_resumed_ = false;
    pieces_ = 0;
    ask(json_request("/2/media/upload/initialize", initialize_body(facts_.type, facts_.bytes, "tweet_video")),
        [this](const egress_reply& reply) {
          if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
          auto begun = read_upload(reply.body);
          if (!begun) return end(unreadable());
          upload_ = std::move(*begun);
          until_ = now() + upload_.expires_after;
          keep_pieces();
        });
  }

  void keep_pieces() {
    keep_for_image({{film_handle, upload_.id},
                    {film_until_handle, base::to_string(until_)},
                    {pieces_handle, std::to_string(pieces_)}},
                   [this] { next_piece(); });
  }

  void next_piece() {
    if (left() < piece_needs) {
      auto told = fmt::format("X has {} of the film's {}; the rest follows.", in_megabytes(sent_bytes()),
                              in_megabytes(facts_.bytes));
      if (has_advanced_) return go_on_later(std::move(told));
      return end({.kind = outcome_kind::transient, .reason = std::move(told)});
    }
    if (is_whole()) return finalize();
    films_->read(film().url, sent_bytes(), film_piece_bytes,
                 [this, self = shared_from_this()](std::optional<std::string> piece) {
                   const auto wanted =
                       std::min<std::int64_t>(static_cast<std::int64_t>(film_piece_bytes), facts_.bytes - sent_bytes());
                   if (!piece || static_cast<std::int64_t>(piece->size()) != wanted)
                     return end({.kind = outcome_kind::transient, .reason = "The film could not be read."});
                   append(*piece);
                 });
  }

  void append(const std::string& piece) {
    auto request = request_to(base_url_, "POST", path_of("/append"), what().account);
    auto form = append_body(piece, static_cast<std::size_t>(pieces_));
    request.headers.push_back({"content-type", std::move(form.content_type)});
    request.body = std::move(form.body);
    ask(std::move(request), [this](const egress_reply& reply) {
      if (is_refused_after_resuming(reply)) return begin();
      if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
      is_resumed_ = false;
      ++pieces_;
      has_advanced_ = true;
      keep_pieces();
    });
  }

  /// X has forgotten an upload that an earlier attempt began, or does not know it as we left it: it is begun once more.
  bool is_refused_after_resuming(const egress_reply& reply) const {
    return is_resumed_ && reply.how_far == progress::complete &&
           (reply.status == 400 || reply.status == 404 || reply.status == 410);
  }

  /// An attempt that ended after this may have been heard: then there is nothing to finalize any more, and its state
  /// tells.
  void finalize() {
    ask(request_to(base_url_, "POST", path_of("/finalize"), what().account), [this](const egress_reply& reply) {
      if (is_refused_after_resuming(reply)) return ask_state();
      read_state(reply);
    });
  }

  void ask_state() {
    ask(request_to(base_url_, "GET", "/2/media/upload?command=STATUS&media_id=" + upload_.id, what().account),
        [this](const egress_reply& reply) {
          if (is_refused_after_resuming(reply)) return begin();
          read_state(reply);
        });
  }

  void read_state(const egress_reply& reply) {
    if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
    is_resumed_ = false;
    const auto state = processing_of(reply.body);
    if (!state) return end(unreadable());
    switch (state->how) {
      case processing::kind::done: return describe();
      case processing::kind::failed: return refuse(state->problem);
      case processing::kind::running: break;
    }
    if (left() < state->check_after + post_needs) return go_on_later("X is processing the film.", state->check_after);
    wait(state->check_after, post_needs, [this] { ask_state(); });
  }

  /// What X could not process it is not asked about again: whoever tries again begins anew.
  void refuse(const std::string& why) {
    keep_for_image({{film_handle, ""}}, [this, why] {
      end({.kind = outcome_kind::invalid, .reason = "X could not process the film. " + why});
    });
  }

  /// X knows descriptions of pictures; where it takes none of a film, the film goes out without.
  void describe() {
    if (film().alt_text.empty()) return keep_ready();
    ask(json_request("/2/media/metadata", alt_text_body(upload_.id, film().alt_text)),
        [this](const egress_reply& reply) {
          const bool is_refused = reply.how_far == progress::complete &&
                                  (reply.status == 400 || reply.status == 403 || reply.status == 404);
          if (is_refused) return keep_ready();
          if (auto wrong = problem_of(reply)) return end(std::move(*wrong));
          keep_ready();
        });
  }

  void keep_ready() {
    keep_for_image({{media_handle, upload_.id}, {until_handle, base::to_string(until_)}}, [this] {
      if (left() < post_needs) return go_on_later("X has the film; the post follows.");
      post(upload_.id);
    });
  }

  void post(const std::string& id) {
    send_last(json_request("/2/tweets", post_body(what().text, {id})), [this](const egress_reply& reply) {
      auto budgets = reply.how_far == progress::complete ? read_budgets(reply, now()) : std::vector<budget_report>{};
      end(reply, classify_publish(reply, what().account.handle, now()), std::move(budgets));
    });
  }

  const std::string base_url_;
  media_files* const films_;
  media_files::facts facts_;
  uploaded_media upload_;
  base::timestamp until_{};    // X keeps the upload until then
  std::int64_t pieces_ = 0;    // that X has taken
  bool has_advanced_ = false;  // in this attempt
  bool is_resumed_ = false;    // and X has not answered for the upload since
};

}  // namespace

std::shared_ptr<publish_steps> publishing_film(const std::string& base_url, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(base_url, films, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::x
