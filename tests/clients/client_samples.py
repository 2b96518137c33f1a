"""A catalog with every kind of unit that we write, for programs that are to leave it alone."""

from __future__ import annotations

from compiler_flow.model import (
    MERGED_UP,
    OMITTED,
    BlockKind,
    Catalog,
    Origin,
    OriginKind,
    Role,
    Spot,
    TermNote,
    Unit,
)
from compiler_flow.text import digest, fold_spaces

TITLE = "波罗的海三国国防部长会晤"
DRAFT = "会议于星期五开放。"
CHANGED = "双方商定在秋季再次会面。"
DONE = "部长说：“路线图已经签署。”"
LONG = "双方就能源、运输和跨境贸易合作交换了意见，" * 30 + "会谈至此结束。"


def _unit(source: str, target: str = "", *, number: int = 1, **more: object) -> Unit:
    name = digest(fold_spaces(source))
    block = more.pop("block", 0)
    spot = more.pop("spot", Spot(Role.TEXT, block) if isinstance(block, int) and block else None)
    return Unit(f"{name}.{number}" if number > 1 else name, source, target, spot=spot, **more)  # type: ignore[arg-type]


def catalog() -> Catalog:
    """The sample. The first unit is translated, and no two live units have the same translation."""
    machine = Origin(OriginKind.ENGINE, "argos", "translate-en_zh 1.9", 0, digest(DRAFT), "数字不同")
    memory = Origin(OriginKind.MEMORY, "tokayev-astana", "", 87, digest("他强调“一带一路”的作用。"))
    units = (
        _unit("Baltic defence ministers meet", TITLE, spot=Spot(Role.TITLE)),
        _unit("Jane Q. Sample", "简·Q.桑普尔", spot=Spot(Role.AUTHOR)),
        _unit("What was agreed", "商定了什么", spot=Spot(Role.HEADING, 1, BlockKind.HEADING, 2)),
        _unit(
            "The conference of Hanno Pevkur opened on Friday.",
            DRAFT,
            fuzzy=True,
            block=2,
            origin=machine,
            terms=(TermNote("Hanno Pevkur", "汉诺·佩夫库尔"), TermNote("conference", "会议")),
            references=("source.md:5",),
        ),
        _unit(
            "The two sides agreed to meet again in autumn.",
            CHANGED,
            fuzzy=True,
            block=2,
            origin=Origin(OriginKind.CHANGED, digest=digest(CHANGED)),
            previous='The two sides "agreed" to meet\nagain in spring.',
            references=("source.md:5",),
        ),
        _unit("He stressed the role of the Belt and Road.", memory_text(), fuzzy=True, block=2, origin=memory),
        _unit("Subscribe to our newsletter.", OMITTED, block=3),
        _unit("It was signed.", MERGED_UP, block=3),
        _unit("“The road map is signed,” the minister said.", DONE, block=4, references=("source.md:9",)),
        _unit("First line\nSecond line, with a\ttab", "第一行\n第二行，有\t制表符", block=5),
        _unit(
            'A "quoted" C:\\path and a %d%% rise', '加“引号”的 "C:\\path" 与 %d%% 的增幅', block=6, flags=("c-format",)
        ),
        _unit("Emoji 😀, Arabic مرحبا, rare 𠮷", "表情😀，阿拉伯文 مرحبا，生僻字𠮷", block=7),
        _unit("An item of a list", "列表项", spot=Spot(Role.TEXT, 8, BlockKind.ITEM, 1, "-")),
        _unit(
            "Somebody has remarked on this one.",
            "有人对此作过批注。",
            block=9,
            comments=("译者：此处存疑", "免检 number: 原文如此"),
            notes=("A note that is not ours: keep it",),
        ),
        _unit("It was signed.", "文件已签。", number=2, block=10),
        _unit("A very long sentence. " * 60 + "It ends.", LONG, block=11),
        _unit("Nothing has been done here yet.", block=12),
        _unit("The last one.", "最后一句。", block=12),
    )
    obsolete = (
        _unit("This sentence is gone.", "这一句已删去。", comments=("张三的话",)),
        _unit("It was a draft,\nand is gone.", "曾是初稿，\n已删去。", fuzzy=True, previous="It was an older draft."),
    )
    headers = (
        ("Project-Id-Version", "2024-10-31"),
        ("PO-Revision-Date", "2024-10-30 10:30+0800"),
        ("Last-Translator", "张三 <zhang@example.org>"),
        ("X-Compiler", "张三；李四"),
        ("X-Reviewer", "王五"),
        ("X-Source-URL", "https://example.org/a?b=1&c=中文"),
    )
    return Catalog("baltic-ministers", "en", "zh-CN", units, obsolete, headers, "2024年10月31日期\n\n第二行：编译用")


def memory_text() -> str:
    """The draft that the memory proposed."""
    return "他强调“一带一路”的作用。"
