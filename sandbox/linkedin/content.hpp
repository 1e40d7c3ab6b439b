// LinkedIn's posts, and the images uploaded for them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/time.hpp"

namespace pulse::sandbox::linkedin {

struct stored_post {
  std::string urn;     // "urn:li:share:7400000000000000000"
  std::string author;  // "urn:li:person:782bbtaQ"
  std::string commentary;
  std::string text;        // as readers see it
  std::string image;       // its URN; empty: none
  std::string alt_text;    // of the image
  std::string image_mark;  // the hash of the image's bytes; empty: none
  base::timestamp created_at;
};

struct stored_image {
  std::string urn;  // "urn:li:image:C4E10AQ…"
  std::string owner;
  std::string mark;     // the hash of the bytes; empty: nothing was uploaded yet
  bool failed = false;  // the uploaded bytes are no image
};

/// Objects by URN. The numbers of posts begin with their time, as at LinkedIn, and increase.
class content_store {
 public:
  /// Stores the post with a new URN and its time.
  const stored_post& create(stored_post post, base::timestamp now);
  void restore(stored_post post);
  /// False if there was none.
  bool remove(const std::string& urn);
  const stored_post* find_post(const std::string& urn) const;
  /// The live post with the same author, text and image, made less than `window` before `now`; null if there is none.
  const stored_post* find_same(const stored_post& post, base::timestamp now, std::chrono::seconds window) const;
  const std::map<std::string, stored_post>& posts() const { return posts_; }

  /// A new image without bytes.
  const stored_image& begin_image(const std::string& owner, base::timestamp now);
  void restore(stored_image image) { images_[image.urn] = std::move(image); }
  stored_image* find_image(const std::string& urn);

 private:
  using content = std::tuple<std::string, std::string, std::string>;  // author, text, mark of the image
  static content content_of(const stored_post& post);

  std::map<std::string, stored_post> posts_;
  std::map<std::string, stored_image> images_;
  std::map<content, std::string> newest_;  // the URN of the newest post with this content
  std::int64_t last_number_ = 0;
};

}  // namespace pulse::sandbox::linkedin
