#include "connectors/bluesky/hosts.hpp"

#include <utility>

#include <fmt/core.h>

#include "domain/platforms/web_address.hpp"

namespace pulse::connectors::bluesky {

namespace {

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

/// "did:web:example.org%3A8443" → "https://example.org:8443/.well-known/did.json"
std::string address_of_web_did(const std::string& did) {
  auto host = did.substr(8);
  for (auto at = host.find("%3A"); at != host.npos; at = host.find("%3A")) host.replace(at, 3, ":");
  return fmt::format("https://{}/.well-known/did.json", host);
}

}  // namespace

host_directory::host_directory(directories where, egress& client, const base::clock& clock)
    : where_{without_slash(std::move(where.service_url)), without_slash(std::move(where.plc_url))},
      client_(client),
      clock_(clock) {}

std::optional<repository_host> host_directory::host_in(const did_document& document) const {
  if (document.host.empty()) return std::nullopt;
  if (document.host == where_.service_url) return repository_host{document.host, trust::platform};
  const bool is_usable = document.host.starts_with("https://") && !domain::web_address_problem(document.host, true);
  return is_usable ? std::optional{repository_host{document.host, trust::user_given}} : std::nullopt;
}

void host_directory::find(const std::string& did, std::chrono::milliseconds timeout, std::function<void(found)> done) {
  {
    const std::lock_guard lock{mutex_};
    const auto known = known_.find(did);
    if (known != known_.end() && clock_.now() < known->second.read_at + life) {
      auto host = known->second.host;
      return client_.after({}, [host = std::move(host), done = std::move(done)] { done(host); });
    }
  }
  auto keep = [self = shared_from_this(), did, done = std::move(done)](base::result<did_document, host_problem> got) {
    if (got.has_error()) return done(got.error());
    const auto host = self->host_in(*got);
    if (!host) return done(host_problem{true, "The account at Bluesky names no server for its posts."});
    {
      const std::lock_guard lock{self->mutex_};
      if (self->known_.size() >= most) self->known_.erase(self->known_.begin());
      self->known_.insert_or_assign(did, entry{*host, self->clock_.now()});
    }
    done(*host);
  };
  read(did, timeout, std::move(keep));
}

void host_directory::read(const std::string& did, std::chrono::milliseconds timeout,
                          std::function<void(base::result<did_document, host_problem>)> done) {
  if (!is_did(did)) {
    return client_.after({}, [done = std::move(done)] {
      done(host_problem{true, "The channel's account is none of Bluesky. Connect the account again."});
    });
  }
  egress_request request;
  const bool is_web = did.starts_with("did:web:");
  request.url = is_web ? address_of_web_did(did) : fmt::format("{}/{}", where_.plc_url, did);
  request.address = is_web ? trust::user_given : trust::platform;
  request.headers = {{"accept", "application/did+ld+json, application/json"}};
  request.timeout = timeout;
  client_.send(std::move(request), [did, done = std::move(done)](const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete;
    auto document = is_whole && reply.status == 200 ? read_did_document(reply.body) : std::nullopt;
    if (document && document->did == did) return done(std::move(*document));
    const bool is_gone = is_whole && (reply.status == 404 || reply.status == 410);
    if (is_gone || reply.address_refused)
      return done(host_problem{true, "There is no such account at Bluesky any more."});
    done(host_problem{false, "Where the account at Bluesky lives could not be looked up. " + reply.error});
  });
}

void host_directory::forget(const std::string& did) {
  const std::lock_guard lock{mutex_};
  known_.erase(did);
}

egress_request xrpc_request(const repository_host& host, std::string method, const std::string& name_and_query,
                            const std::string& token) {
  egress_request request;
  request.method = std::move(method);
  request.url = fmt::format("{}/xrpc/{}", host.url, name_and_query);
  request.headers = {{"accept", "application/json"}};
  if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
  request.address = host.address;
  return request;
}

}  // namespace pulse::connectors::bluesky
