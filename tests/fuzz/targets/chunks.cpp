#include "http/server/chunked_body.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

constexpr std::size_t body_max = 4096;

struct decoded {
  int status = 0;  // 200: over; 0: more is wanted
  std::string body;
  std::size_t taken = 0;
};

decoded decode(std::string_view bytes, std::size_t piece_bytes) {
  http::server::chunked_decoder decoder;
  decoder.reset(body_max);
  decoded made;
  while (made.taken < bytes.size() && !decoder.is_done()) {
    const auto piece = bytes.substr(made.taken, piece_bytes);
    const auto taken = decoder.take(piece, made.body);
    must(made.body.size() <= body_max, "a body has a limit");
    if (taken.has_error()) return {.status = taken.error().status, .body = {}, .taken = 0};
    must(*taken == piece.size() || decoder.is_done(), "all bytes are taken until the body ends");
    made.taken += *taken;
  }
  made.status = decoder.is_done() ? 200 : 0;
  return made;
}

}  // namespace

void chunks(std::string_view input) {
  if (input.empty()) return;
  const auto piece_bytes = static_cast<std::size_t>(static_cast<unsigned char>(input.front())) + 1;
  const auto bytes = input.substr(1);
  const auto whole = decode(bytes, bytes.size() + 1);
  const auto cut = decode(bytes, piece_bytes);
  must(whole.status == cut.status, "what a body means does not depend on how it is cut");
  must(whole.body == cut.body, "a body does not depend on how it is cut");
  must(whole.taken == cut.taken, "where a body ends does not depend on how it is cut");
  must(whole.status == 0 || whole.status == 200 || whole.status == 400 || whole.status == 413,
       "refusals are 400 or 413");
}

}  // namespace pulse::fuzz
