// Results of calls about a published post: deleting, editing, reading reactions. Pure.
#pragma once

#include <functional>
#include <optional>

#include <boost/json.hpp>

#include "connectors/egress/egress.hpp"
#include "connectors/roles/measure.hpp"
#include "connectors/roles/remove.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors {

/// Of an error that a platform's table has classified. What may be repeated without harm is `later`, whether it was
/// carried out or not.
removal_reply removal_of(const domain::outcome& problem);
measure_reply measure_of(const domain::outcome& problem);

/// Figures that were read; nothing read is `later`, because the reply was not understood.
measure_reply measure_of(std::optional<post_figures> read);

/// The whole number at `pointer` (RFC 6901), also one that is written as a text; nothing when there is none, or it is
/// below zero.
std::optional<std::int64_t> count_at(const boost::json::value& document, std::string_view pointer);

/// The sum of both; nothing when neither is reported.
std::optional<std::int64_t> sum_of(std::optional<std::int64_t> one, std::optional<std::int64_t> other);

/// Sends `request` and reads the figures of a 200 with `read`; every other reply is judged by `judge`.
void ask_figures(egress& client, egress_request request,
                 std::function<std::optional<post_figures>(const boost::json::value&)> read,
                 std::function<measure_reply(const egress_reply&)> judge, std::function<void(measure_reply)> done);

}  // namespace pulse::connectors
