#include "http/live/messages.hpp"

#include <string_view>
#include <utility>

#include "base/json.hpp"

namespace pulse::http::live {

namespace {

/// How soon a client reconnects after the connection ended.
constexpr std::string_view retry_line = "retry: 2000\n";

/// The latest message of a thread: all watchers at the same place get the same bytes.
class latest {
 public:
  template <class Make>
  text find_or(const std::vector<frame>& events, Make make) {
    if (text_ && events_ == events) return text_;
    events_ = events;
    text_ = std::make_shared<const std::string>(make(events));
    return text_;
  }

 private:
  std::vector<frame> events_;
  text text_;
};

std::string write_message(const std::vector<frame>& events) {
  std::string made = R"({"type":"events","events":[)";
  for (const auto& each : events) {
    if (&each != &events.front()) made += ',';
    made += each->json;
  }
  return made += "]}";
}

std::string write_server_sent(const std::vector<frame>& events) {
  std::string made;
  for (const auto& each : events)
    made.append("id: ").append(each->cursor).append("\nevent: event\ndata: ").append(each->json).append("\n\n");
  return made;
}

}  // namespace

text to_message(const note& from) { return std::make_shared<const std::string>(base::json::to_json(from)); }

text to_message(const std::vector<frame>& events) {
  thread_local latest kept;
  return kept.find_or(events, write_message);
}

text to_server_sent(const note& from) {
  std::string made = from.type == "hello" ? std::string{retry_line} : std::string{};
  made.append("event: ").append(from.type).append("\ndata: ").append(base::json::to_json(from)).append("\n\n");
  return std::make_shared<const std::string>(std::move(made));
}

text to_server_sent(const std::vector<frame>& events) {
  thread_local latest kept;
  return kept.find_or(events, write_server_sent);
}

}  // namespace pulse::http::live
