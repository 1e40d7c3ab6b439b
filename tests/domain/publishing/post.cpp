#include "domain/publishing/post.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "base/describe.hpp"

namespace pulse::domain {

namespace {

using namespace std::chrono_literals;
using enum delivery_state;

const auto now = base::parse_timestamp("2026-11-22T12:00:00Z").value();

post_state state_of(std::vector<delivery_state> states, bool is_scheduled = true) {
  return state_of_post(is_scheduled, states);
}

std::vector<delivery_state> all_states() {
  std::vector<delivery_state> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>(
      [&](auto entry) { all.push_back(entry.value); });
  return all;
}

}  // namespace

TEST_CASE("a post that waits is a draft until it has a time") {
  CHECK(state_of({waiting, waiting}, false) == post_state::draft);
  CHECK(state_of({waiting, waiting}) == post_state::scheduled);
  CHECK(state_of({waiting, cancelled}) == post_state::scheduled);
}

TEST_CASE("a post of one state is that") {
  CHECK(state_of({published, published}) == post_state::published);
  CHECK(state_of({failed}) == post_state::failed);
  CHECK(state_of({missed}) == post_state::missed);
  CHECK(state_of({cancelled, cancelled}) == post_state::cancelled);
}

TEST_CASE("a post that is out on some channels and not on others says so") {
  CHECK(state_of({published, failed}) == post_state::published_partial);
  CHECK(state_of({published, missed}) == post_state::published_partial);
  CHECK(state_of({published, cancelled}) == post_state::published);
  CHECK(state_of({published, waiting}) == post_state::publishing);
  CHECK(state_of({failed, waiting}) == post_state::publishing);
}

TEST_CASE("a post is final only when nothing of it can move, and a doubt is never hidden") {
  const auto all = all_states();
  for (unsigned subset = 1; subset < 1u << all.size(); ++subset) {
    std::vector<delivery_state> states;
    bool moves = false;
    bool doubtful = false;
    bool is_sending = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((subset >> i & 1) == 0) continue;
      states.push_back(all[i]);
      moves = moves || !is_settled(all[i]);
      doubtful = doubtful || all[i] == unknown || all[i] == unconfirmed;
      is_sending = is_sending || all[i] == sending;
    }
    const auto state = state_of(states);
    const bool is_final = state == post_state::published || state == post_state::published_partial ||
                          state == post_state::failed || state == post_state::missed || state == post_state::cancelled;
    INFO("subset " << subset << " is " << base::to_name(state));
    CHECK_FALSE((is_final && (moves || doubtful)));
    if (is_sending) CHECK(state == post_state::publishing);
    if (doubtful && !is_sending) CHECK(state == post_state::needs_attention);
  }
}

TEST_CASE("a post is scheduled from now on, and at most two years ahead") {
  CHECK_FALSE(schedule_problem(now, now));
  CHECK_FALSE(schedule_problem(now - schedule_grace, now));
  CHECK(schedule_problem(now - schedule_grace - 1us, now));
  CHECK_FALSE(schedule_problem(now + farthest_schedule, now));
  CHECK(schedule_problem(now + farthest_schedule + 1us, now));
}

TEST_CASE("a text is refused by the platform that does not take it") {
  CHECK_FALSE(text_problem_for(channel_type::x, std::string(280, 'a')));
  CHECK(text_problem_for(channel_type::x, std::string(281, 'a')) == "has 281 characters, X takes 280");
  CHECK_FALSE(text_problem_for(channel_type::website, std::string(20'000, 'a')));
  CHECK(text_problem_for(channel_type::website, std::string(20'001, 'a')));
  CHECK(text_problem_for(channel_type::x, "") == "must not be empty");
}

TEST_CASE("a text of which nobody sees anything is refused everywhere") {
  const std::string blank = GENERATE(" ", "\n\t ", "\u00a0", "\u200b", "\u2060\ufeff", "\u3000", "\u2800", "\u00ad",
                                     "\u3164", "\u180e", "\u200e\u202a", "\ufe0f", "\U000e0041", "\u115f\u1160",
                                     "\u0085", "\u034f", "\u2028", "\u0001", "\u061c", "\uffa0", "\u206a");
  CAPTURE(blank);
  for (const auto& each : platforms()) {
    CHECK(text_problem_for(each.type, blank) == "must not be blank: nobody would see anything of it");
    CHECK(text_problem_for(each.type, blank + blank + blank));
    CHECK_FALSE(text_problem_for(each.type, blank + "." + blank));
  }
  for (const auto* seen : {"a", "0", "\u0600", "\U0001f600", "\u0301"})
    CHECK_FALSE(text_problem_for(channel_type::x, seen));
}

TEST_CASE("what the website would show nothing of is refused for it, whatever it is made of") {
  const std::string nothing = GENERATE(
      "[a]: https://b.test", "[a]: https://b.test \"title\"\n[b]: <https://c.test>", "&nbsp;", "&#8203;",
      "&#x200B;&zwnj;&shy;", "&ZeroWidthSpace; &NoBreak;\n\n&#xFEFF;", "#", "######", "# #", "# &nbsp;", "-",
      "- \n- \n- ", "1. ", "* * *", "---", "***", "___\n\n---", "- &nbsp;\n- \u200b", ">", "> >\n>", "> -", "```\n```",
      "```js\n```", "~~~\n\n~~~", "```\n \n\u200b\n```", "` `", "` \u00a0 `", "[](https://a.com)", "[ ](https://a.com)",
      "[\u200b](https://a.com \"title\")", "[&nbsp;](https://a.com)", "![](http://a.com/b.png)",
      "![ ](javascript:alert)", "| | |\n|---|---|", "|&nbsp;| |\n|---|---|\n|\u2060|&#32;|", "\\\n\\\n&nbsp;",
      "\u200b\n\n[x]: /y\n\n#", "&#32;", "&Tab;&NewLine;", "**&nbsp;**", "~~&nbsp;~~", "[^1]: note", "1.", "\uffff",
      "\uffff[a]: https://b.test", "\u0001#");
  CAPTURE(nothing);
  const auto wrong = text_problem_for(channel_type::website, nothing);
  REQUIRE(wrong);
  CHECK(wrong->find("nobody would see anything") != std::string::npos);
}

TEST_CASE("what the website shows something of is taken") {
  const std::string seen =
      GENERATE("a", "# a", "- a", "&amp;", "&nope;", "&nbsp", "\\#", "[a]: https://b.test\n\na", "[a]",
               "![](https://a.com/b.png)", "![a](http://a.com/b.png)", "[![](https://a.com/b.png)](https://c.com)",
               "https://a.com", "<https://a.com>", "<!-- x -->", "<br>", "```\nx\n```", "`x`", "|a|\n|-|", "1", "-a",
               "\u00e9", "\U0001f600", "[a](https://b.com)", "\\[a]: https://b.test", "* * a", "\u200b.", "&copy;",
               "&#65;", "#hashtag", "@me", "\u4f60\u597d", "&#0;");
  CAPTURE(seen);
  CHECK_FALSE(text_problem_for(channel_type::website, seen));
  CHECK_FALSE(text_problem_for(channel_type::x, "&nbsp;"));  // no Markdown there
}

TEST_CASE("what Instagram refuses for its tags and mentions is refused while it is written") {
  const auto times = [](int count, const std::string& word) {
    std::string text = "Look:";
    for (int i = 0; i < count; ++i) text += " " + word + std::to_string(i);
    return text;
  };
  using enum channel_type;
  CHECK_FALSE(text_problem_for(instagram, times(30, "#tag")));
  CHECK(text_problem_for(instagram, times(31, "#tag")) == "has 31 hashtags, Instagram takes 30");
  CHECK(text_problem_for(instagram, times(31, "\uff03tag")) == "has 31 hashtags, Instagram takes 30");
  CHECK_FALSE(text_problem_for(instagram, times(20, "@name")));
  CHECK(text_problem_for(instagram, times(21, "@name")) == "has 21 mentions, Instagram takes 20");
  CHECK_FALSE(text_problem_for(instagram, times(40, "me@example.org")));
  CHECK_FALSE(text_problem_for(instagram, times(40, "# ")));
  CHECK_FALSE(text_problem_for(linkedin, times(31, "#tag")));
  CHECK(text_problem_for(x, "$PULSE and $ACME") == "has 2 cashtags, X takes 1");
  CHECK_FALSE(text_problem_for(x, "$PULSE for $5, US$AB"));
}

TEST_CASE("media are counted by what a platform takes of them") {
  using enum channel_type;
  const auto images = [](std::size_t count) {
    return std::vector<media>(count, {media_kind::image, "https://a.example/1", ""});
  };
  CHECK_FALSE(media_problem_for(x, images(4)));
  CHECK(media_problem_for(x, images(5)) == "has 5 images, X takes 4");
  auto described = images(1);
  described[0].alt_text = std::string(1'001, 'a');
  CHECK(media_problem_for(x, described) == "has a description of 1001 characters, X takes 1000");
  CHECK(media_problem_for(website, std::vector<media>{{media_kind::video, "https://a.example/1", ""}}) ==
        "has 1 film, Website takes none");
  const auto with_films = [&images](std::size_t count, std::size_t films) {
    auto made = images(count);
    made.insert(made.end(), films, {media_kind::video, "https://a.example/2", ""});
    return made;
  };
  CHECK_FALSE(media_problem_for(instagram, with_films(5, 5)));
  CHECK(media_problem_for(instagram, with_films(6, 5)) == "has 11 images and films, Instagram takes 10");
  CHECK_FALSE(media_problem_for(threads, with_films(19, 1)));
  CHECK(media_problem_for(threads, with_films(1, 20)) == "has 21 images and films, Threads takes 20");
  CHECK_FALSE(media_problem_for(pinterest, with_films(1, 1)));
  CHECK(media_problem_for(x, with_films(1, 1)) == "has images and films, X takes one kind");
  CHECK_FALSE(media_problem_for(bluesky, with_films(0, 1)));
  CHECK_FALSE(media_problem_for(mastodon, with_films(0, 1)));
  CHECK(media_problem_for(mastodon, with_films(1, 1)) == "has images and films, Mastodon takes one kind");
  CHECK(title_problem_for(website, std::string(301, 'a')));
  CHECK_FALSE(title_problem_for(x, std::string(301, 'a')));
  // A title is counted as its platform counts: TikTok's 90 are UTF-16 units.
  std::string emoji;
  for (int i = 0; i < 46; ++i) emoji += "😀";
  CHECK(title_problem_for(channel_type::tiktok, emoji) == "has 92 characters, TikTok takes 90");
  CHECK_FALSE(title_problem_for(channel_type::pinterest, emoji));
}

}  // namespace pulse::domain
