#include "connectors/tiktok/film.hpp"

#include <utility>

#include <fmt/core.h>

namespace pulse::connectors::tiktok {

namespace {

using domain::outcome_kind;
using std::chrono::milliseconds;

/// How long TikTok takes pieces at the address that it gave, less what an attempt may need.
constexpr std::chrono::minutes url_lives{55};
/// What a step needs of the attempt's time; with less it is left to the next attempt.
constexpr milliseconds piece_needs{3'000};

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

class film_steps final : public post_steps {
 public:
  using post_steps::post_steps;

 private:
  void begin() override {
    options().films->find(what().film()->url, [this,
                                               self = shared_from_this()](std::optional<media_files::facts> found) {
      if (!found || found->bytes < 1)
        return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
      facts_ = std::move(*found);
      begin_upload();
    });
  }

  void resume(const post_status& status) override {
    if (status.state == post_state::failed) return ask_creator();
    if (status.state == post_state::downloading) return wait_for_post();
    const auto& before = earlier();
    const bool is_whole = status.uploaded_bytes && *status.uploaded_bytes >= before.film_bytes;
    if (!before.is_upload() || is_whole) return wait_for_post();
    const bool is_usable = before.url_until && now() < *before.url_until && !before.upload_url.empty();
    // Without a word of how much it has, what was kept holds; with the last piece begun it may be whole.
    if (!status.uploaded_bytes && before.has_begun_last) return wait_for_post();
    if (!is_usable || status.uploaded_bytes.value_or(0) % film_piece_bytes != 0) return ask_creator();
    upload_url_ = before.upload_url;
    pieces_ = status.uploaded_bytes ? *status.uploaded_bytes / film_piece_bytes : before.pieces;
    is_behind_earlier_ = true;
    set_post(before.publish_id, {});
    options().films->find(what().film()->url,
                          [this, self = shared_from_this()](std::optional<media_files::facts> found) {
                            if (!found || found->bytes != earlier().film_bytes) return ask_creator();
                            facts_ = std::move(*found);
                            next_piece();
                          });
  }

  void begin_upload() {
    is_behind_earlier_ = false;
    pieces_ = 0;
    ask(post_request(options(), what().account, "/v2/post/publish/video/init/",
                     uploaded_film_body(what(), creator(), facts_.bytes)),
        [this](const egress_reply& reply) {
          const auto begun = begun_in(reply);
          if (!begun) return end(reply, problem_of(reply, step::harmless, now()));
          if (!is_upload_url(begun->upload_url, options().base_url))
            return end({.kind = outcome_kind::transient,
                        .reason = "TikTok named an address for the film that is not its own."});
          upload_url_ = begun->upload_url;
          set_post(begun->publish_id, reply);
          keep({{handles::begun_by, ""},
                {handles::publish_id, begun->publish_id},
                {handles::creator, creator().username},
                {handles::upload_url, upload_url_},
                {handles::url_until, base::to_string(now() + url_lives)},
                {handles::film_bytes, std::to_string(facts_.bytes)},
                {handles::pieces, "0"},
                {handles::last_begun, ""}},
               [this] { next_piece(); });
        });
  }

  std::int64_t at() const { return pieces_ * film_piece_bytes; }
  bool is_last() const { return pieces_ + 1 == pieces_of(facts_.bytes); }

  void next_piece() {
    if (left() < piece_needs) {
      auto told = fmt::format("TikTok has {} of the film's {}; the rest follows.", in_megabytes(at()),
                              in_megabytes(facts_.bytes));
      if (has_advanced_) return go_on_later(std::move(told));
      return end({.kind = outcome_kind::transient, .reason = std::move(told)});
    }
    const auto size = piece_size(facts_.bytes, pieces_);
    options().films->read(
        what().film()->url, at(), static_cast<std::size_t>(size),
        [this, self = shared_from_this(), size](std::optional<std::string> piece) {
          if (!piece || static_cast<std::int64_t>(piece->size()) != size)
            return end({.kind = outcome_kind::transient, .reason = "The film could not be read."});
          if (!is_last()) return send_piece(std::move(*piece));
          keep({{handles::last_begun, "yes"}}, [this, last = std::move(*piece)] { send_last_piece(last); });
        });
  }

  egress_request piece_request(std::string piece) const {
    const auto last = at() + static_cast<std::int64_t>(piece.size()) - 1;
    egress_request request;
    request.method = "PUT";
    request.url = upload_url_;
    request.headers = {{"content-type", facts_.type},
                       {"content-range", fmt::format("bytes {}-{}/{}", at(), last, facts_.bytes)}};
    request.body = std::move(piece);
    request.address = trust::platform;
    return request;
  }

  void send_piece(std::string piece) {
    ask(piece_request(std::move(piece)), [this](const egress_reply& reply) {
      const bool is_taken = reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300;
      if (is_taken) {
        ++pieces_;
        is_behind_earlier_ = false;
        has_advanced_ = true;
        return keep({{handles::pieces, std::to_string(pieces_)}}, [this] { next_piece(); });
      }
      if (is_refused(reply) && is_behind_earlier_) return ask_creator();
      refuse_piece(reply);
    });
  }

  void send_last_piece(const std::string& piece) {
    send_last(piece_request(piece), [this](const egress_reply& reply) {
      const bool is_taken = reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300;
      if (is_taken) {
        set_post(id(), reply);
        return look();
      }
      const bool is_certain = reply.how_far == progress::no_byte_sent || is_refused(reply);
      // What an earlier attempt sent may have arrived in between: then there is nothing left to take.
      if (is_refused(reply) && earlier().has_begun_last) return look();
      if (is_certain) return keep({{handles::last_begun, ""}}, [this, reply] { refuse_piece(reply); });
      end(reply, {.kind = outcome_kind::unknown,
                  .reason = "TikTok may have the whole film, but its reply did not arrive. " + reply.error});
    });
  }

  static bool is_refused(const egress_reply& reply) {
    return reply.how_far == progress::complete && reply.status >= 400 && reply.status < 500 && reply.status != 408;
  }

  /// The film is not whole at TikTok, and nothing is published.
  void refuse_piece(const egress_reply& reply) {
    auto why = reply.how_far == progress::complete
                   ? fmt::format("TikTok did not take a piece of the film: it answered {}.", reply.status)
                   : "A piece of the film did not reach TikTok. " + reply.error;
    end(reply, {.kind = outcome_kind::transient, .reason = std::move(why), .http_status = reply.status});
  }

  media_files::facts facts_;
  std::string upload_url_;
  std::int64_t pieces_ = 0;         // that TikTok has taken
  bool has_advanced_ = false;       // in this attempt
  bool is_behind_earlier_ = false;  // and TikTok has not answered for the upload since
};

}  // namespace

std::shared_ptr<publish_steps> publishing_film(const tiktok_options& options, egress& client, const base::clock& clock,
                                               publication what, std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(options, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::tiktok
