// Looking at tracked pages: which are due, and what a look brought. All of it names the tenant, because the engine sees all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/addresses.hpp"
#include "persistence/engagement/found_posts.hpp"
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
};
BOOST_DESCRIBE_STRUCT(due_page, (),
                      (tenant_id, id, kind, name, url, feed_url, organization, etag, last_modified, poll_failures))

/// Takes pages that are due and that somebody follows, at most `limit`: nobody else takes them before `until`. Those that nobody follows stay
/// due.
std::vector<due_page> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit);

/// What a look came to.
struct page_answer {
  bool has_source = true;                          // false: there is nothing to look at, and posts come by link only
  std::vector<tracked_posts::found_post> posts{};  // oldest first
  std::string etag{};
  std::string last_modified{};
  std::optional<std::string> problem = std::nullopt;  // a sentence: why nothing could be read
  std::optional<base::timestamp> retry_at = std::nullopt;
  std::optional<std::string> organization = std::nullopt;  // LinkedIn's own name of the page, learnt by this look
};

/// Stores the new posts with their plans, and when the page is looked at next, in one step. `spread` is a random number in [0, 1). Answers how
/// many posts were new.
int record(transaction& tx, const due_page& page, const page_answer& answer, base::timestamp now, double spread);

}  // namespace pulse::persistence::polls
