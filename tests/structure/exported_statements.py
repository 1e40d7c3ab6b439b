"""Headers of persistence that hand out statements, whose parameters a caller would fill by position: there are none.

A repository gives functions with named arguments, which return persistence::bound_query
(persistence/postgres/bound_query.hpp) or run in the transaction that they are given.
"""

import pathlib
import re
from typing import Iterator

from source_tree import cpp_files_of

EXPORTED = re.compile(r"^(?:inline constexpr|extern const|extern) statement\b", re.MULTILINE)


def complaints(root: pathlib.Path) -> Iterator[str]:
    """A sentence for every header that exports statements."""
    for file in sorted(cpp_files_of(root)):
        if file.parts[0] == "persistence" and file.suffix == ".hpp":
            if has := len(EXPORTED.findall((root / file).read_text(encoding="utf-8"))):
                yield f"{file}: exports {has} statements; return a persistence::bound_query from a function"
