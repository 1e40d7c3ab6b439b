// One publish call to LinkedIn, step by step: who the member is, its pictures or its film, the post.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "connectors/linkedin/connector.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::linkedin {

/// What the two kinds of posts share.
class post_steps : public publish_steps {
 public:
  post_steps(linkedin_options options, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done, media_files* files = nullptr);
  void start() final;

 protected:
  /// Goes on when the author is known.
  virtual void begin() = 0;

  const linkedin_options& options() const { return options_; }
  const std::string& author() const { return author_; }
  egress_request request(std::string method, std::string url) const;
  /// With the version and what else `/rest/` wants; with a body it is a POST.
  egress_request rest_request(const std::string& path, const std::string& body = {}) const;
  /// Publishes, with the URNs of what was uploaded for the post's media, in order.
  void post(const std::vector<std::string>& media);

 private:
  std::string what_author() const;
  void ask_who();

  const linkedin_options options_;
  std::string author_;
};

/// The call, to be started once. URNs of pictures are kept (`image`), each after its upload. Of a film, which goes out in the pieces that
/// LinkedIn names, the addresses and what LinkedIn answered to each piece (`film`, `film_urls`, `film_parts`): an attempt whose time is
/// over ends as `goes_on`, and the next one begins behind the last piece that was kept.
std::shared_ptr<publish_steps> publishing(const linkedin_options& options, media_files* films, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

/// The call of a post with a film.
std::shared_ptr<publish_steps> publishing_film(const linkedin_options& options, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

/// The call of a first comment: below the part above it (`place_in_thread`), by whoever the account posts as.
std::shared_ptr<publish_steps> publishing_comment(const linkedin_options& options, egress& client,
                                                  const base::clock& clock, publication what,
                                                  std::function<void(publish_reply)> done);

/// Looks for that comment by actor and words. `cannot_know` where LinkedIn does not let the account read comments.
void find_comment(const linkedin_options& options, egress& client, const base::clock& clock, publication what,
                  std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::linkedin
