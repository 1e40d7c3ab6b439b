// The control API under /_sandbox/, with which a test sets and reads the sandbox.
#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "base/json.hpp"
#include "http/server/query.hpp"
#include "sandbox/core/mails_page.hpp"
#include "sandbox/core/picture.hpp"
#include "sandbox/core/replies.hpp"
#include "sandbox/core/sandbox.hpp"

namespace pulse::sandbox {

namespace {

using http::server::verb;

constexpr std::size_t journal_page_default = 10'000;
constexpr std::size_t journal_page_max = 10'000;
constexpr std::size_t mails_max = 100;

/// The JSON object of a control call's body; if there is none, nothing, and the reply to give.
std::optional<boost::json::object> read_object(const http::server::request& incoming) {
  base::json::cursor ignored;
  auto value = base::json::parse(incoming.body, ignored);
  if (!value || !value->is_object()) return std::nullopt;
  return std::move(value->get_object());
}

/// Removes a string from an object, and returns it.
std::string take_text(boost::json::object& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->value().is_string()) return {};
  std::string text{found->value().get_string().c_str(), found->value().get_string().size()};
  object.erase(found);
  return text;
}

}  // namespace

sandbox::response sandbox::control(const http::server::request& incoming) {
  const auto what = std::string_view{incoming.path}.substr(control_prefix.size());
  const auto method = incoming.method;
  if (method == verb::get && what == "health")
    return json_reply(200, {{"status", "ok"}, {"journal_lines", journal_.lines()}});
  if (method == verb::get && what == "state") return state();
  if (method == verb::get && what == "journal") return read_journal(incoming);
  if (method == verb::get && (what == "image.jpg" || what == "image.gif")) return picture(incoming);
  if (method == verb::post && what == "mails") return add_mail(incoming);
  if (method == verb::get && what == "mails") return show_mails(incoming);
  if (method == verb::get && what == "faults") return json_reply(200, {{"faults", faults_.to_json()}});
  if (method == verb::post && what == "accounts") return add_account(incoming);
  if (method == verb::post && what == "limits") return set_limits(incoming);
  if (method == verb::post && what == "faults") return add_fault(incoming);
  if (method == verb::delete_ && what == "faults") {
    faults_.clear();
    return empty_reply();
  }
  if (method == verb::delete_ && what.starts_with("faults/")) {
    return faults_.remove(std::string{what.substr(7)}) ? empty_reply() : problem_reply(404, "there is no such fault");
  }
  return problem_reply(404, "the control API has no such call; see sandbox/README.md");
}

sandbox::response sandbox::picture(const http::server::request& incoming) {
  response shown;
  const auto query = http::server::parse_query(incoming.query);
  const auto value = [&query](std::string_view name) {
    for (const auto& [key, text] : query ? *query : std::vector<std::pair<std::string, std::string>>{}) {
      if (key == name) return text;
    }
    return std::string{};
  };
  const auto number = [&value](std::string_view name, std::size_t otherwise) {
    const auto text = value(name);
    std::size_t read = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), read);
    return std::min<std::size_t>(read, max_body_bytes);
  };
  const bool is_gif = incoming.path.ends_with(".gif");
  shown.content_type = is_gif ? "image/gif" : "image/jpeg";
  if (const auto told = value("told"); !told.empty()) shown.content_type = told;  // as from a careless server
  shown.body = is_gif ? gif(static_cast<int>(number("pictures", 2)), number("bytes", 0)) : jpeg(incoming.query);
  shown.compressible = false;
  return shown;
}

sandbox::response sandbox::add_mail(const http::server::request& incoming) {
  auto command = read_object(incoming);
  if (!command) return problem_reply(400, "the body must be a JSON object");
  (*command)["received_at"] = base::to_string(clock_.now());
  mails_.push_front(std::move(*command));
  if (mails_.size() > mails_max) mails_.pop_back();
  return empty_reply();
}

/// A page for people, or JSON for programs; newest first.
sandbox::response sandbox::show_mails(const http::server::request& incoming) const {
  if (incoming.find("accept").value_or("").find("text/html") == std::string_view::npos)
    return json_reply(200, {{"mails", boost::json::array(mails_.begin(), mails_.end())}});
  response page;
  page.content_type = "text/html; charset=utf-8";
  page.body = mails_page(mails_);
  return page;
}

sandbox::response sandbox::add_account(const http::server::request& incoming) {
  auto command = read_object(incoming);
  if (!command) return problem_reply(400, "the body must be a JSON object");
  auto* one = find(take_text(*command, "platform"));
  const auto token = take_text(*command, "token");
  if (one == nullptr) return problem_reply(400, "platform must name a platform of this sandbox");
  if (token.empty()) return problem_reply(400, "token is required");
  const auto hash = token_hash(token);
  if (auto wrong = one->add_account(*command, hash)) return problem_reply(400, *wrong);
  journal_.append({{"kind", "account"},
                   {"at", base::to_string(clock_.now())},
                   {"platform", one->name()},
                   {"token_hash", hash},
                   {"command", *command}});
  return json_reply(201, *command);
}

sandbox::response sandbox::set_limits(const http::server::request& incoming) {
  auto command = read_object(incoming);
  if (!command) return problem_reply(400, "the body must be a JSON object");
  auto* one = find(take_text(*command, "platform"));
  if (one == nullptr) return problem_reply(400, "platform must name a platform of this sandbox");
  if (auto wrong = one->set_limits(*command)) return problem_reply(400, *wrong);
  journal_.append(
      {{"kind", "limits"}, {"at", base::to_string(clock_.now())}, {"platform", one->name()}, {"command", *command}});
  return json_reply(200, *command);
}

sandbox::response sandbox::add_fault(const http::server::request& incoming) {
  auto command = base::json::read<fault_command>(incoming.body);
  if (!command)
    return problem_reply(400, fmt::format("{} {}", command.error().front().path, command.error().front().message));
  if (find(command->platform) == nullptr) return problem_reply(400, "platform must name a platform of this sandbox");
  const auto added = faults_.add(*command);
  if (!added) return problem_reply(400, added.error().sentence);
  journal_.append({{"kind", "fault"},
                   {"at", base::to_string(clock_.now())},
                   {"id", added->id},
                   {"fault", base::to_name(command->kind)}});
  return json_reply(201, {{"id", added->id}});
}

sandbox::response sandbox::read_journal(const http::server::request& incoming) const {
  std::uint64_t since = 0;
  std::uint64_t limit = journal_page_default;
  const auto query = http::server::parse_query(incoming.query);
  if (!query) return problem_reply(400, http::server::to_sentence(query.error()));
  for (const auto& [name, value] : *query) {
    auto* number = name == "since" ? &since : name == "limit" ? &limit : nullptr;
    if (number == nullptr) return problem_reply(400, "the journal takes since and limit");
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), *number);
    if (failed != std::errc{} || end != value.data() + value.size())
      return problem_reply(400, name + " must be a number");
  }
  if (limit > journal_page_max) return problem_reply(400, "limit is at most 10000");
  const auto next = std::min<std::uint64_t>(std::max(since, journal_.lines()), since + limit);
  return response::json(200, "{\"entries\":" + journal_.read(since, limit) + ",\"next\":" + std::to_string(next) +
                                 ",\"total\":" + std::to_string(journal_.lines()) + "}");
}

sandbox::response sandbox::state() const {
  boost::json::object platforms;
  for (const auto& one : platforms_) platforms[one->name()] = one->state();
  return json_reply(
      200, {{"platforms", std::move(platforms)}, {"faults", faults_.to_json()}, {"journal_lines", journal_.lines()}});
}

}  // namespace pulse::sandbox
