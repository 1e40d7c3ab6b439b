#include "connectors/shared/image_fetch.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "connectors/egress/reference.hpp"
#include "connectors/shared/picture.hpp"

namespace pulse::connectors {

namespace {

using domain::outcome;
using domain::outcome_kind;
using steady = std::chrono::steady_clock;

outcome no_image(outcome_kind kind, std::string reason) {
  return {.kind = kind, .reason = "The image could not be used: " + std::move(reason)};
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// The most that any picture of the platform may have.
std::size_t most_bytes(const domain::picture_rules& rules) {
  return static_cast<std::size_t>(std::max(rules.max_bytes, rules.max_animation_bytes.value_or(0)));
}

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

/// "JPEG, PNG or GIF"
std::string names_of(const std::vector<std::string>& types) {
  std::string names;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i > 0) names += i + 1 == types.size() ? " or " : ", ";
    names += type_in_words(types[i]);
  }
  return names;
}

/// Where a redirect leads; empty for what is no web address, and for one that would give up encryption.
std::string target_of(const std::string& url, std::string_view location) {
  if (location.empty()) return {};
  auto target = resolve_reference(url, location);
  const auto has_scheme = [](std::string_view text, std::string_view scheme) {
    return text.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) { return a == (b | 0x20); });
  };
  if (has_scheme(target, "https://")) return target;
  if (has_scheme(target, "http://") && !has_scheme(url, "https://")) return target;
  return {};
}

/// One fetch with its redirects; keeps itself alive until it has called back.
class fetching : public std::enable_shared_from_this<fetching> {
 public:
  fetching(egress& client, const domain::platform& takes, std::chrono::milliseconds timeout,
           std::function<void(image_result)> done)
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
    if (reply.too_large) {
      return done_(no_image(outcome_kind::invalid,
                            "it is larger than " + in_megabytes(static_cast<std::int64_t>(max_bytes_)) + "."));
    }
    if (reply.address_refused) return done_(no_image(outcome_kind::invalid, reply.error));
    if (reply.how_far != progress::complete) {
      return done_(no_image(outcome_kind::transient, "it did not arrive. " + reply.error));
    }
    if (is_redirect(reply.status)) {
      const auto next = target_of(url, reply.find("location").value_or(""));
      if (next.empty() || ++redirects_ > max_image_redirects) {
        return done_(no_image(outcome_kind::invalid, "its address leads elsewhere, and not to an image."));
      }
      return ask(next);
    }
    if (reply.status != 200) return done_(refused(reply.status));
    done_(image_of(std::move(reply)));
  }

  static outcome refused(int status) {
    const bool may_pass = status == 408 || status == 425 || status == 429 || status >= 500;
    return no_image(may_pass ? outcome_kind::transient : outcome_kind::invalid,
                    "its address answered " + std::to_string(status) + ".");
  }

  image_result image_of(egress_reply reply) const {
    if (auto wrong = picture_problem(reply.body, takes_)) return no_image(outcome_kind::invalid, std::move(*wrong));
    const auto type = media_type_of(reply.body);
    const bool is_animated = is_animated_gif(reply.body);
    return fetched_image{std::move(reply.body), std::string{type}, is_animated};
  }

  egress& client_;
  const domain::platform& takes_;
  const std::size_t max_bytes_;
  const steady::time_point deadline_;
  const std::function<void(image_result)> done_;
  int redirects_ = 0;
};

}  // namespace

std::optional<std::string> picture_problem(std::string_view bytes, const domain::platform& takes) {
  const auto& rules = takes.media.picture;
  const auto name = std::string{takes.display_name};
  const auto type = media_type_of(bytes);
  if (std::find(rules.types.begin(), rules.types.end(), type) == rules.types.end()) {
    if (type.empty()) return "its address gives no picture. " + name + " takes " + names_of(rules.types) + ".";
    return "it is a " + std::string{type_in_words(type)} + ", and " + name + " takes " + names_of(rules.types) + ".";
  }
  const auto most = is_animated_gif(bytes) ? rules.max_animation_bytes.value_or(rules.max_bytes) : rules.max_bytes;
  if (most == 0 || static_cast<std::int64_t>(bytes.size()) <= most) return std::nullopt;
  return "it is larger than the " + in_megabytes(most) + " that " + name + " takes.";
}

void fetch_image(egress& client, const std::string& url, const domain::platform& takes,
                 std::chrono::milliseconds timeout, std::function<void(image_result)> done) {
  std::make_shared<fetching>(client, takes, timeout, std::move(done))->ask(url);
}

}  // namespace pulse::connectors
