"""The assets of the workbench are built before a wheel or a source distribution is packed, and go into both."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import assets


class AssetsHook(BuildHookInterface[Any]):
    """Builds what is not there; an editable installation leaves it to ``make assets``."""

    def dependencies(self) -> list[str]:
        """Node as a package, where there is none and it will be needed."""
        return [] if assets.current() or assets.node() else [assets.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build; RuntimeError where it cannot."""
        if version != "editable":
            assets.build()
