// The readers of untrusted bytes, each as a function that a fuzzer calls with any bytes. Each states laws of its reader
// beyond "nothing crashes": a broken law throws, which a fuzzer reports as a crash and the replay as a failed case.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace pulse::fuzz {

/// Says no to what must never be.
inline void must(bool holds, const char* law) {
  if (!holds) throw std::logic_error{law};
}

void head(std::string_view input);       // of a request: http/server/head_parser
void chunks(std::string_view input);     // the first byte says how they are cut: http/server/chunked_body
void client(std::string_view input);     // X-Forwarded-For, Forwarded, and the query of a target
void json(std::string_view input);       // base/json, into a struct of all forms
void tokens(std::string_view input);     // http/auth/tokens: as a token, and as the claims of a well-signed one
void id_tokens(std::string_view input);  // connectors/oidc: key sets, tokens, and tokens that a set's key would prove
void passkeys(std::string_view input);   // base/cbor, base/cose, domain/people/passkeys
void tables(std::string_view input);     // http/routes/tables: CSV, and base/csv back
void workbooks(std::string_view input);  // http/routes/tables: XLSX
void templates(std::string_view input);  // domain/campaigns/template_text: a template, a line break, a value
void feeds(std::string_view input);      // connectors/feeds: RSS and Atom
void texts(std::string_view input);      // links, tags, facets, little text, plain text of HTML, lengths
void markdown(std::string_view input);   // what the public site makes of a post

}  // namespace pulse::fuzz
