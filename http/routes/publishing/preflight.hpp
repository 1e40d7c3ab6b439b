// POST /posts/{id}/preflight: the known obstacles to a post, before it goes out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "http/api/route_table.hpp"
#include "persistence/budgets/rate_limits.hpp"
#include "persistence/media/library.hpp"
#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/preflight.hpp"

namespace pulse::http::routes {

enum class finding_kind { text, title, media, option, channel, account, paused, quota };
BOOST_DESCRIBE_ENUM(finding_kind, text, title, media, option, channel, account, paused, quota)

struct preflight_finding {
  finding_kind kind = finding_kind::text;
  bool is_blocking = true;  // false: it goes out, but later
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(preflight_finding, (), (kind, is_blocking, sentence))

struct channel_preflight {
  base::uuid delivery_id;
  base::uuid channel_id;
  domain::channel_type platform = domain::channel_type::website;
  std::string channel_name;
  std::vector<preflight_finding> findings;  // empty: no known obstacle
};
BOOST_DESCRIBE_STRUCT(channel_preflight, (), (delivery_id, channel_id, platform, channel_name, findings))

struct post_preflight {
  bool is_good = true;                      // nothing blocks
  std::vector<channel_preflight> channels;  // those that still wait for the post
};
BOOST_DESCRIBE_STRUCT(post_preflight, (), (is_good, channels))

/// Those of the media that belong to the project, in no order.
std::vector<persistence::media::medium> library_of(persistence::transaction& tx, const base::uuid& project_id,
                                                   const std::vector<base::uuid>& ids);
/// Nothing if it is not among them.
const persistence::media::medium* find_in(const std::vector<persistence::media::medium>& all, const base::uuid& id);

/// Facts that are read once for all channels of a post.
struct preflight_facts {
  const std::vector<domain::limit_row>& limits;
  const std::vector<persistence::rate_limits::block>& blocks;  // in force when the post goes out
  const std::vector<persistence::media::medium>& library;      // the post's media among them
};

/// The obstacles to publishing `of` on one channel at `at`. `of.id` may be nil.
std::vector<preflight_finding> findings_for(persistence::transaction& tx, const persistence::posts::post& of,
                                            const persistence::preflight::readiness& channel, base::timestamp at,
                                            const preflight_facts& known);

/// The preflight of a post that is to go out at `at`.
post_preflight run_preflight(persistence::transaction& tx, const persistence::posts::post& of, base::timestamp at);

void add_preflight(route_table& table);

}  // namespace pulse::http::routes
