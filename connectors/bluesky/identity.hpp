// Handles, DIDs and record keys of the AT Protocol, as plain functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace pulse::connectors::bluesky {

/// "did:plc:ewvi7nxzyoun6zhxrhs64oiz", "did:web:example.org" (without a path).
bool is_did(std::string_view text);

/// A domain name of at least two labels: "acme.bsky.social".
bool is_handle(std::string_view text);

/// What a person wrote for their account: without @ and white space around it, a handle in lower case.
std::string plain_identifier(std::string_view given);

/// What a DID document says.
struct did_document {
  std::string did;
  std::string handle;  // the first that it claims; empty: none
  std::string
      host;  // of its repository, "https://morel.us-east.host.bsky.network", without a slash at the end; empty: none
};

/// Nothing when the body is no document.
std::optional<did_document> read_did_document(const std::string& body);

/// A timestamp identifier: 13 characters that sort by `at`; `clock_id` (its low ten bits) tells those of one
/// microsecond apart.
std::string make_tid(base::timestamp at, std::uint16_t clock_id);
bool is_tid(std::string_view text);

/// "at://did:plc:abc/app.bsky.feed.post/3kabcdefghijk"
std::string post_uri(std::string_view did, std::string_view rkey);
/// The record key of such a URI, if it is of this account; empty otherwise.
std::string rkey_of(std::string_view uri, std::string_view did);
/// Where people see it. By the DID, so that the address outlives a new handle.
std::string post_url(std::string_view did, std::string_view rkey);

/// When a token says that it ends (the `exp` of a JWT, which is a hint and no promise); nothing when it cannot be read.
std::optional<base::timestamp> told_end_of(std::string_view token);

}  // namespace pulse::connectors::bluesky
