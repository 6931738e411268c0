"""CITATION.cff keeps the fields of the Citation File Format 1.2.0 that it uses, and is true."""

import datetime
import re
import tomllib

import yaml

from course.book import HOME

CITATION = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
FIELDS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
    "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
    "references", "repository", "repository-artifact", "repository-code", "title", "type", "url",
    "version",
}  # fmt: skip
NEEDED = {"authors", "cff-version", "message", "title"}
PERSON = {"family-names", "given-names"}


def test_its_fields_are_those_of_the_format():
    assert NEEDED <= set(CITATION) <= FIELDS
    assert CITATION["cff-version"] == "1.2.0" and CITATION["type"] in ("software", "dataset")
    for name in ("message", "title", "version", "abstract", "license"):
        assert isinstance(CITATION[name], str) and CITATION[name], name
    assert datetime.date.fromisoformat(CITATION["date-released"])
    words = CITATION["keywords"]
    assert words and len(words) == len(set(words)) and all(isinstance(word, str) for word in words)


def test_its_author_is_the_one_of_the_licences_and_nobody_else():
    assert CITATION["authors"] == [{"name": "The authors of the course"}]
    for name in ("LICENSE", "LICENSE-prose"):
        text = (HOME / name).read_text(encoding="utf-8")
        assert CITATION["authors"][0]["name"].lower() in text.lower()
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CITATION["license"] == project["license"]


def test_it_names_the_course_and_its_document_as_readme_does():
    readme = (HOME / "README.md").read_text(encoding="utf-8")
    assert readme.startswith(f"# {CITATION['title']}\n")
    (document,) = CITATION["references"]
    assert {"type", "title", "authors"} <= set(document) and document["type"] == "generic"
    (author,) = document["authors"]
    assert set(author) == PERSON
    said = f"*{document['title']}* by {author['given-names']} {author['family-names']}"
    assert said in re.sub(r"\s+", " ", readme)
