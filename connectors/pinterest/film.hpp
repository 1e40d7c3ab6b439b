// A film's way to Pinterest: registered, sent in one form, looked through, and only then a pin.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/egress/egress.hpp"
#include "connectors/pinterest/options.hpp"
#include "connectors/shared/media_files.hpp"
#include "connectors/shared/publish_steps.hpp"

namespace pulse::connectors::pinterest {

/// Where Pinterest wants a film, of its reply to `POST /media`.
struct film_place {
  std::string media_id;
  std::string upload_url;
  std::vector<std::pair<std::string, std::string>> fields;  // of the form, in the order in which they came
};
/// Nothing when the reply names none.
std::optional<film_place> read_film_place(const std::string& body);

/// Films that are being sent. One takes all of a form, which cannot be gone on with, and may take longer than an attempt: so it outlasts
/// the attempt that began it, and the next one finds it here. What a process that died was sending begins again. Thread-safe.
class film_uploads {
 public:
  enum class state {
    unknown,  // not here: never begun, or of a process that is gone
    running,
    taken,
    failed,
  };
  struct look {
    state is = state::unknown;
    std::int64_t read = 0;  // bytes of the film so far
    std::string why;        // failed: a sentence
  };

  /// Sends the film behind `url`; false when too many are on their way. `client` and `files` outlive every call back.
  bool begin(const film_place& to, const std::string& url, const media_files::facts& film, media_files& files,
             egress& client, bool is_own_host);
  look find(const std::string& media_id) const;
  /// What is over is not needed any more.
  void forget(const std::string& media_id);

 private:
  static constexpr std::size_t most_running = 8;
  /// Ends that nobody has asked for; all are forgotten when there are more.
  static constexpr std::size_t most_known = 256;

  struct shared {
    std::mutex mutex;
    std::map<std::string, look> films;  // by media id
  };
  const std::shared_ptr<shared> all_ = std::make_shared<shared>();
};

/// All of it, over as many attempts as it takes: the pin is made of what earlier ones brought.
std::shared_ptr<publish_steps> publishing_film(const pinterest_options& options, media_files* files,
                                               std::shared_ptr<film_uploads> uploads, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::pinterest
