// Reads X's requests strictly: what is not X's is refused as X refuses it.
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

/// The fields of a post that a reply shows; `id`, `text` and the history always.
struct shown_fields {
  bool created_at = false;
  bool author_id = false;
  bool entities = false;
  bool public_metrics = false;
};

/// Everything a timeline can be asked for, read from the query.
struct list_parameters {
  timeline_query query;
  shown_fields fields;
};

/// A create request.
struct new_post {
  std::string text;                    // without the white space around it
  std::vector<std::string> media_ids;  // one to four when there is media; whose they are is not looked at
  post_id reply_to = 0;                // 0: it stands alone; whether it is there is not looked at
};

/// A create request; else the refusal.
std::variant<new_post, http::server::response> read_create(const http::server::request& asked);

/// The description of an upload: its id and the text; else the refusal.
std::variant<std::pair<std::string, std::string>, http::server::response> read_metadata(
    const http::server::request& asked);

/// Reads one parameter of a timeline's query; the refusal, or nothing.
std::optional<http::server::response> read_parameter(const std::string& name, const std::string& value,
                                                     list_parameters& into);

/// Reads a list of field names; the first unknown one, or nothing.
std::optional<std::string> read_fields(std::string_view list, shown_fields& fields);

}  // namespace pulse::sandbox::x
