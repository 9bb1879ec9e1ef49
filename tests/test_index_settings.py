from pathlib import Path

import pytest

from index.errors import SettingsError
from index.settings import load_settings, user_data_folder


def test_order_is_flag_environment_file_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings().index == user_data_folder() / "index"
    (tmp_path / "referat.toml").write_text('index = "from-file"\nclosed_text = true\n')
    assert load_settings().index == Path("from-file")
    monkeypatch.setenv("REFERAT_INDEX", "from-environment")
    assert load_settings().index == Path("from-environment")
    assert load_settings(index="from-flag").index == Path("from-flag")
    assert load_settings(index=None).closed_text is True
    monkeypatch.setenv("REFERAT_PROCESSES", "3")
    assert load_settings().processes == 3


@pytest.mark.parametrize(
    "text", ["colour = 3", "closed_text = 'perhaps'", "model = 3", "processes = 0", "processes = 'all'", "not toml"]
)
def test_setting_that_is_not_understood(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "referat.toml").write_text(text)
    with pytest.raises(SettingsError):
        load_settings()
