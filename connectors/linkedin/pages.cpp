#include "connectors/linkedin/pages.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/linkedin/classify.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::linkedin {

namespace {

constexpr std::string_view organization_urn = "urn:li:organization:";

page_reading failed(std::string why) { return {.problem = std::move(why)}; }

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> whole_at(const boost::json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value != nullptr && value->is_int64() ? std::optional{value->get_int64()} : std::nullopt;
}

const boost::json::array* elements_of(const std::optional<boost::json::object>& body) {
  const auto* elements = body ? body->if_contains("elements") : nullptr;
  return elements == nullptr ? nullptr : elements->if_array();
}

/// The plain text of a commentary in "little text": `{hashtag|\#|news}` is #news, `@[Acme](urn:li:organization:1)` is
/// Acme, and a backslash precedes an escaped character.
std::string plain_text(const std::string& little) {
  std::string made;
  for (std::size_t i = 0; i < little.size(); ++i) {
    const std::string_view rest = std::string_view{little}.substr(i);
    if (rest.starts_with("{hashtag|")) {
      const auto bar = rest.find('|', 9);
      const auto end = rest.find('}');
      if (bar != rest.npos && end != rest.npos && bar < end) {
        made += '#';
        made += rest.substr(bar + 1, end - bar - 1);
        i += end;
        continue;
      }
    }
    if (rest.starts_with("@[")) {
      const auto end = rest.find("](");
      const auto close = end == rest.npos ? end : rest.find(')', end);
      if (close != rest.npos) {
        made += rest.substr(2, end - 2);
        i += close;
        continue;
      }
    }
    if (little[i] == '\\' && i + 1 < little.size()) ++i;
    made += little[i];
  }
  return made;
}

/// A published post; nothing for drafts and invalid entries.
std::optional<page_post> read_one(const boost::json::object& from) {
  const auto id = post_urn_in(text_at(from, "id"));
  auto at = whole_at(from, "publishedAt");
  if (!at) at = whole_at(from, "createdAt");
  if (!id || !at || text_at(from, "lifecycleState") != "PUBLISHED") return std::nullopt;
  return page_post{*id, post_url(*id), plain_text(text_at(from, "commentary")),
                   base::timestamp{std::chrono::milliseconds{*at}}};
}

class reading : public std::enable_shared_from_this<reading> {
 public:
  reading(linkedin_options options, egress& client, const base::clock& clock, page_look what,
          std::function<void(page_reading)> done)
      : options_(std::move(options)), client_(client), clock_(clock), what_(std::move(what)), done_(std::move(done)) {}

  void start() {
    if (what_.organization) return list(*what_.organization);
    if (is_number(what_.name)) return list(std::string{organization_urn} + what_.name);
    ask("/rest/organizations?q=vanityName&vanityName=" + percent_encoded(what_.name), false,
        [self = shared_from_this()](const egress_reply& reply) { self->found(reply); });
  }

 private:
  void found(const egress_reply& reply) {
    if (auto why = problem_of(reply)) return done_(std::move(*why));
    const auto body = object_of(reply.body);
    const auto* elements = elements_of(body);
    if (elements == nullptr) return done_(failed("LinkedIn's answer cannot be read."));
    if (elements->empty() || !elements->front().is_object())
      return done_(failed("LinkedIn knows no organization of this name."));
    const auto id = whole_at(elements->front().get_object(), "id");
    if (!id) return done_(failed("LinkedIn's answer cannot be read."));
    list(std::string{organization_urn} + std::to_string(*id));
  }

  void list(const std::string& urn) {
    learnt_ = urn;
    ask(fmt::format("/rest/posts?author={}&q=author&count={}&sortBy=CREATED", percent_encoded(urn), most_read_posts),
        true, [self = shared_from_this()](const egress_reply& reply) { self->listed(reply); });
  }

  void listed(const egress_reply& reply) {
    if (auto why = problem_of(reply)) return done_(std::move(*why));
    const auto body = object_of(reply.body);
    const auto* elements = elements_of(body);
    if (elements == nullptr) return done_(failed("LinkedIn's answer cannot be read."));
    page_reading made{.organization = learnt_};
    for (const auto& each : *elements) {
      if (!each.is_object()) continue;
      if (auto one = read_one(each.get_object())) made.posts.push_back(std::move(*one));
    }
    done_(std::move(made));
  }

  void ask(const std::string& path, bool is_finder, std::function<void(const egress_reply&)> then) {
    egress_request wanted;
    wanted.url = options_.base_url + path;
    wanted.headers = {{"authorization", "Bearer " + what_.account.access_token.reveal()},
                      {"linkedin-version", options_.version},
                      {"x-restli-protocol-version", "2.0.0"}};
    if (is_finder) wanted.headers.push_back({"x-restli-method", "FINDER"});
    wanted.address = trust::platform;
    wanted.timeout = what_.timeout;
    client_.send(std::move(wanted), [then = std::move(then)](egress_reply reply) { then(reply); });
  }

  std::optional<page_reading> problem_of(const egress_reply& reply) const {
    if (reply.how_far != progress::complete) return failed("LinkedIn could not be reached.");
    if (reply.status == 200) return std::nullopt;
    if (reply.status == 401) return failed("LinkedIn no longer accepts the login: connect it again.");
    if (reply.status == 403)
      return failed(
          "LinkedIn shows the page's posts to its administrators only, and to apps with r_organization_social.");
    auto made = failed(fmt::format("LinkedIn answered {}.", reply.status));
    if (const auto why = classify_step(reply, clock_.now())) {
      made.retry_at = why->retry_at;
      if (why->kind == domain::outcome_kind::rate_limited) made.blocked_until = why->retry_at;
    }
    return made;
  }

  const linkedin_options options_;
  egress& client_;
  const base::clock& clock_;
  const page_look what_;
  const std::function<void(page_reading)> done_;
  std::optional<std::string> learnt_;
};

}  // namespace

void read_page(const linkedin_options& options, egress& client, const base::clock& clock, page_look what,
               std::function<void(page_reading)> done) {
  std::make_shared<reading>(options, client, clock, std::move(what), std::move(done))->start();
}

}  // namespace pulse::connectors::linkedin
