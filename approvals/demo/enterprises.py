"""Invented enterprises. Their codes name a registrar (149900) that does not exist, so they can be nobody's."""

from __future__ import annotations

from dataclasses import dataclass

from approvals.rules import uscc

REGISTRAR = "149900"


@dataclass(frozen=True, slots=True)
class Company:
    """``credit``: False is clean, True a serious record that was not repaired, None not asked yet."""

    key: str
    name: str
    site: str
    credit: bool | None = False
    owner: str = ""  # username; by default made from the key


COMPANIES: tuple[Company, ...] = (
    Company("yanchi", "示例盐池家纺有限公司", "运城市", owner="enterprise"),
    Company("xiaohe", "示例潇河纸业有限公司", "寿阳县", owner="enterprise3"),
    Company("fenyuan", "示例汾源家居有限公司", "襄汾县"),
    Company("dingcun", "示例丁村木作有限公司", "襄汾县"),
    Company("taosi", "示例陶寺金属家具有限公司", "襄汾县"),
    Company("guancen", "示例管涔板式家具有限公司", "襄汾县", credit=None),
    Company("jinyang", "示例晋阳制冷电器有限公司", "山西转型综合改革示范区"),
    Company("fenhe", "示例汾河厨电有限公司", "山西转型综合改革示范区"),
    Company("danhe", "示例丹河空调有限公司", "晋城市"),
    Company("taohe", "示例桃河小家电有限公司", "阳泉市"),
    Company("zhongtiao", "示例中条药业有限公司", "运城市"),
    Company("gushan", "示例孤山中药有限公司", "万荣县"),
    Company("zhuozhang", "示例浊漳本草制药有限公司", "长治市"),
    Company("linyi", "示例临晋纸品有限公司", "临猗县"),
    Company("fenyin", "示例汾阴卫生用品有限公司", "临猗县"),
    Company("xiaohe_tissue", "示例潇河生活用纸项目有限公司", "寿阳县", owner="enterprise3"),
    Company("hedong", "示例河东服饰有限公司", "运城市"),
    Company("tiaoshan", "示例条山针织有限公司", "运城市"),
    Company("sushui_dye", "示例涑水印染有限公司", "运城市"),
    Company("xicheng", "示例析城陶瓷有限公司", "阳城县"),
    Company("runcheng", "示例润城卫浴有限公司", "阳城县", credit=True),
    Company("guashan", "示例卦山汽车玻璃有限公司", "交城县"),
    Company("wenyu", "示例文峪安全玻璃有限公司", "交城县"),
    Company("emei", "示例峨嵋果业有限公司", "运城市"),
    Company("sushui", "示例涑水饮料有限公司", "运城市"),
    Company("guoxiang", "示例果乡浓缩汁有限公司", "运城市"),
)


def credit_code(number: int) -> str:
    """A code that passes every check of GB 32100-2015."""
    organisation = f"MA0Y{number:04d}"
    body = f"91{REGISTRAR}{organisation}{uscc.organisation_check_character(organisation)}"
    return body + uscc.check_character(body)
