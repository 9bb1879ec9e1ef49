"""The commands that keep an index: build, add, remove, watch, migrate, check, backup, restore."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from index.backup import back_up, restore
from index.build import BuildReport, add_documents, build_index, migrate_index, remove_documents
from index.check import CheckReport, check_index
from index.errors import IndexDamaged, ReferatError
from index.settings import Settings
from index.snapshot import Manifest
from index.watch import watch
from qa.terminal import progress_line

_SHOWN_ASIDE = 20


def add_commands(
    commands: argparse._SubParsersAction, common: argparse.ArgumentParser, scanned: argparse.ArgumentParser
) -> None:
    """`common` holds the flags of all commands, `scanned` those of the commands that read minutes."""
    minutes = argparse.ArgumentParser(add_help=False, parents=[scanned])
    minutes.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file of minutes, or a folder of them")
    model = argparse.ArgumentParser(add_help=False)
    model.add_argument(
        "--model", help="another sentence-transformers model than the bundled one, by folder or hub name"
    )
    model.add_argument("--device", help="where that model computes: cpu, cuda or mps (default: the best there is)")

    build = commands.add_parser(
        "build", parents=[common, minutes, model], help="make the index mirror the minutes under the paths"
    )
    build.add_argument(
        "--download", action="store_true", help="fetch the model from the hub if it is not on this machine yet"
    )
    build.set_defaults(run=_build)
    following = commands.add_parser(
        "watch", parents=[common, minutes, model], help="build, and again whenever the minutes change, until stopped"
    )
    following.set_defaults(run=_watch)
    add = commands.add_parser("add", parents=[common, minutes], help="take minutes into the index; all others stay")
    add.set_defaults(run=_add)
    remove = commands.add_parser("remove", parents=[common], help="take minutes out of every part of the index")
    remove.add_argument(
        "sources", metavar="SOURCE", nargs="+", help="a file's name, as the citations give it, or its path"
    )
    remove.set_defaults(run=_remove)

    migrating = commands.add_parser(
        "migrate", parents=[common], help="make an index of an earlier version one of this version; it holds the same"
    )
    migrating.add_argument("--device", help="where the index's model computes: cpu, cuda or mps")
    migrating.set_defaults(run=_migrate)
    check = commands.add_parser("check", parents=[common], help="verify every part of the index against the others")
    check.set_defaults(run=_check)
    backup = commands.add_parser("backup", parents=[common], help="write the index to one file")
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.set_defaults(run=_backup)
    putting_back = commands.add_parser("restore", parents=[common], help="put a backup in the place of the index")
    putting_back.add_argument("file", metavar="FILE", type=Path)
    putting_back.set_defaults(run=_restore)


def _build(given: argparse.Namespace, settings: Settings) -> int:
    report = build_index(settings.index, given.paths, settings, progress_line, download=given.download)
    return _tell(report, settings, "has been built")


def _add(given: argparse.Namespace, settings: Settings) -> int:
    report = add_documents(settings.index, given.paths, settings, progress_line)
    return _tell(report, settings, "has been updated")


def _remove(given: argparse.Namespace, settings: Settings) -> int:
    report = remove_documents(settings.index, given.sources, settings, progress_line)
    for path in report.removed:
        print(f"Removed: {path}")
        if Path(path).exists():
            print("referat: the file itself is still there; a build of its folder takes it in again.", file=sys.stderr)
    return _tell(report, settings, "has been updated")


def _watch(given: argparse.Namespace, settings: Settings) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("referat: following the minutes; stop with Ctrl-C.", file=sys.stderr)
    try:
        for done in watch(settings.index, given.paths, settings, progress_line):
            if isinstance(done, ReferatError):
                print(f"referat: {done}", file=sys.stderr)
            else:
                _tell(done, settings, "has been updated")
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("referat: no longer following the minutes.", file=sys.stderr)
    return 0


def _migrate(given: argparse.Namespace, settings: Settings) -> int:
    return _tell(migrate_index(settings.index, settings, progress_line), settings, "is one of this version")


def _check(given: argparse.Namespace, settings: Settings) -> int:
    report = check_index(settings.index, progress_line)
    for remark in report.remarks:
        print(f"referat: {remark}", file=sys.stderr)
    if report.faults:
        print("\n".join(report.faults))
        raise IndexDamaged(settings.index, "its parts do not agree")
    print(
        f"The index in {settings.index}, of {report.created[:16]} UTC, is whole: {_held(report)}, "
        f"{report.chunks} passages, {report.words} words."
    )
    return 0


def _backup(given: argparse.Namespace, settings: Settings) -> int:
    held = back_up(settings.index, given.file)
    print(f"{given.file} holds the index: {_held(held)}.")
    return 0


def _restore(given: argparse.Namespace, settings: Settings) -> int:
    held = restore(settings.index, given.file, settings, progress_line)
    print(f"The index in {settings.index} is that of {held.created[:16]} UTC again: {_held(held)}.")
    return 0


def _held(counts: Manifest | CheckReport | BuildReport) -> str:
    """ "1 meeting, 12 agenda items"."""
    meetings = "1 meeting" if counts.meetings == 1 else f"{counts.meetings} meetings"
    return f"{meetings}, {'1 agenda item' if counts.items == 1 else f'{counts.items} agenda items'}"


def _tell(report: BuildReport, settings: Settings, done: str) -> int:
    """What an update did; 1 where minutes were left out."""
    documents, passages = report.resumed
    if documents or passages:
        done = f"documents read: {documents}, passages embedded: {passages}"
        print(f"referat: went on where an update had stopped ({done}).", file=sys.stderr)
    for refused in report.refused:
        print(f"referat: left out: {refused}", file=sys.stderr)
    for aside in report.set_aside[:_SHOWN_ASIDE]:
        print(f"referat: kept aside: {aside.meeting.path}: {aside.reason}", file=sys.stderr)
    if len(report.set_aside) > _SHOWN_ASIDE:
        more = len(report.set_aside) - _SHOWN_ASIDE
        print(f"referat: kept aside: {more} others; `referat status` names them all.", file=sys.stderr)
    for path in report.returned:
        print(f"referat: answers again: {path}", file=sys.stderr)
    done = done if report.changed else "is up to date"
    print(f"The index in {settings.index} {done}: {_held(report)}.")
    if report.as_before:
        print(
            f"referat: documents held as an earlier version read them: {report.as_before}; they are not there, or not "
            "as they were. To have one read anew, remove it and add it.",
            file=sys.stderr,
        )
    if not report.knows_danish:
        print("referat: this model seems to know no Danish: expect poor answers. Choose another.", file=sys.stderr)
    if report.problems:
        print(f"referat: {report.problems} problems; `referat parse FILE` shows those of a file.", file=sys.stderr)
    if report.leftovers:
        print("referat: what it replaced is still in use; the next update removes it from the disk.", file=sys.stderr)
    return 1 if report.refused else 0
