// Comments in a member's name, as those who need one see it: engagers, and the front door for its preview.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/ai/asking.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/comments.hpp"

namespace pulse::actors {

struct comment_wanted {
  base::uuid tenant_id;
  ai_purpose purpose = ai_purpose::comment;  // or preview; the second pass counts as review
  domain::engagement::comment_sources from;  // persistence/engagement/automation reads what is the member's
  std::vector<std::string> others;  // the comments that there are on this post, sent or planned; no model sees them
};

struct comment_made {
  std::string text;
  std::string language;        // a code, or empty where it cannot be told
  bool was_corrected = false;  // by the second pass
  int rounds = 1;
};

/// Why there is no comment: then the member is asked to write one.
struct comment_refused {
  std::string reason;  // a sentence for the member, without parts of the post, the prompt or an answer
  /// The provider's failure; nothing: it answered, and no answer could be used.
  std::optional<connectors::ai::failure_kind> failure = std::nullopt;
  std::optional<base::timestamp> retry_at = std::nullopt;
};

using comment_answer = base::result<comment_made, comment_refused>;

/// Thread-safe.
class commenting {
 public:
  virtual ~commenting() = default;

  /// Writes, checks, has it reviewed, checks again; from the beginning where something is wrong, `max_rounds` times at
  /// most. Calls back exactly once, on any thread, where nothing may block.
  virtual void write(comment_wanted wanted, std::function<void(comment_answer)> done) = 0;

  /// "OpenAI", "OpenRouter", "offline"; empty: none. And whether what it writes was written by nobody.
  virtual std::string_view provider() const = 0;
  virtual bool is_stand_in() const = 0;
};

}  // namespace pulse::actors
