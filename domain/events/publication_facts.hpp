// What the events of a published post carry: changed or deleted at its platform, corrected or withdrawn on the website.
#pragma once

#include <string>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/kind.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/publication_change.hpp"

namespace pulse::domain {

struct publication_change_facts {
  base::omittable<std::string> channel_name;
  base::omittable<channel_type> platform;
  base::omittable<publication_change_kind> change;
  base::omittable<int> attempt;
  base::omittable<std::string> reason;       // in words, the platform's where it gave some
  base::omittable<base::timestamp> until;    // of the next attempt
  base::omittable<std::string> external_id;  // of the post
};
BOOST_DESCRIBE_STRUCT(publication_change_facts, (),
                      (channel_name, platform, change, attempt, reason, until, external_id))

struct publication_change_requested : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeRequested;
};
BOOST_DESCRIBE_STRUCT(publication_change_requested, (publication_change_facts), ())

struct publication_deleted : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationDeleted;
};
BOOST_DESCRIBE_STRUCT(publication_deleted, (publication_change_facts), ())

struct publication_edited : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationEdited;
};
BOOST_DESCRIBE_STRUCT(publication_edited, (publication_change_facts), ())

struct publication_commented : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationCommented;
};
BOOST_DESCRIBE_STRUCT(publication_commented, (publication_change_facts), ())

struct publication_change_delayed : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeDelayed;
};
BOOST_DESCRIBE_STRUCT(publication_change_delayed, (publication_change_facts), ())

struct publication_change_failed : publication_change_facts {
  static constexpr auto kind = event_kind::PublicationChangeFailed;
};
BOOST_DESCRIBE_STRUCT(publication_change_failed, (publication_change_facts), ())

struct publication_corrected {
  static constexpr auto kind = event_kind::PublicationCorrected;
  base::omittable<std::string> channel_name;
  base::omittable<base::uuid> publication_id;
  bool is_title = false;  // the corrected part
  bool is_text = false;
};
BOOST_DESCRIBE_STRUCT(publication_corrected, (), (channel_name, publication_id, is_title, is_text))

struct publication_withdrawn {
  static constexpr auto kind = event_kind::PublicationWithdrawn;
  base::omittable<std::string> channel_name;
  base::omittable<base::uuid> publication_id;
};
BOOST_DESCRIBE_STRUCT(publication_withdrawn, (), (channel_name, publication_id))

}  // namespace pulse::domain
