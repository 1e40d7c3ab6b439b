#include "connectors/linkedin/engage.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/describe.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/shared/list_search.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

using domain::engagement_kind;
using domain::outcome;
using domain::outcome_kind;
using domain::reconciliation;
using domain::reconciliation_kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view person = "urn:li:person:";

std::string reaction_word(domain::reaction_kind kind) {
  std::string word{base::to_name(kind)};
  std::transform(word.begin(), word.end(), word.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return word;
}

/// One act or check of several requests, within one time limit.
class acting : public std::enable_shared_from_this<acting> {
 public:
  acting(linkedin_options options, egress& client, const base::clock& clock, engagement_call what)
      : options_(std::move(options)),
        client_(client),
        clock_(clock),
        what_(std::move(what)),
        until_(steady_clock::now() + what_.timeout) {}

  void engage(std::function<void(outcome)> done) {
    if (what_.kind == engagement_kind::comment) return post_comment(std::move(done));
    ask(request("GET", reaction_url()),
        [self = shared_from_this(), done = std::move(done)](const egress_reply& reply) mutable {
          if (reply.how_far == progress::complete && reply.status == 200) return done(self->there_already());
          // Not every scope allows reading. If this scope does not, the next reply tells whether the act is allowed.
          const bool may_go_on = reply.how_far == progress::complete && (reply.status == 404 || reply.status == 403);
          if (may_go_on) return self->post_reaction(std::move(done));
          auto why = classify_step(reply, self->clock_.now());
          done(why ? std::move(*why)
                   : outcome{.kind = outcome_kind::transient, .reason = "LinkedIn's answer does not tell."});
        });
  }

  void find(std::function<void(reconciliation)> done) {
    if (what_.kind == engagement_kind::comment) return find_comment(0, std::move(done));
    ask(request("GET", reaction_url()), [self = shared_from_this(), done = std::move(done)](const egress_reply& reply) {
      if (reply.how_far == progress::complete && reply.status == 200) return done(live(id_in(reply.body)));
      if (reply.how_far == progress::complete && reply.status == 404)
        return done({.kind = reconciliation_kind::absent});
      done(self->could_not_look(reply));
    });
  }

 private:
  std::string actor() const {
    const auto& id = what_.account.external_user_id;
    return id.starts_with("urn:li:") ? id : std::string{person} + id;
  }

  std::string reaction_url() const {
    return fmt::format("{}/rest/reactions/(actor:{},entity:{})", options_.base_url, percent_encoded(actor()),
                       percent_encoded(what_.post_urn));
  }
  std::string comments_url() const {
    return fmt::format("{}/rest/socialActions/{}/comments", options_.base_url, percent_encoded(what_.post_urn));
  }

  egress_request request(std::string method, std::string url) const {
    egress_request made;
    made.method = std::move(method);
    made.url = std::move(url);
    made.headers = {{"authorization", "Bearer " + what_.account.access_token.reveal()},
                    {"linkedin-version", options_.version},
                    {"x-restli-protocol-version", "2.0.0"}};
    made.address = trust::platform;
    return made;
  }

  void ask(egress_request wanted, std::function<void(const egress_reply&)> then) {
    const auto left = std::chrono::floor<milliseconds>(until_ - steady_clock::now());
    wanted.timeout = std::max(left, milliseconds{1});
    client_.send(std::move(wanted), [then = std::move(then)](egress_reply reply) { then(reply); });
  }

  void send(const std::string& url, const boost::json::object& body, std::function<void(outcome)> done) {
    auto wanted = request("POST", url);
    wanted.headers.push_back({"content-type", "application/json"});
    wanted.body = boost::json::serialize(body);
    wanted.may_send = what_.may_send;
    ask(std::move(wanted), [self = shared_from_this(), done = std::move(done)](const egress_reply& reply) {
      done(classify_engagement(reply, self->what_.kind, self->clock_.now()));
    });
  }

  void post_reaction(std::function<void(outcome)> done) {
    send(fmt::format("{}/rest/reactions?actor={}", options_.base_url, percent_encoded(actor())),
         {{"root", what_.post_urn}, {"reactionType", reaction_word(what_.reaction)}}, std::move(done));
  }

  void post_comment(std::function<void(outcome)> done) {
    send(comments_url(), {{"actor", actor()}, {"object", what_.post_urn}, {"message", {{"text", what_.text}}}},
         std::move(done));
  }

  void find_comment(int page, std::function<void(reconciliation)> done) {
    const auto url = fmt::format("{}?start={}&count={}", comments_url(), page * comments_a_page, comments_a_page);
    ask(request("GET", url),
        [self = shared_from_this(), page, done = std::move(done)](const egress_reply& reply) mutable {
          if (reply.how_far != progress::complete || reply.status != 200) return done(self->could_not_look(reply));
          const auto object = object_of(reply.body);
          const auto* elements = object ? object->if_contains("elements") : nullptr;
          if (elements == nullptr || !elements->is_array()) return done({.kind = reconciliation_kind::try_again});
          const auto& listed = elements->get_array();
          for (const auto& each : listed) {
            if (each.is_object() && self->is_ours(each.get_object())) return done(live(id_of(each.get_object())));
          }
          if (static_cast<int>(listed.size()) < comments_a_page) return done({.kind = reconciliation_kind::absent});
          if (page + 1 >= most_comment_pages) return done({.kind = reconciliation_kind::cannot_know});
          self->find_comment(page + 1, std::move(done));
        });
  }

  bool is_ours(const boost::json::object& comment) const {
    const auto* message = comment.if_contains("message");
    const auto text =
        message != nullptr && message->is_object() ? text_at(message->get_object(), "text") : std::string{};
    return text_at(comment, "actor") == actor() && comparable_text(text) == comparable_text(what_.text);
  }

  static std::string id_of(const boost::json::object& from) {
    auto urn = text_at(from, "commentUrn");
    return urn.empty() ? text_at(from, "id") : urn;
  }
  static std::string id_in(const std::string& body) {
    const auto object = object_of(body);
    return object ? id_of(*object) : std::string{};
  }
  static reconciliation live(std::string id) {
    return {.kind = reconciliation_kind::live, .external_id = std::move(id)};
  }

  outcome there_already() const { return {.kind = outcome_kind::duplicate, .reason = "it was there already"}; }

  reconciliation could_not_look(const egress_reply& reply) const {
    reconciliation told;
    if (reply.how_far != progress::complete) return told;
    if (reply.status == 401) told.is_unauthorized = true;
    if (reply.status == 403 || reply.status == 404) told.kind = reconciliation_kind::cannot_know;
    if (reply.status == 429) {
      const auto why = classify_step(reply, clock_.now());
      told.retry_at = why ? why->retry_at : std::nullopt;
    }
    return told;
  }

  const linkedin_options options_;
  egress& client_;
  const base::clock& clock_;
  const engagement_call what_;
  const steady_clock::time_point until_;
};

}  // namespace

outcome classify_engagement(const egress_reply& reply, engagement_kind kind, base::timestamp now) {
  const bool is_like = kind == engagement_kind::like;
  if (reply.how_far == progress::bytes_may_have_left)
    return {.kind = outcome_kind::unknown,
            .reason = "LinkedIn may have it, but its reply did not arrive. " + reply.error};
  if (reply.how_far == progress::complete && (reply.status >= 500 || reply.status == 408)) {
    return {.kind = outcome_kind::unknown,
            .reason = fmt::format("LinkedIn answered {}, which does not tell.", reply.status),
            .http_status = reply.status};
  }
  if (reply.how_far == progress::complete && reply.status == 201) {
    outcome made{.kind = outcome_kind::published, .http_status = 201};
    const auto object = object_of(reply.body);
    if (object) made.external_id = text_at(*object, is_like ? "id" : "commentUrn");
    if (!made.external_id || made.external_id->empty())
      made.external_id = std::string{reply.find("x-restli-id").value_or("")};
    return made;
  }
  if (reply.how_far == progress::complete && reply.status == 409 && is_like)
    return {.kind = outcome_kind::duplicate, .reason = "it was there already", .http_status = 409};
  if (reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300)
    return {.kind = outcome_kind::unknown,
            .reason = "LinkedIn's answer does not tell whether it is there.",
            .http_status = reply.status};
  auto told = classify_step(reply, now).value_or(outcome{.kind = outcome_kind::unknown});
  if (told.kind == outcome_kind::permission)
    told.reason =
        "LinkedIn does not let this account like or comment here. The app needs w_member_social or "
        "w_member_social_feed, and for a page w_organization_social or w_organization_social_feed.";
  if (told.kind == outcome_kind::invalid)
    told.reason = is_like ? "LinkedIn refused the like." : "LinkedIn refused the comment.";
  return told;
}

void engage(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
            std::function<void(outcome)> done) {
  std::make_shared<acting>(options, client, clock, std::move(what))->engage(std::move(done));
}

void find_engagement(const linkedin_options& options, egress& client, const base::clock& clock, engagement_call what,
                     std::function<void(reconciliation)> done) {
  std::make_shared<acting>(options, client, clock, std::move(what))->find(std::move(done));
}

}  // namespace pulse::connectors::linkedin
