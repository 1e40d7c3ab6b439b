// Content: what is written, approved and then becomes a post.
#pragma once

#include <cstddef>
#include <cstdint>

#include <boost/describe.hpp>

namespace pulse::domain::campaigns {

enum class content_state : std::uint8_t {
  draft,             // being written
  pending_approval,  // handed in: waits for the approvers that the project's policy names
  approved,          // may be scheduled
  rejected,          // somebody said no; an edit makes a draft of it
  scheduled,         // a post was made of it
  published,         // and is out, on one channel at least (final)
};
BOOST_DESCRIBE_ENUM(content_state, draft, pending_approval, approved, rejected, scheduled, published)

/// The decision about content.
enum class content_decision : std::uint8_t {
  approve,
  reject,
  override,  // somebody scheduled it against the guardrails, with a reason
};
BOOST_DESCRIBE_ENUM(content_decision, approve, reject, override)

/// Labels of a campaign or of content, and characters of one.
inline constexpr std::size_t most_labels = 20;
inline constexpr std::size_t most_label_characters = 50;
/// Characters of a comment, and of the reason of a decision.
inline constexpr std::size_t most_comment_characters = 4'000;
inline constexpr std::size_t most_reason_characters = 2'000;

}  // namespace pulse::domain::campaigns
