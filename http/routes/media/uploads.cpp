#include "http/routes/media/uploads.hpp"

#include <fmt/core.h>

#include "base/http_date.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/routes/media/receiving.hpp"
#include "http/routes/media/tus.hpp"
#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using media::medium;
using media::upload;
using persistence::transaction;

using media_name = base::text<0, domain::most_media_name_characters>;
using media_alt_text = base::text<0, 1000>;

struct add_media_query {
  std::optional<base::uuid> project_id;  // required, unless the upload's metadata name it
  std::optional<media_name> name;
  std::optional<media_alt_text> alt_text;
};
BOOST_DESCRIBE_STRUCT(add_media_query, (), (project_id, name, alt_text))

/// The progress of an upload in parts.
struct upload_state {
  base::uuid id;  // also of the medium, once the upload is complete
  base::uuid project_id;
  std::string name;
  std::int64_t bytes_received = 0;
  std::optional<std::int64_t> bytes;
  bool is_whole = false;
  std::optional<base::timestamp> expires_at;
};
BOOST_DESCRIBE_STRUCT(upload_state, (), (id, project_id, name, bytes_received, bytes, is_whole, expires_at))

problem too_many_uploads() { return problems::too_many_requests("uploads at the same time", std::chrono::seconds{5}); }

problem invalid_query(std::string name, std::string detail) {
  return problems::invalid_fields({{.pointer = {}, .parameter = std::move(name), .detail = std::move(detail)}});
}

/// Every answer to a tus client names the protocol version.
template <class T>
reply<T> as_tus(reply<T> from) {
  if (from.why() != nullptr) {
    from.headers_of_problem().push_back({"tus-resumable", std::string{tus::version}});
    return from;
  }
  return std::move(from).with("tus-resumable", std::string{tus::version});
}

/// 412 for another version of the protocol.
std::optional<problem> check_version(const request_context& context) {
  if (context.request.find("tus-resumable") == tus::version) return std::nullopt;
  problem why{
      .status = 412, .code = "tus_version", .detail = "Send Tus-Resumable: 1.0.0; other versions are not spoken here."};
  why.headers.push_back({"tus-version", std::string{tus::version}});
  return why;
}

upload begin(const request_context& context, base::uuid project_id, std::string name, std::string alt_text,
             std::optional<std::int64_t> bytes) {
  const auto now = context.services.clock.now();
  return {.id = base::new_uuid(now),
          .project_id = project_id,
          .created_by = context.principal.member_id,
          .name = std::move(name),
          .alt_text = std::move(alt_text),
          .bytes = bytes,
          .file = media::new_name(),
          .created_at = now,
          .expires_at = now + domain::upload_lifetime,
          .transfer = {}};
}

// --- in one piece ----------------------------------------------------------------------------------------------------

asio::awaitable<reply<media_item>> add_whole(request_context& context, media_desk& desk,
                                             const add_media_query& request) {
  if (!request.project_id) co_return invalid_query("project_id", "is required");
  const auto begun =
      begin(context, *request.project_id, text_or(request.name, ""), text_or(request.alt_text, ""), std::nullopt);
  auto stored = co_await begin_upload(context, desk, begun);
  if (!stored) co_return stored.error();
  auto held = co_await lock_upload(context, desk, begun);
  if (!held) co_return held.error();
  auto received = co_await receive_bytes(context, desk, *held, 0, desk.how().file_bytes_max);
  if (received && *received == 0)
    received = problem{.status = 422, .code = "media_refused", .detail = "The file is empty."};
  if (!received) {
    co_await drop_upload(context, desk, begun);
    co_return received.error();
  }
  auto made = co_await finish_upload(context, desk, *held);
  if (!made) {
    co_await drop_upload(context, desk, begun);  // nobody could go on with it
    co_return made.error();
  }
  auto location = "/media/" + base::to_string(made->id);
  co_return reply<media_item>{std::move(*made)}.with("location", std::move(location));
}

// --- in parts --------------------------------------------------------------------------------------------------------

struct wanted_upload {
  base::uuid project_id;
  std::string name;
  std::string alt_text;
  std::int64_t bytes = 0;
};

/// Combines the query and the metadata; the metadata win.
result<wanted_upload> read_wanted(const request_context& context, const add_media_query& request) {
  const auto bytes = tus::read_bytes(context.request.find("upload-length").value_or(""));
  if (!bytes || *bytes == 0)
    return problem{
        .status = 400, .code = "upload_length", .detail = "Upload-Length must say how many bytes the file has."};
  const auto told = tus::read_metadata(context.request.find("upload-metadata").value_or(""));
  if (!told) return problem{.status = 400, .code = "upload_metadata", .detail = "Upload-Metadata cannot be read."};
  const auto value = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = told->find(std::string{name});
    return found == told->end() ? std::nullopt : std::optional{found->second};
  };
  wanted_upload made{.project_id = request.project_id.value_or(base::uuid{}),
                     .name = text_or(request.name, value("filename").value_or(value("name").value_or(""))),
                     .alt_text = value("alt_text").value_or(text_or(request.alt_text, "")),
                     .bytes = *bytes};
  if (const auto project = value("project_id")) made.project_id = base::parse_uuid(*project).value_or(base::uuid{});
  if (made.project_id.is_nil()) return invalid_query("project_id", "is required, here or in Upload-Metadata");
  if (auto wrong = base::text_problem(made.name, 0, domain::most_media_name_characters))
    return invalid_query("name", *wrong);
  if (auto wrong = base::text_problem(made.alt_text, 0, media_alt_text::max_size))
    return invalid_query("alt_text", *wrong);
  return made;
}

/// The address of the upload, below the prefix that the client used.
std::string address_of(const request_context& context, const base::uuid& id) {
  return (context.request.path.starts_with("/api/") ? "/api/media/uploads/" : "/media/uploads/") + base::to_string(id);
}

void describe_progress(std::vector<server::header>& to, const upload& of, std::int64_t received) {
  to.push_back({"upload-offset", std::to_string(received)});
  to.push_back({"upload-expires", base::to_http_date(of.expires_at)});
}

/// Writes the bytes and, once the file is complete, makes a medium of it. Returns the place of the next byte.
asio::awaitable<result<std::int64_t>> continue_upload(request_context& context, media_desk& desk,
                                                      const held_upload& held, std::int64_t at) {
  auto received = co_await receive_bytes(context, desk, held, at, *held.upload.bytes);
  if (!received || *received < *held.upload.bytes) co_return received;
  auto made = co_await finish_upload(context, desk, held);
  if (!made) co_return made.error();
  co_return received;
}

asio::awaitable<reply<media_item>> add_in_parts(request_context& context, media_desk& desk,
                                                const add_media_query& request) {
  if (auto other = check_version(context)) co_return std::move(*other);
  const auto wanted = read_wanted(context, request);
  if (!wanted) co_return wanted.error();
  const auto begun = begin(context, wanted->project_id, wanted->name, wanted->alt_text, wanted->bytes);
  auto stored = co_await begin_upload(context, desk, begun);
  if (!stored) co_return stored.error();
  auto made = server::response::empty(201);
  made.headers.push_back({"location", address_of(context, begun.id)});
  std::int64_t at = 0;
  if (context.request.find("content-type") == tus::part_type) {
    auto held = co_await lock_upload(context, desk, begun);
    if (!held) co_return held.error();
    auto received = co_await continue_upload(context, desk, *held, 0);
    if (!received) co_return received.error();
    at = *received;
  }
  describe_progress(made.headers, begun, at);
  made.headers.push_back({"tus-resumable", std::string{tus::version}});
  co_return std::move(made);
}

asio::awaitable<reply<media_item>> add_media(request_context& context, in_query<add_media_query> query) {
  auto* const desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  const auto place = desk->enter(context.principal.tenant_id);
  if (!place) co_return too_many_uploads();
  if (context.request.find("tus-resumable")) {
    auto begun = co_await add_in_parts(context, *desk, query.value);
    if (begun.why() != nullptr) co_return as_tus(std::move(begun));
    co_return begun;
  }
  auto made = co_await add_whole(context, *desk, query.value);
  co_return made;
}

asio::awaitable<reply<nothing>> add_part(request_context& context, const base::uuid& id) {
  auto* const desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  if (auto other = check_version(context)) co_return std::move(*other);
  if (context.request.find("content-type") != tus::part_type)
    co_return problem{
        .status = 415, .code = "unsupported_media_type", .detail = fmt::format("A part is {}.", tus::part_type)};
  const auto offset = tus::read_bytes(context.request.find("upload-offset").value_or(""));
  if (!offset)
    co_return problem{
        .status = 400, .code = "upload_offset", .detail = "Upload-Offset must say where the part begins."};
  const auto place = desk->enter(context.principal.tenant_id);
  if (!place) co_return too_many_uploads();
  auto found = co_await read_first(context, media::find_upload(id));
  if (!found) co_return found.error();
  if (!*found || !(*found)->bytes) co_return problems::not_found("upload");
  auto held = co_await lock_upload(context, *desk, std::move(**found));
  if (!held) co_return held.error();
  if (held->file->size() != *offset) {
    auto why =
        problems::conflict("upload_offset", "The upload continues at another byte: ask with HEAD for its offset.");
    why.headers.push_back({"upload-offset", std::to_string(held->file->size())});
    co_return why;
  }
  auto received = co_await continue_upload(context, *desk, *held, *offset);
  if (!received) co_return received.error();
  reply<nothing> answer{nothing{}};
  describe_progress(answer.headers(), held->upload, *received);
  co_return answer;
}

asio::awaitable<reply<nothing>> patch_upload(request_context& context, in_path<by_id> path) {
  auto answer = co_await add_part(context, path->id);
  co_return as_tus(std::move(answer));
}

reply<upload_state> tell(upload_state what) {
  const auto received = what.bytes_received;
  const auto bytes = what.bytes;
  auto answer = reply<upload_state>{std::move(what)}
                    .with("upload-offset", std::to_string(received))
                    .with("cache-control", "no-store");
  if (!bytes) return answer;
  return std::move(answer).with("upload-length", std::to_string(*bytes));
}

/// An upload that has become a medium is reported as complete.
asio::awaitable<reply<upload_state>> answer_complete(request_context& context, const base::uuid& id) {
  auto found = co_await read_one(context, media::find(id), "upload");
  if (!found) co_return found.error();
  const auto& made = *found;
  co_return tell({made.id, made.project_id, made.name, made.bytes, made.bytes, true, std::nullopt});
}

asio::awaitable<reply<upload_state>> find_upload(request_context& context, const base::uuid& id) {
  auto* const desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  auto found = co_await read_first(context, media::find_upload(id));
  if (!found) co_return found.error();
  if (!*found) {
    auto made = co_await answer_complete(context, id);
    co_return made;
  }
  const auto& begun = **found;
  if (begun.expires_at < context.services.clock.now())
    co_return problem{.status = 410, .code = "upload_expired", .detail = "This upload took too long. Begin it again."};
  auto look = [desk, name = begun.file, transfer = begun.transfer] { return desk->files().received(name, transfer); };
  const auto told = co_await desk->on_disk(std::move(look));
  if (!told) co_return store_is_away();
  const auto received = *told;
  upload_state state{begun.id, begun.project_id, begun.name, received, begun.bytes, false, begun.expires_at};
  if (begun.bytes && received == *begun.bytes) {
    // If the process died after the last byte and before the examination, this question resumes it.
    auto held = co_await lock_upload(context, *desk, begun);
    if (held) {
      auto made = co_await finish_upload(context, *desk, *held);
      if (!made) co_return made.error();
      state.is_whole = true;
    }
  }
  co_return tell(std::move(state));
}

asio::awaitable<reply<upload_state>> get_upload(request_context& context, in_path<by_id> path) {
  auto answer = co_await find_upload(context, path->id);
  co_return as_tus(std::move(answer));
}

asio::awaitable<reply<nothing>> end_upload(request_context& context, const base::uuid& id) {
  auto* const desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  auto found = co_await read_one(context, media::find_upload(id), "upload");
  if (!found) co_return found.error();
  auto dropped = co_await drop_upload(context, *desk, *found);
  if (!dropped) co_return dropped.error();
  co_return nothing{};
}

asio::awaitable<reply<nothing>> delete_upload(request_context& context, in_path<by_id> path) {
  auto answer = co_await end_upload(context, path->id);
  co_return as_tus(std::move(answer));
}

reply<nothing> answer_options(const request_context& context) {
  auto answer = as_tus(reply<nothing>{nothing{}})
                    .with("tus-version", std::string{tus::version})
                    .with("tus-extension", std::string{tus::extensions});
  if (context.services.media == nullptr) return answer;
  return std::move(answer).with("tus-max-size", std::to_string(context.services.media->how().file_bytes_max));
}

}  // namespace

void add_media_uploads(route_table& table, const media_desk* desk) {
  using domain::permission;
  using server::verb;
  const auto bytes_max = static_cast<std::size_t>(desk == nullptr ? 0 : desk->how().file_bytes_max);
  table.add(
      verb::post, "/media", permission::write_posts, &add_media, "Add a picture or film",
      {.success = 201,
       .problems = {400, 409, 412, 413, 422, 423, 429, 503},
       .description =
           "The body is the file itself: JPEG, PNG, GIF and WebP pictures, and MP4, QuickTime and WebM films. The type "
           "is detected, whatever Content-Type says. `Tus-Resumable: 1.0.0` begins a tus upload in parts instead "
           "(tus.io), which continues at `Location`: `Upload-Metadata` may hold `filename`, `project_id` and "
           "`alt_text`. The medium has the upload's id.",
       .body_bytes_max = bytes_max,
       .streams = true});
  table.add(verb::patch, "/media/uploads/{id}", permission::write_posts, &patch_upload,
            "Send a part of an upload (tus)",
            {.success = 204,
             .problems = {400, 404, 409, 410, 412, 413, 415, 422, 423, 429, 503},
             .description = "The last part is answered after the file was examined: 422 says why it is refused.",
             .body_bytes_max = bytes_max,
             .streams = true});
  table.add(verb::get, "/media/uploads/{id}", permission::write_posts, &get_upload, "The progress of an upload (tus)",
            {.problems = {404, 410, 422, 503}, .description = "`Upload-Offset` says where the next part begins."});
  table.add(verb::delete_, "/media/uploads/{id}", permission::write_posts, &delete_upload, "End an upload (tus)",
            {.success = 204, .problems = {404, 503}});
  for (const auto* const path : {"/media", "/media/uploads"}) {
    table.add(verb::options, path, permission::public_,
              [](request_context& context) { return answer_options(context); },
              "The supported parts of the tus protocol", {.success = 204, .hidden = true});
  }
}

}  // namespace pulse::http::routes
