# Plain: edited here; chapter 12 tells of it.
"""One image file as pixels, as every viewer shows it; what cannot be shown so is refused by name.

Upright, as the camera's note (EXIF) says; more than 8 bits rounded to 8; colours as the profile in
the file says; transparency laid on white.
"""

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlib.archives import what_it_is
from nnlib.extras import missing
from nnlib.photographs import DataFileError

ENDINGS = {
    *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".gif"),
    *(".tif", ".tiff", ".webp", ".avif", ".jp2", ".ppm", ".pgm", ".pbm", ".pnm"),
}
CAMERAS = {".heic", ".heif", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf"}
FORMATS = (
    *("AVIF", "BMP", "DIB", "GIF", "ICO", "JPEG", "JPEG2000", "MPO", "PNG", "PPM", "TIFF", "WEBP"),
)
"""What is opened: no format that calls another program, as EPS does."""
HEIC = (b"heic", b"heix", b"heim", b"hevc", b"hevx", b"mif1", b"msf1")
DEEP = ("I;16", "I;16B", "I;16L", "I;16N")
SHALLOW = ("1", "L", "P", "PA", "LA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB", "La")
DEEP_IN_I = ("PNG", "PPM")  # here Pillow's 32-bit numbers are 16-bit ones
WHITE = (255, 255, 255, 255)


class Unreadable(Exception):
    """Why an image is not taken, as the end of a sentence."""


def read_image(path: Path, size: int | tuple[int, int], channels: int = 3) -> NDArray[np.uint8]:
    """Read one image, resized.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    size : int or (int, int)
        Height and width in pixels; one number if they are equal.
    channels : int
        3 for colours, 1 for grey.

    Returns
    -------
    ndarray of uint8, shape (height, width, channels)

    Raises
    ------
    DataFileError
        If it is no image, or one of which something would be lost.
    ImportError
        If Pillow is not installed.
    """
    return resized(shown(path), size, channels)


def resized(image: Any, size: int | tuple[int, int], channels: int = 3) -> NDArray[np.uint8]:
    """The pixels of an image that `shown` gave."""
    height, width = (size, size) if isinstance(size, int) else size
    if channels == 1:
        image = image.convert("L")
    image = image.resize((width, height), 4)  # Image.Resampling.BOX: the mean of an area
    pixels: NDArray[np.uint8] = np.asarray(image).reshape(height, width, channels)
    return pixels


def shown(path: Path) -> Any:
    """An image as a viewer shows it: a Pillow image of kind RGB, upright, in its own size."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise missing("reading images", "Pillow") from None
    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(f"it is a {what_it_is(path)}")
        if path.suffix.lower() in CAMERAS:
            name = path.suffix[1:].upper()
            raise Unreadable(f"{name} is not read here, save it as JPEG or PNG")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, about what is looked at here
            with Image.open(path, formats=formats) as image:
                image.load()
                ends = black_and_white(image)
                return in_colours(in_8_bits(upright(image), *ends))
    except UnidentifiedImageError:
        why = unknown(path)
    except MemoryError:
        raise
    except Exception as error:  # whatever a decoder stumbles over, the file is no good
        why = getattr(error, "strerror", None) or " ".join(str(error).split())
        why = why.removesuffix(".") or type(error).__name__
    raise DataFileError(f"{path} is no image that can be read: {why}.")


def unknown(path: Path) -> str:
    """What a file is whose content is of no known kind; phones write HEIC under any name."""
    with open(path, "rb") as file:
        start = file.read(12)
    if start[4:8] == b"ftyp" and start[8:12] in HEIC:
        return "its content is HEIC, whatever its name says: save it as JPEG or PNG"
    return "its content is of no known kind" if start else "it is empty"


def black_and_white(image: Any) -> tuple[int, int]:
    """The numbers that stand for black and for white; refuse an image that does not say it."""
    if image.mode in DEEP and image.format == "TIFF":
        most = 2 ** image.tag_v2.get(258, (16,))[0] - 1  # BitsPerSample
        return (most, 0) if image.tag_v2.get(262) == 0 else (0, most)  # WhiteIsZero
    if image.mode in DEEP or (image.mode == "I" and image.format in DEEP_IN_I):
        return 0, 65535
    if image.mode not in SHALLOW:
        kinds = {"I": "32-bit whole numbers", "F": "floating-point numbers"}
        found = kinds.get(image.mode, f"of the kind {image.mode}")
        raise Unreadable(f"its pixels are {found}, which do not say what is white")
    return 0, 255


def upright(image: Any) -> Any:
    """The image turned as the camera noted it; a note that is damaged counts for nothing."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def in_8_bits(image: Any, black: int, white: int) -> Any:
    """An image of whatever depth with 8 bits for each number."""
    from PIL import Image

    if image.mode not in (*DEEP, "I"):
        return image
    deep = np.asarray(image).astype(np.int64)
    light = ((deep - black) / (white - black)).clip(0, 1)
    grey = Image.fromarray((255 * light).round().astype(np.uint8))
    if (clear := image.info.get("transparency")) is not None:
        grey.putalpha(Image.fromarray(np.where(deep == clear, 0, 255).astype(np.uint8)))
    grey.info["icc_profile"] = image.info.get("icc_profile")
    return grey


def in_colours(image: Any) -> Any:
    """The image in RGB: transparency laid on white, colours as its profile says."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    if image.mode in ("La", "RGBa") or image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image).convert("RGB")
    if profile:
        image = in_srgb(image, profile)
    return image.convert("RGB")


def in_srgb(image: Any, profile: bytes) -> Any:
    """The colours that a profile describes, as sRGB; one that does not fit counts for nothing."""
    try:
        from PIL import ImageCms

        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(theirs):
            return image
        if theirs.profile.xcolor_space.strip() == "RGB":
            image = image.convert("RGB")
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB")
    except Exception:  # a Pillow without colour management, or a damaged profile
        return image
