"""How papers and sentences write lists, brackets, days and spans of time, in the language of their reader."""

import re

from odoo.tools import format_date

from .chinese_amount import amount_to_chinese

MONTH = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
DIGITS = "零一二三四五六七八九"
HAN = r"\u4e00-\u9fff"
GAP = r"(?:[ \xa0]|&nbsp;|&#160;)"
LEFT = rf"(?:{GAP}+|\s+(?=<)|\n[ \t]{{2,}})"  # by a template behind a sign
MEASURE = "(?:年|个|天|日|小时|分钟|元|分|台|份|项|次|条|名|张)"
# what a template leaves around a value, and how a Chinese paper is set: no gap beside a full-width sign, none
# between figure and sign, -¥200.00 for what is taken off, no half-width sign after or around Chinese. A line
# break somebody typed stays
CHINESE_SETTING = [
    (re.compile(rf"([：，；。、（]){LEFT}"), r"\1"),
    (re.compile(rf"(?:(?<=>)\s++|(?<![ \xa0]){GAP}++|\n[ \t]{{2,}}+)(?=[：，；。、）])"), ""),
    (re.compile(rf"([¥￥]){GAP}+(?=[-\d]|<span(?: class=\"oe_currency_value\")?>)"), r"\1"),
    (re.compile(rf"([¥￥]{GAP}*(?:<span class=\"oe_currency_value\">)?)[-\u2212]\ufeff?(?=\d)"), r"-\1"),
    (re.compile(rf"(?<=\d){GAP}+(%|{MEASURE})"), r"\1"),
    (re.compile(rf"%{GAP}+(?=[{HAN}])"), "%"),
    (re.compile(rf"([足于过至]){GAP}+(?=\d)"), r"\1"),
    (re.compile(rf"(?<=[{HAN}])(?:{GAP}+|\s+(?=<))(?=(?:<[^<>]+>)*\d+(?:</[^<>]+>)*(?:%|{MEASURE}))"), ""),
    (re.compile(rf"(?<=[{HAN}）]),(?=\s){LEFT}?"), "，"),
    (re.compile(rf"(?<=\d%),{GAP}+(?=\d|[{HAN}])"), "，"),
    (re.compile(rf"(?<=[{HAN}）]):(?=[\s<]){LEFT}?"), "："),
    (re.compile(rf"{GAP}?\(([^()<>{HAN}]*[{HAN}][^()<>]*)[)）]"), r"（\1）"),
    (re.compile(rf"{GAP}\(([\d.,]+%)\)"), r"（\1）"),
    (re.compile(r"(?<=\d)\.(?=\s*</p>)"), "。"),
]
# of a page: what is typed into a form or read by scripts, and tags with attributes but core's around money
KEPT_OF_PAGE = re.compile(
    r"<(textarea|script|style)\b.*?</\1>|<!--.*?-->"
    r"|<(?!span class=\"oe_currency_value\">)[a-z][^<>\s]*\s[^<>]*>",
    re.DOTALL,
)
TOKEN = "\ue000"  # of no script
TOKENS = re.compile(rf"<{TOKEN}(\d+)>")


def _is_chinese(env):
    return (env.lang or "").startswith("zh")


def join_names(env, names):
    """Return ``names`` as one enumeration, with the comma of the language; empty ones are left out.

    :param names: texts, a text or False each
    :rtype: str
    """
    return ("、" if _is_chinese(env) else ", ").join(name for name in names if name)


def join_phrases(env, phrases):
    """Return ``phrases`` as one sentence, with the comma of the language between them."""
    return ("，" if _is_chinese(env) else ", ").join(phrase for phrase in phrases if phrase)


def join_clauses(env, clauses):
    """Return ``clauses`` as one sentence of several parts, with the semicolon of the language."""
    return ("；" if _is_chinese(env) else "; ").join(clause for clause in clauses if clause)


def in_brackets(env, text):
    """Return ``text`` in brackets to follow a word, as the language writes them; "" without a text."""
    if not text:
        return ""
    return f"（{text}）" if _is_chinese(env) else f" ({text})"


def labelled(env, label, text):
    """Return ``label: text`` with the colon of the language."""
    return f"{label}{'：' if _is_chinese(env) else ': '}{text or ''}"


def paper_date(env, day):
    """Return ``day`` as a paper writes it in a sentence, 2026年8月1日 or 1 August 2026; "" without a day."""
    if not day:
        return ""
    if _is_chinese(env):
        return f"{day.year}年{day.month}月{day.day}日"
    return format_date(env, day, date_format="d MMMM y")


def paper_months(env, text):
    """Return ``text`` with its months and days as a paper writes them: 2026年10月 for 2026-10."""
    if not _is_chinese(env):
        return text
    return MONTH.sub(
        lambda day: f"{day[1]}年{int(day[2])}月{f'{int(day[3])}日' if day[3] else ''}", text
    ).replace(" – ", "至")


def article_title(env, number):
    """Return how a contract calls its article ``number`` (1 to 99): 第九条 or Article 9."""
    if not _is_chinese(env):
        return env._("Article %s", number)
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return f"第{ten}{DIGITS[ones] if ones or not tens else ''}条"


def count_in_words(env, count):
    """Return a small whole ``count`` as a contract writes it, 肆 or 4; a line to fill in without one."""
    if not count:
        return "____"
    return amount_to_chinese(count).split("元")[0] if _is_chinese(env) else str(count)


def format_limit(env, hours):
    """Return a time limit as a contract writes it: whole days from a day on, else hours and minutes."""
    days, rest = divmod(hours or 0.0, 24)
    return env._("%s days", f"{days:.0f}") if days >= 1 and not rest else format_hours(env, hours)


def format_hours(env, hours):
    """Return ``hours`` as people say it, in the language of ``env``: 3 min, 1 h 30 min, 24 h."""
    whole, minutes = divmod(round((hours or 0.0) * 60), 60)
    parts = [env._("%s h", whole)] if whole else []
    if minutes or not whole:
        parts.append(env._("%s min", minutes))
    return ("" if _is_chinese(env) else " ").join(parts)


def set_in_chinese(text):
    """Return a rendered paper as Chinese is set, whatever gaps and half-width signs its template left.

    :param str text: HTML or plain text; one without full-width signs is no Chinese and stays as it is
    """
    if not re.search("[：，。（）]", text):
        return text
    for pattern, replacement in CHINESE_SETTING:
        text = pattern.sub(replacement, text)
    return text


def set_page_in_chinese(page):
    """Return a page of a Chinese reader as papers are set: texts between tags alone, never what is typed.

    :param str page: HTML
    """
    kept = []

    def keep(match):
        kept.append(match.group())
        return f"<{TOKEN}{len(kept) - 1}>"

    # replaced, not left out: what stands around the sign must not join to a link, say, that was cleaned away
    text = set_in_chinese(KEPT_OF_PAGE.sub(keep, page.replace(TOKEN, "\ufffd")))
    return TOKENS.sub(lambda token: kept[int(token[1])], text)
