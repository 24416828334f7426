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
        (
            "票价不低于三元，不得另收费。",
            "Fares are no less than three yuan, and more may be charged.",
            [("不得", "")],
        ),
        ("干部不得擅自离岗。", "Officials may leave their posts without authorization.", [("不得", "")]),
        ("不得拒绝接单。", "Drivers may refuse orders.", [("不得", "")]),
        ("未经登记，不得出租。", "It may be let before it is registered.", [("未经", "")]),
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
        ("不得烧山，不得砍树，不得放羊。", "Do not burn hills, fell trees or graze sheep.", []),
        ("严禁捕鱼，严禁采砂。", "Fishing and digging sand are strictly prohibited.", []),
        ("未经登记，不得出租。", "It may not be let until it is registered.", []),
        ("不收取任何表格和押金。", "There are no forms and no deposits.", []),
        ("大家高兴不高兴，由大家说。", "Whether people are happy is for them to say.", []),
        ("本人不同意的，另行安排。", "Those who do not agree are placed elsewhere.", []),
        ("未尽事宜，另行商定。", "Matters not covered are to be agreed.", []),
        ("除不可抗力外，按期交付。", "Deliver on time except in cases of force majeure.", []),
        ("不能到场的，可以写信。", "Come if you can; otherwise, write.", []),
        ("序号", "No.", []),
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
        ("今年五月雨水偏多。", "There was much rain in May this year.", []),
        ("摊位由商户自主选择。", "Stallholders may choose their pitches.", []),
        ("停工，晴天后方可开工。", "Work shall stop and may resume only in fine weather.", []),
        ("高耗能设备加价。", "Energy-hungry machines shall pay more.", []),
        ("居民有权查账，村里公布。", "Residents have the right to inspect the books, which shall be public.", []),
        ("大额合同须经审查。", "Large contracts are subject to review.", []),
        ("不得砍树、烧山。", "No felling, burning, or grazing may take place.", []),
        ("旅客须知", "Notice to passengers", []),
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
