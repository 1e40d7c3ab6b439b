#include "actors/engagement/page_sources.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "connectors/feeds/feed.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/engagement/addresses.hpp"

namespace pulse::actors {

namespace {

namespace feeds = connectors::feeds;
namespace posts = persistence::tracked_posts;
using persistence::polls::page_answer;

/// Entries of one look; a feed lists its latest first.
constexpr std::size_t most_entries = 50;
constexpr std::size_t most_external_id = 500;

page_answer failed(std::string problem) { return {.has_source = true, .problem = std::move(problem)}; }

/// The words of an entry as they may be kept, cut at a character.
std::string kept(std::string text, std::size_t most) {
  if (text.size() > most) {
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    text.resize(most);
  }
  return text;
}

posts::found_post to_post(feeds::feed_item entry, base::timestamp published_at) {
  auto post = domain::read_post_address(entry.url);
  if (!post) post = domain::find_post_address(entry.summary);
  posts::found_post made{.external_id = kept(entry.id.empty() ? entry.url : entry.id, most_external_id),
                         .urn = std::nullopt,
                         .url = kept(entry.url, domain::most_page_address_bytes),
                         .title = kept(std::move(entry.title), posts::most_title),
                         .text = kept(std::move(entry.summary), posts::most_text),
                         .source = posts::post_source::feed,
                         .brought_by = std::nullopt,
                         .published_at = published_at};
  if (post) {
    made.external_id = post->urn;
    made.urn = post->urn;
    made.url = post->url;
  }
  return made;
}

/// JSON Feed; nothing when it is none.
std::optional<page_answer> read_json_feed(std::string_view document, base::timestamp now) {
  base::json::cursor ignored;
  const auto parsed = base::json::parse(document, ignored);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* items = object != nullptr ? object->if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array()) return std::nullopt;
  page_answer made;
  for (const auto& each : items->get_array()) {
    if (!each.is_object() || made.posts.size() >= most_entries) continue;
    const auto& item = each.get_object();
    feeds::feed_item entry{.id = connectors::text_at(item, "id"),
                           .title = connectors::text_at(item, "title"),
                           .url = connectors::text_at(item, "url"),
                           .summary = connectors::text_at(item, "content_text")};
    if (entry.summary.empty()) entry.summary = connectors::text_at(item, "summary");
    if (entry.id.empty() && entry.url.empty()) continue;
    made.posts.push_back(
        to_post(std::move(entry), base::parse_timestamp(connectors::text_at(item, "date_published")).value_or(now)));
  }
  return made;
}

page_answer read_reply(const connectors::egress_reply& reply, base::timestamp now) {
  using connectors::progress;
  if (reply.address_refused) return failed("The address of the feed is none that may be called.");
  if (reply.too_large) return failed("The feed is larger than 2 MiB.");
  if (reply.how_far != progress::complete) return failed("The feed could not be reached.");
  page_answer made;
  if (reply.status != 304) {
    if (reply.status != 200) {
      made = failed("The feed's server answered " + std::to_string(reply.status) + ".");
      made.retry_at = connectors::retry_after_in(reply, now);
      return made;
    }
    made = read_feed_of_page(reply.body, now);
  }
  made.etag = kept(std::string{reply.find("etag").value_or("")}, 500);
  made.last_modified = kept(std::string{reply.find("last-modified").value_or("")}, 100);
  return made;
}

}  // namespace

page_answer read_feed_of_page(std::string_view document, base::timestamp now) {
  const auto begin = document.find_first_not_of(" \t\r\n");
  page_answer made;
  if (begin != document.npos && document[begin] == '{') {
    auto read = read_json_feed(document, now);
    if (!read) return failed("The address leads to no feed.");
    made = std::move(*read);
  } else {
    auto read = feeds::parse_feed(document);
    if (!read) return failed("What the address leads to " + read.error() + ".");
    for (auto& each : *read) {
      if (made.posts.size() < most_entries) made.posts.push_back(to_post(std::move(each), now));
    }
  }
  std::reverse(made.posts.begin(), made.posts.end());
  return made;
}

page_source page_sources(connectors::egress& client, const base::clock& clock) {
  return [&client, &clock](const persistence::polls::due_page& page, std::function<void(page_answer)> done) {
    if (!page.feed_url) return done({.has_source = false});
    connectors::egress_request wanted;
    wanted.url = *page.feed_url;
    wanted.max_response_bytes = feeds::most_feed_bytes;
    wanted.headers = {
        {"accept",
         "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.8, */*;q=0.1"}};
    if (!page.etag.empty()) wanted.headers.push_back({"if-none-match", page.etag});
    if (!page.last_modified.empty()) wanted.headers.push_back({"if-modified-since", page.last_modified});
    client.send(std::move(wanted), [page, &clock, done = std::move(done)](connectors::egress_reply reply) {
      auto answer = read_reply(reply, clock.now());
      if (reply.status == 304 && answer.etag.empty()) answer.etag = page.etag;
      if (reply.status == 304 && answer.last_modified.empty()) answer.last_modified = page.last_modified;
      done(std::move(answer));
    });
  };
}

}  // namespace pulse::actors
