from __future__ import annotations

import pytest

from translate.decode.document_numbers import with_letters


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("云人社发〔2024〕35号", "Ren She Bu Fa [2024] No. 35", "Yun Ren She Fa [2024] No. 35"),
        ("（国办发〔2023〕8号）", "(Guo Fa [2023] No. 8)", "(Guo Ban Fa [2023] No. 8)"),
        ("财税[2022]第12号", "Cai Shui [2022] No. 12.", "Cai Shui [2022] No. 12."),
        ("按照人社发〔2021〕3号", "in line with Ren Fa [2021] No. 3", "in line with Ren Fa [2021] No. 3"),
        (
            "（云政发〔2024〕5号、财税〔2024〕6号）",
            "Zheng Fa [2024] No. 5; Shui [2024] No. 6",
            "Yun Zheng Fa [2024] No. 5; Cai Shui [2024] No. 6",
        ),
        ("云人社发〔2024〕35号", "Yunhu Fa [2024] No. 35", "Yun Ren She Fa [2024] No. 35"),
        ("云人社发〔2024〕35号", "Notice Yun Fa [2024] No. 35", "Notice Yun Fa [2024] No. 35"),
        ("云人社发〔2024〕35号", "Human Ren [2024] No. 35", "Human Ren [2024] No. 35"),
        ("国发〔2024〕35号", "State Council Document [2024] No. 35", "State Council Document [2024] No. 35"),
        ("国发〔2024〕35号", "Guo Ban Fa [2024] No. 36", "Guo Ban Fa [2024] No. 36"),
        ("国发〔2024〕3号", "Guo Ban Fa [2024] No. 35", "Guo Ban Fa [2024] No. 35"),
        ("囗囗发〔2024〕3号", "Ren Fa [2024] No. 3", "Ren Fa [2024] No. 3"),
        ("国发〔2024〕3号", "", ""),
    ],
)
def test_the_letters_of_a_document_number(source: str, target: str, wanted: str) -> None:
    assert with_letters(source, target) == wanted
    assert with_letters(source, wanted) == wanted
