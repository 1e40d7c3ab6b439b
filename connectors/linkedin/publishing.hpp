// One publish call to LinkedIn, step by step: the member's id, the pictures or the film, the post.
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

/// The parts that both kinds of posts share.
class post_steps : public publish_steps {
 public:
  post_steps(linkedin_options options, egress& client, const base::clock& clock, publication what,
             std::function<void(publish_reply)> done, media_files* files = nullptr);
  void start() final;

 protected:
  /// Called when the author is known.
  virtual void begin() = 0;

  const linkedin_options& options() const { return options_; }
  const std::string& author() const { return author_; }
  egress_request request(std::string method, std::string url) const;
  /// A request with the version and the other headers of `/rest/`; with a body it is a POST.
  egress_request rest_request(const std::string& path, const std::string& body = {}) const;
  /// Publishes, with the URNs of the post's uploaded media, in order.
  void post(const std::vector<std::string>& media);

 private:
  std::string what_author() const;
  void ask_who();

  const linkedin_options options_;
  std::string author_;
};

/// The publish call; start it once. The URN of each picture is kept after its upload (`image`). A film is sent in
/// LinkedIn's pieces, and the addresses and LinkedIn's answers are kept (`film`, `film_urls`, `film_parts`): an attempt
/// that runs out of time ends as `goes_on`, and the next one continues after the last kept piece.
std::shared_ptr<publish_steps> publishing(const linkedin_options& options, media_files* films, egress& client,
                                          const base::clock& clock, publication what,
                                          std::function<void(publish_reply)> done);

/// The call for a post with a film.
std::shared_ptr<publish_steps> publishing_film(const linkedin_options& options, media_files* films, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

/// The call for a first comment: below the part above it (`place_in_thread`), from the account that posts.
std::shared_ptr<publish_steps> publishing_comment(const linkedin_options& options, egress& client,
                                                  const base::clock& clock, publication what,
                                                  std::function<void(publish_reply)> done);

/// Looks for that comment by actor and words. `cannot_know` where LinkedIn does not let the account read comments.
void find_comment(const linkedin_options& options, egress& client, const base::clock& clock, publication what,
                  std::function<void(domain::reconciliation)> done);

}  // namespace pulse::connectors::linkedin
