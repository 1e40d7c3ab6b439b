// Reads X's requests strictly, and refuses them as X does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/server/message.hpp"
#include "sandbox/x/posts.hpp"

namespace pulse::sandbox::x {

/// The fields of a post in a reply; `id`, `text` and the history are always shown.
struct shown_fields {
  bool created_at = false;
  bool author_id = false;
  bool entities = false;
  bool public_metrics = false;
};

/// The query parameters of a timeline.
struct list_parameters {
  timeline_query query;
  shown_fields fields;
};

/// A create request.
struct new_post {
  std::string text;                    // trimmed
  std::vector<std::string> media_ids;  // one to four with media; their owner is not checked here
  post_id reply_to = 0;                // 0: no reply; whether the post exists is not checked here
};

/// A create request; or the refusal.
std::variant<new_post, http::server::response> read_create(const http::server::request& request);

/// The description of an upload: its id and the text; or the refusal.
std::variant<std::pair<std::string, std::string>, http::server::response> read_metadata(
    const http::server::request& request);

/// Reads one query parameter of a timeline; returns the refusal, or nothing.
std::optional<http::server::response> read_parameter(const std::string& name, const std::string& value,
                                                     list_parameters& into);

/// Reads a list of field names; returns the first unknown one, or nothing.
std::optional<std::string> read_fields(std::string_view list, shown_fields& fields);

}  // namespace pulse::sandbox::x
