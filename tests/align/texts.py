"""A small notice of our own, in both languages, sentence by sentence."""

from __future__ import annotations

PAIRS = (
    ("关于开展春季就业服务活动的通知", "Notice on Spring Employment Services"),
    (
        "各市人力资源部门要在3月15日前制定计划。",
        "Municipal human resources departments shall draw up plans by March 15.",
    ),
    (
        "去年全市新增就业34万人，失业率为4.2%。",
        "Last year the city added 340,000 jobs, and unemployment was 4.2 percent.",
    ),
    ("一、组织招聘活动", "I. Organizing job fairs"),
    (
        "每个县至少举办两场招聘会，重点服务高校毕业生。",
        "Each county holds at least two job fairs, mainly for college graduates.",
    ),
    ("企业参加不收费用。", "Enterprises take part free of charge."),
    ("二、加强职业培训", "II. Strengthening vocational training"),
    (
        "对农民工开展技能培训，补贴标准为每人1500元。",
        "Skills training is given to rural migrant workers, with 1,500 yuan each.",
    ),
    ("培训机构由政府公开选择。", "Training institutions are openly selected by the government."),
    ("三、保障劳动者权益", "III. Protecting workers' rights"),
    ("拖欠工资的企业要依法处理。", "Enterprises in arrears with wages shall be dealt with according to law."),
    ("群众可以拨打12333咨询社会保险政策。", "People may call 12333 for advice on social insurance policies."),
    ("活动经费从财政预算中安排。", "Funds for the activities come from the fiscal budget."),
    ("各地要在6月底前报送总结。", "All localities shall submit a summary by the end of June."),
)
SOURCE = [source for source, _ in PAIRS]
TARGET = [target for _, target in PAIRS]
