// What an event says to people: one sentence, made of its facts when somebody reads it.
#pragma once

#include <string>
#include <string_view>

#include "domain/calendar/time_words.hpp"
#include "domain/events/facts.hpp"

namespace pulse::domain {

/// One sentence. `clock` tells the times in it: the project's, or the member's where the event is theirs. Who did it is
/// the reader's to add.
std::string sentence_of(const event_facts& facts, const time_formatter& clock = time_formatter{"UTC"});

/// The sentence of a row: `stored` where an older version had written one, else made of `facts`; of a kind that only a
/// newer version knows, its name.
std::string sentence_of(std::string_view type, std::string_view stored, const boost::json::object& facts,
                        const time_formatter& clock = time_formatter{"UTC"});

}  // namespace pulse::domain
