#include "actors/engagement/feed_source.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/core.h>

#include "base/json.hpp"
#include "connectors/feeds/feed.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/engagement/addresses.hpp"
#include "domain/engagement/shared_feeds.hpp"

namespace pulse::actors {

namespace {

namespace feeds = connectors::feeds;
namespace feed_rows = persistence::shared_feeds;
namespace posts = persistence::tracked_posts;
using persistence::polls::due_page;
using persistence::polls::page_answer;

/// How long a feed's turn is reserved here; longer than any fetch takes.
constexpr std::chrono::seconds turn_taken_for{60};

posts::found_post to_post(feeds::feed_item entry, base::timestamp published_at) {
  auto post = domain::read_post_address(entry.url);
  if (!post) post = domain::find_post_address(entry.summary);
  posts::found_post made{.external_id = kept_words(entry.id.empty() ? entry.url : entry.id, most_external_id),
                         .urn = std::nullopt,
                         .url = kept_words(entry.url, domain::most_page_address_bytes),
                         .title = kept_words(std::move(entry.title), posts::most_title),
                         .text = kept_words(std::move(entry.summary), posts::most_text),
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

/// JSON Feed; nothing if it is malformed.
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
  if (reply.address_refused) return failed_poll("The address of the feed is none that may be called.");
  if (reply.too_large) return failed_poll("The feed is larger than 2 MiB.");
  if (reply.how_far != progress::complete) return failed_poll("The feed could not be reached.");
  page_answer made;
  if (reply.status != 304) {
    if (reply.status != 200) {
      made = failed_poll(fmt::format("The feed's server answered {}.", reply.status));
      made.retry_at = connectors::retry_after_in(reply, now);
      return made;
    }
    made = read_feed_of_page(reply.body, now);
  }
  made.etag = kept_words(std::string{reply.find("etag").value_or("")}, 500);
  made.last_modified = kept_words(std::string{reply.find("last-modified").value_or("")}, 100);
  return made;
}

domain::shared_entry to_entry(posts::found_post of) {
  return {.external_id = std::move(of.external_id),
          .urn = std::move(of.urn),
          .url = std::move(of.url),
          .title = std::move(of.title),
          .text = std::move(of.text),
          .published_at = of.published_at};
}

posts::found_post to_post(domain::shared_entry of) {
  return {.external_id = std::move(of.external_id),
          .urn = std::move(of.urn),
          .url = std::move(of.url),
          .title = std::move(of.title),
          .text = std::move(of.text),
          .source = posts::post_source::feed,
          .brought_by = std::nullopt,
          .published_at = of.published_at};
}

/// The stored part of a shared feed, for one page.
page_answer given(const due_page& page, const std::vector<domain::shared_entry>& kept, std::string etag,
                  std::string last_modified) {
  page_answer made;
  made.etag = std::move(etag);
  made.last_modified = std::move(last_modified);
  for (auto& each : domain::entries_for(kept, page.created_at)) made.posts.push_back(to_post(std::move(each)));
  return made;
}

/// What the last fetch of a shared feed left; nothing where the page has it all.
page_answer handed(const due_page& page, const feed_rows::feed_turn& turn) {
  if (turn.problem) {
    auto answer = failed_poll(*turn.problem);
    answer.retry_at = turn.retry_at;
    return answer;
  }
  const bool has_all = turn.changed_at && page.feed_seen == turn.changed_at;
  auto answer =
      given(page, has_all ? std::vector<domain::shared_entry>{} : turn.entries, turn.etag, turn.last_modified);
  answer.feed_seen = turn.changed_at;
  return answer;
}

/// What this page's poll found by fetching the feed: for its own rows and, if the feed is shared, for all.
page_answer fetched(const due_page& page, feed_rows::feed_turn turn, page_answer found, bool is_same,
                    base::timestamp now) {
  feed_rows::fetched_feed brought{.problem = found.problem, .retry_at = found.retry_at};
  if (!turn.key.empty() && !found.problem) {
    if (is_same) {
      brought.entries = turn.entries;
    } else {
      std::vector<domain::shared_entry> listed;
      for (auto& each : found.posts) listed.push_back(to_entry(std::move(each)));
      brought.entries = domain::merge_entries(turn.entries, std::move(listed), now);
    }
    brought.etag = found.etag;
    brought.last_modified = found.last_modified;
    found = given(page, brought.entries, std::move(found.etag), std::move(found.last_modified));
  }
  found.turn = std::move(turn);
  found.brought = std::move(brought);
  return found;
}

void fetch(const feed_source_parts& services, const due_page& page, const feed_rows::feed_turn& turn,
           std::function<void(page_answer)> done) {
  // Only what an answer of the same rows named is asked for conditionally.
  const auto etag = turn.key.empty() ? page.etag : turn.etag;
  const auto modified = turn.key.empty() ? page.last_modified : turn.last_modified;
  connectors::egress_request wanted;
  wanted.url = *page.feed_url;
  wanted.max_response_bytes = feeds::most_feed_bytes;
  wanted.headers = {
      {"accept", "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.8, */*;q=0.1"}};
  if (!etag.empty()) wanted.headers.push_back({"if-none-match", etag});
  if (!modified.empty()) wanted.headers.push_back({"if-modified-since", modified});
  services.client.send(std::move(wanted), [page, turn, etag, modified, &clock = services.clock,
                                           done = std::move(done)](connectors::egress_reply reply) {
    const auto now = clock.now();
    auto answer = read_reply(reply, now);
    const bool is_same = reply.status == 304;
    if (is_same && answer.etag.empty()) answer.etag = etag;
    if (is_same && answer.last_modified.empty()) answer.last_modified = modified;
    done(fetched(page, turn, std::move(answer), is_same, now));
  });
}

void read_in_turn(const feed_source_parts& services, const due_page& page, const feed_rows::feed_turn& turn,
                  std::function<void(page_answer)> done) {
  switch (turn.what) {
    case domain::feed_step::wait: {
      page_answer later;
      later.waits_until = turn.until;
      return done(std::move(later));
    }
    case domain::feed_step::hand: return done(handed(page, turn));
    case domain::feed_step::fetch: return fetch(services, page, turn, std::move(done));
  }
}

}  // namespace

page_answer failed_poll(std::string problem) { return {.has_source = true, .problem = std::move(problem)}; }

std::string kept_words(std::string text, std::size_t most) {
  std::erase(text, '\0');  // which no row takes
  if (text.size() > most) {
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    text.resize(most);
  }
  return text;
}

page_answer read_feed_of_page(std::string_view document, base::timestamp now) {
  const auto begin = document.find_first_not_of(" \t\r\n");
  page_answer made;
  if (begin != document.npos && document[begin] == '{') {
    auto read = read_json_feed(document, now);
    if (!read) return failed_poll("The address leads to no feed.");
    made = std::move(*read);
  } else {
    auto read = feeds::parse_feed(document);
    if (!read) return failed_poll(fmt::format("What the address leads to {}.", read.error()));
    for (auto& each : *read) {
      if (made.posts.size() < most_entries) made.posts.push_back(to_post(std::move(each), now));
    }
  }
  std::reverse(made.posts.begin(), made.posts.end());
  return made;
}

void read_feed(const feed_source_parts& services, const due_page& page, std::function<void(page_answer)> done) {
  if (!page.feed_url) return done({.has_source = false});
  if (page.turn) return read_in_turn(services, page, *page.turn, std::move(done));
  auto job = [wish = wish_of(page), now = services.clock.now()](persistence::transaction& tx) {
    return feed_rows::take_turns(tx, {wish}, now, now + turn_taken_for);
  };
  services.database.transact(
      std::nullopt, std::move(job),
      [services, page, done = std::move(done)](persistence::result<std::vector<feed_rows::feed_turn>> turns) mutable {
        if (turns.has_error()) return done(failed_poll("The page could not be looked at."));
        read_in_turn(services, page, turns->front(), std::move(done));
      });
}

}  // namespace pulse::actors
