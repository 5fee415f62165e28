"""The commands, in the order in which they are shown. What a command needs is imported when it is carried out."""

from __future__ import annotations

from ui.cli.command import Command
from ui.cli.commands.agreement import AGREEMENT, CONFLICTS
from ui.cli.commands.assign import ASSIGN
from ui.cli.commands.check import CHECK
from ui.cli.commands.copies import BACKUP, RESTORE
from ui.cli.commands.evaluate import EVALUATE
from ui.cli.commands.export_labels import EXPORT
from ui.cli.commands.import_files import IMPORT
from ui.cli.commands.merge import MERGE, PACKAGE
from ui.cli.commands.new import NEW
from ui.cli.commands.schema import SCHEMA
from ui.cli.commands.search import SEARCH
from ui.cli.commands.suggest import SUGGEST
from ui.cli.commands.train import TRAIN
from ui.cli.commands.window import DEMO

COMMANDS: tuple[Command, ...] = (
    NEW,
    IMPORT,
    EXPORT,
    CHECK,
    BACKUP,
    RESTORE,
    MERGE,
    PACKAGE,
    SCHEMA,
    SEARCH,
    SUGGEST,
    TRAIN,
    EVALUATE,
    ASSIGN,
    AGREEMENT,
    CONFLICTS,
    DEMO,
)
