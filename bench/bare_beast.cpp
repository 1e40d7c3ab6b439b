// The baseline of the front door: the least that an asynchronous Beast server can do. One thread, keep-alive, one fixed
// JSON answer of the size of /live's, no routes, no limits, no metrics. Not an example to follow: it has no gate.
//
//   bare_beast --port 8091
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
#include <boost/beast/http.hpp>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::beast::error_code;

class connection : public std::enable_shared_from_this<connection> {
 public:
  explicit connection(tcp::socket socket) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    answer_.set(http::field::server, "bare_beast");
    answer_.set(http::field::content_type, "application/json");
    answer_.body() = R"({"status":"ok"})";
    answer_.prepare_payload();
  }

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_, [self = shared_from_this()](error_code failure, std::size_t) {
      if (!failure) self->write();
    });
  }

 private:
  void write() {
    answer_.keep_alive(request_.keep_alive());
    http::async_write(socket_, answer_, [self = shared_from_this()](error_code failure, std::size_t) {
      if (!failure && self->request_.keep_alive()) self->read();
    });
  }

  tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> answer_;
};

void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](error_code failure, tcp::socket socket) {
    if (!failure) std::make_shared<connection>(std::move(socket))->read();
    accept(acceptor);
  });
}

}  // namespace

int main(int count, char** arguments) {
  std::uint16_t port = 8091;
  if (count == 3 && std::string_view(arguments[1]) == "--port") {
    port = static_cast<std::uint16_t>(std::atoi(arguments[2]));
  } else if (count != 1) {
    std::cerr << "usage: bare_beast [--port PORT]\n";
    return 2;
  }
  asio::io_context loop{1};
  tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), port}};
  accept(acceptor);
  std::cout << "bare_beast listens on 127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  loop.run();
}
