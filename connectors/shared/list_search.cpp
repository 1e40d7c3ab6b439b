#include "connectors/shared/list_search.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/core.h>

#include "connectors/shared/reply_words.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::connectors {

namespace {

using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation made;
  made.kind = kind;
  made.reason = std::move(reason);
  return made;
}

/// Keeps itself alive until it has called back.
class searching : public std::enable_shared_from_this<searching> {
 public:
  searching(egress& client, const base::clock& clock, list_search how, std::function<void(reconciliation)> done)
      : client_(client), clock_(clock), how_(std::move(how)), done_(std::move(done)) {}

  void ask(const std::string& next) {
    client_.send(how_.ask(next), [self = shared_from_this()](const egress_reply& reply) { self->read(reply); });
  }

 private:
  void read(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete && reply.status == 200;
    const auto page = is_whole ? how_.read(reply.body) : std::nullopt;
    if (!page) return done_(failed(how_.problem(reply)));
    bool is_old = !page->items.empty();
    for (const auto& each : page->items) {
      if (each.published_at < how_.earliest) continue;
      is_old = false;
      if (how_.is_ours(each)) fitting_.push_back(each);
    }
    if (page->next.empty() || is_old) return end();
    if (++pages_ >= how_.max_pages)
      return done_(
          verdict(reconciliation_kind::cannot_know,
                  fmt::format("There are more {}s since than can be looked through at {}.", how_.noun, how_.platform)));
    ask(page->next);
  }

  void end() {
    if (fitting_.size() > 1) {
      return done_(verdict(reconciliation_kind::cannot_know,
                           fmt::format("{} lists several {}s with this text since; nothing tells which one it is.",
                                       how_.platform, how_.noun)));
    }
    if (fitting_.size() == 1) {
      auto live = verdict(reconciliation_kind::live,
                          fmt::format("{} lists the {}, published at {}.", how_.platform, how_.noun,
                                      domain::time_formatter{"UTC"}.format(fitting_.front().published_at)));
      live.external_id = fitting_.front().id;
      if (!fitting_.front().url.empty()) live.external_url = fitting_.front().url;
      return done_(std::move(live));
    }
    if (clock_.now() < how_.absent_from) {
      return done_(verdict(reconciliation_kind::try_again,
                           fmt::format("{} does not list the {} yet; it is too early to be sure that it will not.",
                                       how_.platform, how_.noun)));
    }
    done_(verdict(reconciliation_kind::absent,
                  fmt::format("{} lists no {} with this text since it was first sent.", how_.platform, how_.noun)));
  }

  reconciliation failed(const domain::outcome& problem) const {
    auto made = verdict(reconciliation_kind::try_again, problem.reason);
    made.retry_at = problem.retry_at;
    if (problem.kind == outcome_kind::auth_expired) made.is_unauthorized = true;
    if (problem.kind == outcome_kind::permission) made.kind = reconciliation_kind::cannot_know;
    return made;
  }

  egress& client_;
  const base::clock& clock_;
  const list_search how_;
  const std::function<void(reconciliation)> done_;
  std::vector<list_item> fitting_;
  int pages_ = 0;
};

}  // namespace

void search_list(egress& client, const base::clock& clock, list_search how, std::function<void(reconciliation)> done) {
  std::make_shared<searching>(client, clock, std::move(how), std::move(done))->ask("");
}

std::string comparable_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      plain += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      plain += '\n';
    }
  }
  plain = domain::to_utf8(domain::to_nfc(plain));
  constexpr std::string_view blank = " \t\n";
  const auto first = plain.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(blank) - first + 1);
}

std::optional<base::timestamp> read_graph_time(std::string text) {
  constexpr std::size_t zone_size = 5;  // "+0000"
  if (text.size() > zone_size) {
    const auto sign = text[text.size() - zone_size];
    if (sign == '+' || sign == '-') text.insert(text.end() - 2, ':');
  }
  return base::parse_timestamp(text);
}

namespace {

/// The cursor of the next page; empty: this is the last one. Nothing: there is a next page, and no cursor.
std::optional<std::string> next_of(const boost::json::object& document) {
  const auto* paging = document.if_contains("paging");
  const auto* next = paging == nullptr || !paging->is_object() ? nullptr : paging->get_object().if_contains("next");
  if (next == nullptr || next->is_null() || (next->is_string() && next->get_string().empty())) return std::string{};
  const auto* cursors = paging->get_object().if_contains("cursors");
  auto after = cursors == nullptr || !cursors->is_object() ? std::string{} : text_at(cursors->get_object(), "after");
  return after.empty() ? std::nullopt : std::optional{std::move(after)};
}

}  // namespace

std::optional<list_page> read_graph_page(const std::string& body,
                                         const std::function<bool(const boost::json::object& entry, list_page&)>& add) {
  const auto document = object_of(body);
  const auto* data = document ? document->if_contains("data") : nullptr;
  if (data == nullptr || !data->is_array()) return std::nullopt;
  list_page page;
  for (const auto& entry : data->get_array()) {
    if (!entry.is_object() || !add(entry.get_object(), page)) return std::nullopt;
  }
  auto next = next_of(*document);
  if (!next) return std::nullopt;
  page.next = std::move(*next);
  return page;
}

}  // namespace pulse::connectors
