"""Writes a trained net as the one file that Sayso reads: ONNX, int8, with its vocabulary and its card inside."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.net import Net

OUTPUTS = ("marks", "as_cue", "as_word", "alone")


class _Whole(nn.Module):
    """The net over one window, its pieces as int64 [p]: what runs at reading time."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, types: Tensor) -> tuple[Tensor, ...]:
        attended = torch.ones_like(ids)
        return tuple(found[0] for found in self.net(ids[None], types[None], attended[None]))


def export(net: Net, vocabulary: list[str], about: dict[str, str], path: Path) -> None:
    """Write `path`. `about` is kept as the file's metadata, beside the vocabulary and the distance scores."""
    net.eval()
    pieces = torch.arange(2, 34)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            _Whole(net),
            (pieces, torch.zeros_like(pieces)),
            str(whole),
            input_names=["ids", "types"],
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "pieces"} for name in ("ids", "types", *OUTPUTS)},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    model = onnx.load(str(path))
    kept = {
        **about,
        "vocabulary": "\n".join(vocabulary),
        "apart": json.dumps([[round(x, 4) for x in row] for row in net.apart.weight.detach().tolist()]),
    }
    for key, value in kept.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.save(model, str(path))
