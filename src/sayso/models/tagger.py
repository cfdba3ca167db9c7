"""The tagger that runs: our net, int8, in ONNX Runtime on one thread.

Every window is run alone: the scales of dynamic int8 depend on what else is in a batch, and a report has to read the
same alone and in company. The weights are ours; docs/tagger.md is their card.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sayso.models.decoding import Scores, frames
from sayso.models.windows import paragraphs_as_pieces, vocabulary_tokenizer, windows
from sayso.problems import WrongModel

if TYPE_CHECKING:
    from sayso.models.tagging import Frame
    from sayso.models.windows import Pieces

FOLDER = Path(__file__).parent / "weights"


WEIGHTS: dict[str, str] = {
    "polnear": "bfd9d099106e056bfe5b0056571670a1598ac93d0fc8d2a598a81ab09cef8997",
    "open": "12b8da5d3d7ac078d420b7ab3b81114d0ac35f1b3af28d64359a6f1b03429e74",
}
"""The SHA-256 of each set of weights in `FOLDER`."""


@cache
def tagger_with(name: str) -> OnnxTagger:
    """The tagger of this process with the weights of this name, loaded at the first call. Raises `WrongModel`."""
    path = FOLDER / f"{name}.onnx"
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != WEIGHTS.get(name):
        state = "different from those Sayso was measured with" if path.is_file() else "missing"
        raise WrongModel(
            f"The tagger's weights {name}.onnx are {state}. Install Sayso anew, or read with another: docs/tagger.md."
        )
    return OnnxTagger(path)


class OnnxTagger:
    """Tags texts with one set of weights. Loading takes a tenth of a second and happens once a process."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        about = self._session.get_modelmeta().custom_metadata_map
        self._name = str(about["name"])
        self._tokenizer = vocabulary_tokenizer(about["vocabulary"].split("\n"))
        self._apart = np.array(json.loads(about["apart"]), dtype=np.float32)

    @property
    def name(self) -> str:
        """The weights and their version."""
        return self._name

    def tag(self, paragraphs: Sequence[Sequence[str]]) -> tuple[Frame, ...]:
        """Every saying of a text given as the words of its paragraphs."""
        cut = windows(paragraphs_as_pieces(self._tokenizer, paragraphs))
        return tuple(frames(cut, [self._scores(window) for window in cut], self._apart))

    def _scores(self, window: Pieces) -> Scores:
        fed = {"ids": np.array(window.ids, dtype=np.int64), "types": np.array(window.types, dtype=np.int64)}
        return Scores(*self._session.run(None, fed))
