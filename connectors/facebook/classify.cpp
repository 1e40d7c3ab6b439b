#include "connectors/facebook/classify.hpp"

#include <algorithm>
#include <iterator>

#include <boost/json.hpp>

#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::facebook {

namespace {

using domain::outcome;
using domain::outcome_kind;
using meta::step;

constexpr std::string_view platform = "Facebook";

/// Errors of pages, by their subcode.
struct table_row {
  int subcode;
  outcome_kind kind;
  int pause_s;  // 0: the retry policy decides
  const char* sentence;
};

constexpr int an_hour = 3'600;

constexpr table_row table[] = {
    {1366046, outcome_kind::invalid, 0, "The image is too large for Facebook: at most 4 MB."},
    {1366051, outcome_kind::duplicate, 0, "Facebook has these images already."},
    {1390008, outcome_kind::rate_limited, an_hour, "Facebook says that the page posts too fast."},
    {1346003, outcome_kind::permission, 0, "Facebook takes it for abusive and has blocked it."},
    {1404102, outcome_kind::permission, 0, "Facebook says that it is against its community standards."},
    {1404006, outcome_kind::permission, 0,
     "Facebook asks for a security check. Sign in to Facebook and do what it asks for."},
    {1404078, outcome_kind::permission, 0,
     "Facebook wants the page to be authorized for publishing. Open the page's settings at Facebook."},
    {1404112, outcome_kind::permission, 0,
     "Facebook has limited the account. Sign in to Facebook and do what it asks for."},
    {4854002, outcome_kind::permission, 0,
     "Facebook asks to confirm the identity. Sign in to Facebook and do what it asks for."},
    {1363047, outcome_kind::transient, 0, "Facebook could not carry it out for now."},
    {1609010, outcome_kind::transient, 0, "Facebook could not carry it out for now."},
    {1609008, outcome_kind::invalid, 0, "Facebook takes no links to facebook.com here."},
    {2061006, outcome_kind::invalid, 0, "Facebook does not take the address of the link."},
    {2069019, outcome_kind::invalid, 0, "Facebook does not take the file."},
};

}  // namespace

std::optional<outcome> own_error(const meta::graph_error& error, base::timestamp now) {
  const auto* row = std::find_if(std::begin(table), std::end(table),
                                 [&](const table_row& each) { return each.subcode == error.subcode; });
  outcome made;
  if (row != std::end(table)) {
    made.kind = row->kind;
    made.reason = row->sentence;
    if (row->pause_s > 0) made.retry_at = now + std::chrono::seconds{row->pause_s};
  } else if (error.code == 1'609'005) {
    made.kind = outcome_kind::invalid;
    made.reason = "Facebook could not read the page that the link leads to.";
  } else {
    return std::nullopt;
  }
  made.reason += quoted(platform, error.words);
  return made;
}

outcome problem_of(const egress_reply& reply, step which, base::timestamp now) {
  return meta::problem_of(reply, which, platform, now,
                          [now](const meta::graph_error& error) { return own_error(error, now); });
}

std::optional<std::string> id_in(const egress_reply& reply) {
  if (reply.how_far != progress::complete || reply.status != 200) return std::nullopt;
  const auto object = object_of(reply.body);
  auto id = object ? text_at(*object, "id") : std::string{};
  constexpr std::size_t most = 100;
  const bool is_plain = std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || c == '_'; });
  if (id.empty() || id.size() > most || !is_plain) return std::nullopt;
  return id;
}

outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  const auto id = id_in(reply);
  if (!id) return problem_of(reply, step::publishing, now);
  outcome live{.kind = outcome_kind::published};
  live.external_id = *id;
  live.external_url = post_url(*id);
  live.http_status = reply.status;
  live.reason = "Published on Facebook.";
  return live;
}

std::optional<list_page> read_posts(const std::string& body) {
  return read_graph_page(body, [](const boost::json::object& entry, list_page& page) {
    const auto at = read_graph_time(text_at(entry, "created_time"));
    auto id = text_at(entry, "id");
    if (id.empty() || !at) return false;
    auto url = text_at(entry, "permalink_url");
    if (!url.starts_with("https://www.facebook.com/")) url = post_url(id);
    page.items.push_back({std::move(id), text_at(entry, "message"), std::move(url), *at});
    return true;
  });
}

std::string post_url(const std::string& id) { return "https://www.facebook.com/" + id; }

}  // namespace pulse::connectors::facebook
