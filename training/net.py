"""The net: MiniLM with a head that finds the spans and a head that ties every word to each cue.

The first marks where cues, sources and contents begin and go on, each for itself, so that one may lie in another. The
second head is a biaffine one (Dozat and Manning 2017, Deep Biaffine Attention for Neural Dependency Parsing): the
score that word j plays role r for the cue at i is a bilinear form of two small vectors, one of i and one of j, and of
how far they stand apart. So one pass over the text gives whole sayings, not loose spans that rules have to join.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

ROLES = 3  # none, source, content
MARKS = 3 * 3  # cue, source, content; for each: outside, begins, goes on
NEAR = 24  # pieces: distances beyond are one
WIDTH = 128
TYPES = 2


class Attention(nn.Module):
    """Self-attention of one BERT layer, with its output projection and normalisation."""

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(hidden, hidden) for _ in range(3))
        self.out, self.norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States [windows, pieces, hidden]; mask [windows, 1, 1, pieces], 0 or a large negative."""
        windows, pieces, hidden = states.shape

        def split(x: Tensor) -> Tensor:
            return x.reshape(windows, pieces, self.heads, hidden // self.heads).transpose(1, 2)

        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return self.norm(states + self.out(mixed.transpose(1, 2).reshape(windows, pieces, hidden)))


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self, hidden: int, heads: int, wide: int) -> None:
        super().__init__()
        self.attention = Attention(hidden, heads)
        self.up, self.down = nn.Linear(hidden, wide), nn.Linear(wide, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """As `Attention.forward`."""
        states = self.attention(states, mask)
        return self.norm(states + self.down(nn.functional.gelu(self.up(states))))


class Net(nn.Module):
    """Encoder and heads. Shapes: w windows, p pieces, h hidden, d `WIDTH`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text())
        hidden, heads = config["hidden_size"], config["num_attention_heads"]
        self.pieces = nn.Embedding(config["vocab_size"], hidden)
        self.positions = nn.Embedding(config["max_position_embeddings"], hidden)
        self.types = nn.Embedding(TYPES, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(hidden, heads, config["intermediate_size"]) for _ in range(config["num_hidden_layers"])
        )
        self.marks = nn.Linear(hidden, MARKS)
        self.as_cue = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, ROLES * WIDTH))
        self.as_word = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, WIDTH))
        self.alone = nn.Linear(hidden, ROLES)  # how likely a word plays a role for anybody
        self.apart = nn.Embedding(2 * NEAR + 1, ROLES)
        self._take(load_file(str(folder / "model.safetensors")))
        self.dropout = nn.Dropout(0.1)

    def _take(self, weights: dict[str, Tensor]) -> None:
        own = {
            "pieces.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "types.weight": "embeddings.token_type_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "attention.query": "attention.self.query",
            "attention.key": "attention.self.key",
            "attention.value": "attention.self.value",
            "attention.out": "attention.output.dense",
            "attention.norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm": "output.LayerNorm",
        }
        for number in range(len(self.layers)):
            for mine, theirs in parts.items():
                for kind in ("weight", "bias"):
                    own[f"layers.{number}.{mine}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
        state = self.state_dict()
        for mine, theirs in own.items():
            state[mine].copy_(weights[theirs])
        with torch.no_grad():
            state["types.weight"][1].copy_(state["types.weight"][0])  # "in quotation marks" starts out as plain

    def forward(self, ids: Tensor, types: Tensor, attended: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Marks [w, p, MARKS]; each piece as a cue [w, p, ROLES * d], as a word [w, p, d], and alone [w, p, ROLES]."""
        where = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        states = self.norm(self.pieces(ids) + self.positions(where) + self.types(types))
        mask = ((1.0 - attended.to(states.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask.to(states.dtype))
        states = self.dropout(states)
        return self.marks(states), self.as_cue(states), self.as_word(states), self.alone(states)


def role_scores(net: Net, cues: Tensor, words: Tensor, alone: Tensor, distance: Tensor) -> Tensor:
    """Scores [c, p, ROLES] of every piece for each of c cues.

    cues [c, ROLES * d], words [c, p, d], alone [c, p, ROLES], distance [c, p] in pieces from the cue.
    """
    bilinear = torch.einsum("crd,cpd->cpr", cues.view(len(cues), ROLES, WIDTH), words) / WIDTH**0.5
    near = distance.clamp(-NEAR, NEAR) + NEAR
    return bilinear + alone + net.apart(near)
