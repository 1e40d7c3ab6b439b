#include "domain/events/facts.hpp"

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "domain/events/sentences.hpp"
#include "domain/publishing/first_comment.hpp"

namespace pulse::domain {

TEST_CASE("every kind of event has facts of its own, which are read back as they were written, and a sentence") {
  std::size_t kinds = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<event_kind>>([&kinds](auto each) {
    INFO(each.name);
    const auto empty = read_facts(each.value, {});
    CHECK(kind_of(empty) == each.value);
    CHECK_FALSE(sentence_of(empty).empty());
    const auto again = read_facts(each.value, boost::json::parse(to_json(empty)).as_object());
    CHECK(to_json(again) == to_json(empty));
    ++kinds;
  });
  CHECK(kinds == std::variant_size_v<event_facts>);
}

TEST_CASE("facts keep names with colons apart from the reason") {
  const publish_cancelled removed{"Acme: News", withdrawal_cause::channel_removed, channel_type::x};
  const auto read = read_facts(event_kind::PublishCancelled, boost::json::parse(to_json(removed)).as_object());
  CHECK(std::get<publish_cancelled>(read).channel_name == "Acme: News");
  CHECK(std::get<publish_cancelled>(read).because == withdrawal_cause::channel_removed);
  CHECK(sentence_of(read) == "Publishing on Acme: News was cancelled: the channel was removed.");
}

TEST_CASE("the story tells a post and its first comment, each once, and what became of a refused one") {
  publish_retry_scheduled post;
  post.platform = channel_type::linkedin;
  post.outcome = outcome_kind::published;
  post.reason = std::string{comment_follows};
  CHECK(sentence_of(event_facts{post}) == "The post is out; its first comment follows.");
  publish_succeeded both;
  both.platform = channel_type::linkedin;
  both.outcome = outcome_kind::published;
  both.external_post_id = "7";
  both.reason = std::string{comment_is_out};
  CHECK(sentence_of(event_facts{both}) == "Published on LinkedIn. The first comment is out, too.");
  both.outcome = outcome_kind::permission;
  both.reason = "The post is out at 7; its first comment was refused: no.";
  CHECK(sentence_of(event_facts{both}) ==
        "Published on LinkedIn: The post is out at 7; its first comment was refused: no.");
}

TEST_CASE("a row of an older version keeps its sentence, and a kind of a newer one its name") {
  CHECK(sentence_of("PublishCancelled", "Publishing on X was cancelled.", {}) == "Publishing on X was cancelled.");
  CHECK(sentence_of("SomethingNew", "", {}) == "SomethingNew");
  const boost::json::object newer{{"channel_name", "X"}, {"because", "of something new"}, {"more", 1}};
  CHECK(sentence_of("ChannelPaused", "", newer) == "Publishing on X was paused.");
}

TEST_CASE("a thread that is stopped in the middle says what is out, and what is not") {
  publish_cancelled stopped{
      .channel_name = "Acme", .because = withdrawal_cause::cancelled, .platform = channel_type::x};
  stopped.parts = 5;
  stopped.parts_out = 2;
  CHECK(sentence_of(event_facts{stopped}) ==
        "Publishing on Acme was cancelled when 2 of 5 parts were out; what is out stays there, and the rest is not "
        "sent.");
  stopped.because = withdrawal_cause::post_deleted;
  CHECK(
      sentence_of(event_facts{stopped}) ==
      "Publishing on Acme was cancelled when 2 of 5 parts were out; what is out stays there, and the rest is not sent: "
      "the post was deleted.");
  publish_succeeded post;
  post.platform = channel_type::linkedin;
  post.external_post_id = "7";
  post.parts = 2;
  post.parts_out = 1;
  post.reason = "The post is out; its first comment is not sent: it was cancelled.";
  CHECK(sentence_of(event_facts{post}) ==
        "Published on LinkedIn. The post is out; its first comment is not sent: it was cancelled.");
}

TEST_CASE("a first comment that is sent once more is told as such") {
  publication_change_requested asked;
  asked.platform = channel_type::linkedin;
  asked.change = publication_change_kind::comment;
  CHECK(sentence_of(event_facts{asked}) == "Asked to send the first comment on LinkedIn once more.");
  publication_change_failed refused;
  refused.platform = channel_type::linkedin;
  refused.change = publication_change_kind::comment;
  refused.reason = "The post is out; its first comment was refused: no.";
  CHECK(sentence_of(event_facts{refused}) ==
        "The first comment on LinkedIn is not out: The post is out; its first comment was refused: no.");
}

TEST_CASE("names in sentences have no controls of the reading order, in rows of older versions neither") {
  const publish_cancelled of{
      .channel_name = "Acme\xE2\x80\xAE", .because = withdrawal_cause::cancelled, .platform = {}};
  CHECK(sentence_of(event_facts{of}) == "Publishing on Acme was cancelled.");
  CHECK(sentence_of("PostCreated",
                    "\xE2\x80\xAE"
                    "Anna wrote it.",
                    {}) == "Anna wrote it.");
}

TEST_CASE("times in a sentence are those of the reader's clock") {
  content_scheduled of;
  of.title = "Prices";
  of.scheduled_at = *base::parse_timestamp("2027-01-13T02:30:00Z");
  CHECK(sentence_of(event_facts{of}, time_formatter{"Asia/Kolkata"}) ==
        "“Prices” was scheduled for Wed 13 Jan 2027, 08:00 IST.");
  CHECK(sentence_of(event_facts{of}) == "“Prices” was scheduled for Wed 13 Jan 2027, 02:30 UTC.");
  engagement_held held;
  held.act = "like";
  held.until = *base::parse_timestamp("2026-10-25T01:30:00Z");
  CHECK(sentence_of(event_facts{held}, time_formatter{"Europe/Amsterdam"}) ==
        "The like waits until Sun 25 Oct 2026, 02:30 CET.");
  approval_reminded asked;
  asked.title = "Prices";
  asked.hours = 48;
  CHECK(sentence_of(event_facts{asked}) ==
        "“Prices” has waited for approval for 2 days. Nobody who may approve it could be reached by mail.");
}

}  // namespace pulse::domain
