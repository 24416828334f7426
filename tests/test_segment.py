"""Sentences and clauses: plain cases, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.records import Block, BlockKind
from translate.segment import Language, segment_block, split_clauses, split_sentences
from translate.segment.marks import has_content

# The bar marks where a sentence ends.
CHINESE = [
    pytest.param("先开展调研。|再起草文件。|最后征求意见。", id="plain"),
    pytest.param("准备好了吗？|准备好了！|那就开始。", id="marks"),
    pytest.param("准备好了吗?|准备好了!|开始。", id="ascii marks"),
    pytest.param("真的吗？！|太好了！！！|继续。", id="runs of marks"),
    pytest.param("先开展调研。|再起草文件", id="no stop at the end"),
    pytest.param("关于做好冬季供暖工作的通知", id="no stop at all"),
    pytest.param("把办事大厅建成连心桥 听民声解民忧办民事", id="title and subtitle"),
    pytest.param("第二章\u3000职业培训", id="title with ideographic space"),
    pytest.param("一是抓培训；二是抓岗位；三是抓服务。", id="semicolon in short"),
    pytest.param("具体要求如下：各单位按时报送。|逾期不候。", id="colon"),
    pytest.param("他想了很久……|最后还是答应了。", id="ellipsis ends"),
    pytest.param("他想了很久⋯⋯|最后还是答应了。", id="ellipsis other dots"),
    pytest.param("教育、医疗、住房……都要办好。|不能落下一项。", id="ellipsis carries on"),
    pytest.param("看病、上学……，样样都要管。|一样不能少。", id="ellipsis before comma"),
    pytest.param("他想了很久...|最后还是答应了。", id="ellipsis ascii"),
    pytest.param("说来话长……", id="ellipsis at end"),
    pytest.param("他说：“事情要办好。”|大家都同意。", id="closing quote"),
    pytest.param("他說：「事情要辦好。」|大家都同意。", id="closing corner quote"),
    pytest.param('他说："事情要办好。"|大家都同意。', id="closing ascii quote"),
    pytest.param("会议指出，“基础要打牢。”|与会人员深受鼓舞。", id="quote introduced by comma"),
    pytest.param("他说：“路要一步步走。不能急。”|大家点头。", id="quote several sentences short"),
    pytest.param(
        "局长在会上对大家说：“办事大厅是群众看我们的第一扇窗口，窗口的态度就是政府的态度。|从下周起，每位科长都要到窗口坐班一天，"
        "亲手办一件事，亲耳听一次意见。|年底我们再坐下来算账。”|会场里响起掌声。",
        id="quote several sentences long",
    ),
    pytest.param("他说“好。”就走了。|没有回头。", id="quote part of sentence"),
    pytest.param("喊出了“不让一户掉队！”的口号。|说到做到。", id="quote as an attribute"),
    pytest.param("围绕“钱从哪里来？人往哪里去？”等问题开展调研。|随后形成报告。", id="quote as a question name"),
    pytest.param("“谁来种地？”是个大问题。|要认真回答。", id="quote subject"),
    pytest.param("“我们一定按时完工。”项目经理说。|工地一片忙碌。", id="quote then reporting"),
    pytest.param("“我们一定按时完工。”|工地上机器轰鸣，一片繁忙。", id="quote then new sentence"),
    pytest.param("他说：“路不好走。”|的确如此。", id="quote then 的确"),
    pytest.param("他说：“行！”，随即签字。|会议结束。", id="quote then comma"),
    pytest.param("他说：“老话讲‘人心齐。’我信。”|众人称是。", id="quote nested"),
    pytest.param(
        "县委书记反复强调“要把群众的小事当作我们自己的大事一件一件办好。”|全县上下迅速行动。",
        id="quote attached but long",
    ),
    pytest.param("他说：“事情要办好。|大家都同意。|散会。", id="quote not closed"),
    pytest.param("事情要办好。”|大家都同意。", id="quote never opened"),
    pytest.param("按规定办理（详见附件。）后归档。|归档期三年。", id="bracket inside"),
    pytest.param("确认是否参保（是？否？）并签字。|交回窗口。", id="bracket with question"),
    pytest.param("名单另发。|（不另行通知。）|请各单位留意。", id="bracket after"),
    pytest.param("按规定办理（详见附件）。|归档期三年。", id="bracket at the end"),
    pytest.param("他写了《谁来养老？》一书。|反响很好。", id="title marks"),
    pytest.param("【注意！】窗口周末照常开放。|欢迎前来。", id="heading marks"),
    pytest.param("增长3.5%，达到1.2万亿元。|比上年多0.4个百分点。", id="decimal"),
    pytest.param("增长３．５％。|高于预期。", id="full-width decimal"),
    pytest.param("系统升级到v2.1.3版。|次日上线。", id="version"),
    pytest.param("请登录https://example.gov.cn/a.html?id=3&x=!b查询。|也可到窗口办理。", id="url"),
    pytest.param("来信请寄hr.office@example.gov.cn。|三日内答复。", id="email"),
    pytest.param("开放时间为8:30至17:00。|周末休息。", id="time"),
    pytest.param("会议在No. 5会议室举行。|准时参加。", id="abbreviation number"),
    pytest.param("来自U.S.的企业有三家。|来自U.K. 的企业有两家。", id="abbreviation country"),
    pytest.param("由Green Tech Co., Ltd.承建。|工期两年。", id="abbreviation company"),
    pytest.param("绿能公司（Green Power Inc.）中标。|公示五天。", id="abbreviation in brackets"),
    pytest.param("先开展调研.|再起草文件.|最后征求意见.", id="ascii stop after han"),
    pytest.param("全部接入API.|随后联调。", id="ascii stop after latin"),
    pytest.param("全部接入API. |随后联调. |最后上线。", id="ascii stop and space"),
    pytest.param("The plan is ready. |It starts in May. |计划已定。", id="english inside"),
    pytest.param("一、加强领导。|二、落实责任。", id="item han"),
    pytest.param("1.加强领导。|2.落实责任。", id="item digit dot"),
    pytest.param("1. 加强领导。|2. 落实责任。", id="item digit dot space"),
    pytest.param("1、加强领导。|2、落实责任。", id="item digit comma"),
    pytest.param("（一）加强领导。|（二）落实责任。", id="item bracket"),
    pytest.param("(1). 加强领导。|(2). 落实责任。", id="item bracket dot"),
    pytest.param("A.继续领取。|B.停止领取。", id="item letter"),
    pytest.param("一.加强领导。|二.落实责任。", id="item han dot"),
    pytest.param("附件：1. 申请表 2. 承诺书", id="items after colon"),
    pytest.param("第三条\u3000用人单位应当按时支付工资。|逾期的，责令改正。", id="article"),
    pytest.param("第十二条 本办法由市政府解释。|自发布之日起施行。", id="article space"),
    pytest.param("先开展调研。\n|再起草文件。", id="break of lines"),
    pytest.param("办理时限\n|五个工作日\n|收费标准", id="break of short lines"),
    pytest.param(
        "各单位要做好以下三个方面的工作，抓紧抓实抓出成效\n|（一）加强领导\n|（二）落实责任", id="break before items"
    ),
    pytest.param("各单位在今年年底以前要做好以下三个方面的重点工作：\n|加强领导", id="break behind a colon"),
    pytest.param("各单位在今年年底以前要做好以下三个方面的重点\n工作，不得拖延。|按时上报。", id="wrapped line"),
    pytest.param("要做好宣传、\n培训、服务。|按时上报。", id="wrapped short line"),
    pytest.param("各单位在今年年底以前要做好以下三个方面的重点工作和任务\n\n|总结上报", id="blank line"),
    pytest.param("先开展调研。\r\n|再起草文件。\r\n", id="windows line ends"),
    pytest.param("先开展调研。\u3000\u3000|再起草文件。 ", id="spaces stay"),
    pytest.param("\u3000\u3000先开展调研。|再起草文件。", id="leading space"),
    pytest.param("先开展调研。\u200b|再起草文件。\u200b", id="zero width"),
    pytest.param("先开展调研。。。|再起草文件。 ”", id="stray marks"),
    pytest.param("。！先开展调研。|再起草文件。", id="leading marks"),
    pytest.param("问：失业金能领多久？|答：最长二十四个月。", id="question and answer"),
    pytest.param("工作全面展开。[1]|成效初步显现。[2]", id="footnote"),
    pytest.param("他说：“向前走。”——这是他的口头禅。|大家都记得。", id="dash"),
    pytest.param("下载Yahoo!Mail客户端。|完成设置。", id="mail"),
    pytest.param("各機關應於三十日內完成。|逾期者，依法處理。", id="traditional"),
    pytest.param("先开展调研｡|再起草文件｡", id="japanese half stop"),
    pytest.param("平台基于 .NET 开发。|.NET 版本为8.0。", id="the net"),
    pytest.param(
        "今年重点抓好三件事：一是建成二十个社区就业服务站，把招聘会开到居民家门口，让求职的人少跑路；|二是为一万名家政服务员提供免费技能培训，"
        "培训合格的发给证书，并推荐到用人单位上岗；三是开通工伤待遇网上申领，材料由部门之间共享，不再要求职工重复提交。",
        id="semicolons in long, evenly",
    ),
    pytest.param(
        "今年重点抓好三件事：一是建成二十个社区就业服务站，把招聘会开到居民家门口，让求职的人少跑路，让招人的企业少花钱；|二是为一万名家政服务员提供免费技能培训，"
        "培训合格的发给证书，并推荐到用人单位上岗，半年内跟踪回访两次以上；|三是开通工伤待遇网上申领，材料由部门之间共享，不再要求职工重复提交，"
        "办理时间压缩到十个工作日。",
        id="semicolons in long, each",
    ),
    pytest.param("1.API接入。|2.数据核对。", id="items, one glued to a Latin word"),
]

ENGLISH = [
    pytest.param("Surveys come first. |Drafting follows. |Comments close in May.", id="plain"),
    pytest.param("Is it ready? |It is! |We begin.", id="marks"),
    pytest.param("Really?! |Yes!!! |Go on.", id="runs of marks"),
    pytest.param("Notice on winter heating", id="no stop"),
    pytest.param("Mr. Li met Dr. Zhao and Mrs. Sun. |They agreed.", id="title"),
    pytest.param("The report cites Prof. Chen at length. |It is public.", id="professor"),
    pytest.param("Document No. 12 takes effect today. |No. 13 follows.", id="number abbreviation"),
    pytest.param("See Nos. 3 and 4, Vol. 2, pp. 15-18. |They are brief.", id="number abbreviations"),
    pytest.param("The rule was issued under No. 12. |The office keeps a copy.", id="under a number"),
    pytest.param("Under Art. 5 wages are paid monthly. |Sec. 6 sets the rate.", id="article abbreviation"),
    pytest.param("As shown in Fig. 3, costs fell. |Output rose.", id="figure"),
    pytest.param("It opened on Jan. 3 and closed in Dec. 2020. |Few noticed.", id="month"),
    pytest.param("The study by J. A. Smith and R. Lee is cited. |It is old.", id="initials"),
    pytest.param("John F. Wu chaired the session. |He spoke last.", id="initial after name"),
    pytest.param("The council chose Plan B. |It was cheaper.", id="single letter end"),
    pytest.param("The U.S. Government signed. |Others waited.", id="country in sentence"),
    pytest.param("The parts came from the U.S. |The rest was made here.", id="country at end"),
    pytest.param("Trade with the U.S. China Daily reports is growing.", id="country before name"),
    pytest.param("Firms in the U.K. and the U.S. were asked. |Few replied.", id="lower case after"),
    pytest.param("Green Tech Co., Ltd. won the bid. |Work begins in June.", id="company"),
    pytest.param("The bid went to Green Tech Co., Ltd. |The work begins in June.", id="company at end"),
    pytest.param("Blue River Inc. Chairman Hu resigned. |Shares fell.", id="company inc"),
    pytest.param("Bring papers, e.g. a permit, i.e. Form B. |Copies will do.", id="latin"),
    pytest.param("Cities, e.g. Harbin, are cold. |Heating starts early.", id="e.g. before a name"),
    pytest.param("Roads, bridges, etc. were built. |The town grew.", id="etc in sentence"),
    pytest.param("They built roads, bridges, etc. |Traffic improved.", id="etc at end"),
    pytest.param("They built roads, etc. (see Annex 2) and paid. |All was well.", id="etc before a bracket"),
    pytest.param("It was speed vs. quality. |Quality won.", id="vs"),
    pytest.param("Wang et al. (2019) disagree. |So do we.", id="et al"),
    pytest.param("She holds a Ph.D. in law. |He holds an M.A. |They both teach.", id="degree"),
    pytest.param("Doors open at 8:30 a.m. and close at 5 p.m. |The fee is waived.", id="time of day"),
    pytest.param("It starts at 9 a.m. Monday in the main hall. |Be early.", id="time before a day"),
    pytest.param("Output rose 3.5 percent to 1.2 trillion yuan. |Prices rose 0.4 points.", id="decimal"),
    pytest.param("The ratio rose to 3.5. |The target was 3.0. |All were pleased.", id="decimal at end"),
    pytest.param("Prices rose .5 percent. |Wages rose too.", id="leading decimal point"),
    pytest.param("The centre opened in 2020. |Visitors came.", id="year at end"),
    pytest.param("The hall was full. |300 people stood.", id="digit begins"),
    pytest.param("Version 2.1.3 is out. |Install it.", id="version"),
    pytest.param("Visit https://example.org/a.html?x=1&y=!2 now. |Or call 12333.", id="url"),
    pytest.param("Visit www.example.org. |Or call.", id="domain at end"),
    pytest.param("Write to hr.office@example.org. |We answer.", id="email"),
    pytest.param("He thought about it... |Then he signed.", id="ellipsis ends"),
    pytest.param("He thought ... and then signed. |It was done.", id="ellipsis carries on"),
    pytest.param("He thought about it… |Then he signed.", id="ellipsis character"),
    pytest.param("He thought about it . . . |Then he signed.", id="ellipsis spaced"),
    pytest.param("He said, “It must be done.” |Everyone agreed.", id="closing quote"),
    pytest.param('He said, "It must be done." |Everyone agreed.', id="closing ascii quote"),
    pytest.param("He called it “a duty”. |Everyone agreed.", id="british quote"),
    pytest.param("Everyone agreed. |“It must be done,” he said.", id="opening quote"),
    pytest.param("“Can it be done?” he asked. |Nobody spoke.", id="quote with question"),
    pytest.param("“Can it be done?” Li Wei asked. |Nobody spoke.", id="quote with name"),
    pytest.param("He said, “Go step by step. Do not rush.” |Everyone nodded.", id="quote of several sentences"),
    pytest.param(
        "The mayor told the meeting, “The service hall is the first window through which people see their go"
        "vernment, and its manners are our manners. |From next week every section chief will spend a day at "
        "the counter, handle one case in person and listen to one complaint in person. |"
        "At the end of the year we shall sit down and see what came of it.” |"
        "The hall applauded.",
        id="long quote",
    ),
    pytest.param("He said, “It must be done. |Everyone agreed. |They left.", id="quote not closed"),
    pytest.param("It was approved. |(See Annex 1.) |The rest was deferred.", id="bracket with stop"),
    pytest.param("It was approved (it took a year. It was hard.) by all. |Good.", id="bracket with sentences"),
    pytest.param("It was approved (see Annex 1). |The rest was deferred.", id="bracket at end"),
    pytest.param("1. Build roads. |2. Train people.", id="items"),
    pytest.param("The tasks are: 1. Build roads. |2. Train people.", id="items behind a colon"),
    pytest.param("(1) Build roads. |(2) Train people.", id="items in brackets"),
    pytest.param("a. Build roads. |b. Train people.", id="letters"),
    pytest.param("IV. Build roads. |V. Train people.", id="roman"),
    pytest.param("1.2. Build roads. |1.3. Train people.", id="multilevel"),
    pytest.param("Article 5. The State protects wages. |Article 6. Wages are paid monthly.", id="article heading"),
    pytest.param("Chapter III. General Rules", id="chapter heading"),
    pytest.param("The rate is set in Section 6. |The office publishes it.", id="section at end"),
    pytest.param("Build roads; train people; keep books. |Report in May.", id="semicolon"),
    pytest.param("Working hours\n|Fees\n|Contact", id="line of poem"),
    pytest.param(
        "The office shall publish the results of the survey on\nits site within ten days. |Copies are free.",
        id="wrapped",
    ),
    pytest.param("The office shall publish the results of the survey soon\n\n|Copies are free", id="blank line"),
    pytest.param(
        "The office shall do the following three things by the end\n|• build roads\n|• train people",
        id="bullets",
    ),
    pytest.param("The work is under way.[1] |Results are good.[2]", id="footnote"),
    pytest.param("The work is under way.|Results are good so far.", id="missing space"),
    pytest.param("Surveys come first.  |Drafting follows. ", id="spaces stay"),
    pytest.param("St. Petersburg signed. |Others waited.", id="saint"),
    pytest.param("“Forward!” – that was his motto. |All knew it.", id="dash"),
    pytest.param("The “Skills China” Initiative began. |It is large.", id="name in quotes"),
    pytest.param("Blue River Inc.'s shares fell. |Trading stopped.", id="possessive"),
    pytest.param("The work is under way。|Results are good。", id="chinese marks"),
    pytest.param("It cost $1.5 million. |The budget was $2 million.", id="money"),
    pytest.param("Growth was 5%. |Prices fell.", id="percent"),
    pytest.param("It took approx. 300 days. |All were tired.", id="approx"),
    pytest.param("Gov. Li and Sen. Brown spoke. |Rep. Jones did not.", id="government"),
]

MARKED = st.text(st.sampled_from("字说a1. 。！？；：，、…“”‘’（）《》\"'\n\u3000\u200b\ud800"), max_size=60)
ANY = st.one_of(st.text(st.characters(), max_size=60), MARKED)


@given(text=ANY, language=st.sampled_from(["zh", "en"]))
@settings(max_examples=300, deadline=None)
def test_sentences_joined_are_the_text(text: str, language: Language) -> None:
    sentences = split_sentences(text, language)
    assert "".join(sentences) == text
    assert all(sentences)
    assert len(sentences) < 2 or all(has_content(sentence, 0, len(sentence)) for sentence in sentences)


@given(text=ANY, limit=st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_clauses_joined_are_the_text_and_fit(text: str, limit: int) -> None:
    pieces = split_clauses(text, limit, len)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


def test_segments_are_numbered_within_their_block() -> None:
    block = Block("b0003", BlockKind.LIST_ITEM, "先调研。再起草！")
    segments = segment_block(block)
    assert [(segment.id, segment.text) for segment in segments] == [
        ("b0003.s01", "先调研。"),
        ("b0003.s02", "再起草！"),
    ]
    assert {(segment.block_id, segment.kind) for segment in segments} == {("b0003", BlockKind.LIST_ITEM)}


@pytest.mark.parametrize("text", ["", " ", "。", "”"])
def test_a_block_of_marks_is_one_segment_and_an_empty_one_none(text: str) -> None:
    segments = segment_block(Block("b0001", BlockKind.PARAGRAPH, text))
    assert [segment.text for segment in segments] == ([text] if text else [])


@pytest.mark.parametrize("marked", CHINESE)
def test_chinese_sentences(marked: str) -> None:
    assert split_sentences(marked.replace("|", ""), "zh") == tuple(marked.split("|"))


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences(marked: str) -> None:
    assert split_sentences(marked.replace("|", ""), "en") == tuple(marked.split("|"))


# Text, limit in characters, and the pieces parted by bars.
CLAUSES = [
    pytest.param("加强培训，提高待遇。", 20, id="fits"),
    pytest.param("加强培训，规范用工；|扩大参保，提高待遇。", 12, id="semicolon before comma"),
    pytest.param("由于今年冬季来得比往年早，|供暖的准备工作要提前做好。", 16, id="comma behind a full clause"),
    pytest.param("各地、各部门认真落实，|确保按时到位，不出差错。", 14, id="comma before a connective"),
    pytest.param("包括养老保险、医疗保险、|失业保险、工伤保险", 13, id="list"),
    pytest.param("县人力资源服务中心|二零二四年年度报告", 14, id="anywhere, but not inside a number"),
    pytest.param("参保人数比上年增加|1234567人并创新高", 12, id="anywhere, but not inside digits"),
    pytest.param("请拨打服务热线⟦12⟧|向话务员说明情况", 14, id="anywhere, but not inside a placeholder"),
    pytest.param("全省统一使用|electronic凭证办理", 16, id="anywhere, but not inside a word"),
    pytest.param("按照印发的通知|（甲，乙，丙，丁）抓好落实", 16, id="comma in a short bracket is no place"),
    pytest.param("The office opens early, |and the staff are kind.", 30, id="English comma"),
    pytest.param("The office opens early |and the staff are kind", 30, id="English space"),
    pytest.param("aaaaaaaaaa|aaaaaaaaaa", 12, id="last resort"),
    pytest.param("好|的", 1, id="one by one"),
]


@pytest.mark.parametrize(("marked", "limit"), CLAUSES)
def test_clauses(marked: str, limit: int) -> None:
    assert split_clauses(marked.replace("|", ""), limit, len) == tuple(marked.split("|"))


@pytest.mark.parametrize("limit", [8, 12, 20, 40])
def test_clauses_come_out_about_equal(limit: int) -> None:
    text = (
        "，".join(["加强培训", "规范用工", "扩大参保", "提高待遇", "优化服务", "简化手续", "公开信息", "接受监督"])
        + "。"
    )
    lengths = [len(piece) for piece in split_clauses(text, limit, len)]
    assert max(lengths) <= 2.5 * min(lengths)


@pytest.mark.parametrize("unit", ["字", "，", "甲、", "a", " ", "“", "”", "“”", "⟦1⟧", "1,", "a.", "甲；", "\ud800"])
def test_clauses_of_a_huge_text_are_measured_in_short_strings(unit: str) -> None:
    text = unit * 60_000
    seen: list[int] = []

    def measure(piece: str) -> int:
        seen.append(len(piece))
        return len(piece)

    assert "".join(split_clauses(text, 50, measure)) == text
    assert max(seen) <= 1000
    assert sum(seen) < 12 * len(text)
    assert len(seen) < len(text) / 5


def test_a_character_that_does_not_fit_is_returned_whole() -> None:
    assert split_clauses("甲乙", 1, lambda piece: 3 * len(piece)) == ("甲", "乙")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_under_one_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        split_clauses("甲乙", limit, len)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "unit",
    ["字", "。", "，", "！（", "“", "“”", "：“字。”", '"', "\n", "\n字", "a. ", ". ", ".a", "字；", " ", "（1）."],
)
def test_a_huge_line_takes_linear_time(unit: str, language: Language) -> None:
    text = unit * (100_000 // len(unit))
    started = process_time()
    assert "".join(split_sentences(text, language)) == text
    assert process_time() - started < 5  # about 0.2 s; a quadratic rule needs minutes


ARTICLE = Path(__file__).parents[2] / "shared" / "seed" / "article.zh.txt"


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not on this machine")
def test_the_article_has_one_sentence_a_full_stop() -> None:
    paragraphs = ARTICLE.read_text(encoding="utf-8").strip().split("\u3000\u3000")
    for paragraph in paragraphs:
        sentences = split_sentences(paragraph, "zh")
        assert "".join(sentences) == paragraph
        assert len(sentences) == max(1, paragraph.count("。"))
        assert all(sentence.rstrip("”").endswith("。") for sentence in sentences) or len(sentences) == 1
