"""How far a name goes that is on no list: capitals, the small second syllables of Vietnamese words, connectors."""

from __future__ import annotations

from annotations.suggest import lists
from annotations.suggest.lists import Trie
from annotations.suggest.prepared import Doc, key_set, keyed

_KINDS_OF_FIRM: Trie[None] = Trie(
    (words, None)
    for words in (
        "cổ phần", "CP", "TNHH", "trách nhiệm hữu hạn", "MTV", "một thành viên", "hai thành viên", "tập đoàn", "thương mại",
        "xây dựng", "đầu tư", "dịch vụ", "sản xuất", "xuất nhập khẩu", "và", "&", "may", "dệt may", "điện lực", "nông nghiệp",
        "TMCP", "thương mại cổ phần", "Nhà nước", "khai thác công trình thủy lợi", "dịch vụ nông nghiệp", "nước sạch", "xăng dầu", "-",
    )
)  # fmt: skip
_CONNECTORS = key_set("và - & ,")
_STOPS = key_set(
    "của do để nhằm tại đã sẽ được là cho từ đến trên theo khi vừa đang phải cần không gồm bao có về trong với đối và như này các nên mà ở"
    " vào bởi thì cùng tới sau trước qua những đó nêu này nếu tổ họp tiếp báo đề giao yêu chủ phối"
)
_ABOUT_STOPS = key_set("của do đã sẽ được tổ tiếp họp giao đề nhằm để yêu phối tại khi chủ ban gồm cho đang cần")
_ABOUT_LONGEST = 16
_LONGEST = 10
WORD_ENDS = key_set(
    "dựng tế nghiệp thương vận tải sản nguyên trường hội hóa thao lịch tin thông học nghệ tạo dục đào pháp vụ lý vật nhân dân động binh"
    " sinh viên niên nữ tá hàng phòng toàn ninh giao chính trị quyền công lực triển phát khoa đoàn mặt trận chức ủy thuật tư đầu cán sự"
    " kỹ thương chất lượng liệu tích bảo dưỡng trẻ cao tuổi khuyết tật chiến sĩ xung kích nghĩa trang tâm hợp tác xã tưởng niệm văn"
    " trợ giúp trị môi đất đai thủy lợi đô thị quỹ ngân sách tài sáng kiến y thú nuôi lâm nông thôn mại nghiên cứu tục hành may điện tinh nghề khí luyện kiện thống đội măng ty"
)
"""Second syllables of words whose first syllable alone is capitalised in a name."""


def phrase_end(doc: Doc, token: int, company: bool = False) -> int:
    """The token after the free name that begins at ``token``; ``token`` when it does not begin with a capital."""
    from annotations.suggest.rules.people import person_shape

    first = token
    if company:
        while found := _KINDS_OF_FIRM.longest(doc, token):
            token = found[0]
    end = token
    while end - token < _LONGEST and end < doc.count and doc.forms[end] != "\n":
        if doc.caps[end] and doc.is_word(end):
            if end > token and (person_shape(doc, end, least=3) or _opens_other(doc, end)):
                break
            end += 1
        elif end > token and doc.caps[end - 1] and doc.joined(end) and doc.words[end] in WORD_ENDS:
            end += 1
        elif (
            end > token
            and doc.words[end] in _CONNECTORS
            and doc.caps[end + 1]
            and doc.is_word(end + 1)
            and not _opens_other(doc, end + 1)
        ):
            if (
                lists.bodies().begins(doc.words[end + 1])
                and doc.words[end] in (",", "và")
                and lists.bodies().longest(doc, end + 1)
            ):
                break
            if doc.words[end] == "," and (lists.sites().longest(doc, end + 1) or not _ends_in_and(doc, end + 1)):
                break
            if doc.words[end] in (",", "và") and company:
                break
            end += 2
        else:
            break
    return end if end > token else first


def _ends_in_and(doc: Doc, token: int) -> bool:
    """Whether ``và`` closes the row that a comma opened (``Văn hóa, Thể thao và Du lịch``)."""
    for place in range(token, token + 7):
        if doc.words[place] == "và":
            return True
        if not doc.is_word(place) and doc.words[place] not in (",", "-"):
            return False
    return False


def _opens_other(doc: Doc, token: int) -> bool:
    """Whether another body or a post begins here."""
    return any(
        (found := trie.longest(doc, token)) and (found[0] > token + 1 or doc.forms[token].isupper())
        for trie in (lists.titles(), lists.bodies())
    )


def clause_end(doc: Doc, token: int) -> int:
    """The token after a purpose in small letters (``về phòng, chống tham nhũng, tiêu cực``)."""
    end = token + 1
    while end < doc.count and end - token < _ABOUT_LONGEST:
        word = doc.words[end]
        if word in _ABOUT_STOPS or doc.forms[end] == "\n" or (word == "và" and doc.caps[end + 1]):
            break
        if not doc.forms[end][0].isalnum() and word not in (",", "-"):
            break
        if word == "," and (doc.caps[end + 1] or _verb_follows(doc, end + 1)):
            break
        if doc.caps[end] and _opens_other(doc, end):
            break
        end += 1
    while end > token and not doc.forms[end - 1][0].isalnum():
        end -= 1
    if doc.words[end - 1] == "tỉnh" or doc.words[end - 1] != "và":
        return end
    return end - 1


_VERBS = tuple(
    keyed(words)
    for words in ("trong đó", "đồng thời", "cùng", "đồng chí", "nhất là", "các", "gồm", "theo", "tại", "khi", "với")
)


def _verb_follows(doc: Doc, token: int) -> bool:
    return any(doc.starts_with(token, words) for words in _VERBS)
