// Pinterest: a pin is one call; looked up by its words in the list of its board.
#pragma once

#include <functional>

#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/pinterest/film.hpp"
#include "connectors/pinterest/options.hpp"
#include "connectors/roles/list.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"

namespace pulse::connectors::pinterest {

/// The connector for Pinterest. An account of it is a board. Thread-safe; calls back on the egress client's thread.
class pinterest_connector final : public connector, public lists, public removes, public measures {
 public:
  /// `films` may be null: then none are taken.
  pinterest_connector(pinterest_options options, egress& client, const base::clock& clock,
                      media_files* films = nullptr);

  domain::channel_type type() const override { return domain::channel_type::pinterest; }

  /// Pinterest fetches the image from its address. A film is brought there before, over as many attempts as it takes
  /// (`film.hpp`); its id is kept, and only the pin itself is not harmless.
  void publish(publication what, std::function<void(publish_reply)> done) override;

  /// `live` when one pin of the board, made since, has the same title, description and link.
  void reconcile(publication what, std::function<void(domain::reconciliation)> done) override;

  void list_recent(credentials account, int count, std::function<void(listing)> done) override;

  void remove(removal what, std::function<void(removal_reply)> done) override;
  void measure(measured_post what, std::function<void(measure_reply)> done) override;

 private:
  pinterest_options options_;
  egress& client_;
  const base::clock& clock_;
  media_files* const films_;
  const std::shared_ptr<film_uploads> uploads_ = std::make_shared<film_uploads>();
};

}  // namespace pulse::connectors::pinterest
