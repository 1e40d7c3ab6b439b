#include "http/server/tls.hpp"

#include <openssl/ssl.h>

#include <string_view>

namespace pulse::http::server {

namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr std::string_view only_protocol = "http/1.1";

/// Of TLS 1.2: keys that are made anew for each connection, and encryption that is authenticated. TLS 1.3 has no
/// others.
constexpr const char* ciphers_of_tls_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// A client that offers other protocols only is served all the same: it has to speak HTTP/1.1 anyway.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  for (unsigned int at = 0; at < offered_size; at += offered[at] + 1U) {
    const std::string_view each{reinterpret_cast<const char*>(offered + at + 1), offered[at]};
    if (at + 1U + offered[at] > offered_size || each != only_protocol) continue;
    *chosen = offered + at + 1;
    *chosen_size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

std::string make_tls(const tls_files& files, std::optional<ssl::context>& made) {
  ssl::context context{ssl::context::tls_server};
  auto* const native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (SSL_CTX_set_cipher_list(native, ciphers_of_tls_1_2) != 1)
    return "OpenSSL has none of the ciphers that TLS 1.2 is spoken with.";
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // an idle connection holds little
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  error_code failure;
  context.use_certificate_chain_file(files.certificate, failure);
  if (failure) return "The certificate " + files.certificate + " cannot be used: " + failure.message() + ".";
  context.use_private_key_file(files.key, ssl::context::pem, failure);
  if (failure) return "The key " + files.key + " cannot be used: " + failure.message() + ".";
  if (SSL_CTX_check_private_key(native) != 1)
    return "The key " + files.key + " is not that of the certificate " + files.certificate + ".";
  made.emplace(std::move(context));
  return {};
}

}  // namespace pulse::http::server
