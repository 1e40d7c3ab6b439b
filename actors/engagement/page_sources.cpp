#include "actors/engagement/page_sources.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/json.hpp"
#include "connectors/feeds/feed.hpp"
#include "connectors/shared/reply_words.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/engagement/page_logins.hpp"

namespace pulse::actors {

namespace {

namespace feeds = connectors::feeds;
namespace logins = persistence::page_logins;
namespace posts = persistence::tracked_posts;
using persistence::polls::due_page;
using persistence::polls::page_answer;

std::optional<domain::channel_type> platform_of(domain::page_kind kind) {
  switch (kind) {
    case domain::page_kind::linkedin: return domain::channel_type::linkedin;
    case domain::page_kind::facebook: return domain::channel_type::facebook;
    case domain::page_kind::instagram: return domain::channel_type::instagram;
    case domain::page_kind::feed: return std::nullopt;
  }
  return std::nullopt;
}

posts::post_source source_of(domain::page_kind kind) {
  switch (kind) {
    case domain::page_kind::linkedin: return posts::post_source::linkedin;
    case domain::page_kind::facebook: return posts::post_source::facebook;
    case domain::page_kind::instagram: return posts::post_source::instagram;
    case domain::page_kind::feed: return posts::post_source::feed;
  }
  return posts::post_source::feed;
}

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
      made = failed(fmt::format("The feed's server answered {}.", reply.status));
      made.retry_at = connectors::retry_after_in(reply, now);
      return made;
    }
    made = read_feed_of_page(reply.body, now);
  }
  made.etag = kept(std::string{reply.find("etag").value_or("")}, 500);
  made.last_modified = kept(std::string{reply.find("last-modified").value_or("")}, 100);
  return made;
}

posts::found_post to_post(domain::page_kind kind, connectors::page_post read) {
  posts::found_post made{.external_id = kept(read.id, most_external_id),
                         .urn = std::nullopt,
                         .url = kept(std::move(read.url), domain::most_page_address_bytes),
                         .title = {},
                         .text = kept(read.text, posts::most_text),
                         .source = source_of(kind),
                         .brought_by = std::nullopt,
                         .published_at = read.published_at};
  if (kind == domain::page_kind::linkedin) {
    made.urn = made.external_id;
  } else if (const auto post = domain::find_post_address(read.text)) {
    made.external_id = post->urn;
    made.urn = post->urn;
    made.url = post->url;
  }
  return made;
}

void read_feed(const page_source_parts& with, const due_page& page, std::function<void(page_answer)> done) {
  if (!page.feed_url) return done({.has_source = false});
  connectors::egress_request wanted;
  wanted.url = *page.feed_url;
  wanted.max_response_bytes = feeds::most_feed_bytes;
  wanted.headers = {
      {"accept", "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.8, */*;q=0.1"}};
  if (!page.etag.empty()) wanted.headers.push_back({"if-none-match", page.etag});
  if (!page.last_modified.empty()) wanted.headers.push_back({"if-modified-since", page.last_modified});
  with.client.send(std::move(wanted),
                   [page, &clock = with.clock, done = std::move(done)](connectors::egress_reply reply) {
                     auto answer = read_reply(reply, clock.now());
                     if (reply.status == 304 && answer.etag.empty()) answer.etag = page.etag;
                     if (reply.status == 304 && answer.last_modified.empty()) answer.last_modified = page.last_modified;
                     done(std::move(answer));
                   });
}

/// Nobody of the company may read it at its platform.
void without_login(const page_source_parts& with, const due_page& page, std::function<void(page_answer)> done) {
  switch (page.kind) {
    case domain::page_kind::linkedin:
    case domain::page_kind::feed: return read_feed(with, page, std::move(done));
    case domain::page_kind::facebook:
      if (page.feed_url) return read_feed(with, page, std::move(done));
      return done(failed("The Page is not connected here. Connect it as a channel, and it is looked at."));
    case domain::page_kind::instagram:
      if (page.feed_url) return read_feed(with, page, std::move(done));
      return done(
          failed("No Instagram account is connected here. Connect one as a channel, and the page is looked at."));
  }
}

void read_platform(const page_source_parts& with, connectors::reads_pages& reader, const due_page& page,
                   const std::string& name, const logins::login& as, std::function<void(page_answer)> done) {
  auto token = logins::open(as, page.tenant_id, page.kind, with.secrets);
  if (!token) return done(failed("The login cannot be opened: TOKEN_ENCRYPTION_KEY is another one."));
  connectors::page_look wanted{.name = name, .organization = page.organization};
  wanted.account = {as.external_user_id, as.handle, std::move(*token)};
  reader.read_page(std::move(wanted), [with, page, done = std::move(done)](connectors::page_reading read) mutable {
    // A page of another company at LinkedIn shows nothing to us; its own site may.
    if (read.problem && page.feed_url) return read_feed(with, page, std::move(done));
    done(to_answer(page, std::move(read)));
  });
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
    if (!read) return failed(fmt::format("What the address leads to {}.", read.error()));
    for (auto& each : *read) {
      if (made.posts.size() < most_entries) made.posts.push_back(to_post(std::move(each), now));
    }
  }
  std::reverse(made.posts.begin(), made.posts.end());
  return made;
}

page_answer to_answer(const due_page& page, connectors::page_reading read) {
  page_answer made{.problem = std::move(read.problem), .retry_at = read.retry_at};
  made.organization = std::move(read.organization);
  made.etag = page.etag;
  made.last_modified = page.last_modified;
  for (auto& each : read.posts) {
    if (made.posts.size() < most_entries) made.posts.push_back(to_post(page.kind, std::move(each)));
  }
  std::reverse(made.posts.begin(), made.posts.end());
  return made;
}

page_source page_sources(page_source_parts with) {
  return [with](const due_page& page, std::function<void(page_answer)> done) {
    const auto platform = platform_of(page.kind);
    auto* const reader = platform ? with.platforms.find_role<connectors::reads_pages>(*platform) : nullptr;
    if (reader == nullptr) return read_feed(with, page, std::move(done));
    const auto address = domain::read_page_address(page.url, false);
    const auto name = address.page ? address.page->name : std::string{};
    auto job = [page, name](persistence::transaction& tx) { return logins::find(tx, page.tenant_id, page.kind, name); };
    with.database.transact(std::nullopt, std::move(job),
                           [with, page, name, reader,
                            done = std::move(done)](persistence::result<std::optional<logins::login>> found) mutable {
                             if (found.has_error()) return done(failed("The page could not be looked at."));
                             if (!*found) return without_login(with, page, std::move(done));
                             read_platform(with, *reader, page, name, **found, std::move(done));
                           });
  };
}

}  // namespace pulse::actors
