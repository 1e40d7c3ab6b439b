// What connectors can do beyond publishing: like and comment in a member's name, and find again what was done.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "domain/engagement/choreography.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

/// A member's own session at the platform's site, as its pages know it.
struct site_session {
  base::secret li_at;
  base::secret jsessionid;  // may be empty: the page makes one
};

/// One like or comment under one post.
struct engagement_call {
  domain::engagement_kind kind = domain::engagement_kind::like;
  domain::reaction_kind reaction = domain::reaction_kind::like;
  std::string text{};                         // of a comment
  std::string post_urn{};                     // the platform's name of the post
  credentials account{};                      // the member's own
  std::optional<site_session> session{};      // in the place of an account, where it goes through a browser
  std::chrono::milliseconds timeout{10'000};  // from now to the end of the last reply
  /// Asked in the last moment before the first byte of the act leaves; false: it is not sent, and the outcome is
  /// `transient`. Empty: always.
  std::function<bool()> may_send{};
};

/// A connector of a platform on whose posts members can act. Thread-safe; calls back exactly once, on a thread of the
/// egress client.
class engages {
 public:
  virtual ~engages() = default;

  /// Does it. `duplicate`: it was there already. `unknown` whenever bytes may have left and the reply does not tell.
  virtual void engage(engagement_call what, std::function<void(domain::outcome)> done) = 0;

  /// Finds out, reading only, whether it is there: a like by actor and post, a comment by actor, post and words.
  /// `absent` only after a complete list.
  virtual void find_engagement(engagement_call what, std::function<void(domain::reconciliation)> done) = 0;
};

}  // namespace pulse::connectors
