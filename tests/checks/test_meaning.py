from __future__ import annotations

import pytest

from tests.checks.units import findings, marked


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        # lost
        ("不得收取费用。", "Fees may be charged.", [("不得", "")]),
        ("禁止转让。", "It may be transferred.", [("禁止", "")]),
        ("未签订合同的，依法处理。", "Those with a contract are dealt with by law.", [("未签", "")]),
        ("無需提交證明。", "Proof is to be submitted.", [("無需", "")]),
        ("不得收费，不得摊派。", "No fees shall be charged, and levies shall be imposed.", [("不得", "No")]),
        ("没有房子的贫困户优先。", "Poor families with a house come first.", [("没有", "")]),
        ("不得收费，停止摊派。", "Stop levies and charge fees.", [("不得", "")]),
        # added
        ("按时支付工资。", "Wages are not paid on time.", [("", "not")]),
        ("按时支付工资。", "Wages aren't paid on time.", [("", "n't")]),
        ("不得收费。", "Never fail to charge, and do not wait.", [("不", "Never")]),
        # right, and near misses
        ("不得收取费用。", "No fees may be charged.", []),
        ("不得收取费用。", "Charging fees is prohibited.", []),
        ("不断提高水平。", "We will constantly raise standards.", []),
        ("未来五年", "the next five years", []),
        ("不仅要快，而且要好。", "It must be not only fast but also good.", []),
        ("既要快，也要好。", "It must be not only fast but also good.", []),
        ("发展不平衡。", "Development is unbalanced.", []),
        ("没收违法所得。", "Unlawful gains are confiscated.", []),
        ("前所未有的机遇", "unprecedented opportunities", []),
        ("罚款不少于五元。", "The fine is not less than five yuan.", []),
        ("看办得好不好", "It depends on how well it is done.", []),
        ("无接触配送", "contactless delivery", []),
        ("累计不得超过十天。", "The total may not exceed ten days.", []),
        ("控制在5%以内", "does not rise above 5 percent", []),
        ("不得涂改，不得转借。", "It shall not be altered or lent.", []),
        ("发展不平衡、不协调。", "Development is not balanced and coordinated.", []),
        ("毫不放松抓好生产", "keep a tight hold on production", []),
        ("请放心办理。", "There is no need to worry.", []),
        ("该办的坚决办，而不是拖着。", "Do what is due rather than delay it.", []),
        ("不得收取费用。", "", []),
    ],
)
def test_negation(source: str, target: str, spans: list[tuple[str, str]]) -> None:
    assert marked("negation", source, target) == spans


@pytest.mark.parametrize(
    ("source", "target", "spans"),
    [
        ("必须依法办理。", "It may be handled according to law.", [("必须", "may")]),
        ("应当公开。", "It is made public.", [("应当", "")]),
        ("要加强监督。", "We may strengthen oversight.", [("要", "may")]),
        ("可以申请。", "They must apply.", [("可以", "must")]),
        ("让群众放心。", "We will act so that the people must feel at ease.", [("", "so that the people must")]),
        ("原则上不超过三天。", "It takes no more than three days.", [("原则上", "")]),
        ("解决突出问题。", "We will solve problems that must stand out.", [("", "that must")]),
        ("建设农民幸福生活的家园。", "Build a home where farmers must live.", [("", "where farmers must")]),
        # right, and near misses
        ("应该注意的问题", "problems that must be noted", []),
        ("要让大家都能喝上净水。", "We must give clean water to all.", []),
        ("五月十二日地震。", "The earthquake struck on May 12.", []),
        ("有权必有责。", "Power must come with responsibility.", []),
        ("必须依法办理。", "It must be handled according to law.", []),
        ("应当公开。", "It should be made public.", []),
        ("可以申请。", "They may apply.", []),
        ("要加强监督。", "We will strengthen oversight.", []),
        ("重要会议可能延期。", "The important meeting may be postponed.", []),
        ("适应新形势。", "We will adapt to new conditions.", []),
        ("原则上不超过三天。", "In principle, it takes no more than three days.", []),
        ("任何人不得进入。", "Nobody shall enter.", []),
        ("任何人不得进入。", "No one may enter.", []),
        ("任何人不得进入。", "They may not enter.", []),
        ("只有改革才能发展。", "Only through reform can we develop.", []),
        ("只有改革才能发展。", "Only through reform must we develop.", [("", "Only through reform must we")]),
        ("机关得公告之。", "The agency may announce it.", []),
        ("必须依法办理。", "", []),
    ],
)
def test_modality(source: str, target: str, spans: list[tuple[str, str]]) -> None:
    assert marked("modality", source, target) == spans


def test_messages_say_what_and_where() -> None:
    (finding,) = findings("negation", "不得收取费用。", "Fees are charged.")
    assert "«不得»" in finding.message
    assert "prohibit" in finding.message
    (finding,) = findings("modality", "必须依法办理。", "It may be handled according to law.")
    assert "“may”" in finding.message
    assert "«必须»" in finding.message
