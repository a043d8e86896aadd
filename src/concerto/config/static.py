"""How static files are stored: under names that hold their digest, in browser modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Renames what a module imports as well; each import must end with a semicolon to be seen."""

    support_js_module_import_aggregation = True
