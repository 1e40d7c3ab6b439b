// Comments below posts, as the Graph API stores and lists them for both Instagram and Facebook (platforms/instagram.md,
// facebook_pages.md).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/time.hpp"
#include "sandbox/core/platform.hpp"
#include "sandbox/instagram/requests.hpp"

namespace pulse::sandbox::instagram {

struct comment {
  std::string id;
  std::string object;  // the post
  std::string author;  // the account's id
  std::string text;
  base::timestamp at;
};

/// The differences between the two.
struct comment_manners {
  std::size_t most_characters = 0;
  std::size_t largest_page = 0;
  bool newest_first = false;
  std::set<std::string_view> fields;  // those that a list may request
  /// A field of a comment in its public form; null if it is not shown.
  std::function<boost::json::value(const comment&, std::string_view field)> show;
};

class comment_store {
 public:
  explicit comment_store(comment_manners manners) : manners_(std::move(manners)) {}

  /// `POST /{object}/comments`; `prefix` precedes the comment's number.
  verdict add(const parameters& given, const std::string& object, const std::string& author, const std::string& prefix,
              base::timestamp now);
  /// `GET /{object}/comments`
  verdict list(const parameters& given, const std::string& object) const;

  /// Deletes the comments of a deleted post.
  void forget(const std::string& object);
  /// Restores a comment from the record that `add` made.
  void restore(const boost::json::object& record);
  boost::json::array state() const;

 private:
  comment_manners manners_;
  std::vector<comment> all_;  // oldest first
  std::uint64_t last_id_ = 17'900'000'000'000'000;
};

}  // namespace pulse::sandbox::instagram
