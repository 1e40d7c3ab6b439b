#include "connectors/bluesky/publish.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/secure.hpp"
#include "base/text.hpp"
#include "connectors/bluesky/classify.hpp"
#include "connectors/bluesky/film.hpp"
#include "connectors/bluesky/record.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/picture_privacy.hpp"
#include "connectors/shared/picture_size.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr const char* content_handle = "bluesky_content";
constexpr const char* rkey_handle = "bluesky_rkey";
constexpr const char* record_handle = "bluesky_record";
constexpr const char* collection = "app.bsky.feed.post";

/// Stands for everything that a post is made of.
std::string mark_of(const publication& what) {
  constexpr std::size_t digits = 32;
  const auto parent = place_in_thread(what).parent;
  const auto below = parent.empty() ? std::string{} : fmt::format("below {}\n", parent);
  return base::to_hex(base::sha256(fmt::format("{}\n{}\n{}\n{}{}", what.account.external_user_id,
                                               domain::mark_of(what.media), what.option("language"), below, what.text)))
      .substr(0, digits);
}

std::string handle_of(const publication& what, const char* name) {
  const auto content = what.handles.find(content_handle);
  const auto found = what.handles.find(name);
  if (content == what.handles.end() || found == what.handles.end() || content->second != mark_of(what)) return {};
  return found->second;
}

class steps final : public film_steps {
 public:
  steps(bluesky_options options, std::shared_ptr<host_directory> hosts, std::shared_ptr<film_uploads> uploads,
        egress& client, const base::clock& clock, publication given, std::function<void(publish_reply)> done)
      : film_steps(options.video_url, std::move(uploads), options.files, client, clock, std::move(given),
                   std::move(done)),
        options_(std::move(options)),
        hosts_(std::move(hosts)),
        place_(place_in_thread(what())) {}

  void start() override {
    hosts_->find(did(), std::min(left(), options_.lookup_timeout),
                 [self = shared_from_this(), this](host_directory::found got) {
                   if (got.has_error()) {
                     const auto kind = got.error().is_final ? outcome_kind::permission : outcome_kind::transient;
                     return end({.kind = kind, .reason = got.error().reason});
                   }
                   host_ = *got;
                   if (const auto kept = kept_of(what())) {
                     kept_ = *kept;
                     return put();
                   }
                   if (place_.parent.empty()) return make_record();
                   find_parents(0);
                 });
  }

 private:
  const std::string& did() const { return what().account.external_user_id; }
  std::string token() const { return what().account.access_token.reveal(); }

  // --- what it stands below

  /// A reply names the first post and the one above it as they are now: by their addresses and their content's ids.
  void find_parents(std::size_t index) {
    const auto uris = std::array{place_.root, place_.parent};
    if (index == uris.size()) return make_record();
    if (index == 1 && uris[1] == uris[0]) {
      above_[1] = above_[0];
      return make_record();
    }
    const auto rkey = rkey_of(uris[index], did());
    ask(
        xrpc_request(host_, "GET", record_query(did(), rkey), ""),
        [this, index, uri = uris[index]](const egress_reply& reply) {
          const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
          const auto object = is_whole ? object_of(reply.body) : std::nullopt;
          const auto cid = object ? text_at(*object, "cid") : std::string{};
          if (!cid.empty()) {
            above_[index] = {uri, cid};
            return find_parents(index + 1);
          }
          if (reply.how_far == progress::complete && error_of(reply) == "RecordNotFound")
            return end({.kind = outcome_kind::invalid,
                        .reason = "The part of the thread that this one stands below is not there any more."});
          end(reply, problem_of(reply, now()));
        },
        options_.lookup_timeout);
  }

  void make_record() {
    parts_ = {};
    if (!place_.parent.empty()) parts_.reply = {above_[0], above_[1]};
    parts_.text = what().text;
    parts_.language = what().option("language");
    parts_.created_at = now();
    parts_.facets = find_facets(what().text);
    mention_ = 0;
    if (what().film() == nullptr) return upload_next();
    bring_film(host_, [this](picture_blob film) {
      parts_.film = std::move(film);
      resolve_next();
    });
  }

  // --- the pictures

  void upload_next() {
    const auto index = parts_.pictures.size();
    if (index >= what().media.size()) return resolve_next();
    fetch(what().media[index].url, domain::channel_type::bluesky, [this, index](fetched_image image) {
      auto sent = xrpc_request(host_, "POST", "com.atproto.repo.uploadBlob", token());
      sent.headers.push_back({"content-type", image.media_type});
      // Whoever reads the post can have the very bytes: they tell nothing that people do not see.
      sent.body = without_metadata(image.bytes);
      const auto size = size_of(sent.body).value_or(picture_size{});
      ask(std::move(sent), [this, index, size](const egress_reply& reply) {
        auto blob = blob_in(reply);
        if (!blob) return end(reply, problem_of(reply, now()));
        parts_.pictures.push_back({std::move(*blob), what().media[index].alt_text, size.lies ? size.height : size.width,
                                   size.lies ? size.width : size.height});
        upload_next();
      });
    });
  }

  // --- whom it mentions

  void resolve_next() {
    const auto next = std::find_if(
        parts_.facets.begin() + static_cast<std::ptrdiff_t>(mention_), parts_.facets.end(), [this](const facet& each) {
          return each.kind == facet_kind::mention && parts_.dids.find(each.value) == parts_.dids.end();
        });
    if (next == parts_.facets.end() || asked_ >= most_mentions) return read_page();
    mention_ = static_cast<std::size_t>(next - parts_.facets.begin()) + 1;
    ++asked_;
    const repository_host service{hosts_->where().service_url, trust::platform};
    const auto handle = next->value;
    ask(
        xrpc_request(service, "GET", "com.atproto.identity.resolveHandle?handle=" + percent_encoded(handle), ""),
        [this, handle](const egress_reply& reply) {
          const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
          const auto object = is_whole ? object_of(reply.body) : std::nullopt;
          const auto found = object ? text_at(*object, "did") : std::string{};
          if (is_did(found)) parts_.dids[handle] = found;
          resolve_next();
        },
        options_.mention_timeout);
  }

  // --- what it links

  /// The first link gets a card, made here: no server makes one.
  void read_page() {
    const auto link = std::find_if(parts_.facets.begin(), parts_.facets.end(),
                                   [](const facet& each) { return each.kind == facet_kind::link; });
    if (!parts_.pictures.empty() || parts_.film || link == parts_.facets.end()) return keep();
    egress_request asked;
    asked.url = link->value;
    asked.headers = {{"accept", "text/html"}};
    asked.address = trust::user_given;
    constexpr std::size_t most_bytes = 1024 * 1024;
    asked.max_response_bytes = most_bytes;
    ask(
        std::move(asked),
        [this, url = link->value](const egress_reply& reply) {
          const bool is_page = reply.how_far == progress::complete && reply.status == 200 &&
                               reply.find("content-type").value_or("").starts_with("text/html");
          parts_.card = card_of(
              url, is_page && base::is_clean_utf8(reply.body) ? std::string_view{reply.body} : std::string_view{});
          keep();
        },
        options_.card_timeout);
  }

  // --- the record

  void keep() {
    // An earlier attempt's key stays the content's, also when its picture had to be uploaded again.
    if (kept_.rkey.empty()) {
      const auto hash = base::sha256(base::to_string(what().delivery_id) + mark_of(what()));
      const auto clock_id =
          static_cast<std::uint16_t>((static_cast<unsigned char>(hash[0]) << 8) | static_cast<unsigned char>(hash[1]));
      kept_.rkey = make_tid(now(), clock_id);
    }
    kept_.record = record_of(parts_);
    const auto go_on = [self = shared_from_this(), this](bool is_kept) {
      if (!is_kept)
        return end(
            {.kind = outcome_kind::transient, .reason = "The post's key could not be recorded, so it was not sent."});
      wait({}, options_.publish_needs, [this] { put(); });
    };
    if (!what().keep) return go_on(true);
    what().keep({{content_handle, mark_of(what())}, {rkey_handle, kept_.rkey}, {record_handle, kept_.record}}, go_on);
  }

  void put() {
    auto sent = xrpc_request(host_, "POST", "com.atproto.repo.putRecord", token());
    sent.headers.push_back({"content-type", "application/json"});
    sent.body = "{\"repo\":\"" + did() + "\",\"collection\":\"" + collection + "\",\"rkey\":\"" + kept_.rkey +
                "\",\"swapRecord\":null,\"record\":" + kept_.record + "}";
    send_last(std::move(sent), [this](const egress_reply& reply) {
      const bool is_whole = reply.how_far == progress::complete;
      // Servers forget what no record refers to; nothing was published, and the key stays.
      if (is_whole && reply.status == 400 && error_of(reply) == "BlobNotFound" && !has_uploaded_again_) {
        has_uploaded_again_ = true;
        return what().film() == nullptr ? make_record() : forget_blob([this] { make_record(); });
      }
      auto result = classify_put(reply, did(), kept_.rkey, now());
      if (result.kind != outcome_kind::published) hosts_->forget(did());  // it may have moved
      end(reply, std::move(result), is_whole ? read_budgets(reply, now()) : std::vector<budget_report>{});
    });
  }

  const bluesky_options options_;
  const std::shared_ptr<host_directory> hosts_;
  const thread_place place_;
  repository_host host_;
  post_parts parts_;
  std::array<post_reference, 2> above_;  // the thread's first post, and the one above this
  kept_record kept_;
  std::size_t mention_ = 0;  // where the next mention is looked for
  std::size_t asked_ = 0;
  bool has_uploaded_again_ = false;
};

}  // namespace

std::optional<kept_record> kept_of(const publication& what) {
  kept_record kept{handle_of(what, rkey_handle), handle_of(what, record_handle)};
  boost::json::error_code failed;
  const auto record = boost::json::parse(kept.record, failed);
  if (!is_tid(kept.rkey) || failed || !record.is_object()) return std::nullopt;
  return kept;
}

std::string record_query(const std::string& did, const std::string& rkey) {
  return "com.atproto.repo.getRecord?" + form_encoded({{"repo", did}, {"collection", collection}, {"rkey", rkey}});
}

std::shared_ptr<publish_steps> publishing(const bluesky_options& options, std::shared_ptr<host_directory> hosts,
                                          std::shared_ptr<film_uploads> uploads, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(options, std::move(hosts), std::move(uploads), client, clock, std::move(what),
                                 std::move(done));
}

}  // namespace pulse::connectors::bluesky
