// How far a delivery of several parts has come (a thread, or a post with its first comment), by the handles that are
// kept with it.
#pragma once

#include <map>
#include <string>

#include "domain/events/facts.hpp"
#include "domain/platforms/post_option.hpp"

namespace pulse::domain {

/// The names under which the platform's ids and addresses of parts are kept with their delivery
/// (`connectors::publication::handles`), in order from 1.
std::string kept_part_name(int part);
std::string kept_address_name(int part);
/// A first comment has a separate name: it is deleted with its post, not like the parts that are deleted one by one.
inline constexpr const char* kept_comment_name = "first_comment";

struct parts_out {
  int parts = 1;            // the post itself, and what follows below it
  int out = 0;              // of them, those that are at the platform: the first ones
  bool is_comment = false;  // what follows is the first comment
  std::string id;           // the platform's, of the first part; may be empty, as the next
  std::string url;

  bool is_in_the_middle() const { return out > 0 && out < parts; }
};

/// From the platform's options, and the stored handles.
parts_out count_parts(const chosen_options& chosen, const std::map<std::string, std::string>& kept);

/// "2 of 5 parts are out", or "the post is out", with its address where that is known: of one that is in the middle.
std::string out_words(const parts_out& of);

/// Why a delivery is as it is after it was withdrawn: before anything of it went out, or in the middle. It begins
/// small, and has no full stop.
std::string withdrawal_words(withdrawal_cause cause, const parts_out& of);

}  // namespace pulse::domain
