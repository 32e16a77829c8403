"""The plugin: what it does at each of the moments that MkDocs names."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from alignsurvey import reporting, site
from alignsurvey.diagnostics import Severity
from alignsurvey.frames import Frames
from alignsurvey.mkdocs_plugin.page import SurveyPage, rendered
from alignsurvey.mkdocs_plugin.searching import add_entries
from alignsurvey.pages.base import TAXONOMY, Page
from alignsurvey.policy import guarded
from alignsurvey.site import Site
from alignsurvey.writing import SiteInfo

log = logging.getLogger("mkdocs.plugins.alignsurvey")

ASSETS = "assets/alignsurvey"
BASE_SHEET, PAPER_SHEET = "alignsurvey.css", "print.css"
YOUNG = 20_000
"""How many new objects the garbage collector waits for."""
WORKER = "offline/worker.js"
"""What stands in for web workers where pages are read from files, below the assets."""


class Options(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in ``mkdocs.yml``."""

    content = config_options.Type(str, default="content")
    """The content folder, relative to the configuration file."""
    templates = config_options.ListOfItems(config_options.Type(str), default=[])
    """Folders of templates that are asked before the packaged ones."""
    frames = config_options.Type(bool, default=True)
    """Whether pages that are alike but for title and body share what the theme puts around them."""


def _cascade(names: Iterable[str]) -> list[str]:
    """The style sheets as they overrule each other: the base first, that for paper last."""
    sheets = (name for name in names if name.endswith(".css"))
    return sorted(sheets, key=lambda name: (name != BASE_SHEET, name == PAPER_SHEET))


def _above(index: MkDocsPage) -> Section:
    """What stands above the records of an index page: the page, or a section of the same name."""
    section = index.parent
    if isinstance(section, Section) and section.title == index.title:
        return section
    # Any page may stand above another, though MkDocs speaks of sections only.
    return index  # type: ignore[return-value]


class AlignsurveyPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Builds a survey's pages inside a MkDocs build."""

    def __init__(self) -> None:
        super().__init__()
        self.site: Site | None = None
        self._environment: Any = None
        self._frames: Frames | None = None
        self._previewing = False
        """Whether the site is served and built again at every change."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps one plugin for all builds of ``serve``."""
        self._previewing = command == "serve"

    def _folders(self, config: MkDocsConfig) -> tuple[FilePath, list[FilePath]]:
        root = (
            FilePath(config.config_file_path).parent if config.config_file_path else FilePath.cwd()
        )
        return root / self.config.content, [root / folder for folder in self.config.templates]

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds the theme overrides, styles and scripts of the survey's pages."""
        if not config.repo_url:
            config.edit_uri = None
        _, templates = self._folders(config)
        for folder in [site.packaged("templates"), *reversed(templates)]:
            if (folder / "theme").is_dir():
                config.theme.dirs.insert(0, str(folder / "theme"))
        # Whoever needs what stands in a folder asks for it.
        names = [name for name, _ in self._assets(config) if "/" not in name]
        config.extra_css[:0] = (f"{ASSETS}/{name}" for name in _cascade(names))
        config.extra_javascript += (f"{ASSETS}/{name}" for name in names if name.endswith(".js"))
        if not config.use_directory_urls:
            self._read_from_files(config)
        # The policy allows no styles in attributes, by which tables are aligned otherwise.
        config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
        return config

    @staticmethod
    def _read_from_files(config: MkDocsConfig) -> None:
        """Leaves out what needs a server, and adds what stands in for it."""
        config.extra.setdefault("polyfills", []).append(f"{ASSETS}/{WORKER}")
        # The page for errors is shown by a server, and links by the server's root.
        config.theme.static_templates.discard("404.html")
        # Files cannot be fetched; the theme then ends its stream of pages before the first one.
        features: list[str] = config.theme.get("features", [])
        config.theme["features"] = [
            name for name in features if not name.startswith("navigation.instant")
        ]

    def _assets(self, config: MkDocsConfig) -> Iterator[tuple[str, FilePath]]:
        """Every asset: its path below the folder of assets, and its file."""
        _, templates = self._folders(config)
        found: dict[str, FilePath] = {}
        for folder in [site.packaged("templates"), *reversed(templates)]:
            own = folder / "assets"
            found |= {
                path.relative_to(own).as_posix(): path
                for path in sorted(own.rglob("*"))
                if path.is_file()
            }
        yield from found.items()

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Reads and checks the survey, before MkDocs empties the output folder."""
        content, templates = self._folders(config)
        info = SiteInfo(
            config.site_name,
            config.site_description or "",
            config.site_url or "",
            config.repo_url or "",
            directory_urls=config.use_directory_urls,
        )
        gc.unfreeze()
        found = site.build(content, templates, info=info)
        for diagnostic in found.diagnostics:
            if diagnostic.severity is Severity.WARNING:
                log.warning(reporting.concise([diagnostic], {}))
        if not found.broken:
            self.site = found
            # The survey lives as long as the build: the garbage collector need not walk it again,
            # nor look every few moments at what pages leave behind, which has no cycles.
            gc.freeze()
            gc.set_threshold(YOUNG)
            return
        errors = [d for d in found.diagnostics if d.severity is Severity.ERROR]
        shown = (
            f"{reporting.full(errors, found.texts)}\nalignsurvey found {reporting.summary(errors)}"
        )
        if self._previewing and self.site is not None:
            # MkDocs answers no request until a failed build is mended; the last good site stays.
            log.error("%s; the preview shows the site as it was before.", shown)
            return
        raise PluginError(f"{shown}; no site was built.")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a file for every page, and the assets."""
        if self.site is None:  # pragma: no cover - MkDocs calls on_pre_build first
            return files
        for page in self.site.pages:
            if files.get_file_from_path(f"{page.uri}index.md"):
                continue
            files.append(
                self._document(page, config, self.site)
                if page.bare
                else self._file(page, config, self.site)
            )
        for name, path in self._assets(config):
            files.append(File.generated(config, f"{ASSETS}/{name}", abs_src_path=str(path)))
        if config.nav is None:
            config.nav = self._navigation(files)
        return files

    def _document(self, page: Page, config: MkDocsConfig, owner: Site) -> File:
        """The file of a page that is a whole document, with nothing of the theme around it."""
        html = guarded(rendered(owner, page).html)
        return File.generated(config, f"{page.uri}index.html", content=html)

    def _file(self, page: Page, config: MkDocsConfig, owner: Site) -> File:
        file = File.generated(
            config, f"{page.uri}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        file.generated_by = "alignsurvey"
        content, _ = self._folders(config)
        written = content.parent / page.source if page.source else None
        file.edit_uri = (
            os.path.relpath(written, config.docs_dir).replace(os.sep, "/") if written else None
        )
        SurveyPage(page, file, config, owner)
        return file

    def _navigation(self, files: Files) -> list[Any]:
        """The tabs of the site: the index pages by section, then the hand-written pages."""
        if self.site is None:  # pragma: no cover - there are no files without a site
            return []
        # The tabs keep their order, whatever kinds the survey has records of.
        kinds = self.site.survey.model.kinds.values()
        sections: dict[str, list[Any]] = {cls.section: [] for cls in kinds}
        for page in self.site.pages:
            if page.section and page.parent in {None, TAXONOMY}:
                sections.setdefault(page.section, []).append(f"{page.uri}index.md")
        written = [
            file.src_uri
            for file in files.documentation_pages()
            if file.generated_by is None and file.src_uri != "index.md"
        ]
        about = [{"About": sorted(written)}] if written else []
        tabs = ({name: items} for name, items in sections.items() if items)
        return [{"Home": "index.md"}, *tabs, *about]

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Gives every record page its index page as the place where it belongs."""
        for listed in nav.pages:
            if isinstance(listed, SurveyPage):
                listed.in_navigation = True
        for file in files.documentation_pages():
            page = file.page
            if (
                isinstance(page, SurveyPage)
                and page.parent is None
                and page.survey_page.parent is not None
            ):
                above = files.get_file_from_path(f"{page.survey_page.parent}index.md")
                if above is not None and above.page is not None:
                    page.parent = _above(above.page)
        latest = self._latest()
        for file in files.documentation_pages():
            if file.page is not None:
                own = file.page.survey_page.date if isinstance(file.page, SurveyPage) else None
                file.page.update_date = own or latest
        return nav

    def _latest(self) -> str:
        """The day of the newest check; no clock is asked."""
        dates = [page.date for page in (self.site.pages if self.site else ()) if page.date]
        return max(dates, default=date(1970, 1, 1).isoformat())

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Adds one search entry per page to the index of the search plugin."""
        if self.site is not None:
            add_entries(self.site, config)
        self._environment = env
        self._frames = Frames() if self.config.frames else None
        return env

    @event_priority(-100)
    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Renders the page in the theme, after all other plugins have had their say."""
        if isinstance(page, SurveyPage):
            template = self._environment.get_template("main.html")

            def theme(shown: SurveyPage) -> str:
                html: str = template.render({**context, "page": shown})
                return self._guard(html, shown.content or "")

            context["framed"] = page.in_theme(theme, self._frames)
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Puts the content security policy into a hand-written page; the others have theirs."""
        return output if isinstance(page, SurveyPage) else self._guard(output, page.content or "")

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Puts the content security policy into a page of the theme, such as the one for errors."""
        return self._guard(output_content) if template_name.endswith(".html") else output_content

    def _guard(self, html: str, contributed: str = "") -> str:
        """A page with its content security policy, unless it is previewed."""
        # The preview writes scripts of its own into the pages it serves, each time another.
        return html if self._previewing else guarded(html, contributed)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the search index as a script, since pages in files cannot fetch it."""
        index = FilePath(config.site_dir, "search", "search_index.json")
        if not config.use_directory_urls and index.is_file():
            script = f"var __index = {index.read_text('utf-8')}"
            index.with_suffix(".js").write_text(script, "utf-8")

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watches the content and the templates; nothing is written into them, so nothing loops."""
        content, templates = self._folders(config)
        for folder in [content, site.packaged("templates"), *templates]:
            if folder.is_dir():
                server.watch(str(folder))
        return server
