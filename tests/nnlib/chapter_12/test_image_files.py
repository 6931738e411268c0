"""An image file is read as every viewer shows it, or refused by name."""

import io
import os
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from nnlib.__main__ import main
from nnlib.image_files import read_image
from nnlib.photographs import DataFileError

RAMP = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (64, 1))  # black to white, rightwards
GREY = np.repeat(RAMP[:, :, np.newaxis], 3, axis=2)
CORNER = np.zeros((40, 24, 3), np.uint8)  # upright: its upper left corner is white
CORNER[:12, :8] = 255
DEEP = RAMP.astype(np.uint16) * 257
TURNS = {  # EXIF orientation: what undoes it
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture(autouse=True)
def warned():
    """Nothing is said by Pillow."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def png(depth, kind, rows, *chunks):
    """A PNG with any depth, kind and chunks."""

    def chunk(name, content):
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", 64, 64, depth, kind, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def difference(path, wanted, size=64):
    return np.abs(read_image(path, size).astype(int) - wanted).max()


# --- upright -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "tif"])
@pytest.mark.parametrize("orientation", TURNS)
def test_a_picture_is_turned_as_the_camera_noted(tmp_path, orientation, ending):
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = Image.fromarray(CORNER).transpose(TURNS[orientation])
    keep = {"quality": 100} if ending == "jpg" else {"lossless": True} if ending == "webp" else {}
    lying.save(tmp_path / f"a.{ending}", exif=exif, **keep)
    found = read_image(tmp_path / f"a.{ending}", (40, 24))
    assert np.abs(found.astype(int) - CORNER).max() <= 3


@pytest.mark.parametrize("orientation", [0, 1, 9, 65535])
def test_a_note_that_says_nothing_turns_nothing(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(CORNER).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(read_image(tmp_path / "a.png", (40, 24)), CORNER)


@pytest.mark.parametrize("note", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"rubbish"])
def test_a_damaged_note_turns_nothing(tmp_path, note):
    Image.fromarray(CORNER).save(tmp_path / "a.jpg", exif=note, quality=100)
    assert difference(tmp_path / "a.jpg", CORNER, (40, 24)) <= 3


def test_a_deep_picture_is_turned_too(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    Image.fromarray(DEEP).transpose(TURNS[8]).save(tmp_path / "a.png", exif=exif)
    assert difference(tmp_path / "a.png", GREY) <= 1


# --- more than 8 bits ----------------------------------------------------------------------------

BIG = DEEP.astype(">u2")
BIG3 = np.repeat(BIG[:, :, np.newaxis], 3, axis=2).reshape(64, -1)


@pytest.mark.parametrize("ending", ["png", "tif", "pgm", "jp2"])
def test_grey_in_16_bits(tmp_path, ending):
    Image.fromarray(DEEP).save(tmp_path / f"a.{ending}")
    assert difference(tmp_path / f"a.{ending}", GREY) <= 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("colours", png(16, 2, BIG3)),
        ("with a clear grey", png(16, 0, BIG, (b"tRNS", struct.pack(">H", 0xFFFF)))),
        ("with a clear colour", png(16, 2, BIG3, (b"tRNS", struct.pack(">HHH", *[0xFFFF] * 3)))),
    ],
)
def test_png_in_16_bits(tmp_path, name, content):
    (tmp_path / "a.png").write_bytes(content)
    assert difference(tmp_path / "a.png", GREY) <= 1  # white is clear, and shown on white


def test_16_bits_of_which_0_is_white(tmp_path):
    Image.fromarray(65535 - DEEP).save(tmp_path / "a.tif", tiffinfo={262: 0})
    assert difference(tmp_path / "a.tif", GREY) <= 1


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_fewer_than_8_bits(tmp_path, depth):
    most = 2**depth - 1
    values = (RAMP.astype(int) * most // 255).astype(np.uint8)
    bits = np.unpackbits(values[:, :, np.newaxis], axis=2)[:, :, 8 - depth :].reshape(64, -1)
    (tmp_path / "a.png").write_bytes(png(depth, 0, np.packbits(bits, axis=1)))
    assert difference(tmp_path / "a.png", np.repeat((values * (255 // most))[..., None], 3, 2)) == 0


@pytest.mark.parametrize(
    ("pixels", "why"),
    [
        (RAMP.astype(np.float32) / 255, "its pixels are floating-point numbers"),
        (RAMP.astype(np.int32) * 1000, "its pixels are 32-bit whole numbers"),
        (RAMP.astype(np.float32) * 1e6, "its pixels are floating-point numbers"),
    ],
)
def test_numbers_without_a_white_are_refused_by_name(tmp_path, pixels, why):
    Image.fromarray(pixels).save(tmp_path / "a.tif")
    with pytest.raises(DataFileError) as caught:
        read_image(tmp_path / "a.tif", 8)
    end = "which do not say what is white."
    assert str(caught.value) == f"{tmp_path / 'a.tif'} is no image that can be read: {why}, {end}"


FAR = (RAMP.astype(int) * 1023 // 255).astype(">u2")  # 10 bits, of which 1023 is white


def save_several(path, **options):
    """An animation, a book of pages, a picture in three dimensions: more pictures in one file."""
    first, other = Image.fromarray(GREY), Image.fromarray(255 - GREY)
    first.save(path, save_all=True, append_images=[other], **options)


AS_SHOWN = {  # more than one picture: the first; other depths; other colours; bytes at the end
    "moving.gif": save_several,
    "moving.png": save_several,
    "moving.webp": lambda path: save_several(path, lossless=True),
    "pages.tif": save_several,
    "two.mpo": lambda path: save_several(path, quality=100),
    "la.tif": lambda path: Image.fromarray(np.dstack([RAMP, np.full_like(RAMP, 255)])).save(path),
    "pa.tif": lambda path: Image.fromarray(GREY).quantize(200).convert("PA").save(path),
    "big.tif": lambda path: Image.frombytes("I;16B", (64, 64), BIG.tobytes()).save(path),
    "print.jpg": lambda path: Image.fromarray(GREY).convert("CMYK").save(path, quality=100),
    "lab.tif": lambda path: Image.fromarray(GREY).convert("LAB").save(path),
    "10 bits.pgm": lambda path: path.write_bytes(b"P5 64 64 1023\n" + FAR.tobytes()),
    "10 bits.ppm": lambda path: path.write_bytes(
        b"P6 64 64 1023\n" + FAR.repeat(3, axis=1).tobytes()
    ),
    "16 bits, alpha.png": lambda path: path.write_bytes(png(16, 4, BIG.repeat(2, axis=1) | ALL)),
    "letters.pgm": lambda path: path.write_text(f"P2 64 64 255 {' '.join(map(str, RAMP.ravel()))}"),
    "icon.ico": lambda path: Image.fromarray(GREY).save(path, sizes=[(64, 64)]),
    "webp.jpg": lambda path: Image.fromarray(GREY).save(path, "WEBP", lossless=True),
    "junk.png": lambda path: path.write_bytes(png(8, 0, RAMP) + 99 * b"junk"),
}
ALL = np.tile(np.array([0, 65535], ">u2"), (64, 64))  # grey, all of it opaque


@pytest.mark.parametrize("name", AS_SHOWN)
def test_files_as_people_have_them(tmp_path, name):
    AS_SHOWN[name](tmp_path / name)
    assert difference(tmp_path / name, GREY) <= 6


# --- transparency, palettes, colours -------------------------------------------------------------

CLEAR = np.full((64, 64), 255, np.uint8)
CLEAR[:, 32:] = 0
ON_WHITE = np.where(CLEAR[:, :, np.newaxis] == 0, 255, GREY)
BOTH = np.dstack([GREY, CLEAR])


def save_palette(path):
    flat = Image.fromarray(GREY).quantize(64)
    alpha = [255] * 64
    for entry in set(np.asarray(flat)[:, 32:].ravel()):
        alpha[entry] = 0
    flat.save(path, transparency=bytes(alpha))


def save_one_clear_entry(path):
    pixels = Image.fromarray((RAMP // 4).astype(np.uint8), "P")
    pixels.putpalette([v * 4 for v in range(64) for _ in range(3)])
    pixels.save(path, transparency=0)


TRANSPARENT = {
    "rgba.png": lambda path: Image.fromarray(BOTH).save(path),
    "rgba.webp": lambda path: Image.fromarray(BOTH).save(path, lossless=True, exact=True),
    "rgba.tif": lambda path: Image.fromarray(BOTH).save(path),
    "la.png": lambda path: Image.fromarray(np.dstack([RAMP, CLEAR])).save(path),
    "palette.png": save_palette,
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_what_is_clear_is_white(tmp_path, name):
    TRANSPARENT[name](tmp_path / name)
    assert difference(tmp_path / name, ON_WHITE) <= 4


@pytest.mark.parametrize("name", ["a.gif", "a.png"])
def test_one_clear_entry_of_a_palette_is_white(tmp_path, name):
    save_one_clear_entry(tmp_path / name)
    found = read_image(tmp_path / name, 64)
    assert (found[:, 0] == 255).all() and (found[:, 8] < 60).all()


def test_half_clear_is_half_white(tmp_path):
    half = np.dstack([np.zeros((8, 8, 3), np.uint8), np.full((8, 8), 128, np.uint8)])
    Image.fromarray(half).save(tmp_path / "a.png")
    assert set(read_image(tmp_path / "a.png", 8).ravel().tolist()) <= {126, 127, 128}


def test_a_clear_border_does_not_darken_the_small_picture(tmp_path):
    pixels = np.zeros((64, 64, 4), np.uint8)  # clear black all over
    pixels[16:48, 16:48] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    assert (read_image(tmp_path / "a.png", 3) == 255).all()


@pytest.mark.parametrize("kind", ["CMYK", "YCbCr", "L", "1"])
def test_other_kinds_of_colour(tmp_path, kind):
    two = np.where(RAMP[:, :, np.newaxis] < 128, 0, 255).astype(np.uint8).repeat(3, axis=2)
    Image.fromarray(two).convert(kind).save(tmp_path / "a.tif")
    assert difference(tmp_path / "a.tif", two) <= 3


def profile(gamma):
    """A profile with the colours of sRGB and another curve of lightness."""

    def fixed(*numbers):
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    def xyz(*numbers):
        return b"XYZ \0\0\0\0" + fixed(*numbers)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    words = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"made\0" + bytes(79)
    tags = {
        b"desc": words,
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.4361, 0.2225, 0.0139),
        b"gXYZ": xyz(0.3851, 0.7169, 0.0971),
        b"bXYZ": xyz(0.1431, 0.0606, 0.7141),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    place, table, content = 132 + 12 * len(tags), b"", b""
    for name, tag in tags.items():
        table += name + struct.pack(">II", place + len(content), len(tag))
        content += tag + bytes(-len(tag) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", place + len(content), b"", 0x2400000, b"mntr", b"RGB ", b"XYZ "
    )
    head += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + content


@pytest.mark.parametrize(("gamma", "found"), [(1.0, 188), (2.2, 128), (1.8, 145)])
def test_colours_are_what_the_profile_in_the_file_says(tmp_path, gamma, found):
    half = np.full((8, 8, 3), 128, np.uint8)
    Image.fromarray(half).save(tmp_path / "a.png", icc_profile=profile(gamma))
    assert difference(tmp_path / "a.png", found, 8) <= 2
    Image.fromarray(half[:, :, 0]).save(tmp_path / "a.png", icc_profile=profile(gamma))
    assert difference(tmp_path / "a.png", found, 8) <= 2
    clear = np.dstack([half, np.full((8, 8), 255, np.uint8)])
    Image.fromarray(clear).save(tmp_path / "a.png", icc_profile=profile(gamma))
    assert difference(tmp_path / "a.png", found, 8) <= 2


def test_a_profile_of_the_usual_colours_or_a_damaged_one_changes_nothing(tmp_path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    half = np.full((8, 8, 3), 128, np.uint8)
    for content in (srgb, b"rubbish", srgb[:200], profile(1.0)[:150]):
        Image.fromarray(half).save(tmp_path / "a.png", icc_profile=content)
        assert np.array_equal(read_image(tmp_path / "a.png", 8), half)


def test_grey_for_a_model_of_grey_pictures(tmp_path):
    Image.fromarray(GREY).save(tmp_path / "a.png")
    found = read_image(tmp_path / "a.png", 64, channels=1)
    assert found.shape == (64, 64, 1) and np.array_equal(found[:, :, 0], RAMP)


# --- what is no image ----------------------------------------------------------------------------


def as_eps(path):
    buffer = io.BytesIO()
    Image.fromarray(GREY).save(buffer, "EPS")
    path.write_bytes(buffer.getvalue())


def cut(path):
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


NO_IMAGES = {
    "empty.jpg": (lambda path: path.write_bytes(b""), "it is empty."),
    "text.png": (lambda path: path.write_text("hi"), "its content is of no known kind."),
    "program.png": (as_eps, "its content is of no known kind."),  # EPS calls another program
    "cut.png": (cut, "truncated"),
    "cut.jpg": (cut, "truncated"),
    "IMG_1.HEIC": (
        lambda path: path.write_bytes(b"\0\0\0\x18ftypheic"),
        "HEIC is not read here, save it as JPEG or PNG.",
    ),
    "IMG_1.dng": (as_eps, "DNG is not read here, save it as JPEG or PNG."),
    "IMG_2.jpg": (  # a phone's, sent on under another name
        lambda path: path.write_bytes(b"\0\0\0\x18ftypmif1"),
        "its content is HEIC, whatever its name says: save it as JPEG or PNG.",
    ),
    "page.jpg": (lambda path: path.write_text("<html>"), "its content is of no known kind."),
    "none.png": (lambda path: None, "No such file or directory."),
    "huge.ppm": (lambda path: path.write_bytes(b"P6 60000 60000 255\n"), "exceeds limit"),
    "signed.tif": (
        lambda path: Image.fromarray(DEEP // 2).save(path, tiffinfo={339: 2}),
        "its pixels are 32-bit whole numbers, which do not say what is white.",
    ),
}


@pytest.mark.parametrize("name", NO_IMAGES)
def test_what_is_no_image_is_refused_by_name(tmp_path, name):
    make, why = NO_IMAGES[name]
    make(tmp_path / name)
    with pytest.raises(DataFileError) as caught:
        read_image(tmp_path / name, 8)
    assert str(caught.value).startswith(f"{tmp_path / name} is no image that can be read: ")
    assert why in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(DataFileError, match="it is a pipe"):
        read_image(tmp_path / "a.png", 8)


def test_predict_answers_for_the_others(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--epochs", "0", "--quiet"]) == 0
    for name in ("a.png", "c.png"):
        Image.fromarray(GREY).save(name)
    (tmp_path / "b.png").write_text("no image")
    capsys.readouterr()
    assert main(["predict", "model.npz", "a.png", "b.png", "c.png"]) == 1
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["a.png", "c.png"]
    assert err == "nnlib: b.png is no image that can be read: its content is of no known kind.\n"
