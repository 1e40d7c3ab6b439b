// Reads the reactions to a post on Threads.
#include <utility>

#include <boost/json.hpp>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/after_publishing.hpp"
#include "connectors/threads/classify.hpp"
#include "connectors/threads/connector.hpp"
#include "connectors/threads/publish.hpp"

namespace pulse::connectors::threads {

namespace {

/// `{"data":[{"name":"views","values":[{"value":12}]}]}`; some figures have `total_value` instead of values
/// (Threads Insights API, "Media Insights", which also names the figures; needs the scope threads_manage_insights).
std::optional<post_figures> read_figures(const boost::json::value& document) {
  boost::system::error_code missing;
  const auto* const rows = document.find_pointer("/data", missing);
  if (rows == nullptr || !rows->is_array()) return std::nullopt;
  post_figures found;
  std::optional<std::int64_t> reposts, quotes, shares;
  for (const auto& row : rows->get_array()) {
    const auto* const name = row.find_pointer("/name", missing);
    if (name == nullptr || !name->is_string()) continue;
    auto count = count_at(row, "/values/0/value");
    if (!count) count = count_at(row, "/total_value/value");
    const std::string_view which{name->get_string().data(), name->get_string().size()};
    if (which == "views") found.views = count;
    if (which == "likes") found.likes = count;
    if (which == "replies") found.comments = count;
    if (which == "reposts") reposts = count;
    if (which == "quotes") quotes = count;
    if (which == "shares") shares = count;
  }
  found.shares = sum_of(sum_of(reposts, quotes), shares);
  return found;
}

}  // namespace

void threads_connector::measure(measured_post what, std::function<void(measure_reply)> done) {
  auto request = get_request(options_, what.account, percent_encoded(what.external_id) + "/insights",
                             {{"metric", "views,likes,replies,reposts,quotes,shares"}});
  request.timeout = what.timeout;
  ask_figures(
      client_, std::move(request), &read_figures,
      [&clock = clock_](const egress_reply& reply) {
        const auto error = reply.how_far == progress::complete ? meta::read_error(reply.body) : std::nullopt;
        if (error && meta::says_missing(*error)) return measure_reply{.kind = measure_kind::gone};
        return measure_of(problem_of(reply, meta::step::harmless, clock.now()));
      },
      std::move(done));
}

}  // namespace pulse::connectors::threads
