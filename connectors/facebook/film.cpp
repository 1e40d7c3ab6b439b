#include "connectors/facebook/film.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/facebook/classify.hpp"
#include "connectors/facebook/publish.hpp"
#include "connectors/meta/usage.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::facebook {

namespace {

using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;
using form = std::vector<std::pair<std::string, std::string>>;

constexpr const char* session_handle = "film_session";
constexpr const char* film_handle = "film_id";
constexpr const char* start_handle = "film_start";
constexpr const char* end_handle = "film_end";

/// The most of a piece that is sent at once, however much Facebook asks for.
constexpr std::int64_t most_piece_bytes = 4 * 1024 * 1024;
/// The least time that a step needs; with less it is left to the next attempt.
constexpr std::chrono::milliseconds piece_needs{2'500};

std::int64_t number_in(const boost::json::object& reply, std::string_view name) {
  const auto text = text_at(reply, name);
  std::int64_t number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

/// A form of fields and one piece of a file. The boundary is made of the piece's hash, so it is not in it.
std::pair<std::string, std::string> multipart_of(const form& fields, const std::string& piece) {
  const auto boundary = "pulse-" + base::to_hex(base::sha256(piece));
  std::string body;
  for (const auto& [name, value] : fields)
    body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary, name, value);
  body +=
      fmt::format("--{}\r\nContent-Disposition: form-data; name=\"video_file_chunk\"; filename=\"film\"\r\n", boundary);
  body += fmt::format("Content-Type: application/octet-stream\r\n\r\n{}\r\n--{}--\r\n", piece, boundary);
  return {"multipart/form-data; boundary=" + boundary, std::move(body)};
}

/// Whether Facebook works on the film or shows it: it does neither before the upload was finished.
bool is_finished(const boost::json::object& film) {
  const auto* status = film.if_contains("status");
  if (status == nullptr || !status->is_object()) return false;
  const auto state = text_at(status->get_object(), "video_status");
  return state == "ready" || state == "processing";
}

class film_steps final : public publish_steps {
 public:
  film_steps(facebook_options options, media_files* films, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)), options_(std::move(options)), films_(films) {}

  void start() override {
    if (what().account.external_user_id.empty())
      return end({.kind = outcome_kind::permission, .reason = "The channel has no page. Connect the account again."});
    if (films_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
    films_->find(film().url, [this, self = shared_from_this()](std::optional<media_files::facts> found) {
      if (!found)
        return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
      bytes_ = found->bytes;
      resume();
    });
  }

 private:
  const domain::media& film() const { return *what().film(); }

  std::int64_t kept_number(const char* name) const {
    const auto text = kept_for_image(name).value_or("");
    std::int64_t number = -1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }

  void resume() {
    session_ = kept_for_image(session_handle).value_or("");
    film_id_ = kept_for_image(film_handle).value_or("");
    start_ = kept_number(start_handle);
    end_ = kept_number(end_handle);
    if (session_.empty() || film_id_.empty() || start_ < 0 || end_ < start_ || end_ > bytes_) return begin();
    is_resumed_ = true;
    next_piece();
  }

  egress_request videos_request(std::string type, std::string body) const {
    auto request = request_to(options_, "POST", what().account.external_user_id + "/videos", what().account);
    request.headers.push_back({"content-type", std::move(type)});
    request.body = std::move(body);
    return request;
  }
  egress_request form_request(const form& fields) const {
    return videos_request("application/x-www-form-urlencoded", form_encoded(fields));
  }

  void refuse(const egress_reply& reply) {
    end(reply, problem_of(reply, meta::step::harmless, now()), budgets_of(reply));
  }

  static std::optional<boost::json::object> success_of(const egress_reply& reply) {
    if (reply.how_far != progress::complete || reply.status != 200) return std::nullopt;
    return object_of(reply.body);
  }

  void begin() {
    is_resumed_ = false;
    ask(form_request({{"upload_phase", "start"}, {"file_size", std::to_string(bytes_)}}),
        [this](const egress_reply& reply) {
          const auto begun = success_of(reply);
          if (!begun) return refuse(reply);
          session_ = text_at(*begun, "upload_session_id");
          film_id_ = text_at(*begun, "video_id");
          if (session_.empty() || film_id_.empty() || !read_place(*begun)) return end(unreadable());
          keep_place();
        });
  }

  static outcome unreadable() {
    return {.kind = outcome_kind::transient, .reason = "Facebook's reply to the film could not be read."};
  }

  /// Which piece Facebook wants next; both are the same when it has all.
  bool read_place(const boost::json::object& reply) {
    start_ = number_in(reply, "start_offset");
    end_ = number_in(reply, "end_offset");
    return start_ >= 0 && start_ <= end_ && end_ <= bytes_;
  }

  void keep_place() {
    keep_for_image({{session_handle, session_},
                    {film_handle, film_id_},
                    {start_handle, std::to_string(start_)},
                    {end_handle, std::to_string(end_)}},
                   [this] { next_piece(); });
  }

  void next_piece() {
    if (left() < piece_needs) {
      auto told = fmt::format("Facebook has {} of the film's {}; the rest follows.", in_megabytes(start_),
                              in_megabytes(bytes_));
      if (has_advanced_) return go_on_later(std::move(told));
      return end({.kind = outcome_kind::transient, .reason = std::move(told)});
    }
    if (start_ == end_) return finish();
    const auto wanted = std::min(end_ - start_, most_piece_bytes);
    films_->read(film().url, start_, static_cast<std::size_t>(wanted),
                 [this, wanted, self = shared_from_this()](std::optional<std::string> piece) {
                   if (!piece || static_cast<std::int64_t>(piece->size()) != wanted)
                     return end({.kind = outcome_kind::transient, .reason = "The film could not be read."});
                   transfer(*piece);
                 });
  }

  void transfer(const std::string& piece) {
    auto [type, body] = multipart_of(
        {{"upload_phase", "transfer"}, {"upload_session_id", session_}, {"start_offset", std::to_string(start_)}},
        piece);
    ask(videos_request(std::move(type), std::move(body)), [this](const egress_reply& reply) {
      if (is_resumed_ && reply.how_far == progress::complete && reply.status == 400) return begin();
      const auto taken = success_of(reply);
      if (!taken) return refuse(reply);
      const auto before = start_;
      if (!read_place(*taken)) return end(unreadable());
      is_resumed_ = false;
      has_advanced_ = has_advanced_ || start_ > before;
      keep_place();
    });
  }

  /// Publishes. Finishing an upload once more makes no second film, so what a lost reply leaves is looked up by the
  /// film's id.
  void finish() {
    form fields{{"upload_phase", "finish"}, {"upload_session_id", session_}, {"description", what().text}};
    if (!what().title.empty()) fields.emplace_back("title", what().title);
    send_last(form_request(fields), [this](const egress_reply& reply) {
      const auto told = success_of(reply);
      const auto* success = told ? told->if_contains("success") : nullptr;
      if (success != nullptr && success->is_bool() && success->get_bool()) {
        outcome live{.kind = outcome_kind::published, .external_id = film_id_, .external_url = post_url(film_id_)};
        live.http_status = reply.status;
        return end(reply, std::move(live), budgets_of(reply));
      }
      auto refused = problem_of(reply, meta::step::publishing, now());
      const bool is_about_upload = refused.kind == outcome_kind::invalid || refused.kind == outcome_kind::permission;
      if (is_resumed_ && is_about_upload && reply.how_far == progress::complete) return ask_what_became();
      end(reply, std::move(refused), budgets_of(reply));
    });
  }

  /// An earlier attempt may have finished it, and Facebook wants nothing more of it; or Facebook has forgotten the
  /// upload.
  void ask_what_became() {
    ask(request_to(options_, "GET", percent_encoded(film_id_) + "?fields=status", what().account),
        [this](const egress_reply& reply) {
          const auto film = success_of(reply);
          const auto error = film ? std::nullopt : meta::read_error(reply.body);
          if (film && is_finished(*film))
            return end({.kind = outcome_kind::published, .external_id = film_id_, .external_url = post_url(film_id_)});
          if (film || (error && meta::says_missing(*error))) return begin();
          refuse(reply);
        });
  }

  std::vector<budget_report> budgets_of(const egress_reply& reply) const {
    if (reply.how_far != progress::complete) return {};
    return meta::read_usage(reply, "pages", now());
  }

  const facebook_options options_;
  media_files* const films_;
  std::int64_t bytes_ = 0;
  std::string session_;
  std::string film_id_;
  std::int64_t start_ = 0;  // of the piece that Facebook wants next
  std::int64_t end_ = 0;
  bool has_advanced_ = false;  // in this attempt
  bool is_resumed_ = false;    // and Facebook has not answered for the upload since
};

}  // namespace

std::shared_ptr<publish_steps> publishing_film(const facebook_options& options, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(options, films, client, clock, std::move(what), std::move(done));
}

void find_film(const facebook_options& options, egress& client, const base::clock& clock, publication what,
               std::function<void(reconciliation)> done) {
  const auto kept = what.handles.find(film_handle);
  if (kept == what.handles.end() || kept->second.empty()) {
    return client.after({}, [done = std::move(done)] {
      done({.kind = reconciliation_kind::absent, .reason = "The film's upload had not been finished."});
    });
  }
  auto request =
      request_to(options, "GET", percent_encoded(kept->second) + "?fields=status,permalink_url", what.account);
  request.timeout = options.lookup_timeout;
  const auto absent_from = what.started_at + options.absent_after;
  client.send(std::move(request), [id = kept->second, absent_from, &clock, done = std::move(done)](egress_reply reply) {
    reconciliation told;
    const auto film = reply.how_far == progress::complete && reply.status == 200 ? object_of(reply.body) : std::nullopt;
    if (film && is_finished(*film)) {
      told.kind = reconciliation_kind::live;
      told.external_id = id;
      told.external_url = post_url(id);
      told.reason = "Facebook has the finished film.";
      return done(std::move(told));
    }
    const auto error = film ? std::nullopt : meta::read_error(reply.body);
    const bool is_missing = reply.how_far == progress::complete && error && meta::says_missing(*error);
    if (film || is_missing) {
      // Whoever sends again finishes the same upload, which becomes the same film.
      told.kind = clock.now() < absent_from ? reconciliation_kind::try_again : reconciliation_kind::absent;
      told.reason = "Facebook has no finished film of this upload.";
      return done(std::move(told));
    }
    const auto problem = problem_of(reply, meta::step::harmless, clock.now());
    told.kind = reconciliation_kind::try_again;
    told.is_unauthorized = problem.kind == outcome_kind::auth_expired;
    if (problem.kind == outcome_kind::rate_limited) told.retry_at = problem.retry_at;
    told.reason = problem.reason;
    done(std::move(told));
  });
}

}  // namespace pulse::connectors::facebook
