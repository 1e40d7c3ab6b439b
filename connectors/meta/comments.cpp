#include "connectors/meta/comments.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/meta/usage.hpp"
#include "connectors/shared/parts.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::meta {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr int restricted = 2'207'050, suspected = 2'207'051;  // Instagram's; no code of their own says it

std::string id_in(const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return {};
  const auto object = object_of(reply.body);
  auto id = object ? text_at(*object, "id") : std::string{};
  constexpr std::size_t most = 100;
  const bool is_plain = std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
  return id.size() <= most && is_plain ? id : std::string{};
}

/// The reason in the terms of comments; nothing where the common reason fits.
std::optional<outcome> comment_error(const graph_error& error, const comment_edge& edge) {
  const auto made = [&](outcome_kind kind, std::string reason) {
    return outcome{.kind = kind, .reason = std::move(reason) + quoted(edge.platform, error.words)};
  };
  if (error.subcode == restricted || error.subcode == suspected)
    return made(outcome_kind::permission, edge.platform +
                                              " restricts the account for now. Sign in to its app and do what it "
                                              "asks for.");
  // The post was published a moment ago: the Graph API may not know it yet.
  if (says_missing(error))
    return made(outcome_kind::transient, edge.platform + " does not show the post to be commented on.");
  switch (class_of(error)) {
    case error_class::permission:
      return made(outcome_kind::permission,
                  fmt::format("{} does not let this account comment. The app needs {}; then connect the account again.",
                              edge.platform, edge.permission));
    case error_class::duplicate: return made(outcome_kind::duplicate, edge.platform + " has this comment already.");
    case error_class::invalid: return made(outcome_kind::invalid, edge.platform + " refused the comment.");
    case error_class::auth:
    case error_class::rate_limited:
    case error_class::blocked:
    case error_class::ended:
    case error_class::server: break;
  }
  return std::nullopt;
}

/// A named author. Instagram names `user` in comments of the account alone, and else a `username`.
bool is_by(const credentials& account, const boost::json::object& comment) {
  const auto* user = comment.if_contains("user");
  if (user != nullptr && user->is_object()) return true;
  const auto* told = comment.if_contains("from");
  const auto* from = told == nullptr ? nullptr : told->if_object();
  const auto id = from == nullptr ? std::string{} : text_at(*from, "id");
  auto username = text_at(comment, "username");
  if (username.empty() && from != nullptr) username = text_at(*from, "username");
  if (id.empty() && username.empty()) return true;
  return id == account.external_user_id || (!username.empty() && username == account.handle);
}

class steps final : public publish_steps {
 public:
  steps(comment_edge edge, egress& client, const base::clock& clock, publication what,
        std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)), edge_(std::move(edge)) {}

  void start() override {
    const auto path = percent_encoded(place_in_thread(what()).parent) + "/comments";
    send_last(edge_.post(what().account, path, {{"message", what().text}}), [this](const egress_reply& reply) {
      auto budgets =
          reply.how_far == progress::complete ? read_usage(reply, edge_.usage, now()) : std::vector<budget_report>{};
      end(reply, classify_comment(reply, edge_, now()), std::move(budgets));
    });
  }

 private:
  const comment_edge edge_;
};

}  // namespace

outcome classify_comment(const egress_reply& reply, const comment_edge& edge, base::timestamp now) {
  if (auto id = id_in(reply); !id.empty()) {
    outcome made{.kind = outcome_kind::published, .external_id = std::move(id)};
    made.http_status = reply.status;
    return made;
  }
  auto told = problem_of(reply, step::publishing, edge.platform, now,
                         [&edge](const graph_error& error) -> std::optional<outcome> {
                           if (edge.own) {
                             if (auto known = edge.own(error)) return known;
                           }
                           return comment_error(error, edge);
                         });
  if (told.kind != outcome_kind::unknown) return told;
  told.reason = reply.how_far == progress::complete
                    ? fmt::format("{} answered {}, which does not tell.", edge.platform, reply.status)
                    : fmt::format("{}'s answer to the comment did not arrive. {}", edge.platform, reply.error);
  return told;
}

std::optional<list_page> read_own_comments(const std::string& body, const comment_edge& edge,
                                           const credentials& account) {
  return read_graph_page(body, [&](const boost::json::object& entry, list_page& page) {
    auto id = text_at(entry, "id");
    const auto at = read_graph_time(text_at(entry, edge.time_field));
    if (id.empty() || !at) return false;
    if (is_by(account, entry)) page.items.push_back({std::move(id), text_at(entry, edge.text_field), "", *at});
    return true;
  });
}

std::shared_ptr<publish_steps> commenting(comment_edge edge, egress& client, const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done) {
  return std::make_shared<steps>(std::move(edge), client, clock, std::move(what), std::move(done));
}

void find_comment(comment_edge edge, egress& client, const base::clock& clock, publication what,
                  std::function<void(domain::reconciliation)> done) {
  list_search how;
  how.platform = edge.platform;
  how.noun = "comment";
  how.ask = [edge, account = what.account,
             path = percent_encoded(place_in_thread(what).parent) + "/comments"](const std::string& next) {
    form_fields query{{"fields", edge.fields}, {"limit", std::to_string(edge.page_size)}};
    if (!next.empty()) query.emplace_back("after", next);
    return edge.get(account, path, query);
  };
  how.read = [edge, account = what.account](const std::string& body) { return read_own_comments(body, edge, account); };
  how.problem = [edge, &clock](const egress_reply& reply) {
    return problem_of(reply, step::harmless, edge.platform, clock.now());
  };
  how.is_ours = [sent = comparable_text(what.text)](const list_item& each) {
    return comparable_text(each.text) == sent;
  };
  // The post is the delivery's own, so every comment below it is younger; and in which order they come is not promised.
  how.earliest = base::timestamp::min();
  how.absent_from = what.started_at + edge.absent_after;
  search_list(client, clock, std::move(how), std::move(done));
}

}  // namespace pulse::connectors::meta
