#!/usr/bin/env python3
"""Every #include goes the way that the design allows."""

import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
import rooms
from source_tree import CHECKOUT


class ThisCheckout(unittest.TestCase):
    def test_includes(self):
        """every #include of the checkout is one that its room may use"""
        self.assertEqual(list(rooms.complaints(CHECKOUT)), [])

    def test_links(self):
        """every room links only the rooms that it may use"""
        self.assertEqual(list(rooms.link_complaints(CHECKOUT)), [])

    def test_there_is_something(self):
        """the checkout has files in every room of the table"""
        for room in rooms.MAY_USE:
            self.assertTrue(list((CHECKOUT / room).rglob("*.?pp")), f"no file in {room}")


class Planted(unittest.TestCase):
    """The same rules on a small tree with one mistake."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        for header in ["base/uuid.hpp", "domain/publishing/post.hpp", "persistence/postgres/pool.hpp", "actors/publishing/channel.hpp",
                       "actors/system/messages.hpp", "http/api/router.hpp", "connectors/connector.hpp", "http/server/server.hpp", "config/settings.hpp"]:
            self.write(header, "#pragma once\n")
        for header in ["domain/engagement/plan.hpp", "persistence/campaigns/runs.hpp"]:
            self.write(header, "#pragma once\n")

    def write(self, name: str, text: str):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def complaints_about(self, name: str, include: str) -> list[str]:
        self.write(name, f"#include {include}\n")
        return list(rooms.complaints(self.root))

    def test_refused(self):
        """an #include against the table is refused, whichever it is"""
        for name, include in [
            ("domain/a.cpp", '"persistence/postgres/pool.hpp"'),
            ("base/a.cpp", '"domain/publishing/post.hpp"'),
            ("persistence/a.cpp", '"actors/publishing/channel.hpp"'),
            ("actors/a.cpp", '"http/api/router.hpp"'),
            ("http/a.cpp", '"actors/publishing/channel.hpp"'),
            ("http/a.cpp", '"config/settings.hpp"'),
            ("http/server/a.cpp", '"http/api/router.hpp"'),
            ("sandbox/x/a.cpp", '"domain/publishing/post.hpp"'),
            ("sandbox/a.cpp", '"http/api/router.hpp"'),
            ("domain/a.cpp", "<boost/asio/post.hpp>"),
            ("domain/a.cpp", "<spdlog/spdlog.h>"),
            ("persistence/a.cpp", "<caf/all.hpp>"),
            ("http/a.cpp", "<libpq-fe.h>"),
            ("actors/a.cpp", "<curl/curl.h>"),
            ("actors/a.cpp", '"channel.hpp"'),
            ("actors/a.cpp", '"../domain/publishing/post.hpp"'),
            ("domain/campaigns/rule.cpp", '"domain/engagement/plan.hpp"'),
            ("http/routes/engagement/plans.cpp", '"persistence/campaigns/runs.hpp"'),
            ("connectors/x/description.cpp", '"persistence/postgres/pool.hpp"'),
            ("connectors/x/description.cpp", '"connectors/connector.hpp"'),
        ]:
            with self.subTest(f"{name} includes {include}"):
                self.assertNotEqual(self.complaints_about(name, include), [])
                (self.root / name).unlink()

    def test_allowed(self):
        """an #include that the table allows passes"""
        for name, include in [
            ("domain/a.cpp", '"base/uuid.hpp"'),
            ("domain/a.cpp", "<date/tz.h>"),
            ("connectors/x/description.cpp", '"domain/publishing/post.hpp"'),
            ("config/a.cpp", '"domain/publishing/post.hpp"'),
            ("actors/a.cpp", '"persistence/postgres/pool.hpp"'),
            ("http/a.cpp", '"actors/system/messages.hpp"'),
            ("http/a.cpp", '"http/server/server.hpp"'),
            ("sandbox/x/a.cpp", '"http/server/server.hpp"'),
            ("main.cpp", '"actors/publishing/channel.hpp"'),
            ("tests/http/a.cpp", '"actors/publishing/channel.hpp"'),
            ("actors/a.cpp", "<caf/all.hpp>"),
            ("http/routes/campaigns/runs.cpp", '"persistence/campaigns/runs.hpp"'),
            ("domain/campaigns/rule.cpp", '"domain/publishing/post.hpp"'),
        ]:
            with self.subTest(f"{name} includes {include}"):
                self.assertEqual(self.complaints_about(name, include), [])
                (self.root / name).unlink()

    def test_links(self):
        """a room that links another outside the table is refused"""
        self.write("domain/CMakeLists.txt", "pulse_room(domain MAY_USE pulse_base pulse_persistence)\n")
        self.assertEqual(len(list(rooms.link_complaints(self.root))), 1)


if __name__ == "__main__":
    cases.run()
