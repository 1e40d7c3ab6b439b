// A delivery that is several posts at the platform, or a post and its first comment: each of its attempts publishes one
// part, below the one before it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "connectors/connector.hpp"

namespace pulse::connectors {

/// The position of a part: the platform's ids of the thread's first part and of the one above. Both empty: it stands
/// alone.
struct thread_place {
  std::string root;
  std::string parent;
};

/// Of what `publish` and `reconcile` of a platform's connector are given.
thread_place place_in_thread(const publication& part);

/// The platform's ids of the parts below the first one that are out, in order, as `publish_next_part` has kept them.
std::vector<std::string> further_parts_of(const publication::kept_handles& handles);

/// Publishes the part of `what` that is next: the post itself when it is no thread. The ids of parts that are out are
/// kept as `part_1`, `part_2`, …, before the outcome says so; what the platform's connector keeps of a part is its own.
/// As long as parts follow, the outcome is `published` and `goes_on`; when one is out and that could not be kept, it is
/// `unknown`. The id and address of an outcome are those of the first part. A first comment
/// (domain/publishing/first_comment.hpp) is the one further part of its post, kept as `first_comment`: when it is not
/// out the outcome says so behind the post's address, and names the post's id.
void publish_next_part(connector& platform, publication what, std::function<void(publish_reply)> done);

/// Reconciles the next part. One that is found is kept; as long as parts follow, what was found `goes_on`.
void reconcile_next_part(connector& platform, publication what, std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors
