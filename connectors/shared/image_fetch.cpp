#include "connectors/shared/image_fetch.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/core.h>

#include "connectors/egress/reference.hpp"
#include "connectors/shared/picture.hpp"
#include "connectors/shared/picture_problem.hpp"

namespace pulse::connectors {

namespace {

using domain::outcome;
using domain::outcome_kind;
using steady = std::chrono::steady_clock;

outcome no_image(outcome_kind kind, std::string reason) {
  return {.kind = kind, .reason = "The image could not be used: " + std::move(reason)};
}

outcome too_large(std::size_t most) {
  return no_image(outcome_kind::invalid,
                  fmt::format("it is larger than {}.", in_megabytes(static_cast<std::int64_t>(most))));
}

/// A picture that the platform takes.
fetched_image as_fetched(std::string bytes) {
  const auto type = media_type_of(bytes);
  const bool is_animated = is_animated_gif(bytes);
  return {std::move(bytes), std::string{type}, is_animated};
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// The most that any picture of the platform may have.
std::size_t most_bytes(const domain::picture_rules& rules) {
  return static_cast<std::size_t>(std::max(rules.max_bytes, rules.max_animation_bytes.value_or(0)));
}

/// Where a redirect leads; empty for what is no web address, and for one that would give up encryption.
std::string target_of(const std::string& url, std::string_view location) {
  const auto reference = escape_reference(location);
  if (reference.empty()) return {};
  auto target = resolve_reference(url, reference);
  const auto has_scheme = [](std::string_view text, std::string_view scheme) {
    return text.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) { return a == (b | 0x20); });
  };
  if (has_scheme(target, "https://")) return target;
  if (has_scheme(target, "http://") && !has_scheme(url, "https://")) return target;
  return {};
}

/// One fetch with its redirects; keeps itself alive until it has called back. It also says whether the result is about
/// the picture or its address, which holds for everybody, or only about how the server treated us.
class fetching : public std::enable_shared_from_this<fetching> {
 public:
  fetching(egress& client, const domain::platform& takes, std::chrono::milliseconds timeout,
           std::function<void(image_result, bool)> done)
      : client_(client),
        takes_(takes),
        max_bytes_(most_bytes(takes.media.picture)),
        deadline_(steady::now() + timeout),
        done_(std::move(done)) {}

  void ask(const std::string& url) {
    egress_request request;
    request.url = url;
    request.headers = {{"accept", "image/*"}};
    request.timeout = std::max(std::chrono::milliseconds{1},
                               std::chrono::floor<std::chrono::milliseconds>(deadline_ - steady::now()));
    request.max_response_bytes = max_bytes_;
    request.address = trust::user_given;
    client_.send(std::move(request),
                 [self = shared_from_this(), url](egress_reply reply) { self->read(url, std::move(reply)); });
  }

 private:
  void read(const std::string& url, egress_reply reply) {
    if (reply.too_large) return done_(too_large(max_bytes_), true);
    if (reply.address_refused) return done_(no_image(outcome_kind::invalid, reply.error), false);
    if (reply.how_far != progress::complete) {
      return done_(no_image(outcome_kind::transient, "it did not arrive. " + reply.error), false);
    }
    if (is_redirect(reply.status)) {
      const auto next = target_of(url, reply.find("location").value_or(""));
      if (next.empty() || ++redirects_ > max_image_redirects) {
        return done_(no_image(outcome_kind::invalid, "its address leads elsewhere, and not to an image."), false);
      }
      return ask(next);
    }
    if (reply.status != 200) return done_(refused(reply.status), false);
    if (auto wrong = picture_problem(reply.body, takes_))
      return done_(no_image(outcome_kind::invalid, std::move(*wrong)), !media_type_of(reply.body).empty());
    done_(as_fetched(std::move(reply.body)), true);
  }

  static outcome refused(int status) {
    const bool may_pass = status == 408 || status == 425 || status == 429 || status >= 500;
    return no_image(may_pass ? outcome_kind::transient : outcome_kind::invalid,
                    fmt::format("its address answered {}.", status));
  }

  egress& client_;
  const domain::platform& takes_;
  const std::size_t max_bytes_;
  const steady::time_point deadline_;
  const std::function<void(image_result, bool)> done_;
  int redirects_ = 0;
};

}  // namespace

void fetch_image(egress& client, const std::string& url, const domain::platform& takes,
                 std::chrono::milliseconds timeout, std::function<void(image_result)> done) {
  const auto tell = [done = std::move(done)](image_result got, bool) { done(std::move(got)); };
  std::make_shared<fetching>(client, takes, timeout, tell)->ask(url);
}

void read_or_fetch_image(media_files* files, egress& client, const std::string& url, const domain::platform& takes,
                         std::chrono::milliseconds timeout, std::function<void(image_result)> done) {
  if (files == nullptr) return fetch_image(client, url, takes, timeout, std::move(done));
  const auto until = steady::now() + timeout;
  auto read = [files, &client, url, &takes, until, done = std::move(done)](std::optional<media_files::facts> found) {
    if (!found) {
      const auto left = std::chrono::floor<std::chrono::milliseconds>(until - steady::now());
      return fetch_image(client, url, takes, std::max(left, std::chrono::milliseconds{1}), done);
    }
    if (found->is_away) return done(no_image(outcome_kind::transient, "its file cannot be read just now."));
    const auto most = most_bytes(takes.media.picture);
    if (std::cmp_greater(found->bytes, most)) return done(too_large(most));
    files->read(url, 0, static_cast<std::size_t>(found->bytes), [&takes, done](std::optional<std::string> bytes) {
      if (!bytes) return done(no_image(outcome_kind::transient, "its file could not be read."));
      if (auto wrong = picture_problem(*bytes, takes)) return done(no_image(outcome_kind::invalid, std::move(*wrong)));
      done(as_fetched(std::move(*bytes)));
    });
  };
  files->find(url, std::move(read));
}

void judge_image(egress& client, const std::string& url, const domain::platform& takes,
                 std::chrono::milliseconds timeout, std::function<void(std::optional<outcome>)> done) {
  const auto tell = [done = std::move(done)](const image_result& got, bool is_sure) {
    done(got.has_error() && is_sure ? std::optional{got.error()} : std::nullopt);
  };
  std::make_shared<fetching>(client, takes, timeout, tell)->ask(url);
}

}  // namespace pulse::connectors
