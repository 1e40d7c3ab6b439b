// Signed addresses of files with an expiry, for platforms that fetch and for pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::persistence::media {

/// The file of an address.
struct link {
  base::uuid tenant_id;
  base::uuid media_id;
  std::string part;            // of the store: "original"; at most 32 characters
  base::timestamp good_until;  // to the second

  friend bool operator==(const link&, const link&) = default;
};

/// HMAC-SHA256 under a key derived from the given one. `earlier` ones are still accepted, for rotation. Immutable,
/// thread-safe.
class link_signer {
 public:
  explicit link_signer(const base::secret& key, const std::vector<base::secret>& earlier = {});

  /// The path: "/media/files/TOKEN/picture.jpg". `extension`: what some platforms want an address to end with.
  std::string path(const link& to, std::string_view extension) const;

  /// The file of a token; nothing when it is forged or expired.
  std::optional<link> open(std::string_view token, base::timestamp now) const;

 private:
  std::vector<std::string> keys_;  // the first signs
};

/// When an address that is made now ends: at the end of the hour after `lifetime`, so that pages that are read again
/// keep theirs, and what a browser has kept serves.
base::timestamp end_of_link(base::timestamp now, std::chrono::hours lifetime);

}  // namespace pulse::persistence::media
