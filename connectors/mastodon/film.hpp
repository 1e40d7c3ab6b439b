// A film's way to an account's server: one form, read while it is sent, which may outlast the attempt that began it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "connectors/mastodon/instance_limits.hpp"
#include "connectors/shared/film_uploads.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::mastodon {

/// The step that uploads a film, for the steps of a post to derive from.
class film_steps : public publish_steps {
 public:
  film_steps(std::shared_ptr<film_uploads> uploads, media_files* files, egress& client, const base::clock& clock,
             publication what, std::function<void(publish_reply)> done);

 protected:
  /// Whether an upload of this name is on its way, or over and not looked at.
  bool is_on_its_way(const std::string& key) const;
  /// Sends the film with `request`, which gets its form, and goes on with the server's reply; ends the call when the
  /// server does not take such films, and when the attempt's time is over: the next one finds the upload by `key`.
  void bring_film(const std::string& key, egress_request request, const instance_limits& there,
                  std::function<void(const egress_reply&)> then);

 private:
  void send(egress_request request, const media_files::facts& film);
  void follow(std::int64_t read_before);

  const std::shared_ptr<film_uploads> uploads_;
  media_files* const files_;
  egress& client_;
  std::string key_;
  std::int64_t bytes_ = 0;
  std::function<void(const egress_reply&)> then_;
};

}  // namespace pulse::connectors::mastodon
