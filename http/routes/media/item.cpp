#include "http/routes/media/item.hpp"

#include "domain/media/limits.hpp"
#include "http/api/services.hpp"

namespace pulse::http::routes {

media_item to_item(const request_context& context, const media_desk& desk, const persistence::media::medium& from) {
  namespace media = persistence::media;
  const auto until = media::end_of_link(context.services.clock.now(), domain::media_link_lifetime);
  const auto known = domain::find_media_type(from.type);
  const auto address = [&](std::string_view part, std::string_view extension) {
    return context.services.addresses.api_url() +
           desk.links().path({context.principal.tenant_id, from.id, std::string{part}, until}, extension);
  };
  return {.id = from.id,
          .project_id = from.project_id,
          .created_by = from.created_by,
          .name = from.name,
          .kind = from.kind,
          .type = from.type,
          .bytes = from.bytes,
          .width = from.width,
          .height = from.height,
          .duration_ms = from.duration_ms,
          .is_animated = from.is_animated,
          .alt_text = from.alt_text,
          .uses = from.uses,
          .created_at = from.created_at,
          .url = address(media::original, known ? known->extension : "bin"),
          .preview_url = address(media::preview, "jpg"),
          .urls_expire_at = until};
}

problem no_media_here() {
  return problems::unavailable("no_media", "This service keeps no pictures or films.", std::chrono::seconds{60});
}

}  // namespace pulse::http::routes
