// A film's way to Pinterest: registered, sent in one form, looked through, and only then a pin.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/egress/egress.hpp"
#include "connectors/pinterest/options.hpp"
#include "connectors/shared/film_uploads.hpp"
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

/// All of it, over as many attempts as it takes: the pin is made of what earlier ones brought. A form cannot be gone on
/// with in the middle; what Pinterest registered is used again as long as its form is good, and what it has already is
/// not sent again, also after a crash.
std::shared_ptr<publish_steps> publishing_film(const pinterest_options& options, media_files* files,
                                               std::shared_ptr<film_uploads> uploads, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done);

}  // namespace pulse::connectors::pinterest
