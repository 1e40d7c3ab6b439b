"""Headers of persistence that still hand out statements, whose parameters a caller fills by position.

A repository gives functions with named arguments instead, which return persistence::bound_query (persistence/postgres/bound_query.hpp) or
run in the transaction that they are given. The numbers only ever get smaller: no header gets a new one.
"""

import pathlib
import re
from typing import Iterator

from source_tree import cpp_files_of

EXPORTED = re.compile(r"^(?:inline constexpr|extern const|extern) statement\b", re.MULTILINE)

STILL = {
    "persistence/analytics/events.hpp": 2,
    "persistence/analytics/figures.hpp": 2,
    "persistence/calendar/entries.hpp": 1,
    "persistence/calendar/feeds.hpp": 2,
    "persistence/campaigns/campaigns.hpp": 3,
    "persistence/campaigns/content.hpp": 1,
    "persistence/campaigns/content_changes.hpp": 3,
    "persistence/campaigns/review_links.hpp": 2,
    "persistence/campaigns/reviews.hpp": 2,
    "persistence/campaigns/rules.hpp": 4,
    "persistence/campaigns/runs.hpp": 3,
    "persistence/campaigns/templates.hpp": 3,
    "persistence/engagement/asking.hpp": 1,
    "persistence/engagement/automation.hpp": 2,
    "persistence/engagement/chat_hooks.hpp": 3,
    "persistence/engagement/engagements.hpp": 4,
    "persistence/engagement/feed.hpp": 2,
    "persistence/engagement/figures.hpp": 2,
    "persistence/engagement/found_posts.hpp": 3,
    "persistence/engagement/pages.hpp": 4,
    "persistence/engine/delivery_decisions.hpp": 3,
    "persistence/explaining/timeline.hpp": 1,
    "persistence/media/library.hpp": 5,
    "persistence/publishing/channels.hpp": 2,
    "persistence/publishing/measurements.hpp": 3,
    "persistence/publishing/outcomes.hpp": 1,
    "persistence/publishing/posts.hpp": 5,
    "persistence/publishing/projects.hpp": 2,
    "persistence/publishing/provider_apps.hpp": 1,
    "persistence/publishing/publication_changes.hpp": 1,
    "persistence/publishing/retry_policies.hpp": 1,
    "persistence/publishing/social_accounts.hpp": 4,
    "persistence/publishing/website_publications.hpp": 5,
}


def complaints(root: pathlib.Path, still: dict[str, int] | None = None) -> Iterator[str]:
    """A sentence for every header that exports another number than it may."""
    allowed = STILL if still is None else still
    found = {}
    for file in cpp_files_of(root):
        if file.parts[0] == "persistence" and file.suffix == ".hpp":
            found[str(file)] = len(EXPORTED.findall((root / file).read_text(encoding="utf-8")))
    for file in sorted(found.keys() | allowed.keys()):
        has, may = found.get(file, 0), allowed.get(file, 0)
        if has > may:
            yield f"{file}: exports {has} statements and may export {may}; return a persistence::bound_query from a function"
        elif has < may:
            yield f"{file}: exports {has} statements only: say so in tests/structure/exported_statements.py"
