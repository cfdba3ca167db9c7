"""Where everything is asked for, a skipped test fails; elsewhere it is only told."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.mark.parametrize(("asked", "failed", "errors", "skipped"), [("1", 1, 1, 0), ("", 0, 0, 2)])
def test_a_skip_fails_only_where_all_is_required(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, asked: str, failed: int, errors: int, skipped: int
) -> None:
    """A skip inside a test is a failure there, a skip by mark an error: both end the run in red."""
    monkeypatch.setenv("SAYSO_REQUIRE_ALL", asked)
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import pytest

        def test_skips_itself():
            pytest.skip("the file is absent")

        @pytest.mark.skip(reason="not today")
        def test_is_skipped():
            pass
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=failed, errors=errors, skipped=skipped)
