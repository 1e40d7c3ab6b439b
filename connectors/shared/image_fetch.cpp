#include "connectors/shared/image_fetch.hpp"

#include <algorithm>
#include <memory>
#include <utility>

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

/// "image/jpeg" of "Image/JPEG; charset=x".
std::string plain_type(std::string_view header) {
  std::string type{header.substr(0, header.find_first_of("; "))};
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return type;
}

/// Where a redirect leads: an address of its own, or a path at the same host. Empty for anything else, and for one that
/// would give up encryption.
std::string target_of(const std::string& url, std::string_view location) {
  if (location.starts_with("https://")) return std::string{location};
  if (location.starts_with("http://")) return url.starts_with("https://") ? std::string{} : std::string{location};
  if (!location.starts_with('/') || location.starts_with("//")) return {};
  const auto path = url.find_first_of("/?#", url.find("://") + 3);
  return url.substr(0, path) + std::string{location};
}

/// One fetch with its redirects; keeps itself alive until it has called back.
class fetching : public std::enable_shared_from_this<fetching> {
 public:
  fetching(egress& client, std::size_t max_bytes, std::chrono::milliseconds timeout,
           std::function<void(image_result)> done)
      : client_(client), max_bytes_(max_bytes), deadline_(steady::now() + timeout), done_(std::move(done)) {}

  void ask(const std::string& url) {
    egress_request request;
    request.url = url;
    request.headers = {{"accept", "image/jpeg, image/png, image/gif"}};
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
      return done_(
          no_image(outcome_kind::invalid, "it is larger than " + std::to_string(max_bytes_ / 1'000'000) + " MB."));
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

  static image_result image_of(egress_reply reply) {
    const auto told = plain_type(reply.find("content-type").value_or(""));
    const bool told_otherwise = !told.empty() && told != "image/jpeg" && told != "image/jpg" && told != "image/png" &&
                                told != "image/gif" && told != "application/octet-stream";
    const auto type = media_type_of(reply.body);
    if (told_otherwise || type.empty()) {
      return no_image(outcome_kind::invalid, "its address gives no JPEG, PNG or GIF.");
    }
    return fetched_image{std::move(reply.body), std::string{type}};
  }

  egress& client_;
  const std::size_t max_bytes_;
  const steady::time_point deadline_;
  const std::function<void(image_result)> done_;
  int redirects_ = 0;
};

}  // namespace

void fetch_image(egress& client, const std::string& url, std::size_t max_bytes, std::chrono::milliseconds timeout,
                 std::function<void(image_result)> done) {
  std::make_shared<fetching>(client, max_bytes, timeout, std::move(done))->ask(url);
}

std::string_view media_type_of(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  return {};
}

}  // namespace pulse::connectors
