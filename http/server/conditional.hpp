// Conditional requests (RFC 9110 §13): whether the client's copy is still valid.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// Whether an If-None-Match value names `etag`, by weak comparison (RFC 9110 §13.1.2): `*`, or one of a list of tags.
bool names_etag(std::string_view if_none_match, std::string_view etag);

/// Whether a 200 to this GET or HEAD may be answered 304: by the response's `etag` and If-None-Match, or, without that
/// header, by a `last-modified` that is not later than If-Modified-Since, whatever form of date that is. A date that
/// cannot be read is as if it was not there. `now` places years of two digits.
bool is_not_modified(const request& request, const response& answer, base::timestamp now);

/// A strong entity tag, quotes included, made of the SHA-256 of the bytes.
std::string make_etag(std::string_view bytes);

/// The tag of the same content in a coding, such as "gzip": other bytes, so another strong tag (RFC 9110 §8.8.3.3).
std::string etag_of_form(std::string_view etag, std::string_view coding);

}  // namespace pulse::http::server
