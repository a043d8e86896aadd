"""How static files are stored: under names that hold their digest, in modules too; what a page loads in one file."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .joining import joined_files


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Renames what a module imports as well; each import must end with a semicolon to be seen."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 30  # a pass for each module in the longest chain of imports; Django gives up after five

    def post_process(  # the arguments are those that Django hands over
        self,
        paths: dict[str, Any],
        dry_run: bool = False,  # noqa: FBT001, FBT002
        **options: Any,
    ) -> Iterator[Any]:
        """Join what is to be joined before names are given; what was joined is then read from here."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as source:
                return str(source.read().decode())

        joined = {} if dry_run else joined_files(paths, read)
        for name, text in joined.items():
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
        yield from super().post_process(paths | {name: (self, name) for name in joined}, dry_run, **options)  # type: ignore[no-untyped-call]
