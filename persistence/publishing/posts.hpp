// Posts as people write, schedule and withdraw them, each with its deliveries. The engine's view of a delivery is
// persistence/engine/deliveries.
//
// Whatever changes a post locks the tenant first (tenant_lock), then its deliveries and then the post, in the order in
// which the engine's claim locks them: so each change comes wholly before a claim, which then sees it, or wholly after
// one, and then learns so.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/nullable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/image.hpp"
#include "domain/platforms/media.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::persistence::posts {

/// The text for the channels of one platform, where it differs from the post's.
struct variant {
  domain::channel_type platform = domain::channel_type::website;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(variant, (), (platform, text))

/// A picture or film of the library, as a post shows it.
struct post_medium {
  base::uuid media_id;
  domain::media_kind kind = domain::media_kind::image;
  std::string url;  // what the platforms fetch: of the file, or of one that was made to fit them
  std::string alt_text;

  friend bool operator==(const post_medium&, const post_medium&) = default;
};
BOOST_DESCRIBE_STRUCT(post_medium, (), (media_id, kind, url, alt_text))

/// One post to one channel.
struct delivery {
  base::uuid id;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::optional<base::timestamp> due_at;      // when it is wanted; none: not scheduled
  std::optional<base::timestamp> not_before;  // when it may start: later than due_at while it is held
  int attempt = 0;                            // attempts begun
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<base::timestamp> asked_at;  // late, and a person was asked: nothing starts it before the answer
  std::optional<base::timestamp> finished_at;
};
BOOST_DESCRIBE_STRUCT(delivery, (),
                      (id, channel_id, channel_type, channel_name, state, due_at, not_before, attempt, external_id,
                       external_url, reason, asked_at, finished_at))

struct post {
  base::uuid id;
  base::uuid project_id;
  base::uuid author_id;
  std::string title;
  std::string text;
  std::vector<variant> variants;
  std::optional<domain::image> image;                     // with media: the first picture of them
  std::vector<post_medium> media;                         // in order
  domain::options_by_platform options;                    // what is chosen for a platform, beyond words and media
  std::optional<projects::lateness> lateness;             // none: the project's
  domain::post_state status = domain::post_state::draft;  // derived from the deliveries
  std::optional<base::timestamp> scheduled_at;            // none: a draft
  base::timestamp created_at;
  base::timestamp updated_at;
  std::optional<double> lateness_ms;  // the largest of what is published, from the due time to the first byte
  std::vector<delivery> deliveries;
};
BOOST_DESCRIBE_STRUCT(post, (),
                      (id, project_id, author_id, title, text, variants, image, media, options, lateness, status,
                       scheduled_at, created_at, updated_at, lateness_ms, deliveries))

/// One or none.
bound_query<post> find(const base::uuid& id);

/// What posts are sought by; each may be left out.
struct sought {
  std::vector<domain::post_state> states = {};  // none: any
  std::optional<base::uuid> project_id = std::nullopt;
  std::optional<base::uuid> channel_id = std::nullopt;
  std::optional<std::string> words = std::nullopt;  // in the title or the text
};

/// Newest first.
bound_query<post> search(const sought& by, const page_bounds& page);

struct status_count {
  domain::post_state status = domain::post_state::draft;
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(status_count, (), (status, posts))

/// Posts that are counted by their state; of more the newest.
inline constexpr std::int64_t most_counted = 10'000;

/// A row a state that there is, of the newest `most_counted` posts and one more, which tells that there are others.
bound_query<status_count> count_by_status(const std::optional<base::uuid>& project_id);

/// A post to be stored, with the channels it goes to.
struct draft {
  base::uuid id;
  base::uuid project_id;
  base::uuid author_id;
  std::string title;
  std::string text;
  std::map<std::string, std::string> variants;  // by channel type
  std::optional<base::timestamp> scheduled_at;
  std::vector<base::uuid> channel_ids;
  std::vector<base::uuid> delivery_ids;         // new, one a channel
  std::vector<std::string> channel_names = {};  // one a channel, for the events; may be left out
  std::optional<domain::image> image = std::nullopt;
  std::optional<projects::lateness> lateness = std::nullopt;  // none: the project's
  std::vector<post_medium> media = {};
  domain::options_by_platform options = {};
};

/// Stores the post and its deliveries, waiting: until `scheduled_at`, or for somebody to schedule them.
void insert(transaction& tx, const draft& made, base::timestamp now);

/// A member's command about a post.
struct command {
  base::uuid post_id;
  base::uuid member_id;
  base::timestamp now;
};

/// Locks the tenant, the post's deliveries and the post against the engine and against other changes; false when there
/// is none.
bool lock(transaction& tx, const base::uuid& id);

// Each of these is to follow `lock` in the same transaction, and answers how many deliveries it changed.

/// Sets when the deliveries that have not begun are due. If a person was asked about their lateness, this is the
/// answer.
int schedule(transaction& tx, const command& by, base::timestamp at);

/// Makes them due now, also late ones about which a person was asked: this is the answer.
int publish_now(transaction& tx, const command& by);

/// Withdraws the deliveries that wait, also those that wait for another attempt.
int cancel(transaction& tx, const command& by);

/// What an edit leaves out stays as it is; null takes the image away, or goes back to the project's lateness.
struct edit {
  std::optional<std::string> title = std::nullopt;
  std::optional<std::string> text = std::nullopt;
  std::optional<std::map<std::string, std::string>> variants = std::nullopt;
  base::nullable<domain::image> image{};
  base::nullable<projects::lateness> lateness{};
  std::optional<std::vector<post_medium>> media = std::nullopt;       // all of them; `image` is given, too, then
  std::optional<domain::options_by_platform> options = std::nullopt;  // all of them
};

/// Whether the post was made of content that somebody had to approve: its words are what was approved, and stay so.
bool is_approved_content(transaction& tx, const base::uuid& id);

/// Changes what the post says, unless a delivery has begun meanwhile; false then.
bool update(transaction& tx, const command& by, const edit& wanted);

/// A delivery that is going out, or may be live without anybody knowing: its post cannot be deleted.
struct unresolved_delivery {
  base::uuid id;
  std::string channel_name;
  domain::delivery_state state = domain::delivery_state::sending;  // waiting: an earlier attempt may be live
};
BOOST_DESCRIBE_STRUCT(unresolved_delivery, (), (id, channel_name, state))

std::vector<unresolved_delivery> find_unresolved(transaction& tx, const base::uuid& post_id);

/// Takes the post out of every list and cancels what waits; what was published stays at the platforms. False, and
/// nothing changed, while a delivery is unresolved.
bool remove(transaction& tx, const command& by);

}  // namespace pulse::persistence::posts
