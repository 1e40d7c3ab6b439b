#include "domain/engagement/asking.hpp"

#include "domain/calendar/local_time.hpp"

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

std::string told(const asked_act& of, const zone_clock& clock) {
  std::string made = of.kind == engagement_kind::like ? "A like" : "A comment";
  made += " under a post of " + on_one_line(of.page_name, most_title_bytes);
  if (!of.post_title.empty()) made += ": \"" + on_one_line(of.post_title, most_title_bytes) + "\"";
  made += "\nat about " + clock.format(of.at, "%Y-%m-%d %H:%M") + "\n";
  if (of.kind == engagement_kind::comment) {
    made += of.text.empty() ? "It has no words yet; you write them behind the link.\n"
                            : "> " + on_one_line(of.text, 2'000) + "\n";
  }
  return made + of.link + "\n";
}

}  // namespace

asking_mail write_asking_mail(const std::vector<asked_act>& acts, const std::string& zone) {
  const zone_clock clock{zone};
  asking_mail made;
  made.subject =
      acts.size() == 1
          ? "A " + std::string{acts.front().kind == engagement_kind::like ? "like" : "comment"} + " waits for your word"
          : std::to_string(acts.size()) + " likes and comments wait for your word";
  made.text = "Nothing goes out in your name before you say so. Each link shows one of them, and is good once.\n";
  for (const auto& each : acts) made.text += "\n" + told(each, clock);
  made.text += "\nTimes are those of " + zone +
               ". Whoever has a link can answer it in your name: pass none on.\n"
               "You can switch these mails off in your settings of engagement.\n";
  return made;
}

}  // namespace pulse::domain
