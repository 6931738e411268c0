"""The browser of the tests is the one that the course asks."""

from course.browser import CHROMIUM, Page, browser

__all__ = ["CHROMIUM", "Page", "browser"]
