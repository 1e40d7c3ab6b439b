#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/linkedin/publishing.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* film_handle = "film";
constexpr const char* urls_handle = "film_urls";
constexpr const char* parts_handle = "film_parts";
constexpr const char* token_handle = "film_token";
constexpr const char* ready_handle = "film_ready";

/// LinkedIn's pieces have this size; the last one is shorter.
constexpr std::int64_t piece_bytes = 4'194'304;
constexpr std::size_t most_pieces = 256;
/// The time that a step needs. With less time left in the attempt, the next attempt continues.
constexpr milliseconds piece_needs{2'500};
constexpr milliseconds post_needs{1'500};
constexpr milliseconds look_pause{2'000};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& each : lines) all += (all.empty() ? "" : "\n") + each;
  return all;
}

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

class film_steps final : public post_steps {
 public:
  film_steps(const linkedin_options& options, media_files* films, egress& client, const base::clock& clock,
             publication what, std::function<void(publish_reply)> done)
      : post_steps(options, client, clock, std::move(what), std::move(done)), films_(films) {}

 private:
  const domain::media& film() const { return *what().film(); }
  std::int64_t sent_bytes() const {
    return std::min<std::int64_t>(bytes_, static_cast<std::int64_t>(parts_.size()) * piece_bytes);
  }

  void begin() override {
    if (const auto ready = kept_for_image(ready_handle); ready && !ready->empty()) return post({*ready});
    if (films_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
    films_->find(film().url, [this, self = shared_from_this()](std::optional<media_files::facts> found) {
      if (!found)
        return end({.kind = outcome_kind::invalid, .reason = "The film is no longer in the library. Add it again."});
      bytes_ = found->bytes;
      resume();
    });
  }

  void resume() {
    urn_ = kept_for_image(film_handle).value_or("");
    urls_ = lines_of(kept_for_image(urls_handle).value_or(""));
    parts_ = lines_of(kept_for_image(parts_handle).value_or(""));
    token_ = kept_for_image(token_handle).value_or("");
    if (urn_.empty() || urls_.empty() || parts_.size() > urls_.size()) return initialize();
    is_resumed_ = true;
    next_piece();
  }

  void initialize() {
    is_resumed_ = false;
    parts_.clear();
    const boost::json::object body{
        {"initializeUploadRequest",
         {{"owner", author()}, {"fileSizeBytes", bytes_}, {"uploadCaptions", false}, {"uploadThumbnail", false}}}};
    ask(rest_request("/rest/videos?action=initializeUpload", boost::json::serialize(body)),
        [this](const egress_reply& reply) {
          if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
          if (!read_instructions(reply.body))
            return end({.kind = outcome_kind::transient,
                        .reason = "LinkedIn named no addresses of its own to upload the film to."});
          keep_for_image(
              {{film_handle, urn_}, {urls_handle, joined(urls_)}, {parts_handle, ""}, {token_handle, token_}},
              [this] { next_piece(); });
        });
  }

  /// Reads the pieces, which must be in order, without gaps, and each at an address of LinkedIn's own.
  bool read_instructions(const std::string& body) {
    const auto object = object_of(body);
    const auto* value = object ? object->if_contains("value") : nullptr;
    if (value == nullptr || !value->is_object()) return false;
    urn_ = text_at(value->get_object(), "video");
    token_ = text_at(value->get_object(), "uploadToken");
    const auto* list = value->get_object().if_contains("uploadInstructions");
    if (!urn_.starts_with("urn:li:video:") || list == nullptr || !list->is_array()) return false;
    urls_.clear();
    std::int64_t next = 0;
    for (const auto& each : list->get_array()) {
      const auto* one = each.if_object();
      const auto* first = one != nullptr ? one->if_contains("firstByte") : nullptr;
      const auto* last = one != nullptr ? one->if_contains("lastByte") : nullptr;
      if (first == nullptr || last == nullptr || !first->is_int64() || !last->is_int64()) return false;
      const auto end = std::min(bytes_, next + piece_bytes);
      auto url = text_at(*one, "uploadUrl");
      if (first->get_int64() != next || last->get_int64() != end - 1 || !is_upload_url(url, options().base_url))
        return false;
      urls_.push_back(std::move(url));
      next = end;
    }
    return next == bytes_ && urls_.size() <= most_pieces;
  }

  void next_piece() {
    if (left() < piece_needs) {
      auto told = fmt::format("LinkedIn has {} of the film's {}; the rest follows.", in_megabytes(sent_bytes()),
                              in_megabytes(bytes_));
      if (has_advanced_) return go_on_later(std::move(told));
      return end({.kind = outcome_kind::transient, .reason = std::move(told)});
    }
    if (parts_.size() == urls_.size()) return finalize();
    const auto wanted = std::min(piece_bytes, bytes_ - sent_bytes());
    films_->read(film().url, sent_bytes(), static_cast<std::size_t>(wanted),
                 [this, wanted, self = shared_from_this()](std::optional<std::string> piece) {
                   if (!piece || static_cast<std::int64_t>(piece->size()) != wanted)
                     return end({.kind = outcome_kind::transient, .reason = "The film could not be read."});
                   put(std::move(*piece));
                 });
  }

  /// Sends a piece without the token: its address is the permission. Repeating a piece does no harm.
  void put(std::string piece) {
    egress_request part;
    part.method = "PUT";
    part.url = urls_[parts_.size()];
    part.headers = {{"content-type", "application/octet-stream"}};
    part.body = std::move(piece);
    part.address = trust::platform;
    ask(std::move(part), [this](const egress_reply& reply) {
      if (is_forgotten(reply)) return initialize();
      if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
      const auto etag = reply.find("etag");
      if (!etag || etag->empty())
        return end({.kind = outcome_kind::transient, .reason = "LinkedIn's reply to the film could not be read."});
      is_resumed_ = false;
      has_advanced_ = true;
      parts_.emplace_back(*etag);
      keep_for_image({{parts_handle, joined(parts_)}}, [this] { next_piece(); });
    });
  }

  /// An expired address, or an upload that LinkedIn no longer knows: the upload begins again.
  bool is_forgotten(const egress_reply& reply) const {
    const bool is_refusal = reply.status == 400 || reply.status == 403 || reply.status == 404 || reply.status == 410;
    return is_resumed_ && reply.how_far == progress::complete && is_refusal;
  }

  void finalize() {
    boost::json::array ids;
    for (const auto& each : parts_) ids.emplace_back(each);
    const boost::json::object body{
        {"finalizeUploadRequest", {{"video", urn_}, {"uploadToken", token_}, {"uploadedPartIds", std::move(ids)}}}};
    ask(rest_request("/rest/videos?action=finalizeUpload", boost::json::serialize(body)),
        [this](const egress_reply& reply) {
          // An earlier attempt may have finalized it and lost the answer; its state tells.
          if (is_forgotten(reply)) return look();
          if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
          look();
        });
  }

  void look() {
    ask(rest_request("/rest/videos/" + percent_encoded(urn_)), [this](const egress_reply& reply) {
      // A member's token may not be allowed to ask for the state, so the attempt waits a moment instead.
      if (reply.how_far == progress::complete && reply.status == 403)
        return wait(look_pause, post_needs, [this] { keep_ready(); });
      if (reply.how_far == progress::complete && reply.status == 404 && is_resumed_) return initialize();
      if (auto wrong = classify_step(reply, now())) return end(std::move(*wrong));
      const auto object = object_of(reply.body);
      const auto state = object ? text_at(*object, "status") : std::string{};
      if (state == "AVAILABLE") return keep_ready();
      if (state == "PROCESSING_FAILED") return refuse(text_at(*object, "processingFailureReason"));
      if (state == "WAITING_UPLOAD" && is_resumed_) return initialize();
      if (left() < look_pause + post_needs) return go_on_later("LinkedIn is processing the film.", look_pause);
      wait(look_pause, post_needs, [this] { look(); });
    });
  }

  /// Ends an upload that LinkedIn could not process; a later attempt begins again.
  void refuse(const std::string& why) {
    keep_for_image({{film_handle, ""}, {urls_handle, ""}, {parts_handle, ""}}, [this, why] {
      end({.kind = outcome_kind::invalid, .reason = "LinkedIn could not process the film. " + why});
    });
  }

  void keep_ready() {
    keep_for_image({{ready_handle, urn_}, {urls_handle, ""}, {parts_handle, ""}}, [this] {
      if (left() < post_needs) return go_on_later("LinkedIn has the film; the post follows.");
      post({urn_});
    });
  }

  media_files* const films_;
  std::int64_t bytes_ = 0;
  std::string urn_;
  std::string token_;
  std::vector<std::string> urls_;   // one for each piece
  std::vector<std::string> parts_;  // LinkedIn's ids of the uploaded pieces
  bool has_advanced_ = false;       // in this attempt
  bool is_resumed_ = false;         // and LinkedIn has not answered about the upload since
};

}  // namespace

std::shared_ptr<publish_steps> publishing_film(const linkedin_options& options, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(options, films, client, clock, std::move(what), std::move(done));
}

}  // namespace pulse::connectors::linkedin
