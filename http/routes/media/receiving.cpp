#include "http/routes/media/receiving.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "http/api/services.hpp"
#include "http/server/body_reader.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using persistence::transaction;

problem too_large(std::int64_t bytes_max) {
  return {.status = 413,
          .code = "media_too_large",
          .detail = fmt::format(
              "The file is larger than was announced, or than the {} bytes that one file may have here.", bytes_max)};
}

problem no_room() {
  return problems::unavailable("no_room", "There is no room for this file just now. Try again later.",
                               std::chrono::seconds{60});
}

problem refused(std::string why) { return {.status = 422, .code = "media_refused", .detail = std::move(why)}; }

using looked = base::result<domain::media_findings, media::not_looked>;

/// Runs on a thread that may wait. Has the file examined.
looked examine(const media_desk& desk, const media::open_file& whole, const held_upload& from) {
  const auto preview = desk.files().hold(from.upload.file, media::preview);
  if (!preview) return media::not_looked{"the preview could not be made"};
  if (::ftruncate(preview.descriptor(), 0) != 0) return media::not_looked{"the preview could not be made"};
  return desk.worker().look(whole, preview);
}

}  // namespace

problem store_is_away() {
  return problems::unavailable("media_store_unreachable",
                               "The media store cannot be reached. The received part of "
                               "this file is kept; try again later.",
                               std::chrono::seconds{10});
}

asio::awaitable<result<nothing>> begin_upload(request_context& context, media_desk& desk, const media::upload& begun) {
  const auto announced = begun.bytes.value_or(0);
  if (announced > desk.how().file_bytes_max) co_return too_large(desk.how().file_bytes_max);
  auto look = [&desk] { return desk.files().free_bytes(); };
  const auto free_bytes = co_await desk.on_disk(std::move(look));
  if (free_bytes < desk.how().free_bytes_min + static_cast<std::uint64_t>(announced)) co_return no_room();
  auto job = [begun, announced, bytes_max = desk.how().company_bytes_max](transaction& tx) -> result<nothing> {
    if (!persistence::projects::exists(tx, begun.project_id))
      return problems::invalid_fields({{.pointer = {}, .parameter = "project_id", .detail = "is no project here"}});
    if (media::bytes_of_tenant(tx) + announced > bytes_max)
      return problems::conflict("media_full",
                                "Your company has as many pictures and films here as it may. Remove some first.");
    media::insert_upload(tx, begun);
    return nothing{};
  };
  auto done = co_await in_transaction(context, job);
  co_return done;
}

asio::awaitable<result<held_upload>> lock_upload(request_context& context, media_desk& desk, media::upload found) {
  if (found.expires_at < context.services.clock.now())
    co_return problem{.status = 410, .code = "upload_expired", .detail = "This upload took too long. Begin it again."};
  // Called on the disk's threads, which may wait for the database.
  auto remember = [&database = context.services.database, tenant_id = context.principal.tenant_id,
                   id = found.id](const std::string& transfer) {
    const auto done =
        database.transact_now(tenant_id, [&](transaction& tx) { return media::remember_transfer(tx, id, transfer); });
    return done.has_value() && *done;
  };
  auto job = [&desk, name = found.file, transfer = found.transfer, remember = std::move(remember)] {
    return desk.files().receive(name, transfer, remember);
  };
  auto file = co_await desk.on_disk(std::move(job));
  if (file) co_return held_upload{std::move(found), std::move(*file)};
  switch (file.error()) {
    case media::not_received::unreachable: co_return store_is_away();
    case media::not_received::busy: break;
  }
  co_return problem{
      .status = 423, .code = "upload_busy", .detail = "Another call is writing this upload. Try again in a moment."};
}

asio::awaitable<result<std::int64_t>> receive_bytes(request_context& context, media_desk& desk, const held_upload& to,
                                                    std::int64_t at, std::int64_t end) {
  auto* const incoming = context.request.incoming;
  while (incoming != nullptr) {
    const auto piece = co_await incoming->next();
    if (!piece)
      co_return problem{
          .status = 400, .code = "upload_interrupted", .detail = "The connection ended before the file was complete."};
    if (piece->empty()) break;
    if (static_cast<std::int64_t>(piece->size()) > end - at) co_return too_large(desk.how().file_bytes_max);
    auto job = [&to, at, bytes = *piece] { return to.file->write(at, bytes); };
    const bool is_written = co_await desk.on_disk(std::move(job));
    if (!is_written) co_return no_room();
    at += static_cast<std::int64_t>(piece->size());
  }
  co_return result<std::int64_t>{boost::system::in_place_value, at};
}

asio::awaitable<result<media_item>> finish_upload(request_context& context, media_desk& desk,
                                                  const held_upload& whole) {
  // Other files may be examined while this one is fetched or moved to the store.
  auto get = [&whole] { return whole.file->whole(); };
  const auto* const bytes_here = co_await desk.on_disk(std::move(get));
  if (bytes_here == nullptr) co_return store_is_away();
  auto look = [&desk, &whole, bytes_here] { return examine(desk, *bytes_here, whole); };
  const auto found = co_await desk.examining(std::move(look));
  if (!found) {
    spdlog::warn("An uploaded file could not be examined: {} (request={} upload={})", found.error().why,
                 context.request.id, base::to_string(whole.upload.id));
  }
  auto why = found ? found->problem
                   : std::string{"The file could not be read: it takes too much time or memory, or is damaged."};
  if (!why.empty()) {
    co_await drop_upload(context, desk, whole.upload);
    co_return refused(std::move(why));
  }
  // A file that is no picture or film was never moved to the store.
  auto keep = [&desk, &whole] {
    return desk.files().keep(whole.upload.file, media::preview, media::preview) && whole.file->keep();
  };
  const bool is_kept = co_await desk.on_disk(std::move(keep));
  if (!is_kept) co_return store_is_away();
  auto job = [id = whole.upload.id, bytes = whole.file->size(), what = *found, now = context.services.clock.now()](
                 transaction& tx) { return media::finish_upload(tx, id, bytes, what, now); };
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  if (!*made) co_return problems::not_found("upload");
  auto settle = [&desk, name = whole.upload.file] { return desk.files().settle(name), true; };
  co_await desk.on_disk(std::move(settle));
  co_return to_item(context, desk, **made);
}

asio::awaitable<result<bool>> drop_upload(request_context& context, media_desk& desk, const media::upload& from) {
  auto job = [id = from.id](transaction& tx) { return media::remove_upload(tx, id); };
  auto done = co_await in_transaction(context, job);
  if (!done || !*done) co_return done;
  // If this fails, housekeeping removes the file later.
  auto clear = [&desk, name = from.file] { return desk.files().remove(name); };
  co_await desk.on_disk(std::move(clear));
  co_return done;
}

}  // namespace pulse::http::routes
