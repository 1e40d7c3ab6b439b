#include "domain/publishing/first_comment.hpp"

#include <catch2/catch.hpp>

#include "domain/publishing/option_fit.hpp"
#include "domain/publishing/thread.hpp"

using namespace pulse::domain;

TEST_CASE("a first comment is the one part below its post, without the white space around it") {
  using parts = std::vector<std::string>;
  CHECK(further_parts({{"first_comment", "  one\n---\ntwo \n"}}) == parts{"one\n---\ntwo"});
  CHECK(further_parts({{"first_comment", " \n"}}).empty());
  CHECK(has_first_comment({{"first_comment", "one"}}));
  CHECK_FALSE(has_first_comment({{"first_comment", " "}}));
  CHECK_FALSE(has_first_comment({{"thread", "one"}}));
}

TEST_CASE("a first comment has its platform's length of a comment, counted in code points") {
  struct row {
    channel_type type;
    std::size_t most;
  };
  for (const auto& each :
       {row{channel_type::linkedin, 1'250}, row{channel_type::instagram, 2'200}, row{channel_type::facebook, 8'000}}) {
    CHECK_FALSE(first_comment_problem(each.type, std::string(each.most, 'a')));
    const auto wrong = first_comment_problem(each.type, std::string(each.most + 1, 'a'));
    REQUIRE(wrong);
    CHECK(wrong->find(" in a comment") != wrong->npos);
    CHECK(wrong->find(std::to_string(each.most)) != wrong->npos);
    CHECK(first_comment_problem(each.type, " \n") == "must not be blank; leave it out");
  }
  CHECK_FALSE(first_comment_problem(channel_type::linkedin, "Two\nlines"));
}

TEST_CASE("what Instagram says of hashtags and mentions holds in a comment, too") {
  std::string tags;
  for (int i = 0; i < 31; ++i) tags += "#tag" + std::to_string(i) + " ";
  CHECK(first_comment_problem(channel_type::instagram, tags)->starts_with("has 31 hashtags"));
}

TEST_CASE("a first comment is checked when it is written, and is no option of platforms without comments") {
  CHECK(option_misfits({{"linkedin", {{"first_comment", "Two\nlines"}}}}).empty());
  const auto wrong = option_misfits({{"linkedin", {{"first_comment", " "}}}, {"x", {{"first_comment", "Yes"}}}});
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].pointer == "/options/linkedin/first_comment");
  CHECK(wrong[1].pointer == "/options/x/first_comment");
}
