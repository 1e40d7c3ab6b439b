// The baseline of the front door: the least that an asynchronous Beast server can do. One thread, keep-alive, one fixed
// JSON answer of the size of /live's, no routes, no limits, no metrics. Not an example to follow: it has no strict
// parser.
//
//   bare_beast [--port 8091] [--with-timeouts]
//
// With time-outs, each read and each write has one of Beast's: what Pulse's one timer a thread is compared with.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::beast::error_code;

void begin_timeout(tcp::socket&) {}
void begin_timeout(boost::beast::tcp_stream& stream) { stream.expires_after(std::chrono::seconds{30}); }

template <class Stream>
class connection : public std::enable_shared_from_this<connection<Stream>> {
 public:
  explicit connection(tcp::socket socket) : stream_(std::move(socket)) {
    answer_.set(http::field::server, "bare_beast");
    answer_.set(http::field::content_type, "application/json");
    answer_.body() = R"({"status":"ok"})";
    answer_.prepare_payload();
  }

  void read() {
    request_ = {};
    begin_timeout(stream_);
    http::async_read(stream_, buffer_, request_, [self = this->shared_from_this()](error_code failure, std::size_t) {
      if (!failure) self->write();
    });
  }

 private:
  void write() {
    answer_.keep_alive(request_.keep_alive());
    begin_timeout(stream_);
    http::async_write(stream_, answer_, [self = this->shared_from_this()](error_code failure, std::size_t) {
      if (!failure && self->request_.keep_alive()) self->read();
    });
  }

  Stream stream_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> answer_;
};

template <class Stream>
void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](error_code failure, tcp::socket socket) {
    error_code ignored;
    if (!failure) socket.set_option(tcp::no_delay(true), ignored);
    if (!failure) std::make_shared<connection<Stream>>(std::move(socket))->read();
    accept<Stream>(acceptor);
  });
}

}  // namespace

int main(int count, char** arguments) {
  std::uint16_t port = 8091;
  bool with_timeouts = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view option{arguments[i]};
    if (option == "--with-timeouts") {
      with_timeouts = true;
    } else if (option == "--port" && i + 1 < count) {
      port = static_cast<std::uint16_t>(std::atoi(arguments[++i]));
    } else {
      std::cerr << "usage: bare_beast [--port PORT] [--with-timeouts]\n";
      return 2;
    }
  }
  asio::io_context loop{1};
  tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), port}};
  if (with_timeouts) {
    accept<boost::beast::tcp_stream>(acceptor);
  } else {
    accept<tcp::socket>(acceptor);
  }
  std::cout << "bare_beast listens on 127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  loop.run();
}
