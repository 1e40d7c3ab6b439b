"""Films for end-to-end tests."""

import os
import pathlib
import struct
import subprocess

MIB = 1024 * 1024


def make_film(folder: pathlib.Path, mib: int) -> pathlib.Path:
    """Five seconds of a film, and a box that players pass over, which makes it as large as wanted."""
    path = folder / "film.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=640x360:rate=30", "-t", "5", "-c:v",
                    "libx264", "-pix_fmt", "yuv420p", str(path)], check=True, timeout=60)
    rest = mib * MIB - path.stat().st_size - 16
    with path.open("ab") as film:
        film.write(struct.pack(">I4sQ", 1, b"free", rest + 16))
        block = os.urandom(MIB)
        while rest > 0:
            film.write(block[:min(rest, MIB)])
            rest -= MIB
    return path
