"""An archive of invented notices, as large as wanted, for measuring: the same seed gives the same files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 12  # sentences: about 500 characters

PLACES = [
    "东江",
    "西岭",
    "南浦",
    "北川",
    "云溪",
    "青石",
    "白河",
    "长桥",
    "金沙",
    "新河",
    "平湖",
    "安远",
    "临海",
    "望都",
    "清源",
    "永宁",
    "石门",
    "桃源",
    "柳林",
    "高阳",
]
BODIES = [
    "人力资源社会保障局",
    "教育局",
    "民政局",
    "农业农村局",
    "卫生健康委员会",
    "住房和城乡建设局",
    "交通运输局",
    "文化和旅游局",
]
GROUPS = [
    "高校毕业生",
    "农民工",
    "退役军人",
    "残疾人",
    "失业人员",
    "小微企业",
    "新市民",
    "老年人",
    "技能人才",
    "脱贫人口",
]
WORKS = [
    "职业技能培训",
    "就业服务",
    "社会保险补贴",
    "创业担保贷款",
    "公共服务",
    "医疗保障",
    "养老服务",
    "住房保障",
    "劳动关系协调",
]
AIMS = ["稳定就业", "改善民生", "提高质量", "扩大覆盖", "优化环境", "防范风险", "促进公平", "方便群众"]
SENTENCES = (
    "{place}市{body}要把{work}放在更加突出的位置，{aim}。",
    "到{year}年底，全市新增{group}{number}万人，同比增长{percent}%。",
    "{place}县今年安排资金{number}亿元，用于{work}，重点帮助{group}。",
    "对符合条件的{group}，按每人{thousand}元的标准给予补贴。",
    "各单位要加强对{work}的监督检查，发现问题及时整改，确保{aim}。",
    "{place}区{body}负责{work}的组织实施，并于{month}月{day}日前报送情况。",
    "要坚持以人民为中心，围绕{group}的需要，做好{work}，{aim}。",
    "申请人可以通过{place}政务服务平台提交材料，{body}在{day}个工作日内办结。",
    "鼓励企业吸纳{group}，对招用{thousand}人以上的企业优先提供{work}。",
    "{year}年以来，{place}市共为{group}提供{work}{number}万次，满意率达到{percent}%。",
    "不得以任何理由拖延办理{group}的申请，违反规定的依法追究责任。",
    "{body}要会同有关部门建立{work}工作机制，每月通报一次，{aim}。",
    "力争用{day}个月时间，在{place}市建成{thousand}个服务站点，方便{group}就近办理。",
    "本办法自{year}年{month}月{day}日起施行，由{place}市{body}负责解释。",
)


def sentence(chance: random.Random) -> str:
    """One sentence; with all the numbers in it, hardly ever the same one twice."""
    return chance.choice(SENTENCES).format(
        place=chance.choice(PLACES),
        body=chance.choice(BODIES),
        group=chance.choice(GROUPS),
        work=chance.choice(WORKS),
        aim=chance.choice(AIMS),
        year=chance.randint(2016, 2025),
        month=chance.randint(1, 12),
        day=chance.randint(2, 28),
        percent=chance.randint(1, 99),
        number=f"{chance.randint(11, 989) / 10:g}",
        thousand=chance.randint(2, 98) * 100,
    )


def document(sentences: int, seed: int) -> str:
    """A notice: a heading, and paragraphs of three sentences."""
    chance = random.Random(seed)
    lines = [f"{chance.choice(PLACES)}市{chance.choice(WORKS)}工作要点（{seed}）"]
    made = [sentence(chance) for _ in range(sentences)]
    lines += ["".join(made[start : start + 3]) for start in range(0, sentences, 3)]
    return "\n".join(lines) + "\n"


def write_archive(folder: Path, documents: int, sentences: int, seed: int = 0) -> list[Path]:
    """`documents` files of so many sentences each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"notice-{number:05d}.txt" for number in range(documents)]
    for number, path in enumerate(paths):
        path.write_text(document(sentences, seed + number), encoding="utf-8")
    return paths
