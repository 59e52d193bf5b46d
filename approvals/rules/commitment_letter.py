"""What an enterprise states when it signs a commitment letter, statement by statement.

Composed from the elements that the published practice of the commitment system has in common (no official wording for
the whole province was found); ``VERSION`` stamps the text that was signed.
"""

from __future__ import annotations

VERSION = "2026-11"
STATEMENTS: tuple[tuple[str, str], ...] = (
    ("informed", "已知晓并全面理解审批机关告知的全部内容，包括事项、条件、标准和违反承诺的后果。"),
    ("conditions", "本项目符合告知的条件和技术要求；尚未满足的，在约定期限内满足。"),
    ("truthful", "所填写的信息和提交的材料真实、合法、有效，与实际情况一致。"),
    ("supervision", "接受审批机关和监管部门的事中事后核查。"),
    ("publicity", "同意将本承诺书向社会公示。"),
    ("consequences", "违反承诺的，接受停止建设、限期整改、撤销决定和记入信用记录等处理，由此造成的损失自行承担。"),
    ("own_will", "以上承诺是本企业的真实意思表示，由本企业自行签署。"),
)
