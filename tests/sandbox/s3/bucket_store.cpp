// Pictures and films in a bucket: which parts of an upload survive which failures.
#include "actors/media/bucket_store.hpp"

#include <filesystem>

#include "actors/media/bucket_to_folder.hpp"
#include "tests/sandbox/s3/bucket_fixture.hpp"

using namespace pulse;
namespace media = persistence::media;
using tests::some_bytes;

namespace {

constexpr std::size_t part_bytes = 5 * 1024 * 1024;

struct store_fixture : tests::bucket_fixture {
  std::string name = media::new_name();
  std::string transfer;  // what was remembered of the upload
  bool remembers = true;

  /// A process that has just started, on the machine with this folder.
  std::unique_ptr<media::store> start(const std::string& machine) {
    auto how = options();
    how.tries = 1;
    return actors::make_bucket_store(std::make_shared<connectors::s3::bucket>(how, client, clock),
                                     std::move(*media::make_folder_store(folder.file(machine))),
                                     std::move(*media::make_folder_store(folder.file("older"))),
                                     {.part_bytes = part_bytes});
  }
  std::unique_ptr<media::incoming> receive(const media::store& in) {
    auto made = in.receive(name, transfer, [this](const std::string& id) {
      if (remembers) transfer = id;
      return remembers;
    });
    REQUIRE(made);
    return std::move(*made);
  }
  std::string read(const media::open_file& from) {
    std::string made;
    for (;;) {
      const auto more = from.read(static_cast<std::int64_t>(made.size()), 64 * 1024);
      REQUIRE(more);
      if (more->empty()) return made;
      made += *more;
    }
  }
  bool is_empty_here(const std::string& machine) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder.file(machine)))
      if (each.is_regular_file()) return false;
    return true;
  }
};

}  // namespace

TEST_CASE("a small file goes into the bucket in one piece, and leaves nothing behind here", "[s3]") {
  store_fixture at;
  const auto store = at.start("one");
  {
    const auto upload = at.receive(*store);
    REQUIRE(upload->write(0, "a picture"));
    REQUIRE(upload->whole() != nullptr);
    CHECK(at.read(*upload->whole()) == "a picture");
    REQUIRE(upload->keep());
  }
  store->settle(at.name);
  CHECK(at.is_empty_here("one"));
  CHECK(at.transfer.empty());
  CHECK(at.read(store->open(at.name, media::original)) == "a picture");
  CHECK(at.read(store->open_here(at.name, media::original)) == "a picture");
  CHECK(store->open_here(at.name, media::original).descriptor() >= 0);
  CHECK_FALSE(store->open(at.name, media::preview));
  REQUIRE(store->remove(at.name));
  CHECK_FALSE(store->open(at.name, media::original));
  CHECK(at.state().at("objects").as_object().empty());
}

TEST_CASE("an upload goes to the bucket while it comes in, and after a crash goes on with what is there", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(3 * part_bytes + 77);
  const std::size_t before = 2 * part_bytes + 50;
  {
    const auto store = at.start("one");
    const auto upload = at.receive(*store);
    REQUIRE(upload->write(0, std::string_view{bytes}.substr(0, before)));
    CHECK(at.parts_sent() == 2);
    CHECK_FALSE(at.transfer.empty());
  }
  const auto store = at.start("one");
  CHECK(store->received(at.name, at.transfer) == static_cast<std::int64_t>(before));
  {
    const auto upload = at.receive(*store);
    CHECK(upload->size() == static_cast<std::int64_t>(before));
    REQUIRE(upload->write(static_cast<std::int64_t>(before), std::string_view{bytes}.substr(before)));
    REQUIRE(upload->whole() != nullptr);
    CHECK(upload->whole()->size() == static_cast<std::int64_t>(bytes.size()));
    REQUIRE(upload->keep());
  }
  CHECK(at.parts_sent() == 4);  // none of them twice
  CHECK(at.read(store->open(at.name, media::original)) == bytes);
  CHECK(at.state().at("uploads").as_object().empty());
}

TEST_CASE("an upload goes on at another machine behind its last whole part, and is looked into whole", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(2 * part_bytes + 77);
  {
    const auto one = at.start("one");
    REQUIRE(at.receive(*one)->write(0, std::string_view{bytes}.substr(0, part_bytes + 50)));
  }
  const auto other = at.start("other");
  const auto from = other->received(at.name, at.transfer);
  REQUIRE(from == static_cast<std::int64_t>(part_bytes));
  const auto upload = at.receive(*other);
  REQUIRE(upload->size() == *from);
  REQUIRE(upload->write(*from, std::string_view{bytes}.substr(part_bytes)));
  REQUIRE(upload->whole() != nullptr);
  CHECK(at.read(*upload->whole()) == bytes);
  REQUIRE(upload->keep());
  CHECK(at.read(other->open(at.name, media::original)) == bytes);
}

TEST_CASE("an upload that was completed before a crash is looked into from the bucket", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(part_bytes + 77);
  {
    const auto one = at.start("one");
    const auto upload = at.receive(*one);
    REQUIRE(upload->write(0, bytes));
    REQUIRE(upload->keep());
  }
  const auto other = at.start("other");
  CHECK(other->received(at.name, at.transfer) == static_cast<std::int64_t>(bytes.size()));
  const auto upload = at.receive(*other);
  REQUIRE(upload->whole() != nullptr);
  CHECK(at.read(*upload->whole()) == bytes);
  CHECK(upload->keep());
}

TEST_CASE("while the bucket is away bytes are taken here, and brought when it is back", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(2 * part_bytes + 77);
  const auto store = at.start("one");
  const auto upload = at.receive(*store);
  at.box.add_fault(R"({"platform":"s3","kind":"drop_before","count":0})");
  REQUIRE(upload->write(0, bytes));
  REQUIRE(upload->whole() != nullptr);
  CHECK_FALSE(upload->keep());
  CHECK(store->open(at.name, media::original).is_unreachable());
  CHECK_FALSE(store->remove(at.name));
  REQUIRE(at.box.call("DELETE", "/_sandbox/faults").status == 204);
  REQUIRE(upload->keep());
  CHECK(at.read(store->open(at.name, media::original)) == bytes);
}

TEST_CASE("an upload that the bucket has given up begins there anew, from what is here", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(2 * part_bytes + 77);
  {
    const auto store = at.start("one");
    REQUIRE(at.receive(*store)->write(0, std::string_view{bytes}.substr(0, part_bytes + 50)));
  }
  at.limit(R"("forget_uploads":true)");
  const auto other = at.start("other");
  CHECK(other->received(at.name, at.transfer) == 0);
  const auto store = at.start("one");
  const auto upload = at.receive(*store);
  REQUIRE(upload->size() == static_cast<std::int64_t>(part_bytes + 50));
  REQUIRE(upload->write(upload->size(), std::string_view{bytes}.substr(part_bytes + 50)));
  REQUIRE(upload->keep());
  CHECK(at.read(store->open(at.name, media::original)) == bytes);
}

TEST_CASE("an upload whose id cannot be remembered is not begun at the bucket", "[s3]") {
  store_fixture at;
  at.remembers = false;
  const auto store = at.start("one");
  REQUIRE(at.receive(*store)->write(0, some_bytes(part_bytes)));
  CHECK(at.parts_sent() == 0);
  CHECK(at.state().at("uploads").as_object().empty());
}

TEST_CASE("removing a medium gives up its upload and removes all that was made of it", "[s3]") {
  store_fixture at;
  const auto store = at.start("one");
  {
    const auto upload = at.receive(*store);
    REQUIRE(upload->write(0, some_bytes(part_bytes)));
    const auto small = store->hold(at.name, media::preview);
    REQUIRE(small.write(0, "small"));
    REQUIRE(store->keep(at.name, media::preview, media::preview));
    REQUIRE(store->keep(at.name, media::preview, "fit-1"));
  }
  CHECK(at.state().at("objects").as_object().size() == 2);
  CHECK(at.state().at("uploads").as_object().size() == 1);
  REQUIRE(store->remove(at.name));
  CHECK(at.state().at("objects").as_object().empty());
  CHECK(at.state().at("uploads").as_object().empty());
  CHECK(at.is_empty_here("one"));
}

TEST_CASE("what lies here for an upload's sake and is written no more can be told", "[s3]") {
  store_fixture at;
  const auto store = at.start("one");
  REQUIRE(at.receive(*store)->write(0, "a picture"));
  const base::system_clock real;
  CHECK(store->untouched(real.now() - std::chrono::hours{1}, 10).empty());
  CHECK(store->untouched(real.now() + std::chrono::hours{1}, 10) == std::vector<std::string>{at.name});
  CHECK(store->untouched(real.now() + std::chrono::hours{1}, 0).empty());
  store->settle(at.name);
  CHECK(store->untouched(real.now() + std::chrono::hours{1}, 10).empty());
}

TEST_CASE("files from before there was a bucket are read and removed where they lie", "[s3]") {
  store_fixture at;
  const auto folder = std::move(*media::make_folder_store(at.folder.file("older")));
  REQUIRE(folder->hold(at.name, media::original).write(0, "old"));
  const auto store = at.start("one");
  CHECK(at.read(store->open(at.name, media::original)) == "old");
  CHECK(store->open_here(at.name, media::original).descriptor() >= 0);
  REQUIRE(store->remove(at.name));
  CHECK_FALSE(folder->open(at.name, media::original));
}

TEST_CASE("what is in a bucket is copied to a folder, each file once and whole, and stays in the bucket", "[s3]") {
  store_fixture at;
  const auto bytes = some_bytes(9 * 1024 * 1024 + 7);
  const auto bucket = at.bucket();
  REQUIRE(bucket.put(at.name + "/original", bytes));
  REQUIRE(bucket.put(at.name + "/fit-1", "small"));
  REQUIRE(bucket.put("of-somebody-else", "x"));
  const auto folder = std::move(*media::make_folder_store(at.folder.file("older")));
  const auto copy = [&] {
    std::size_t told = 0;
    const auto done = actors::copy_bucket_to_folder(bucket, *folder, [&told](const auto&) { ++told; });
    REQUIRE(done);
    CHECK(told == at.state().at("objects").as_object().size());
    return *done;
  };
  const auto first = copy();
  CHECK(first.copied == 2);
  CHECK(first.strange == 1);
  CHECK(first.failed == 0);
  CHECK(first.bytes == static_cast<std::int64_t>(bytes.size()) + 5);
  CHECK(at.read(folder->open(at.name, media::original)) == bytes);
  CHECK(at.read(folder->open(at.name, "fit-1")) == "small");
  CHECK_FALSE(folder->open(at.name, "original-arriving"));
  CHECK(copy().already == 2);
  REQUIRE(bucket.put(at.name + "/preview", "new"));
  CHECK(copy().copied == 1);
  CHECK(at.state().at("objects").as_object().size() == 4);
}

TEST_CASE("a file that cannot be copied is counted, and comes with the next run", "[s3]") {
  store_fixture at;
  REQUIRE(at.bucket().put(at.name + "/original", "0123456789"));
  const auto folder = std::move(*media::make_folder_store(at.folder.file("older")));
  auto how = at.options();
  how.tries = 1;
  const auto bucket = at.bucket(how);
  at.box.add_fault(
      R"({"platform":"s3","kind":"status","status":503,"match":{"method":"GET","path_prefix":"/pulse-media/)" +
      at.name + R"("}})");
  const auto failed = actors::copy_bucket_to_folder(bucket, *folder, [](const auto&) {});
  REQUIRE(failed);
  CHECK(failed->failed == 1);
  CHECK_FALSE(folder->open(at.name, media::original));
  const auto done = actors::copy_bucket_to_folder(bucket, *folder, [](const auto&) {});
  REQUIRE(done);
  CHECK(done->copied == 1);
  CHECK(at.read(folder->open(at.name, media::original)) == "0123456789");
}
