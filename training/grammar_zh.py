"""The resolve sentences in Chinese: 小马没有走进谷仓，因为它太胆小了。

A Chinese word may be several tokens (one a character); the target at the pronoun is the noun's last character, which
carries its kind (动物 → 物, 马路 → 路). The two nouns of a sentence never end alike.
"""
from __future__ import annotations

import random

from training.grammar import Example, _example, held_out_pair

ANIMALS = "动物 狗 猫 马 牛 羊 猪 狐狸 兔子 熊 狼 老鼠 母鸡 鸭子 鹅 小鸟 小猫 小狗 鹿 狮子 老虎 猴子 大象 骆驼 青蛙 乌龟".split()
PEOPLE = "男孩 女孩 孩子 农夫 士兵 水手 老师 学生 老人 旅客 猎人 国王 王后 医生 护士 仆人 商人 客人 邻居 司机 画家 工人".split()
BODY = "累 饿 渴 困 懒 胆小 虚弱 害怕 生气 忙 难过 紧张 骄傲 激动".split()
FAMILIES = (
    (ANIMALS + PEOPLE, "过 穿过 走过 跑过".split(), "马路 街道 河 桥 田野 小溪 广场 山谷 大街 草原 沙漠".split(), BODY,
     "宽 长 滑 危险 拥挤 宽阔".split()),
    (ANIMALS + PEOPLE, "跳进 走进 游过".split(), "湖 池塘 河 大海 水池 海洋".split(), BODY, "深 脏 浑 咸 急".split()),
    (ANIMALS + PEOPLE, "爬上 登上 翻过".split(), "山 墙 树 篱笆 梯子 高塔 岩石 屋顶".split(), BODY + ["胖"], "高 陡 滑 光滑".split()),
    (ANIMALS + PEOPLE, "吃 吃完 尝".split(), "苹果 蛋糕 汤 面包 肉 鱼 梨 胡萝卜 奶酪 鸡蛋 米饭".split(), BODY + ["饱"],
     "烫 咸 硬 酸 苦 干 辣".split()),
    (ANIMALS + PEOPLE, "搬 拉 推 举起".split(), "箱子 篮子 袋子 石头 车 桌子 木头 椅子 柜子".split(), BODY, "重 大 沉 满".split()),
    (ANIMALS + PEOPLE, "走进 住进 躲进".split(), "房子 谷仓 山洞 房间 地下室 小屋 森林 花园 城堡 厨房".split(), BODY,
     "黑 小 窄 吵 挤 潮湿 暗".split()),
)
FRAMES = (
    "{S}没有{v}{O}，因为{p}太{a}了。", "{S}没有{v}{O}，因为{p}太{a}了。", "{S}没{v}{O}，因为{p}很{a}。", "{S}不想{v}{O}，因为{p}太{a}了。",
    "因为{p}太{a}了，{S}没有{v}{O}。", "因为{p}很{a}，所以{S}没有{v}{O}。", "{S}没有{v}{O}，{p}太{a}了。", "{S}想{v}{O}，但是{p}太{a}了。",
    "{p}太{a}了，所以{S}没有{v}{O}。", "{t}，{S}没有{v}{O}，因为{p}非常{a}。", "{S}不能{v}{O}，因为{p}实在太{a}了。", "{S}看了看{O}。{p}太{a}了。",
)
HELD_OUT_FRAMES = ("{S}之所以没有{v}{O}，是因为{p}太{a}了。", "{S}决定不{v}{O}，{p}实在太{a}了。", "我听说{S}没有{v}{O}，原因是{p}很{a}。")
TIMES = "昨天 那天 今天早上 晚上 有一天 后来 最后 下雨的时候".split()


def _draw(rng: random.Random, held_out: bool) -> tuple[int, tuple[str, str]]:
    while True:
        number = rng.randrange(len(FAMILIES))
        pair = (rng.choice(FAMILIES[number][0]), rng.choice(FAMILIES[number][2]))
        shown = pair in {("动物", "马路"), ("动物", "街道"), ("动物", "大街")}
        if pair[0][-1] != pair[1][-1] and (shown or held_out_pair(pair)) == held_out:
            return number, pair


def _make(number: int, pair: tuple[str, str], frame: str, rng: random.Random) -> Example:
    _, verbs, _, of_subject, of_object = FAMILIES[number]
    subject = rng.random() < 0.5
    pronoun = "它" if not subject or pair[0] in ANIMALS else rng.choice("他她")
    before = rng.choice(("", "", "", "那只", "这只") if pair[0] in ANIMALS else ("", "", "", "那个", "这个"))
    text = frame.format(S=f"{before}\x02{pair[0]}\x03", O=rng.choice(("", "", "", "那")) + f"\x02{pair[1]}\x03", v=rng.choice(verbs),
                        p=f"\x04{pronoun}\x05", a=rng.choice(of_subject if subject else of_object), t=rng.choice(TIMES))
    example = _example(text, "zh", pair, subject)
    ends = [(end - 1, end) for _, end in (example.antecedent, example.other)]
    return Example(example.text, example.pronoun, ends[0], ends[1], f"zh {number}", pair)


def train_example(rng: random.Random) -> Example:
    """A sentence from the frames and pairs that are not held out; antecedent and other are last characters."""
    number, pair = _draw(rng, False)
    return _make(number, pair, rng.choice(FRAMES), rng)


def judged_example(rng: random.Random, by: str) -> Example:
    """As in training.grammar: by 'pairs' or by 'templates'."""
    number, pair = _draw(rng, by == "pairs")
    return _make(number, pair, rng.choice(FRAMES if by == "pairs" else HELD_OUT_FRAMES), rng)
