// Comments below posts, as the Graph API keeps and lists them: the same for Instagram and Facebook (platforms/instagram.md,
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

/// What differs between the two.
struct comment_manners {
  std::size_t most_characters = 0;
  std::size_t largest_page = 0;
  bool newest_first = false;
  std::set<std::string_view> fields;  // that a list can be asked for
  /// A field of a comment as it is shown; null: it is not.
  std::function<boost::json::value(const comment&, std::string_view field)> show;
};

class comment_store {
 public:
  explicit comment_store(comment_manners manners) : manners_(std::move(manners)) {}

  /// `POST /{object}/comments`; `prefix` stands before the comment's number.
  verdict add(const parameters& given, const std::string& object, const std::string& author, const std::string& prefix,
              base::timestamp now);
  /// `GET /{object}/comments`
  verdict list(const parameters& given, const std::string& object) const;

  /// The comments of a post that is deleted go with it.
  void forget(const std::string& object);
  /// Of the record that `add` has made.
  void restore(const boost::json::object& record);
  boost::json::array state() const;

 private:
  comment_manners manners_;
  std::vector<comment> all_;  // oldest first
  std::uint64_t last_id_ = 17'900'000'000'000'000;
};

}  // namespace pulse::sandbox::instagram
