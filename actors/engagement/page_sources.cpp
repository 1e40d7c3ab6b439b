#include "actors/engagement/page_sources.hpp"

#include <algorithm>
#include <utility>

#include "actors/engagement/feed_source.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/engagement/page_logins.hpp"

namespace pulse::actors {

namespace {

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

posts::found_post to_post(domain::page_kind kind, connectors::page_post read) {
  posts::found_post made{.external_id = kept_words(read.id, most_external_id),
                         .urn = std::nullopt,
                         .url = kept_words(std::move(read.url), domain::most_page_address_bytes),
                         .title = {},
                         .text = kept_words(read.text, posts::most_text),
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

/// Nobody of the company may read it at its platform.
void without_login(const page_source_parts& with, const due_page& page, std::function<void(page_answer)> done) {
  switch (page.kind) {
    case domain::page_kind::linkedin:
    case domain::page_kind::feed: return read_feed({with.database, with.clock, with.client}, page, std::move(done));
    case domain::page_kind::facebook:
      if (page.feed_url) return read_feed({with.database, with.clock, with.client}, page, std::move(done));
      return done(failed_look("The Page is not connected here. Connect it as a channel, and it is looked at."));
    case domain::page_kind::instagram:
      if (page.feed_url) return read_feed({with.database, with.clock, with.client}, page, std::move(done));
      return done(
          failed_look("No Instagram account is connected here. Connect one as a channel, and the page is looked at."));
  }
}

void read_platform(const page_source_parts& with, connectors::reads_pages& reader, const due_page& page,
                   const std::string& name, const logins::login& as, std::function<void(page_answer)> done) {
  auto token = logins::open(as, page.tenant_id, page.kind, with.secrets);
  if (!token) return done(failed_look("The login cannot be opened: TOKEN_ENCRYPTION_KEY is another one."));
  connectors::page_look wanted{.name = name, .organization = page.organization};
  wanted.account = {as.external_user_id, as.handle, std::move(*token)};
  reader.read_page(std::move(wanted), [with, page, done = std::move(done)](connectors::page_reading read) mutable {
    // A page of another company at LinkedIn shows nothing to us; its own site may.
    if (read.problem && page.feed_url)
      return read_feed({with.database, with.clock, with.client}, page, std::move(done));
    done(to_answer(page, std::move(read)));
  });
}

}  // namespace

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
    if (reader == nullptr) return read_feed({with.database, with.clock, with.client}, page, std::move(done));
    const auto address = domain::read_page_address(page.url, false);
    const auto name = address.page ? address.page->name : std::string{};
    auto job = [page, name](persistence::transaction& tx) { return logins::find(tx, page.tenant_id, page.kind, name); };
    with.database.transact(std::nullopt, std::move(job),
                           [with, page, name, reader,
                            done = std::move(done)](persistence::result<std::optional<logins::login>> found) mutable {
                             if (found.has_error()) return done(failed_look("The page could not be looked at."));
                             if (!*found) return without_login(with, page, std::move(done));
                             read_platform(with, *reader, page, name, **found, std::move(done));
                           });
  };
}

}  // namespace pulse::actors
