#include "connectors/x/connector.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/json.hpp"
#include "connectors/all.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/shared/reply_words.hpp"
#include "connectors/x/classify.hpp"
#include "connectors/x/compare.hpp"
#include "connectors/x/film.hpp"
#include "connectors/x/publishing.hpp"
#include "domain/calendar/time_words.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::connectors::x {

namespace {

using domain::reconciliation;
using domain::reconciliation_kind;

constexpr int max_pages = 32;  // of 100 posts: X lists the newest 3,200 at most

/// `at`, in the form that X takes in a query: whole seconds, rounded down.
std::string query_time(base::timestamp at) {
  auto text = base::to_string(at);
  text.resize(text.find('.'));
  return text + "Z";
}

reconciliation verdict(reconciliation_kind kind, std::string reason) {
  reconciliation result;
  result.kind = kind;
  result.reason = std::move(reason);
  return result;
}

/// One look at an account's posts, page after page; keeps itself alive until it has called back.
class lookup : public std::enable_shared_from_this<lookup> {
 public:
  lookup(x_options options, egress& client, const base::clock& clock, publication what,
         std::function<void(reconciliation)> done)
      : options_(std::move(options)),
        client_(client),
        clock_(clock),
        what_(std::move(what)),
        done_(std::move(done)),
        sent_(comparable(what_.text)),
        user_id_(what_.account.external_user_id) {}

  void start() {
    if (user_id_.empty()) {
      ask("/2/users/me", [](lookup& me, const std::string& body) { me.read_user(body); });
    } else {
      ask_page("");
    }
  }

 private:
  using reader = void (*)(lookup&, const std::string&);

  void ask(const std::string& path, reader read) {
    auto request = request_to(options_.base_url, "GET", path, what_.account);
    request.timeout = options_.lookup_timeout;
    client_.send(std::move(request), [self = shared_from_this(), read](egress_reply reply) {
      if (auto problem = self->problem_of(reply)) return self->done_(std::move(*problem));
      read(*self, reply.body);
    });
  }

  void ask_page(const std::string& token) {
    auto path = fmt::format(
        "/2/users/{}/tweets?max_results=100&tweet.fields=created_at,entities&exclude=retweets&start_time={}",
        percent_encoded(user_id_), query_time(earliest()));
    if (!token.empty()) path += "&pagination_token=" + percent_encoded(token);
    ask(path, [](lookup& me, const std::string& body) { me.read_posts(body); });
  }

  /// Nothing when the reply can be read; else what the look came to.
  std::optional<reconciliation> problem_of(const egress_reply& reply) const {
    if (reply.how_far != progress::complete)
      return verdict(reconciliation_kind::try_again, "X could not be asked. " + reply.error);
    if (reply.status == 200) return std::nullopt;
    if (reply.status == 401) {
      auto refused = verdict(
          reconciliation_kind::try_again,
          "X no longer accepts the access to this account, so it cannot be looked up. Connect the account again.");
      refused.is_unauthorized = true;
      return refused;
    }
    if (reply.status == 403 || reply.status == 404 || reply.status == 400) {
      return verdict(reconciliation_kind::cannot_know, "X does not let this account's posts be read.");
    }
    auto later =
        verdict(reconciliation_kind::try_again, fmt::format("X could not be asked: it answered {}.", reply.status));
    if (reply.status == 429)
      later.retry_at = retry_time(reply, clock_.now()).value_or(clock_.now() + domain::default_rate_limit_pause);
    if (reply.status >= 500) later.retry_at = retry_after_in(reply, clock_.now());
    return later;
  }

  void read_user(const std::string& body) {
    base::json::cursor ignored;
    const auto document = base::json::parse(body, ignored);
    boost::system::error_code missing;
    const auto* id = document ? document->find_pointer("/data/id", missing) : nullptr;
    if (id == nullptr || !id->is_string() || id->get_string().empty()) {
      return done_(verdict(reconciliation_kind::try_again, "X's reply about the account could not be read."));
    }
    user_id_.assign(id->get_string().data(), id->get_string().size());
    ask_page("");
  }

  void read_posts(const std::string& body) {
    const auto page = read_page(body);
    if (!page) return done_(verdict(reconciliation_kind::try_again, "X's list of posts could not be read."));
    const listed_post* oldest =
        nullptr;  // the list is newest first; ours is the one nearest to the first attempt's beginning
    for (const auto& post : page->posts) {
      if (post.created_at && *post.created_at >= earliest() && is_same_text(sent_, post, !what_.media.empty()))
        oldest = &post;
    }
    if (oldest != nullptr) return done_(live(*oldest));
    if (page->next_token.empty()) return done_(not_found());
    if (++pages_ >= max_pages) {
      return done_(verdict(reconciliation_kind::cannot_know, "The account has made more posts since than X lists."));
    }
    ask_page(page->next_token);
  }

  reconciliation live(const listed_post& post) const {
    auto result =
        verdict(reconciliation_kind::live, fmt::format("X lists a post with this text, made at {}.",
                                                       domain::time_formatter{"UTC"}.format(*post.created_at)));
    result.external_id = post.id;
    result.external_url = post_url(what_.account.handle, post.id);
    return result;
  }

  reconciliation not_found() const {
    if (clock_.now() < what_.started_at + options_.absent_after) {
      return verdict(reconciliation_kind::try_again,
                     "X does not list the post yet; it is too early to be sure that it will not.");
    }
    return verdict(reconciliation_kind::absent, "X lists no post with this text since it was first sent.");
  }

  base::timestamp earliest() const {
    return std::chrono::floor<std::chrono::seconds>(what_.since.value_or(what_.started_at) - options_.clock_skew);
  }

  const x_options options_;
  egress& client_;
  const base::clock& clock_;
  const publication what_;
  const std::function<void(reconciliation)> done_;
  const comparable_text sent_;
  std::string user_id_;
  int pages_ = 0;
};

}  // namespace

x_connector::x_connector(x_options options, egress& client, const base::clock& clock, media_files* films)
    : options_(std::move(options)), client_(client), clock_(clock), films_(films) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
}

void x_connector::publish(publication what, std::function<void(publish_reply)> done) {
  if (what.film() != nullptr)
    return publishing_film(options_.base_url, films_, client_, clock_, std::move(what), std::move(done))->start();
  publishing(options_.base_url, films_, client_, clock_, std::move(what), std::move(done))->start();
}

void x_connector::reconcile(publication what, std::function<void(reconciliation)> done) {
  std::make_shared<lookup>(options_, client_, clock_, std::move(what), std::move(done))->start();
}

}  // namespace pulse::connectors::x

namespace pulse::connectors::made {

std::unique_ptr<connector> x(const surroundings& around) {
  x::x_options options;
  options.base_url = around.settings["X_API_BASE_URL"];
  return std::make_unique<x::x_connector>(options, around.client, around.clock, around.films);
}

}  // namespace pulse::connectors::made
