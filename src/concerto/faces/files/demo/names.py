"""Invented names of the demo world, Han and Kazakh; nobody is meant by them."""

from random import Random

SURNAMES = (
    "王", "李", "张", "马", "杨", "赵", "刘", "陈", "白", "韩", "何", "田", "石", "宋", "冯", "袁", "苏", "丁",
    "孔", "贾",
)  # fmt: skip
HAN_MEN = (
    "建国", "志强", "永福", "长林", "玉山", "德胜", "海龙", "学文", "春生", "生财", "占奎", "小军", "亮",
    "鹏飞", "浩然", "子轩",
)  # fmt: skip
HAN_WOMEN = (
    "秀英", "桂兰", "玉梅", "春燕", "凤霞", "菊香", "海燕", "丽华", "雪梅", "婷婷", "佳怡", "思雨", "兰花",
    "月琴",
)  # fmt: skip
KAZAKH_MEN = (
    "木拉提", "叶尔兰", "别克", "努尔兰", "巴合提", "赛力克", "哈山", "叶尔波力", "阿依丁", "加尔肯",
    "胡安别克", "塔勒哈特", "达吾列提", "马合沙提", "叶斯哈提", "居马别克", "哈布力", "沙吾列", "阿曼太",
    "托列根",
)  # fmt: skip
KAZAKH_WOMEN = (
    "阿依努尔", "古丽娜尔", "沙吾烈", "阿依古丽", "努尔古丽", "巴合提古丽", "加孜拉", "叶尔克", "古丽扎提",
    "哈丽玛", "阿勒腾", "萨尔塔那提", "阿克博塔", "迪娜", "吾勒江", "马依拉",
)  # fmt: skip


def han(chance: Random, surname: str, *, woman: bool) -> str:
    """Invent a Han name."""
    return surname + chance.choice(HAN_WOMEN if woman else HAN_MEN)


def kazakh(chance: Random, father: str, *, woman: bool) -> str:
    """Invent a Kazakh name: one's own and the father's, with the dot between."""
    return f"{chance.choice(KAZAKH_WOMEN if woman else KAZAKH_MEN)}·{father}"


def spelt_otherwise(name: str) -> str | None:
    """Spell a Kazakh name as another office might."""
    for one, other in (("木拉提", "穆拉提"), ("赛力克", "赛里克"), ("叶尔", "叶儿"), ("巴合提", "巴赫提")):
        if one in name:
            return name.replace(one, other, 1)
    return None
