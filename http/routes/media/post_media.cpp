#include "http/routes/media/post_media.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include <spdlog/spdlog.h>

#include "base/secure.hpp"
#include "domain/media/fitting.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/publishing/channel.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using media::medium;
using persistence::posts::post_medium;

/// A post may be published again and is read for years, so its addresses must not expire.
constexpr base::timestamp never{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

/// Digits of the digest in the name of a fitted picture.
constexpr std::size_t name_digits = 12;

std::string place_of(std::size_t index) { return "/media/" + std::to_string(index); }

std::string part_of(const domain::fit_order& order) {
  const auto told = order.type + ' ' + std::to_string(order.max_bytes) + ' ' + std::to_string(order.max_width) + ' ' +
                    std::to_string(order.max_height);
  return "fit-" + base::to_hex(base::sha256(told)).substr(0, name_digits);
}

/// Runs on a thread that may wait. Makes the picture unless it exists. Returns the error for the log, empty on success.
std::string fit(const media_desk& desk, const std::string& file, const std::string& part,
                const domain::fit_order& order) {
  constexpr std::string_view unfinished = "fitting";
  if (desk.files().open(file, part)) return "";
  const auto from = desk.files().open_here(file, media::original);
  const auto to = desk.files().hold(file, unfinished);
  if (!from || !to || ::ftruncate(to.descriptor(), 0) != 0) return "its file cannot be opened";
  const auto made = desk.worker().fit(from, to, order);
  if (!made) return made.error().why;
  if (!made->problem.empty()) return made->problem;
  const bool is_kept = to.sync() && desk.files().keep(file, unfinished, part);
  desk.files().settle(file);
  return is_kept ? "" : "its file cannot be written";
}

/// The stored file that is published.
asio::awaitable<result<std::string>> part_for(request_context& context, const medium& shown, std::size_t index,
                                              const std::vector<domain::channel_type>& types) {
  const auto fitting = domain::fit_for(facts_of(shown), types);
  if (fitting.problem) co_return problems::invalid_field(place_of(index), *fitting.problem);
  std::string part{media::original};
  if (fitting.order) {
    part = part_of(*fitting.order);
    auto* const desk = context.services.media;
    auto job = [desk, file = shown.file, part, order = *fitting.order] { return fit(*desk, file, part, order); };
    const auto why = co_await desk->examining(std::move(job));
    if (!why.empty()) {
      spdlog::warn("A picture could not be fitted to its platforms: {} (medium={})", why, base::to_string(shown.id));
      co_return problems::invalid_field(place_of(index), "cannot be made to fit its channels; choose another picture");
    }
  }
  co_return result<std::string>{boost::system::in_place_value, std::move(part)};
}

std::string address_of(const request_context& context, const medium& shown, const std::string& part) {
  const auto known = domain::find_media_type(shown.type);
  const bool is_whole = part == media::original;
  return context.services.addresses.api_url() +
         context.services.media->links().path({context.principal.tenant_id, shown.id, part, never},
                                              is_whole && known ? known->extension : "jpg");
}

}  // namespace

domain::file_facts facts_of(const medium& from) {
  return {from.kind, from.type, from.bytes, from.width, from.height, from.duration_ms, from.is_animated};
}

std::vector<field_error> check_media_for(const std::vector<post_medium>& all,
                                         const std::vector<domain::channel_type>& types) {
  std::vector<domain::media> plain_media;
  plain_media.reserve(all.size());
  for (const auto& each : all) plain_media.push_back({each.kind, each.url, each.alt_text});
  std::vector<field_error> errors;
  bool is_taken = all.empty();
  for (const auto type : std::set<domain::channel_type>{types.begin(), types.end()}) {
    const auto takes = domain::capabilities_of(type);
    if (all.empty() && domain::needs_media(type))
      errors.push_back(
          at_field("/media", fmt::format("is required: {} has no posts without a picture", base::to_name(type))));
    if (all.empty() || (!takes.image && !takes.video)) continue;
    is_taken = true;
    if (auto wrong = domain::media_problem_for(type, plain_media))
      errors.push_back(at_field("/media", std::move(*wrong)));
  }
  if (!is_taken && !types.empty()) return {at_field("/media", "must be left out: none of the channels takes any")};
  return errors;
}

std::optional<domain::image> first_image(const std::vector<post_medium>& all) {
  const auto found =
      std::find_if(all.begin(), all.end(), [](const auto& each) { return each.kind == domain::media_kind::image; });
  if (found == all.end()) return std::nullopt;
  return domain::image{found->url, found->alt_text};
}

asio::awaitable<result<std::vector<post_medium>>> prepare_post_media(request_context& context, base::uuid project_id,
                                                                     const std::vector<post_medium_request>& wanted,
                                                                     const std::vector<domain::channel_type>& types) {
  if (wanted.empty()) co_return std::vector<post_medium>{};
  if (context.services.media == nullptr) co_return no_media_here();
  if (wanted.size() > domain::most_post_media)
    co_return problems::invalid_field("/media", fmt::format("must name at most {} media", domain::most_post_media));
  std::vector<base::uuid> ids;
  ids.reserve(wanted.size());
  for (const auto& each : wanted) ids.push_back(each.media_id);
  auto rows = co_await read_all(context, media::find_many(project_id, ids));
  if (!rows) co_return rows.error();
  std::vector<post_medium> made;
  std::vector<const medium*> shown;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto found =
        std::find_if(rows->begin(), rows->end(), [&](const medium& each) { return each.id == wanted[i].media_id; });
    if (found == rows->end())
      co_return problems::invalid_field(place_of(i) + "/media_id", "is no picture or film of this project");
    shown.push_back(&*found);
    made.push_back({found->id, found->kind, "", text_or(wanted[i].alt_text, found->alt_text)});
  }
  if (auto errors = check_media_for(made, types); !errors.empty())
    co_return problems::invalid_fields(std::move(errors));
  for (std::size_t i = 0; i < made.size(); ++i) {
    auto part = co_await part_for(context, *shown[i], i, types);
    if (!part) co_return part.error();
    made[i].url = address_of(context, *shown[i], *part);
  }
  co_return made;
}

}  // namespace pulse::http::routes
