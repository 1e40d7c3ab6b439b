#include "sandbox/linkedin/content.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/secure.hpp"

namespace pulse::sandbox::linkedin {

namespace {

constexpr std::string_view share = "urn:li:share:";
constexpr int bits_below = 22;  // of the milliseconds in a number

std::int64_t number_of(const std::string& urn) {
  std::int64_t number = 0;
  const auto digits = urn.substr(std::min(share.size(), urn.size()));
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

content_store::content content_store::content_of(const stored_post& post) {
  return {post.author, post.text, post.image_mark};
}

const stored_post& content_store::create(stored_post post, base::timestamp now) {
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
  const auto number = std::max(static_cast<std::int64_t>(ms) << bits_below, last_number_ + 1);
  post.urn = std::string{share} + std::to_string(number);
  post.created_at = now;
  const auto urn = post.urn;
  restore(std::move(post));
  return posts_.at(urn);
}

void content_store::restore(stored_post post) {
  last_number_ = std::max(last_number_, number_of(post.urn));
  newest_[content_of(post)] = post.urn;
  posts_[post.urn] = std::move(post);
}

bool content_store::remove(const std::string& urn) {
  const auto found = posts_.find(urn);
  if (found == posts_.end()) return false;
  const auto same = newest_.find(content_of(found->second));
  if (same != newest_.end() && same->second == urn) newest_.erase(same);
  posts_.erase(found);
  return true;
}

const stored_post* content_store::find_post(const std::string& urn) const {
  const auto found = posts_.find(urn);
  return found == posts_.end() ? nullptr : &found->second;
}

const stored_post* content_store::find_same(const stored_post& post, base::timestamp now,
                                            std::chrono::seconds window) const {
  const auto same = newest_.find(content_of(post));
  const auto* found = same == newest_.end() ? nullptr : find_post(same->second);
  return found != nullptr && now < found->created_at + window ? found : nullptr;
}

const stored_image& content_store::begin_image(const std::string& owner, base::timestamp now) {
  // Opaque, and different from all earlier ones, including those of earlier runs.
  const auto mark = owner + base::to_string(now) + std::to_string(images_.size());
  const auto urn = "urn:li:image:C4E10AQ" + base::to_base64url(base::as_text(base::sha256(mark))).substr(0, 16);
  images_[urn] = {urn, owner, "", false};
  return images_.at(urn);
}

stored_image* content_store::find_image(const std::string& urn) {
  const auto found = images_.find(urn);
  return found == images_.end() ? nullptr : &found->second;
}

}  // namespace pulse::sandbox::linkedin
