"""The word lists travel: found in an editable checkout and in an installed wheel."""

import subprocess
import sys
from pathlib import Path

from cslint.rulebook.find import shipped_wordlists

ROOT = Path(__file__).resolve().parents[1]


def test_found_in_the_checkout() -> None:
    assert (shipped_wordlists() / "spec.yaml").is_file()


def test_found_in_a_wheel(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT], check=True, capture_output=True
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", site, wheel],
        check=True,
        capture_output=True,
    )
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r});"
        "import cslint, pathlib;"
        f"assert pathlib.Path(cslint.__file__).is_relative_to({str(site)!r}), cslint.__file__;"
        "from cslint.rulebook.find import shipped_wordlists; assert 'site' in shipped_wordlists().parts;"
        "print([f.rule for f in cslint.Linter('pdd', cache=False).check('亲加我微信详聊')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, text=True)
    assert "TPP001" in done.stdout, done.stderr
