"""Pages turned into HTML through templates; the only module that knows Jinja."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from types import MappingProxyType, MethodType
from typing import Any

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alignsurvey import rules
from alignsurvey.diagnostics import Diagnostic, Span, did_you_mean
from alignsurvey.escaping import escaped
from alignsurvey.pages.base import Page
from alignsurvey.records.base import EMPTY, Model
from alignsurvey.survey import Survey
from alignsurvey.views.facts import label_of
from alignsurvey.writing import Heading, SiteInfo, Writer


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a page's body with its table of contents."""

    html: str
    headings: tuple[Heading, ...]


class TemplateProblem(Exception):  # noqa: N818 - it carries a diagnostic, and is named for it
    """A template that cannot be compiled or rendered.

    Attributes:
        diagnostic: the problem, with the template's name and line.
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Generator(CodeGenerator):
    """Compiles templates into code that puts text together at once, without a `Markup` a piece."""

    def write_commons(self) -> None:
        """Writes what every function of a template begins with."""
        super().write_commons()
        self.writeline("escape = environment.escaped")


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which a template reads the fields of a model, not how models are made.

    Models come with ways to read files and unpickle data, which no template needs.
    """

    code_generator_class = _Generator
    escaped = staticmethod(escaped)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._plain: set[tuple[type, str]] = set()
        """What may be read of every object of a type, without asking again."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, or else an item, as far as a template may read it."""
        if (type(obj), attribute) in self._plain:
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item, or else an attribute, as far as a template may read it."""
        if isinstance(argument, str) and not hasattr(obj, "__getitem__"):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """What a macro, or a function that a template may call, gives for some arguments.

        Most of what templates call are macros and the writer's methods, which need no judging.
        """
        if type(obj) is Macro:
            arguments = (context.eval_ctx, *arguments)
        elif type(obj) is not MethodType or type(obj.__self__) is not Writer:
            return super().call(context, obj, *arguments, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        return obj(*arguments, **named)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        model = obj if isinstance(obj, type) else type(obj)
        if issubclass(model, Model) and attr in _OF_MODELS:
            return False
        safe = super().is_safe_attribute(obj, attr, value)
        # A class answers for itself, and the methods of texts are wrapped one by one.
        if safe and not isinstance(obj, type | str):
            self._plain.add((type(obj), attr))
        return safe


class _Compiled(BytecodeCache):
    """Compiled templates, kept for the next build, since compiling takes longer than a build.

    A template whose text has changed is compiled again.
    """

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in what is known of a template."""
        if code := self._known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template."""
        self._known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
_OF_MODELS = frozenset(dir(Model))
_FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What an expression or a loop of a template may raise."""


_NO_FILTER = re.compile(r"No (?P<what>filter|test) named '(?P<name>[^']+)'")
_UNDEFINED = re.compile(r"'(?P<name>[^']+)' is undefined")
_NO_ATTRIBUTE = re.compile(r"'(?P<owner>[^']+) object' has no attribute '(?P<name>[^']+)'")
"""What Jinja says of names that it does not know."""


def _type_of(value: Any) -> str:
    """The type of a value, as Jinja names it."""
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _names(value: Any) -> Iterator[str]:
    """What a template may read of a value."""
    return (name for name in dir(value) if not name.startswith("_") and name not in _OF_MODELS)


class Renderer:
    """Renders the pages of one survey."""

    def __init__(
        self,
        survey: Survey,
        templates: Sequence[FilePath],
        site: SiteInfo,
    ) -> None:
        self.survey = survey
        self.site = site
        self._folders = [folder for folder in templates if folder.is_dir()]
        self._environment = _Sandbox(
            loader=FileSystemLoader([str(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        # A page is the same every time: what Jinja makes up at random is left out.
        del self._environment.globals["lipsum"], self._environment.filters["random"]
        self._environment.globals |= {"empty_values": EMPTY, "survey": survey}
        self._environment.filters["label"] = label_of

    def problems(self, names: Sequence[str], own: Sequence[FilePath]) -> Iterator[Diagnostic]:
        """What is wrong with templates before any page is rendered.

        ``names`` must exist. The templates in the folders ``own`` are compiled; those of the
        package have been, and compiling them takes longer than all the rest of a check.
        """
        known = {*self._environment.list_templates(["html"])}
        for name in dict.fromkeys(names):
            if name not in known:
                yield self._diagnostic(TemplateNotFound(name), name)
        for path in (path for folder in own for path in sorted(folder.glob("*.html"))):
            try:
                self._environment.get_template(path.name)
            except TemplateSyntaxError as error:
                yield self._diagnostic(error, path.name)

    def render(self, page: Page) -> Rendered:
        """The HTML of a page.

        Raises:
            TemplateProblem: its template is missing or fails.
        """
        writer = Writer(self.survey, page, self.site)
        # What a page shows is computed by us: a mistake there is no mistake of the template.
        context = {"w": writer, "page": page, **page.context()}
        try:
            template = self._environment.get_template(page.template)
            html = template.render(context)
        except _FAILURES as error:
            problem = self._diagnostic(error, page.template, page, context)
            raise TemplateProblem(problem) from error
        return Rendered(html, tuple(writer.headings))

    def _diagnostic(
        self,
        error: Exception,
        name: str,
        page: Page | None = None,
        context: Mapping[str, Any] = MappingProxyType({}),
    ) -> Diagnostic:
        where = f" on the page `{page.uri or '/'}`" if page else ""
        match error:
            case TemplateNotFound():
                missing = str(error.name)
                hint = did_you_mean(missing, self._environment.list_templates(["html"]))
                message = f"there is no template `{missing}`{where}"
                span = self._place(error) or Span(self._shown(name))
                return Diagnostic(rules.NO_TEMPLATE, span, message, hint)
            case TemplateSyntaxError():
                span = Span(self._shown(error.name or name), error.lineno)
                message, hint = f"the template is wrong: {error.message}", self._meant(error, {})
                return Diagnostic(rules.TEMPLATE_SYNTAX, span, message, hint)
        span = self._place(error) or Span(self._shown(name))
        text = str(error).split("\n")[0] or type(error).__name__
        message, hint = f"the template fails{where}: {text}", self._meant(error, context)
        return Diagnostic(rules.TEMPLATE_FAILED, span, message, hint)

    def _meant(self, error: Exception, context: Mapping[str, Any]) -> str | None:
        """A question that names what a template may have meant by a name that means nothing."""
        text = str(error)
        if unknown := _NO_FILTER.search(text):
            known = (
                self._environment.filters
                if unknown["what"] == "filter"
                else self._environment.tests
            )
            return did_you_mean(unknown["name"], known)
        if unknown := _UNDEFINED.search(text):
            return did_you_mean(unknown["name"], [*context, *self._environment.globals])
        if unknown := _NO_ATTRIBUTE.search(text):
            owners = [value for value in context.values() if _type_of(value) == unknown["owner"]]
            return did_you_mean(unknown["name"], (name for one in owners for name in _names(one)))
        return None

    def _place(self, error: Exception) -> Span | None:
        """The line of the innermost template that was running."""
        frames: list[Any] = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            for folder in self._folders:
                if FilePath(frame.filename).is_relative_to(folder):
                    relative = FilePath(frame.filename).relative_to(folder).as_posix()
                    return Span(f"{folder.name}/{relative}", frame.lineno or 1)
        return None

    def _shown(self, name: str) -> str:
        for folder in self._folders:
            if (folder / name).is_file():
                return f"{folder.name}/{name}"
        return f"{self._folders[0].name if self._folders else 'templates'}/{name}"
