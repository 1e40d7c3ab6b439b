#include "domain/publishing/thread.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

TEST_CASE("a thread is what stands between lines of three hyphens, without the white space around it") {
  using parts = std::vector<std::string>;
  CHECK(split_thread("") == parts{});
  CHECK(split_thread("one") == parts{"one"});
  CHECK(split_thread("one\n---\ntwo\nlines\n---\nthree") == parts{"one", "two\nlines", "three"});
  CHECK(split_thread("---\n one \r\n --- \r\n\n---\ntwo\n---") == parts{"one", "two"});
  CHECK(split_thread("one --- two\n----\nthree") == parts{"one --- two\n----\nthree"});
  CHECK(further_parts({{"thread", "a\n---\nb"}}) == parts{"a", "b"});
  CHECK(further_parts({{"language", "en"}}).empty());
}

TEST_CASE("each part of a thread is a text of the platform's, and is named where it is not") {
  CHECK_FALSE(thread_problem(channel_type::x, "two\n---\n" + std::string(280, 'a'), 24));
  CHECK(thread_problem(channel_type::x, "two\n---\n" + std::string(281, 'a'), 24)->starts_with("part 3 has 281 "));
  CHECK(thread_problem(channel_type::x, "a\n---\nb\n---\nc", 2) == "has 3 further parts, at most 2 are taken");
  CHECK(thread_problem(channel_type::x, " ", 2) == "must not be blank; leave it out");
}
