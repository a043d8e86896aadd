"""How static files are stored: under names that hold their digest, in browser modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Renames what a module imports as well; each import must end with a semicolon to be seen."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 30  # a pass for each module in the longest chain of imports; Django gives up after five
