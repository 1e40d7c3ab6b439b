// Looking at tracked pages: which are due, and what a look brought. All of it names the tenant, because the engine sees
// all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/engagement/found_posts.hpp"
#include "persistence/engagement/shared_feeds.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::polls {

/// A page that one process has promised to look at.
struct due_page {
  base::uuid tenant_id;
  base::uuid id;
  domain::page_kind kind = domain::page_kind::linkedin;
  std::string name;
  std::string url;
  std::optional<std::string> feed_url;
  std::optional<std::string> organization;
  std::string etag;
  std::string last_modified;
  int poll_failures = 0;
  bool has_others = false;  // its feed is public, and another page has it too: of this company or any other
  bool is_urgent = false;   // it is looked at for the first time, or somebody has asked for it
  base::timestamp created_at;
  std::optional<base::timestamp> feed_seen;  // see page_answer
  /// Of a page that is a feed: whether it is to be fetched. Nothing of others, which may be read in another way.
  std::optional<shared_feeds::feed_turn> turn{};
};
BOOST_DESCRIBE_STRUCT(due_page, (),
                      (tenant_id, id, kind, name, url, feed_url, organization, etag, last_modified, poll_failures,
                       has_others, is_urgent, created_at, feed_seen))

/// What a look at its feed wants.
shared_feeds::feed_wish wish_of(const due_page& page);

/// Takes pages that are due and that somebody follows, at most `limit`: nobody else takes them before `until`. Those
/// that nobody follows stay due, and so do those that a login reads whose company another node than `node` runs: its
/// limiter is there. The turns of feeds are taken with them.
std::vector<due_page> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit,
                               const base::uuid& node);

/// What a look came to.
struct page_answer {
  bool has_source = true;                          // false: there is nothing to look at, and posts come by link only
  std::vector<tracked_posts::found_post> posts{};  // oldest first
  std::string etag{};
  std::string last_modified{};
  std::optional<std::string> problem = std::nullopt;  // a sentence: why nothing could be read
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::optional<std::string> organization = std::nullopt;  // LinkedIn's own name of the page, learnt by this look
  /// It was not polled: its turn has not come, and it is due again then. The fields above have no meaning.
  std::optional<base::timestamp> waits_until = std::nullopt;
  std::optional<std::string> hold = std::nullopt;  // a sentence: for what it waits, where a person would want to know
  std::optional<base::timestamp> feed_seen =
      std::nullopt;  // these are all posts of a shared feed that has not changed since
  /// A feed was fetched, and this turn is over with what it brought.
  std::optional<shared_feeds::feed_turn> turn = std::nullopt;
  shared_feeds::fetched_feed brought{};
};

/// Stores the new posts with their plans, what was fetched for others too, and when the page is looked at next, in one
/// step. `spread` is a random number in [0, 1). Answers how many posts were new.
int record(transaction& tx, const due_page& page, const page_answer& answer, base::timestamp now, double spread);

}  // namespace pulse::persistence::polls
