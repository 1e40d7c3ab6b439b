#include "connectors/chat/message.hpp"

#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/shared/reply_words.hpp"
#include "domain/explaining/sentence.hpp"

namespace pulse::connectors::chat {

namespace {

using boost::json::array;
using boost::json::object;
using domain::chat_kind;
using domain::chat_message;

constexpr std::chrono::milliseconds timeout{8'000};
constexpr std::size_t most_reply_bytes = 16 * 1024;
/// Discord takes 2,000 characters; bytes are at least as many.
constexpr std::size_t most_discord_bytes = 2'000;
constexpr int status_too_many = 429;

std::string replaced(std::string_view text, char what, std::string_view by) {
  std::string made;
  for (const char c : text) {
    if (c == what)
      made += by;
    else
      made += c;
  }
  return made;
}

/// Slack reads markup between `<` and `>`, and these three are all that must be written otherwise; that * and _ are not
/// read is asked for by `mrkdwn`, which does not touch links.
std::string for_slack(std::string_view text) {
  return replaced(replaced(replaced(text, '&', "&amp;"), '<', "&lt;"), '>', "&gt;");
}

/// Discord and Teams read Markdown.
std::string without_markdown(std::string_view text) {
  constexpr std::string_view marks = "\\*_~`|[]()<>#";
  std::string made;
  for (const char c : text) {
    if (marks.find(c) != marks.npos) made += '\\';
    made += c;
  }
  return made;
}

chat_message in_reading_order(chat_message of) {
  of.title = domain::in_reading_order(std::move(of.title));
  for (auto& each : of.parts) {
    each.text = domain::in_reading_order(std::move(each.text));
    each.link_title = domain::in_reading_order(std::move(each.link_title));
  }
  return of;
}

std::string slack(const chat_message& message) {
  std::string text = for_slack(message.title);
  for (const auto& each : message.parts) {
    text += "\n\n" + for_slack(each.text);
    if (!each.link.empty()) text += fmt::format("\n<{}|{}>", each.link, for_slack(each.link_title));
  }
  return boost::json::serialize(
      object{{"text", text}, {"mrkdwn", false}, {"unfurl_links", false}, {"unfurl_media", false}});
}

std::string discord(const chat_message& message) {
  std::string text = without_markdown(message.title);
  bool is_cut = false;
  for (const auto& each : message.parts) {
    std::string part = "\n\n" + without_markdown(each.text);
    // Between < and > Discord makes no preview of it.
    if (!each.link.empty()) part += fmt::format("\n{}: <{}>", each.link_title, each.link);
    if (text.size() + part.size() > most_discord_bytes - 4) {
      is_cut = true;
      continue;  // a part is said whole or not at all, so that no link is cut
    }
    text += part;
  }
  if (is_cut) text += "\n…";
  return boost::json::serialize(object{{"content", text}, {"allowed_mentions", {{"parse", array{}}}}});
}

std::string teams(const chat_message& message) {
  array body{
      object{{"type", "TextBlock"}, {"text", without_markdown(message.title)}, {"weight", "Bolder"}, {"wrap", true}}};
  for (const auto& each : message.parts) {
    body.push_back(
        object{{"type", "TextBlock"}, {"text", without_markdown(each.text)}, {"wrap", true}, {"separator", true}});
    if (each.link.empty()) continue;
    body.push_back(
        object{{"type", "ActionSet"},
               {"actions", array{object{{"type", "Action.OpenUrl"}, {"title", each.link_title}, {"url", each.link}}}}});
  }
  const object card{{"type", "AdaptiveCard"},
                    {"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                    {"version", "1.4"},
                    {"body", std::move(body)}};
  return boost::json::serialize(object{
      {"type", "message"},
      {"attachments", array{object{{"contentType", "application/vnd.microsoft.card.adaptive"}, {"content", card}}}}});
}

}  // namespace

std::string body_of(chat_kind kind, const chat_message& message) {
  const auto shown = in_reading_order(message);
  switch (kind) {
    case chat_kind::slack: return slack(shown);
    case chat_kind::teams: return teams(shown);
    case chat_kind::discord: return discord(shown);
  }
  return {};
}

egress_request request_to(const std::string& address, std::string body) {
  egress_request made;
  made.method = "POST";
  made.url = address;
  made.headers = {{"content-type", "application/json"}};
  made.body = std::move(body);
  made.timeout = timeout;
  made.max_response_bytes = most_reply_bytes;
  made.address = trust::user_given;
  return made;
}

verdict read_reply(const egress_reply& reply, base::timestamp now) {
  if (reply.address_refused) return {delivery::gone, "The address is none that may be called."};
  if (reply.how_far != progress::complete) return {delivery::again, "The chat did not answer."};
  if (reply.status >= 200 && reply.status < 300) return {};
  const auto said = fmt::format("The chat answered {}.", reply.status);
  if (reply.status == status_too_many || reply.status >= 500)
    return {delivery::again, said, retry_after_in(reply, now)};
  const bool is_gone = reply.status == 401 || reply.status == 403 || reply.status == 404 || reply.status == 410;
  return {is_gone ? delivery::gone : delivery::refused, said};
}

}  // namespace pulse::connectors::chat
