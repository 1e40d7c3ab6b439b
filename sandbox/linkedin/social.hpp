// Reactions and comments of members, as LinkedIn stores and shows them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/linkedin/limits.hpp"

namespace pulse::sandbox::linkedin {

class social_store {
 public:
  /// Whether it handles requests to this path.
  bool owns(std::string_view path) const;
  /// `member` is the sub of the token's owner; `may_act` says whether they may act as an actor: themselves, or a page
  /// of theirs.
  verdict answer(const http::server::request& request, const std::string& member,
                 const std::function<bool(const std::string& actor)>& may_act, daily_limits& limits,
                 base::timestamp now);

  // --- acts of a signed-in member on the site; the journal records them like the API's ---

  /// `type` as in the API. A refusal if there is a reaction already.
  verdict react_as(const std::string& actor, const std::string& urn, const std::string& type, base::timestamp now);
  verdict comment_as(const std::string& actor, const std::string& urn, const std::string& text, base::timestamp now);
  /// The type of the actor's reaction; empty if there is none.
  std::string reaction_of(const std::string& actor, const std::string& urn) const;

  struct comment {
    std::string id;
    std::string actor;
    std::string object;
    std::string text;
    std::int64_t at_ms = 0;
  };
  /// Oldest first.
  std::vector<comment> comments_below(const std::string& urn) const;

  /// Deletes the comments of a deleted post.
  void forget(const std::string& urn);

  void restore_reaction(const boost::json::object& record);
  void restore_comment(const boost::json::object& record);

  boost::json::array reactions() const;
  boost::json::array comments() const;

 private:
  verdict react(const http::server::request& request, const std::string& member, daily_limits& limits,
                base::timestamp now);
  verdict read_reaction(std::string_view key) const;
  verdict add_comment(const http::server::request& request, const std::string& urn, const std::string& member,
                      const std::function<bool(const std::string& actor)>& may_act, daily_limits& limits,
                      base::timestamp now);
  verdict list_comments(const http::server::request& request, const std::string& urn) const;

  std::map<std::pair<std::string, std::string>, boost::json::object> reactions_;  // by actor and entity
  std::int64_t made_ = 0;                                                         // comments so far, for unique ids
  std::vector<comment> comments_;                                                 // oldest first
};

}  // namespace pulse::sandbox::linkedin
