#include "domain/publishing/parts_out.hpp"

#include <fmt/core.h>

#include "domain/publishing/first_comment.hpp"
#include "domain/publishing/thread.hpp"

namespace pulse::domain {

namespace {

std::string found_in(const std::map<std::string, std::string>& kept, const std::string& name) {
  const auto found = kept.find(name);
  return found == kept.end() ? std::string{} : found->second;
}

}  // namespace

std::string kept_part_name(int part) { return "part_" + std::to_string(part); }

std::string kept_address_name(int part) { return kept_part_name(part) + "_url"; }

parts_out count_parts(const chosen_options& chosen, const std::map<std::string, std::string>& kept) {
  parts_out made{.parts = 1 + static_cast<int>(further_parts(chosen).size()),
                 .out = 0,
                 .is_comment = has_first_comment(chosen),
                 .id = found_in(kept, kept_part_name(1)),
                 .url = found_in(kept, kept_address_name(1))};
  const auto is_kept = [&](int part) {
    return kept.contains(made.is_comment && part == 2 ? std::string{kept_comment_name} : kept_part_name(part));
  };
  while (made.out < made.parts && is_kept(made.out + 1)) ++made.out;
  return made;
}

std::string out_words(const parts_out& of) {
  return (of.is_comment ? std::string{"the post is out"} : parts_out_words(of.out, of.parts)) +
         (of.url.empty() ? "" : " at " + of.url);
}

std::string withdrawal_words(withdrawal_cause cause, const parts_out& of) {
  if (of.is_in_the_middle() && of.is_comment) {
    const auto words = out_words(of) + "; its first comment is not sent: ";
    switch (cause) {
      case withdrawal_cause::cancelled: return words + "it was cancelled";
      case withdrawal_cause::post_deleted: return words + "the post was deleted in Pulse";
      case withdrawal_cause::channel_removed: return words + "the channel was removed";
    }
  }
  if (of.out > 0 && !of.is_in_the_middle()) return "all of it is out";
  const auto when = of.is_in_the_middle() ? fmt::format("when {}; what is out stays there, and the rest is not sent",
                                                        parts_were_out_words(of.out, of.parts))
                                          : std::string{"before it went out"};
  switch (cause) {
    case withdrawal_cause::cancelled: return "it was cancelled " + when;
    case withdrawal_cause::post_deleted: return "the post was deleted " + when;
    case withdrawal_cause::channel_removed:
      return "the channel was removed " + (of.is_in_the_middle() ? when : std::string{"before the post went out"});
  }
  return {};
}

}  // namespace pulse::domain
