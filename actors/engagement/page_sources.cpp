#include "actors/engagement/page_sources.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "actors/engagement/feed_source.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/engagement/page_logins.hpp"

namespace pulse::actors {

namespace {

/// The least wait for a budget, so that others get their turn.
constexpr std::chrono::seconds least_wait{1};

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

/// No login of the company may read it at its platform.
void without_login(const page_source_parts& services, const due_page& page, std::function<void(page_answer)> done) {
  switch (page.kind) {
    case domain::page_kind::linkedin:
    case domain::page_kind::feed:
      return read_feed({services.database, services.clock, services.client}, page, std::move(done));
    case domain::page_kind::facebook:
      if (page.feed_url) return read_feed({services.database, services.clock, services.client}, page, std::move(done));
      return done(failed_poll("The Page is not connected here. Connect it as a channel, and it is looked at."));
    case domain::page_kind::instagram:
      if (page.feed_url) return read_feed({services.database, services.clock, services.client}, page, std::move(done));
      return done(
          failed_poll("No Instagram account is connected here. Connect one as a channel, and the page is looked at."));
  }
}

/// One read of a page with a login of the company.
struct look {
  page_source_parts services;
  connectors::reads_pages* reader;
  due_page page;
  domain::channel_type platform;
  std::string name;
  logins::login as;
  logins::page_read row;  // of the call
  std::function<void(page_answer)> done;
};

void tell_limiter(const look& of, const connectors::page_reading& read) {
  if (!of.services.budgets.tell || (!read.blocked_until && read.budgets.empty())) return;
  of.services.budgets.tell(of.page.tenant_id, of.platform, {of.as.budget, read.budgets, read.blocked_until});
  if (!read.blocked_until) return;
  auto job = [row = of.row, until = *read.blocked_until](persistence::transaction& tx) {
    logins::note_block(tx, row, until);
  };
  of.services.database.transact(std::nullopt, std::move(job), [](const persistence::result<void>&) {});
}

void take_in(const look& of, connectors::page_reading read) {
  tell_limiter(of, read);
  // A page of another company at LinkedIn shows nothing to us; its own site may.
  if (read.problem && of.page.feed_url)
    return read_feed({of.services.database, of.services.clock, of.services.client}, of.page, of.done);
  of.done(to_answer(of.page, std::move(read)));
}

void call(const std::shared_ptr<const look>& of) {
  auto token = logins::open(of->as, of->page.tenant_id, of->page.kind, of->services.secrets);
  if (!token) return of->done(failed_poll("The login cannot be opened: TOKEN_ENCRYPTION_KEY is another one."));
  connectors::page_look wanted{.name = of->name, .organization = of->page.organization};
  wanted.account = {of->as.external_user_id, of->as.handle, std::move(*token)};
  of->reader->read_page(std::move(wanted), [of](connectors::page_reading read) { take_in(*of, std::move(read)); });
}

void wait(const look& of, const read_permit_answer& why) {
  page_answer later;
  later.waits_until = std::max<base::timestamp>(why.not_before, of.services.clock.now() + least_wait);
  if (!why.words.empty()) later.hold = "Posts go first: this waits for " + why.words + ".";
  of.done(std::move(later));
}

/// The limiter has granted it. The row that says so is stored before the call.
void begin(const std::shared_ptr<const look>& of) {
  auto job = [of, now = of->services.clock.now()](persistence::transaction& tx) {
    logins::note_read(tx, of->row, now);
  };
  of->services.database.transact(std::nullopt, std::move(job), [of](persistence::result<void> noted) {
    if (noted.has_error()) return of->done(failed_poll("The page could not be looked at."));
    call(of);
  });
}

void read_platform(look wanted) {
  const auto of = std::make_shared<const look>(std::move(wanted));
  if (!of->services.budgets.ask) return call(of);
  of->services.budgets.ask(of->page.tenant_id, {of->platform, of->as.budget}, [of](const read_permit_answer& answer) {
    if (answer.is_granted) return begin(of);
    wait(*of, answer);
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

page_source page_sources(page_source_parts services) {
  return [services](const due_page& page, std::function<void(page_answer)> done) {
    const auto platform = platform_of(page.kind);
    auto* const reader = platform ? services.platforms.find_role<connectors::reads_pages>(*platform) : nullptr;
    if (reader == nullptr)
      return read_feed({services.database, services.clock, services.client}, page, std::move(done));
    const auto address = domain::read_page_address(page.url, false);
    const auto name = address.page ? address.page->name : std::string{};
    auto job = [page, name](persistence::transaction& tx) { return logins::find(tx, page.tenant_id, page.kind, name); };
    services.database.transact(
        std::nullopt, std::move(job),
        [services, page, name, reader, platform,
         done = std::move(done)](persistence::result<std::optional<logins::login>> found) mutable {
          if (found.has_error()) return done(failed_poll("The page could not be looked at."));
          if (!*found) return without_login(services, page, std::move(done));
          const logins::page_read row{page.tenant_id, base::new_uuid(services.clock.now()), *platform,
                                      (*found)->budget};
          read_platform({services, reader, page, *platform, name, std::move(**found), row, std::move(done)});
        });
  };
}

}  // namespace pulse::actors
