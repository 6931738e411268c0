"""Loading, flattening, scaling, centring."""

import hashlib
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
from copying import copy_tree
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib import images, photographs
from nnlib.rule import InputError

shapes = hnp.array_shapes(min_dims=4, max_dims=4, max_side=5)
pictures = hnp.arrays(np.uint8, shapes)


@pytest.fixture(scope="module")
def trees():
    return photographs.load_trees()


# --- files ----------------------------------------------------------------------------------------


def test_both_sizes_hold_the_same_photographs(trees):
    large = photographs.load_trees(size=32)
    assert large.train_images.shape == (1526, 32, 32, 3)
    assert trees.test_images.shape == (406, 16, 16, 3)
    assert {array.dtype for array in (*large, *trees)} == {np.dtype(np.uint8)}
    assert np.array_equal(large.train_labels, trees.train_labels)
    corner = large.test_images[5, :2, :2].astype(float).mean(axis=(0, 1)).round()
    assert np.array_equal(trees.test_images[5, 0, 0], corner)


def test_the_table_is_in_the_order_of_the_photographs(trees):
    features = photographs.load_features()
    assert features.names == ("brightness", "green_minus_blue", "contrast")
    assert features.X_train.shape == (3, 1526) and features.Y_train.shape == (1, 1526)
    assert features.X_test.shape == (3, 406) and features.Y_test.shape == (1, 406)
    assert np.array_equal(features.Y_test[0], trees.test_labels)
    brightness = photographs.load_trees(size=32).train_images.mean(axis=(1, 2, 3)) / 255
    assert np.allclose(features.X_train[0], brightness, atol=6e-5)


LOADERS = {"trees_32.npz": photographs.load_trees, "trees_2d.csv": photographs.load_features}


def damage(path, how):
    content = bytearray(path.read_bytes())
    if how == "truncated":
        content = content[: len(content) // 2]
    elif how == "one bit":
        content[len(content) // 2] ^= 1
    elif how == "windows lines":
        content = content.replace(b"\n", b"\r\n")
    elif how == "empty":
        content = b""
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["truncated", "one bit", "windows lines", "empty"])
@pytest.mark.parametrize("name", LOADERS)
def test_a_damaged_file_is_refused(tmp_path, name, how):
    path = tmp_path / name
    shutil.copyfile(photographs.data_folder() / name, path)
    damage(path, how)
    with pytest.raises(photographs.DataFileError) as caught:
        LOADERS[name](folder=tmp_path)
    message = str(caught.value)
    assert str(path) in message and "truncated or altered" in message
    assert photographs.CHECKSUMS[name] in message
    assert hashlib.sha256(path.read_bytes()).hexdigest() in message
    assert f"git checkout -- data/{name}" in message and "install nnlib again" in message


@pytest.mark.parametrize("name", LOADERS)
def test_a_missing_file_is_refused(tmp_path, name):
    with pytest.raises(photographs.DataFileError, match=r"is missing.*found no file.*git checkout"):
        LOADERS[name](folder=tmp_path / "nowhere")


def test_a_data_file_error_is_an_os_error():
    assert issubclass(photographs.DataFileError, OSError)


@pytest.mark.parametrize("size", [8, 0, -16, 16.0, "16", None, np.array([16, 32])])
def test_other_sizes_are_refused(size):
    with pytest.raises(InputError, match="^size must be 16 or 32; found"):
        photographs.load_trees(size=size)


CODE = "from nnlib import photographs; print(photographs.load_trees().train_images.sum())"


def run_elsewhere(folder, package):
    environment = {**os.environ, "PYTHONPATH": str(package)}
    command = [sys.executable, "-c", CODE]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_they_load_in_any_folder_and_from_an_installed_package(tmp_path, trees):
    package = photographs.data_folder().parent
    if not (package / "nnlib").is_dir():  # already an installed package: data lies inside
        package = package.parent
    wanted = str(trees.train_images.sum())
    assert run_elsewhere(tmp_path, package) == wanted
    site = tmp_path / "site packages"
    copy_tree(package / "nnlib", site / "nnlib", leave_out=("data", "__pycache__"))
    copy_tree(photographs.data_folder(), site / "nnlib" / "data")
    assert run_elsewhere(tmp_path, site) == wanted
    shutil.rmtree(site / "nnlib" / "data")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run_elsewhere(tmp_path, site)
    assert "DataFileError" in caught.value.stderr


# --- flatten --------------------------------------------------------------------------------------


@given(pictures)
def test_column_i_is_photograph_i(photos):
    X = images.flatten(photos)
    m, height, width, channels = photos.shape
    assert X.shape == (height * width * channels, m)
    assert X.dtype == photos.dtype
    for i in range(m):
        assert X[:, i].tolist() == photos[i].ravel().tolist()


def test_the_numbered_images_tell_the_classic_mistake():
    numbered = np.arange(4).reshape(4, 1, 1, 1) * np.ones((4, 2, 2, 3), int)
    assert (images.flatten(numbered) == np.arange(4)).all()
    assert not (numbered.reshape(-1, 4) == np.arange(4)).all()


@pytest.mark.parametrize("shape", [(16, 16, 3), (5, 768), (0, 16, 16, 3), ()])
def test_flatten_wants_four_axes(shape):
    with pytest.raises(InputError, match=r"^images must have shape \(m, height, width, channels\)"):
        images.flatten(np.zeros(shape))


@given(hnp.arrays(np.uint8, st.tuples(st.integers(1, 3), st.just(4), st.just(6), st.just(3))))
def test_halve_averages_blocks(photos):
    halved = photographs.halve(photos)
    assert halved.shape == (len(photos), 2, 3, 3)
    assert halved.dtype == np.uint8
    block = photos[:, 2:4, 4:6].astype(float).mean(axis=(1, 2))
    assert np.array_equal(halved[:, 1, 2], block.round())


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((1, 3, 4, 3), np.uint8), np.zeros((1, 4, 5, 3), np.uint8), np.zeros((1, 4, 4, 3))],
)
def test_halve_refuses_odd_sizes_and_floats(wrong):
    with pytest.raises(InputError, match="^images must be uint8, of even height and width; found"):
        photographs.halve(wrong)


# --- scale, centre, label -------------------------------------------------------------------------


@given(hnp.arrays(np.uint8, hnp.array_shapes()))
def test_scale_divides_by_255(pixels):
    scaled = images.scale(pixels)
    assert scaled.dtype == np.float64
    assert np.array_equal((scaled * 255).round(), pixels)
    assert scaled.min() >= 0 and scaled.max() <= 1


@pytest.mark.parametrize("dtype", [float, np.float32, int, bool, np.int8])
def test_scaling_twice_is_refused(dtype):
    with pytest.raises(InputError, match=r"^X must hold uint8 pixels; found dtype .*already\?$"):
        images.scale(np.ones((2, 2), dtype))


def test_the_mean_image_is_the_mean_over_examples():
    assert images.mean_image([[1.0, 3.0], [0.0, 10.0], [2.0, 2.0]]).tolist() == [
        [2.0],
        [5.0],
        [2.0],
    ]


def test_the_mean_of_unscaled_pixels_is_refused():
    with pytest.raises(InputError, match="^X holds uint8 pixels"):
        images.mean_image(np.zeros((3, 2), np.uint8))


@given(st.lists(st.sampled_from([0, 1]), min_size=1))
def test_labels_become_a_row(labels):
    row = images.label_row(labels)
    assert row.shape == (1, len(labels)) and row.dtype == np.float64
    assert row[0].tolist() == labels


@pytest.mark.parametrize("labels", [[0, 2], [0.5], [-1, 1], [np.nan], ["tree"], [None], [1j]])
def test_other_labels_are_refused(labels):
    with pytest.raises(InputError, match="^labels must hold only 0 and 1"):
        images.label_row(labels)


@pytest.mark.parametrize("labels", [1, [], [[0, 1]], [[0], [1]]])
def test_labels_of_another_shape_are_refused(labels):
    with pytest.raises(InputError, match=r"^labels must have shape \(m,\); found shape"):
        images.label_row(labels)


def test_prepare_centres_with_the_training_mean(trees):
    data = images.prepare(trees)
    assert data.X_train.shape == (768, 1526) and data.Y_train.shape == (1, 1526)
    assert data.X_test.shape == (768, 406) and data.Y_test.shape == (1, 406)
    assert np.abs(data.X_train.mean(axis=1)).max() < 1e-12
    assert np.abs(data.X_test.mean(axis=1)).max() > 1e-3  # centred with another mean than its own
    back = (data.X_test + data.mean).T.reshape(-1, 16, 16, 3) * 255
    assert np.array_equal(back.round(), trees.test_images)
    assert np.array_equal(data.Y_test[0], trees.test_labels)
