// A film that is sent to Bluesky in parts (app.bsky.video.startUpload and its neighbours, since 2026-08): what the
// service says of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::bluesky {

struct film_session {
  enum class state {
    open,       // takes parts
    finishing,  // makes one film of them
    completed,  // and has made a job of it
    over,       // failed, aborted or expired: it begins anew
  };
  state is = state::open;
  std::string id;
  std::int64_t part_bytes = 0;
  std::vector<bool> has;  // by part, from 0: the service has it
  std::string job;        // completed: what looks through the film

  std::optional<std::size_t> next_part() const;
  /// Where a part begins, and how long it is, of a film of so many bytes.
  std::int64_t begin_of(std::size_t part) const { return static_cast<std::int64_t>(part) * part_bytes; }
  std::int64_t bytes_of(std::size_t part, std::int64_t film_bytes) const;
};

/// What startUpload and getUploadStatus answer for a film of so many bytes; nothing when it is no such answer, or its
/// parts are not those of that film.
std::optional<film_session> session_in(const egress_reply& reply, std::int64_t film_bytes);

/// Whether the service says that the session takes nothing any more, or that it knows none.
bool is_session_over(const egress_reply& reply);
/// Whether it says that the session has come further than its caller believes: what it says of itself is to be read.
bool is_session_ahead(const egress_reply& reply);
/// Whether it does not know uploads in parts.
bool knows_no_parts(const egress_reply& reply);

/// What a refusal by its name means, where it is no problem of the session; nothing for any other reply.
std::optional<domain::outcome> session_problem(const egress_reply& reply, base::timestamp now);

}  // namespace pulse::connectors::bluesky
