#include "domain/engagement/asking.hpp"

#include <fmt/core.h>

#include "domain/calendar/time_words.hpp"

namespace pulse::domain {

namespace {

constexpr std::size_t most_title_bytes = 160;

/// On one line, so that nothing that was posted looks like a line of ours.
std::string on_one_line(const std::string& text, std::size_t most) {
  std::string made;
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    made += is_control ? ' ' : c;
  }
  if (made.size() <= most) return made;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(made[end]) & 0xc0) == 0x80) --end;
  made.resize(end);
  return made + "…";
}

std::string about_post(const std::string& page_name, const std::string& post_title) {
  std::string made = "under a post of " + on_one_line(page_name, most_title_bytes);
  if (!post_title.empty()) made += fmt::format(": \"{}\"", on_one_line(post_title, most_title_bytes));
  return made;
}

/// What the act is, in lines.
std::string lines_of(const asked_act& of, const time_formatter& clock) {
  std::string made = of.kind == engagement_kind::like ? "A like " : "A comment ";
  made += about_post(of.page_name, of.post_title);
  made += fmt::format("\nat about {}\n", clock.format(of.at));
  if (of.kind == engagement_kind::comment) {
    made += of.text.empty() ? "It has no words yet; you write them behind the link.\n"
                            : fmt::format("> {}\n", on_one_line(of.text, 2'000));
  }
  return made;
}

std::string subject_of(const std::vector<asked_act>& acts) {
  if (acts.size() != 1) return std::to_string(acts.size()) + " likes and comments wait for your word";
  return fmt::format("A {} waits for your word", acts.front().kind == engagement_kind::like ? "like" : "comment");
}

}  // namespace

asking_mail write_asking_mail(const std::vector<asked_act>& acts, const std::string& zone) {
  const time_formatter clock{zone};
  asking_mail made{.subject = subject_of(acts), .text = {}};
  made.text = "Nothing goes out in your name before you say so. Each link shows one of them, and is good once.\n";
  for (const auto& each : acts) made.text += fmt::format("\n{}{}\n", lines_of(each, clock), each.link);
  made.text += fmt::format(
      "\nTimes are those of {}. Whoever has a link can answer it in your name: pass none on.\n"
      "You can switch these mails off in your settings of engagement.\n",
      zone);
  return made;
}

chat_message write_asking_chat(const std::vector<asked_act>& acts, const std::string& zone) {
  const time_formatter clock{zone};
  chat_message made{.title = subject_of(acts), .parts = {}};
  for (const auto& each : acts) made.parts.push_back({lines_of(each, clock), each.link, "Confirm or skip it"});
  made.parts.push_back({fmt::format("Nothing goes out before you say so. Times are those of {}.", zone), {}, {}});
  return made;
}

chat_message write_company_chat(const std::vector<post_with_waiting>& posts, const std::string& queue) {
  chat_message made{.title = "Likes and comments wait for their members", .parts = {}};
  for (const auto& each : posts) {
    made.parts.push_back(
        {fmt::format("{}{} for the word of {}{}{}", each.acts, each.acts == 1 ? " waits" : " wait", each.members,
                     each.members == 1 ? " member " : " members ", about_post(each.page_name, each.post_title)),
         {},
         {}});
  }
  made.parts.push_back({"Each finds their own in their queue.", queue, "My queue"});
  return made;
}

}  // namespace pulse::domain
