#include "sandbox/core/sandbox.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/core.h>

#include "base/json.hpp"
#include "base/secure.hpp"
#include "base/text.hpp"
#include "sandbox/core/replies.hpp"

namespace pulse::sandbox {

namespace {

constexpr std::int64_t cut_bytes_default = 40;  // within the head

/// A longer body is an upload: only its hash and length are recorded.
constexpr std::size_t max_journaled_bytes = 64 * 1024;

/// Bytes in a JSON form: text as it is, anything else marked and in hexadecimal.
boost::json::value as_json(const std::string& bytes) {
  if (bytes.size() > max_journaled_bytes) {
    const auto hash = base::to_hex(base::sha256(bytes));
    return boost::json::string{fmt::format("sha256:{} of {} bytes", hash, bytes.size())};
  }
  constexpr std::string_view hex = "0123456789abcdef";
  if (base::is_clean_utf8(bytes)) return boost::json::string{bytes};
  std::string digits = "hex:";
  for (const char c : bytes) {
    digits += hex[static_cast<unsigned char>(c) >> 4];
    digits += hex[static_cast<unsigned char>(c) & 15];
  }
  return boost::json::string{digits};
}

/// Removes form passwords, which must not be in the journal.
std::string without_passwords(const std::string& body) {
  constexpr std::string_view field = "session_password=";
  const auto found = body.find(field);
  if (found == body.npos) return body;
  const auto begin = found + field.size();
  return body.substr(0, begin) + "***" + body.substr(std::min(body.find('&', begin), body.size()));
}

boost::asio::awaitable<void> wait_for(std::chrono::milliseconds time) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer{executor, time};
  co_await timer.async_wait(boost::asio::use_awaitable);
}

/// Whether the platform executes a request that this fault strikes.
bool is_done(const std::optional<fault>& struck) {
  if (!struck) return true;
  switch (struck->command.kind) {
    case fault_kind::slow:
    case fault_kind::late:
    case fault_kind::accept_then_drop:
    case fault_kind::accept_then_500:
    case fault_kind::accept_then_empty_200:
    case fault_kind::pending:
    case fault_kind::fails_processing:
    case fault_kind::cut: return true;
    case fault_kind::status:
    case fault_kind::drop_before:
    case fault_kind::empty_200: return false;
  }
  return true;
}

std::string_view word_of(decision decided) {
  switch (decided) {
    case decision::accepted: return "accepted";
    case decision::done: return "done";
    case decision::refused: return "refused";
  }
  return "";
}

/// "dropped": the platform did nothing, and has no word for it.
std::string_view decision_of(const fault* struck, const verdict* what) {
  if (what != nullptr) return word_of(what->decided);
  return struck != nullptr && struck->command.kind == fault_kind::status ? "refused" : "dropped";
}

http::server::response dropped() {
  auto none = http::server::response::json(200, "{}");
  none.close = true;
  none.cut_after = 0;
  return none;
}

/// The answer after the fault has changed it.
http::server::response spoiled(const fault& struck, const platform& one, http::server::response answer) {
  switch (struck.command.kind) {
    case fault_kind::slow:
    case fault_kind::late:
    case fault_kind::pending:
    case fault_kind::fails_processing: return answer;
    case fault_kind::status: {
      auto refused = one.failure(static_cast<int>(*struck.command.status));
      if (struck.command.retry_after)
        refused.headers.push_back({"retry-after", std::to_string(*struck.command.retry_after)});
      return refused;
    }
    case fault_kind::accept_then_drop:
    case fault_kind::drop_before: return dropped();
    case fault_kind::accept_then_500: return one.failure(500);
    case fault_kind::empty_200:
    case fault_kind::accept_then_empty_200: return http::server::response::json(200, "");
    case fault_kind::cut:
      answer.cut_after = static_cast<std::size_t>(struck.command.bytes.value_or(cut_bytes_default));
      answer.close = true;
      return answer;
  }
  return answer;
}

std::uint64_t number_of(const boost::json::object& line, std::string_view name) {
  const auto* value = line.if_contains(name);
  if (value == nullptr || !value->is_number()) return 0;
  boost::json::error_code failed;
  const auto number = value->to_number<std::uint64_t>(failed);
  return failed ? 0 : number;
}

std::string text_of(const boost::json::object& line, std::string_view name) {
  const auto* value = line.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().c_str(), value->get_string().size()};
}

}  // namespace

std::string sandbox::open(const std::string& journal_path) {
  return journal_.open(journal_path, [this](const boost::json::object& line) { replay(line); });
}

boost::asio::awaitable<sandbox::response> sandbox::answer(const http::server::request& incoming) {
  if (incoming.path.starts_with(control_prefix)) co_return control(incoming);
  for (const auto& one : platforms_) {
    if (!one->owns(incoming.path)) continue;
    auto answered = co_await answer_for(*one, incoming);
    co_return answered;
  }
  for (const auto& one : platforms_) {
    const auto below = '/' + std::string{one->name()} + '/';
    if (!incoming.path.starts_with(below) || !incoming.target.starts_with(below)) continue;
    auto inner = incoming;
    inner.path.erase(0, below.size() - 1);
    inner.target.erase(0, below.size() - 1);
    auto answered = co_await answer_for(*one, inner);
    co_return answered;
  }
  co_return problem_reply(404, "no platform of this sandbox has this path");
}

boost::asio::awaitable<sandbox::response> sandbox::answer_for(platform& one, const http::server::request& incoming) {
  const auto arrived_at = clock_.now();
  const auto account = one.account_of(incoming);
  const auto struck = faults_.strike(one.name(), incoming, account);
  const auto delay = std::chrono::milliseconds{struck ? struck->command.ms.value_or(0) : 0};
  if (struck && struck->command.kind == fault_kind::late) co_await wait_for(delay);

  std::optional<verdict> what;
  if (struck && struck->command.kind == fault_kind::pending) one.process_next({.time = delay});
  if (struck && struck->command.kind == fault_kind::fails_processing) one.process_next({.fails = true});
  if (is_done(struck)) what = one.answer(incoming, clock_.now());
  if (!record_arrival(one, incoming, arrived_at, account, struck ? &*struck : nullptr, what ? &*what : nullptr)) {
    co_return problem_reply(500, "the sandbox could not write its journal");
  }
  const auto seq = last_seq_;

  auto sent = what ? std::move(what->response) : response{};
  if (struck) sent = spoiled(*struck, one, std::move(sent));
  if (struck && struck->command.kind == fault_kind::slow) co_await wait_for(delay);
  record_answer(seq, sent);
  co_return sent;
}

bool sandbox::record_arrival(const platform& one, const http::server::request& incoming, base::timestamp arrived_at,
                             const std::string& account, const fault* struck, const verdict* what) {
  boost::json::object line{{"kind", "arrived"},
                           {"seq", last_seq_ + 1},
                           {"arrived_at", base::to_string(arrived_at)},
                           {"platform", one.name()},
                           {"method", http::server::to_string(incoming.method)},
                           {"path", incoming.path},
                           {"query", as_json(incoming.query)},
                           {"account", account},
                           {"token", nullptr},
                           {"request_id", incoming.id},
                           {"body", as_json(without_passwords(incoming.body))},
                           {"decision", decision_of(struck, what)},
                           {"status", nullptr},
                           {"external_id", nullptr},
                           {"fault", nullptr},
                           {"record", nullptr}};
  if (const auto token = bearer_token(incoming)) line["token"] = token_hash(*token).substr(0, 8);
  if (what != nullptr) {
    line["status"] = what->response.status;
    if (!what->external_id.empty()) line["external_id"] = what->external_id;
    if (!what->record.empty()) line["record"] = what->record;
  }
  if (struck != nullptr)
    line["fault"] = boost::json::object{{"id", struck->id}, {"kind", base::to_name(struck->command.kind)}};
  if (!journal_.append(std::move(line))) return false;
  ++last_seq_;
  return true;
}

void sandbox::record_answer(std::uint64_t seq, const response& sent) {
  boost::json::object line{{"kind", "answered"},
                           {"seq", seq},
                           {"answered_at", base::to_string(clock_.now())},
                           {"status", sent.status},
                           {"cut", sent.cut_after.has_value()}};
  if (sent.cut_after == std::size_t{0}) line["status"] = nullptr;
  journal_.append(std::move(line));
}

void sandbox::replay(const boost::json::object& line) {
  last_seq_ = std::max(last_seq_, number_of(line, "seq"));
  auto* one = find(text_of(line, "platform"));
  const auto kind = text_of(line, "kind");
  if (one == nullptr) return;
  if (kind == "arrived") {
    const auto* record = line.if_contains("record");
    const auto at = base::parse_timestamp(text_of(line, "arrived_at"));
    if (record != nullptr && record->is_object() && at) one->replay(record->get_object(), *at);
    return;
  }
  const auto* command = line.if_contains("command");
  if (command == nullptr || !command->is_object()) return;
  if (kind == "account") one->add_account(command->get_object(), text_of(line, "token_hash"));
  if (kind == "limits") one->set_limits(command->get_object());
}

platform* sandbox::find(std::string_view name) const {
  for (const auto& one : platforms_) {
    if (one->name() == name) return one.get();
  }
  return nullptr;
}

http::server::response refusal(int status, std::string_view title, std::string_view detail,
                               std::string_view request_id) {
  return json_reply(status, {{"title", title}, {"status", status}, {"detail", detail}, {"request_id", request_id}});
}

}  // namespace pulse::sandbox
