#include "domain/publishing/parts_out.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {
namespace {

const chosen_options thread{{"thread", "Two\n---\nThree"}};
const chosen_options comment{{"first_comment", "Yes"}};

}  // namespace

TEST_CASE("how many parts of a thread are out is what is kept of them, in order") {
  CHECK(count_parts({}, {}).parts == 1);
  CHECK_FALSE(count_parts({}, {{"container", "5"}}).is_in_the_middle());
  CHECK(count_parts(thread, {}).parts == 3);
  CHECK_FALSE(count_parts(thread, {}).is_in_the_middle());
  const auto one = count_parts(thread, {{"part_1", "7"}, {"part_1_url", "https://x.com/7"}, {"2.container", "5"}});
  CHECK(one.out == 1);
  CHECK(one.is_in_the_middle());
  CHECK(out_words(one) == "1 of 3 parts is out at https://x.com/7");
  CHECK(count_parts(thread, {{"part_1", "7"}, {"part_3", "9"}}).out == 1);
  const auto all = count_parts(thread, {{"part_1", "7"}, {"part_2", "8"}, {"part_3", "9"}});
  CHECK(all.out == 3);
  CHECK_FALSE(all.is_in_the_middle());
}

TEST_CASE("a post whose first comment is not out is in the middle, and out") {
  const auto of = count_parts(comment, {{"part_1", "7"}});
  CHECK(of.is_comment);
  CHECK(of.is_in_the_middle());
  CHECK(out_words(of) == "the post is out");
  CHECK_FALSE(count_parts(comment, {{"part_1", "7"}, {"first_comment", "8"}}).is_in_the_middle());
}

TEST_CASE("why it was withdrawn says what is out of it") {
  for (const auto cause :
       {withdrawal_cause::cancelled, withdrawal_cause::post_deleted, withdrawal_cause::channel_removed})
    CHECK(withdrawal_words(cause, {}).find("before") != std::string::npos);
  const auto half = count_parts(thread, {{"part_1", "7"}, {"part_2", "8"}});
  CHECK(withdrawal_words(withdrawal_cause::cancelled, half) ==
        "it was cancelled when 2 of 3 parts were out; what is out stays there, and the rest is not sent");
  CHECK(withdrawal_words(withdrawal_cause::post_deleted, count_parts(comment, {{"part_1", "7"}})) ==
        "the post is out; its first comment is not sent: the post was deleted in Pulse");
}

}  // namespace pulse::domain
