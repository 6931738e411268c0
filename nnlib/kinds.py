# Plain: edited here; chapter 10 tells of it.
"""Kinds: what an argument may be, said once each, in the signature.

A kind is a type with rules behind it. ``X: Examples`` says that X is an array, and that it holds
finite numbers, is scaled, and has the shape (n_x, m). A name such as m has one size in the whole
call. The door holds every call from outside against these rules.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from nnlib.rules_arrays import Alike, Between, Given, Numbers, Shape, Unscaled, ZerosAndOnes
from nnlib.rules_choices import OneOf, PiecesOf, Precision, Seed, YesOrNo
from nnlib.rules_images import Even, FilePath, Images, LabelList, Pixels, SizeOf
from nnlib.rules_networks import (
    ByName,
    Chain,
    HiddenNames,
    HoldsScale,
    LikeLayers,
    OfLayers,
    Sizes,
)
from nnlib.rules_settings import (
    AtMost,
    OneLabel,
    OneNumber,
    OnePerStep,
    Positive,
    Share,
    StepIn,
    Whole,
)
from nnlib.rules_stored import Stored, StoredZerosAndOnes
from nnlib.rules_training import Descends

Array = np.ndarray[tuple[int, ...], np.dtype[np.floating]]
Integers = NDArray[np.integer]
ACTIVATION_NAMES = ("sigmoid", "tanh", "relu")

# --- arrays: X is (n_x, m), one column per example

AnyNumbers = Annotated[Array, Numbers()]
Examples = Annotated[Array, Unscaled(), Numbers(), Shape("n_x", "m", each="one column per example")]
Example = Annotated[Array, Unscaled(), Numbers(), Shape("n_x", 1, each="one example")]
Weights = Annotated[
    Array, Numbers(), Shape("n_x", 1, each="one weight per feature, like w.reshape(-1, 1)")
]
Labels = Annotated[Array, Numbers(), Shape(1, "m", each="one label per example"), ZerosAndOnes()]
Row = Annotated[Array, Numbers(), Shape(1, "m")]
Evidence = Annotated[Array, Numbers(), Shape(1, "m", each="one number per example")]
Probabilities = Annotated[
    Array,
    Numbers(),
    Shape(1, "m", each="one number per example"),
    Between(0, 1, "probabilities"),
]

StoredExamples = Annotated[
    Array, Unscaled(), Stored(), Shape("n_x", "m", each="one column per example")
]
StoredLabels = Annotated[
    Array, Stored(), Shape(1, "m", each="one label per example"), StoredZerosAndOnes()
]

# --- arrays of any shape, and pairs of them

OutputsOfSigmoid = Annotated[
    Array, Numbers(), Between(0, 1, "outputs of the sigmoid", " Pass A = g(Z), not Z.")
]
OutputsOfTanh = Annotated[
    Array, Numbers(), Between(-1, 1, "outputs of tanh", " Pass A = g(Z), not Z.")
]
OutputsOfReLU = Annotated[
    Array, Numbers(), Between(0, np.inf, "outputs of ReLU", " Pass A = g(Z), not Z.")
]
Guesses = Annotated[Array, Numbers(), Between(0, 1, "probabilities"), Alike("a and y")]
Logits = Annotated[Array, Numbers(), Alike("z and y")]
LabelOfEachGuess = Annotated[Array, Numbers(), Alike("a and y"), ZerosAndOnes()]
LabelOfEachLogit = Annotated[Array, Numbers(), Alike("z and y"), ZerosAndOnes()]
OneOfTwo = Annotated[Array, Numbers(), Alike("G and H")]

# --- layers: W is (n_l, n_prev), b is (n_l, 1)

LayerWeights = Annotated[Array, Numbers(), Shape("n_l", "n_prev", each="one row per unit")]
LayerBiases = Annotated[Array, Numbers(), Shape("n_l", 1, each="one bias per unit")]
LayerInputs = Annotated[
    Array, Unscaled(), Numbers(), Shape("n_prev", "m", each="one column per example")
]
ActivationName = Annotated[str, OneOf(*ACTIVATION_NAMES)]
chain, of_layers, like_layers = Chain(), OfLayers(), LikeLayers()

# --- photographs

Pixels8 = Annotated[NDArray[np.uint8], Pixels()]
ImageStack = Annotated[np.ndarray, Images()]
EvenImages = Annotated[np.ndarray, Images(), Even()]
TestImages = Annotated[np.ndarray, Images("m_test")]
LabelsInARow = Annotated[np.ndarray, LabelList()]
TestLabels = Annotated[np.ndarray, LabelList("m_test")]
ImageSize = Annotated[int, SizeOf(16, 32)]
File = Annotated[Path, FilePath()]
Folder = Annotated[Path, FilePath("a path")]

# --- single values

Number = Annotated[float, OneNumber()]
Label = Annotated[float, OneLabel()]
Rate = Annotated[float, Positive()]
Scale = Annotated[float, Positive()]
Costs = Annotated[list[float], OnePerStep()]
Threshold = Annotated[float, Share()]
Count = Annotated[int, Whole()]
Steps = Annotated[int, Whole(0)]
EpochCount = Annotated[int, Whole(0)]
Directions = Annotated[
    int,
    Whole(
        counts="the directions,",
        note="As many random directions instead of every entry; an error that is a tiny share of "
        "its array drowns in rounding.",
    ),
]
ExampleCount = Annotated[int, Whole(1, counts="the order of the examples,")]
BatchSize = Annotated[int, Whole(), AtMost("m")]
BatchOfX = Annotated[int, Whole(), AtMost("X")]
Pieces = Annotated[Sequence[slice | Integers], PiecesOf("m")]
Flag = Annotated[bool, YesOrNo()]
RandomSeed = Annotated[int | np.random.Generator, Seed()]
NetworkSizes = Annotated[list[int], Sizes()]
Hidden = Annotated[str | list[str], HiddenNames("sizes", *ACTIVATION_NAMES)]
Dtype = Annotated[Any, Precision(), HoldsScale("scale")]
SmallStepInP = Annotated[float, Positive(), StepIn("P")]
SmallStepInParameters = Annotated[float, Positive(), StepIn("parameters")]

# --- functions of the caller, dicts of arrays, and what stands at the arrow

TestPair = tuple[Examples, Labels]
FunctionOfArray = Annotated[Callable[[Array], float], Given("Takes an array.", OneNumber())]
FunctionOfDict = Annotated[
    Callable[[dict[str, Any]], float], Given("Takes a dict of arrays.", OneNumber(), often=True)
]
Listener = Annotated[Callable[[Any], object], Given("Called after each epoch.")]
Parameters = Annotated[dict[str, Array], ByName()]
Derivatives = Annotated[dict[str, Array], ByName(like="parameters")]
descends = Descends()
